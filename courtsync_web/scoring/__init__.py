"""The heart: formats, rules, claims and the score of a match."""
