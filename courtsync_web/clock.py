"""Time, in one place.

An instant is an ``int``: Unix milliseconds, UTC. It is what the wire shows, what both
databases store as BIGINT, and what cannot be naive by accident. Only at the edges does
it become an aware ``datetime``; only a schedule document speaks in venue wall clock.
"""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def now_ms() -> int:
    """The present instant by the server's clock."""
    return time.time_ns() // 1_000_000


def to_utc(ms: int) -> datetime:
    """An instant as an aware datetime in UTC."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def venue(ms: int, zone: str) -> datetime:
    """An instant as the clock on the hall's wall shows it (aware, in the event's zone)."""
    return datetime.fromtimestamp(ms / 1000, ZoneInfo(zone))


def venue_day(ms: int, zone: str) -> date:
    """The calendar day of an instant at the venue."""
    return venue(ms, zone).date()


def wall_to_ms(wall: datetime, zone: str) -> int:
    """A naive venue wall clock time as an instant.

    In the hour that a clock change repeats, the earlier of the two is meant; a time the
    change skips moves forward by the gap, as PEP 495 has it for ``fold=0``.
    """
    aware = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    return int(aware.timestamp() * 1000)


def day_bounds_ms(day: date, zone: str) -> tuple[int, int]:
    """First instant of a venue day, and first of the next."""
    start = datetime(day.year, day.month, day.day)
    return wall_to_ms(start, zone), wall_to_ms(start + timedelta(days=1), zone)
