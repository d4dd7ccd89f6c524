"""Numbers as people and programs write them into addresses, fields and their names."""

import re

INT64 = 2**63 - 1
WRITTEN = re.compile(r"-?[0-9]{1,19}")
"""No more digits than 64 bits have: Python refuses to read thousands, other alphabets' digits are
nobody's ids, and a ``²`` is a digit that is no number."""


def whole_number(text: str, least: int = -INT64 - 1, most: int = INT64) -> int | None:
    """The number that a text is; none where it is none, or not from ``least`` to ``most``."""
    if not WRITTEN.fullmatch(text):
        return None
    number = int(text)
    return number if least <= number <= most else None
