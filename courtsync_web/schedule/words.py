"""Text as it may be stored: one line, no control characters, no longer than its column."""

import re
import unicodedata

SPACES = re.compile(r"\s+")
DIGITS = re.compile(r"(\d+)")


def tidy(value: object, limit: int) -> str:
    """A source's text in one line: control characters out, runs of blanks to one, cut."""
    if not isinstance(value, str):
        return ""
    flat = SPACES.sub(" ", value)
    visible = "".join(char for char in flat if unicodedata.category(char) not in ("Cc", "Cs"))
    return visible.strip()[:limit].rstrip()


def folded(name: str) -> str:
    """A name as it is compared: neither case, nor blanks, nor the form of accents count."""
    return SPACES.sub(" ", unicodedata.normalize("NFKC", name)).strip().casefold()


def human_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which "Court 2" comes before "Court 10", and a hall's courts stay together."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in DIGITS.split(folded(name))
        if part
    )
