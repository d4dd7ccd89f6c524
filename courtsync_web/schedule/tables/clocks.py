"""Times of day as people write them: 8:00, 08:00:00, 8 AM, 8:30p, a spreadsheet's own."""

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from courtsync_web.schedule.tables.columns import Cell, cell_text

CLOCK = re.compile(
    r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ]\s*)?"
    r"(\d{1,2})(?:[:.h](\d{2}))?(?::(\d{2})(?:\.\d+)?)?\s*([ap])?\.?(?:m\.?)?",
    re.IGNORECASE,
)
MINUTES = 24 * 60
NOON = 12


class Unreadable(ValueError):
    """A cell that says something else than its column should; says what was expected."""


def uses_noon(cells: Iterable[Cell]) -> bool:
    """Does any of these times say AM or PM?"""
    return any(
        (found := CLOCK.fullmatch(cell_text(cell))) and found.group(4)
        for cell in cells
        if isinstance(cell, str)
    )


def clock(cell: Cell, *, noon: bool = False) -> time | None:
    """A time of day; none for an empty cell.

    ``noon``: other rows say AM or PM, so ``1:00`` alone does not tell which is meant.
    Raises :class:`Unreadable`.
    """
    if isinstance(cell, datetime):
        return cell.time().replace(microsecond=0)
    if isinstance(cell, time):
        return cell.replace(microsecond=0)
    if isinstance(cell, timedelta):
        return of_minutes(round(cell.total_seconds() / 60))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return of_fraction(float(cell))
    text = cell_text(cell)
    return spoken(text, noon=noon) if text else None


def spoken(text: str, *, noon: bool) -> time:
    found = CLOCK.fullmatch(text)
    if found is None:
        return of_fraction(number(text))
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    half = (found.group(4) or "").lower()
    if not half and found.group(2) is None:
        raise Unreadable(f"{text!r} is no time such as 14:30 or 2:30 PM")
    if half and not 1 <= hour <= NOON:
        raise Unreadable(f"{text!r} has an hour that does not go with AM or PM")
    if noon and not half and 1 <= hour <= NOON:
        raise Unreadable(f"{text!r} has no AM or PM, while other rows have")
    if half:
        hour = hour % NOON + (NOON if half == "p" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise Unreadable(f"{text!r} is no time of a day") from None


def number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise Unreadable(f"{text[:40]!r} is no time such as 14:30 or 2:30 PM") from None


def of_fraction(days: float) -> time:
    """A spreadsheet's time: the fraction of a day (0.3333 is eight o'clock)."""
    if not 0 <= days < 1_000_000:
        raise Unreadable(f"{days:g} is no time of a day")
    return of_minutes(round(days % 1 * MINUTES))


def of_minutes(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
