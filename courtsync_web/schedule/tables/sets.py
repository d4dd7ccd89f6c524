"""Set scores in one cell: "25-20, 25-18", "25:20 25:18", and what spreadsheets make of them."""

import re
from datetime import datetime, time, timedelta

from courtsync_web.schedule.tables.clocks import Unreadable
from courtsync_web.schedule.tables.columns import Cell, cell_text

SET = re.compile(r"(\d{1,2})\s*[-:–—]\s*(\d{1,2})")
BETWEEN = re.compile(r"[\s,;/|()]*")
MOST = 5
OUTCOMES = frozenset(
    {
        "first-won",
        "second-won",
        "split",
        "first-forfeits",
        "second-forfeits",
        "first-retires",
        "second-retires",
    }
)


def set_scores(cell: Cell) -> tuple[tuple[int, int], ...]:
    """Points by set, team 1 first; none for an empty cell. Raises :class:`Unreadable`."""
    text = as_typed(cell)
    sets = tuple((int(a), int(b)) for a, b in SET.findall(text))
    rest = SET.sub("", text)
    if not BETWEEN.fullmatch(rest) or len(sets) > MOST:
        raise Unreadable(f"{text[:60]!r} is no list of sets such as 25-20, 25-18")
    return sets


def as_typed(cell: Cell) -> str:
    """A lone ``25:20`` becomes a time in a spreadsheet; here it is a set again."""
    if isinstance(cell, time):
        return f"{cell.hour}:{cell.minute}"
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(cell, datetime):
        raise Unreadable("has become a date in the spreadsheet; write the sets as text")
    return cell_text(cell)


def outcome(text: str) -> str:
    """An outcome word, spaced or hyphenated; "undecided" for none."""
    word = "-".join(text.casefold().replace("-", " ").split())
    if word in ("", "undecided"):
        return "undecided"
    if word not in OUTCOMES:
        raise Unreadable(f"{text[:40]!r} is none of {', '.join(sorted(OUTCOMES))}")
    return word
