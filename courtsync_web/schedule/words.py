"""Text as it may be stored: one printable line, no longer than its column."""

import re
import unicodedata

from courtsync_web.printable import BIDI_CONTROLS

SPACES = re.compile(r"\s+")
DIGITS = re.compile(r"(\d+)")


def tidy(value: object, limit: int) -> str:
    """A source's text in one line, cut: runs of blanks to one, and nothing in it that breaks a
    line or turns its neighbours about.
    """
    if not isinstance(value, str):
        return ""
    flat = SPACES.sub(" ", value)
    visible = "".join(
        char
        for char in flat
        if unicodedata.category(char) not in ("Cc", "Cs") and char not in BIDI_CONTROLS
    )
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
