"""People, tokens and sign-in."""
