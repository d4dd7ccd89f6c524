"""AES's times: venue wall clock without a zone, in forms that few parsers take."""

import re
from datetime import UTC, date, datetime, timedelta

WALL = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?)?")
UNSET_YEAR = 1
"""``0001-01-01T00:00:00`` is .NET's way to say that no time is set."""


def wall(value: object) -> datetime | None:
    """A wall clock time; none when it is unset (null, or year 1) or unreadable.

    Fractions of any length (AES writes seven digits) are cut.
    """
    found = WALL.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        time = datetime.fromisoformat(f"{found.group(1)}T{found.group(2) or '00:00:00'}")
    except ValueError:
        return None
    return None if time.year == UNSET_YEAR else time


def wall_end(value: object) -> datetime | None:
    """An end, as the first moment after: AES says ``08:29:59`` and means half past eight."""
    end = wall(value)
    return first_moment_after(end) if end else None


def day(value: object) -> date | None:
    """The calendar day of a wall clock time."""
    time = wall(value)
    return time.date() if time else None


def grid_wall(epoch_ms: object, offset_minutes: int) -> datetime | None:
    """A court grid's time as wall clock, given the offset it was asked for (or calibrated).

    The grid's numbers are ``wall clock + offset``, read as if it were UTC.
    """
    if isinstance(epoch_ms, bool) or not isinstance(epoch_ms, int | float):
        return None
    try:
        moment = datetime.fromtimestamp(epoch_ms / 1000 - offset_minutes * 60, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    moment = moment.replace(tzinfo=None)
    return None if moment.year <= UNSET_YEAR else moment


def first_moment_after(end: datetime) -> datetime:
    """A last second, with or without its fraction, rounded up to the full minute."""
    if end.second != 59:
        return end
    return (end + timedelta(seconds=1)).replace(second=0, microsecond=0)
