"""Time zones by name: which there are, and which a person is offered."""

from functools import cache
from zoneinfo import available_timezones

PLACES = (
    "Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/",
    "Europe/", "Indian/", "Pacific/",
)  # fmt: skip
"""What people live in; the rest are names of old, offsets and abbreviations."""


@cache
def zones() -> frozenset[str]:
    """Every name there is. Read from the disk once: it takes hundreds of small reads."""
    return frozenset(available_timezones())


@cache
def zones_offered() -> tuple[str, ...]:
    """Those to choose from, by name."""
    return tuple(sorted(name for name in zones() if name.startswith(PLACES) or name == "UTC"))
