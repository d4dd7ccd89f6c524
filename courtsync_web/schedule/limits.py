"""How large a schedule may be."""

MOST_ROWS = 20_000
"""Matches (or rows of a table) in one schedule."""
LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of one file."""


def too_many_rows(number: int) -> str:
    return f"has {number:,} rows; at most {MOST_ROWS:,} are taken"
