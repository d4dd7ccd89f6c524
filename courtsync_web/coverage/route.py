"""A photographer's way through the day: when they come where, what clashes, when to leave. Pure.

The same rules run in the browser (``static/js/coverage/route.js``), for a plan changes without a
network too; ``tests/vectors/coverage.json`` holds the two together. Times are instants in
milliseconds, walks minutes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from courtsync_web.coverage.stays import MINUTE, Stay, Visit, visit_of
from courtsync_web.events.walking import Place, Walks, minutes_between

ABOUT_NOW = MINUTE
"""So long before one has to leave one is told to."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A planned match: where, and when its first and last balls are expected."""

    match_id: int
    place: Place
    start: int
    earliest: int
    latest: int
    """Of the start; the same as ``start`` where the match is under way or nothing is known."""
    end: int


Planned = tuple[Visit, Stop]


@dataclass(frozen=True, slots=True)
class Call:
    """A stop as it can be made after the one before it."""

    stop: Stop
    arrive: int
    leave: int
    walk: int
    last: int
    """Whoever arrives later misses it."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two stops of which one has to go; not ``sure``: only if one runs late or the other early."""

    first: int
    second: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Route:
    """What can be done one after another, and what is in its way."""

    calls: list[Call]
    clashes: list[Clash]


def route_of(stops: Sequence[Stop], stay: Stay, walks: Walks, now: int) -> Route:
    """The way through stops that are still to come or under way, in the order of the latest
    arrival, or in another where that makes more of them possible. Where two clash, the one that
    comes first stays."""
    visits = [(visit_from(stop, stay, now), stop) for stop in stops]
    visits.sort(key=lambda one: (one[0].latest, one[1].start, one[1].match_id))
    clashes = [
        Clash(one.match_id, other.match_id)
        for (first, one), (second, other) in combinations(visits, 2)
        if not (
            in_turn(one, other)
            or reachable(first, second, minutes_between(one.place, other.place, walks))
            or reachable(second, first, minutes_between(one.place, other.place, walks))
        )
    ]
    found = {clash.second for clash in clashes}
    calls: list[Call] = []
    late: list[Clash] = []
    for visit, stop in visits:
        call = call_at(calls[-1] if calls else None, visit, stop, walks)
        if call.arrive <= call.last:
            calls.append(call)
        elif stop.match_id not in found:
            late.append(Clash(calls[-1].stop.match_id, stop.match_id))
    if late:
        calls, late = better_order(visits, walks, calls, late)
    return Route(calls, clashes + late + tight(calls))


def better_order(
    visits: Sequence[Planned], walks: Walks, calls: list[Call], late: list[Clash]
) -> tuple[list[Call], list[Clash]]:
    """Each stop put in where it costs the shortest way and makes no other one late, if more of
    them go together like this: whoever stays for ten minutes has four matches of one hour in
    some order, and only in some."""
    way: list[Planned] = []
    for one in sorted(visits, key=lambda each: (middle(each), each[1].match_id)):
        ways = [[*way[:at], one, *way[at:]] for at in reversed(range(len(way) + 1))]
        possible = [(longer, done) for longer in ways if (done := through(longer, walks))]
        if possible:
            way = min(possible, key=lambda each: sum(call.walk for call in each[1]))[0]
    if len(way) <= len(calls):
        return calls, late
    done = through(way, walks)
    there = {call.stop.match_id for call in done}
    return done, [clash for clash in late if clash.second not in there]


def middle(planned: Planned) -> int:
    return planned[0].earliest + planned[0].latest


def through(way: Sequence[Planned], walks: Walks) -> list[Call]:
    """All stops in this order; nothing where one would be late."""
    calls: list[Call] = []
    for visit, stop in way:
        call = call_at(calls[-1] if calls else None, visit, stop, walks)
        if call.arrive > call.last:
            return []
        calls.append(call)
    return calls


def visit_from(stop: Stop, stay: Stay, now: int) -> Visit:
    """When to come, now that it is ``now``: whoever stays shortly may still come to a match that
    has begun."""
    visit = visit_of(stay, stop.start, stop.end)
    earliest = max(visit.earliest, min(now, visit.latest))
    return visit if stay is Stay.WHOLE else Visit(earliest, visit.latest, visit.lasts)


def in_turn(one: Stop, other: Stop) -> bool:
    """Whether they follow each other on one court, which makes the second wait for the first."""
    return one.place == other.place and one.start < other.start


def reachable(one: Visit, other: Visit, walk: int) -> bool:
    """Whether the other can be seen after this one."""
    return one.earliest + one.lasts + walk * MINUTE <= other.latest


def call_at(before: Call | None, visit: Visit, stop: Stop, walks: Walks) -> Call:
    """A stop as it is made after ``before``, perhaps too late."""
    walk = minutes_between(before.stop.place, stop.place, walks) if before else 0
    arrive = visit.earliest
    if before and not in_turn(before.stop, stop):
        arrive = max(arrive, before.leave + walk * MINUTE)
    return Call(stop, arrive, arrive + visit.lasts, walk, visit.latest)


def tight(calls: Sequence[Call]) -> list[Clash]:
    """Where the bands of two estimates leave no way: the first at its latest, the second at its
    earliest."""
    return [
        Clash(one.stop.match_id, other.stop.match_id, sure=False)
        for one, other in pairwise(calls)
        if not in_turn(one.stop, other.stop)
        and one.leave + (one.stop.latest - one.stop.start) + other.walk * MINUTE
        > other.last - (other.stop.start - other.stop.earliest)
    ]


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do now: ``go`` to ``to``, ``stay`` at ``at``, ``free`` until one leaves for ``to``,
    or nothing more (``done``)."""

    word: str
    at: Call | None = None
    to: Call | None = None
    leave_at: int | None = None
    walk: int = 0


def advice_of(calls: Sequence[Call], here: Place | None, walks: Walks, now: int) -> Advice:
    """What to do, as seen from ``here``: the court one was at last, if that is known."""
    at = next((call for call in calls if call.arrive <= now < call.leave), None)
    to = next((call for call in calls if call.arrive > now), None)
    if to is None:
        return Advice("stay" if at else "done", at)
    place = at.stop.place if at else here
    walk = minutes_between(place, to.stop.place, walks) if place else 0
    leave_at = to.arrive - walk * MINUTE
    word = "go" if leave_at - ABOUT_NOW <= now else "stay" if at else "free"
    return Advice(word, at, to, leave_at, walk)
