"""A believable tournament, and scorers who play it."""
