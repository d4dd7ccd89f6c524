"""How pages put times, days, courts and statuses into words."""

import re
from datetime import date
from functools import lru_cache

from courtsync_web.clock import venue

TWELVE_HOUR_REGIONS = frozenset(("us", "ca", "au", "nz", "ph", "in", "pk", "eg", "sa", "co", "mx"))
COURT = re.compile(r"(?P<hall>.*?)[\s#.]*(?P<number>\d{1,4}[a-z]?)", re.IGNORECASE)
DIVISION_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
NEUTRAL = "#8b929c"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def twelve_hours(accept_language: str) -> bool:
    """Whether this reader's first language writes 8:00 PM rather than 20:00."""
    first = accept_language.partition(",")[0].partition(";")[0].strip().lower()
    language, _, region = first.partition("-")
    if region:
        return region in TWELVE_HOUR_REGIONS
    return language in {"", "*", "en"}


@lru_cache(maxsize=4096)
def clock_time(ms: int, zone: str, twelve: bool) -> str:
    """An instant as the hall's clock shows it: ``8:00 AM`` or ``08:00``."""
    at = venue(ms, zone)
    if not twelve:
        return f"{at:%H:%M}"
    return f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"


def weekday(day: str) -> str:
    """``2026-01-31`` → ``Sat``."""
    return WEEKDAYS[date.fromisoformat(day).weekday()]


def month(day: str) -> str:
    """``2026-01-31`` → ``Jan``."""
    return MONTHS[date.fromisoformat(day).month - 1]


def day_in_words(day: str) -> str:
    """``2026-01-31`` → ``Sat, Jan 31``."""
    at = date.fromisoformat(day)
    return f"{WEEKDAYS[at.weekday()]}, {MONTHS[at.month - 1]} {at.day}"


def dates_in_words(first: str, last: str) -> str:
    """``Jan 30 – Feb 1, 2026``; one day is named once."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if start == end:
        return f"{MONTHS[start.month - 1]} {start.day}, {start.year}"
    if start.year != end.year:
        return (
            f"{MONTHS[start.month - 1]} {start.day}, {start.year} – "
            f"{MONTHS[end.month - 1]} {end.day}, {end.year}"
        )
    ending = f"{end.day}" if start.month == end.month else f"{MONTHS[end.month - 1]} {end.day}"
    return f"{MONTHS[start.month - 1]} {start.day} – {ending}, {end.year}"


def hall_and_number(court: str) -> tuple[str, str]:
    """A court's name in two sizes: ``West 12`` → ``West`` and ``12``; ``Center`` stays whole."""
    found = COURT.fullmatch(court.strip())
    return (found["hall"], found["number"]) if found else ("", court)


def safe_color(color: str | None) -> str:
    """A division's colour as the schedule gave it, or a neutral one."""
    return color if color and DIVISION_COLOR.fullmatch(color) else NEUTRAL


def count_of(number: int, one: str, many: str | None = None) -> str:
    """``1 match``, ``5 matches``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def age_in_words(ms: int) -> str:
    """How long ago, in the one unit that matters: ``now``, ``40 s``, ``12 min``, ``3 h``."""
    seconds = ms // 1000
    if seconds < 1:
        return "now"
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min"
    if seconds < 48 * 3600:
        return f"{seconds // 3600} h"
    return f"{seconds // 86400} d"
