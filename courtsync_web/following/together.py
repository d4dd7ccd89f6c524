"""Several teams, one parent: where two of them play at once, and when nobody plays. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from courtsync_web.clock import venue_day
from courtsync_web.coverage.clashes import Span, clashes
from courtsync_web.events.words import clock_time, day_in_words

FREE = 40 * 60_000
"""Long enough for lunch."""
SHORTEST = 5 * 60_000
"""So little overlap is no clash: one hurries."""


@dataclass(frozen=True, slots=True)
class Busy:
    """When a followed team plays or works, as expected; instants."""

    begins: int
    ends: int
    team: str
    place: str
    zone: str
    works: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """Two of my teams at once."""

    first: Busy
    second: Busy
    at: str
    """From when, in words."""


def clashes_of(busy: Sequence[Busy], now: int, *, twelve: bool) -> list[Clash]:
    """Matches of different teams that overlap from now on, the first ones first."""
    spans = [
        Span(number, one.begins, one.ends - SHORTEST)
        for number, one in enumerate(busy)
        if one.ends > now
    ]
    pairs = [(busy[a], busy[b]) for a, b in clashes(spans)]
    return [
        Clash(one, two, moment_words(two.begins, two.zone, now, twelve=twelve))
        for one, two in pairs
        if one.team != two.team
    ]


def free_from(busy: Sequence[Busy], now: int, *, twelve: bool) -> str:
    """The next forty minutes of today without any of them: ``11:20 AM to 12:05 PM``."""
    today = [
        one
        for one in busy
        if one.ends > now and venue_day(one.begins, one.zone) == venue_day(now, one.zone)
    ]
    free_at = now
    for one in sorted(today, key=lambda each: each.begins):
        if one.begins - free_at >= FREE:
            until = clock_time(one.begins, one.zone, twelve)
            begins = clock_time(free_at, one.zone, twelve)
            return f"now until {until}" if free_at == now else f"{begins} to {until}"
        free_at = max(free_at, one.ends)
    if not today:
        return ""
    return f"from {clock_time(free_at, today[0].zone, twelve)}"


def moment_words(at: int, zone: str, now: int, *, twelve: bool) -> str:
    day = venue_day(at, zone)
    words = clock_time(at, zone, twelve)
    return words if day == venue_day(now, zone) else f"{day_in_words(day.isoformat())}, {words}"
