"""A day made into tasks: instants become minutes, teams bits, courts rows of a table. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from courtsync_web.coverage.autopilot.task import Break, Option, Task
from courtsync_web.coverage.device import OwnPlan
from courtsync_web.coverage.matches import Planable
from courtsync_web.coverage.route import Stop, visit_from
from courtsync_web.coverage.stays import MAY_MISS, MINUTE, Stay, Visit
from courtsync_web.events.names import Names
from courtsync_web.events.walking import Place, Walks, minutes_between


@dataclass(frozen=True, slots=True)
class Photographer:
    """Whose day is planned, and how they want it."""

    plan: OwnPlan
    stay: Stay
    name: str | None = None
    """None for whoever asks."""
    keep: bool = True
    must_matches: frozenset[int] = frozenset()
    breaks: tuple[tuple[int, int], ...] = ()
    an_hour: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """What is known of the day that is planned."""

    day: str
    now: int
    matches: Mapping[int, Planable]
    names: Names
    walks: Walks
    wanted: frozenset[int]
    must_teams: frozenset[int] = frozenset()
    taken: Mapping[int, str] = field(default_factory=dict)
    """Matches that somebody else of the crew has, with their name."""

    def is_over(self, match: Planable) -> bool:
        return match.status == "over" or (match.end is not None and match.end <= self.now)


@dataclass(slots=True)
class Errand:
    """The tasks, and what their numbers mean."""

    day: Day
    photographers: Sequence[Photographer]
    origin: int
    """The instant of minute 0."""
    covered: frozenset[int] = frozenset()
    """Wanted teams that are seen already."""
    bits: dict[int, int] = field(default_factory=dict)
    """Each wanted team's bit that is not covered yet."""
    places: dict[Place, int] = field(default_factory=dict)
    tasks: list[Task] = field(default_factory=list)

    def instant(self, minute: int) -> int:
        return self.origin + minute * MINUTE

    def minute(self, instant: int, *, up: bool = False) -> int:
        """Whole minutes, so that what fits in minutes fits in instants."""
        since = instant - self.origin
        return -(-since // MINUTE) if up else since // MINUTE

    def row(self, place: Place) -> int:
        return self.places.setdefault(place, len(self.places))

    def teams_of(self, bits: int) -> list[int]:
        return [team for team, bit in self.bits.items() if bits & bit]


def errand_of(day: Day, photographers: Sequence[Photographer]) -> Errand:
    """One task for each photographer."""
    errand = Errand(day, photographers, origin_of(day))
    errand.covered = frozenset(covered_already(day, photographers)) & day.wanted
    errand.bits = {team: 1 << at for at, team in enumerate(sorted(day.wanted - errand.covered))}
    parts = [part_of(errand, one) for one in photographers]
    places = list(errand.places)
    walk = [[minutes_between(one, other, day.walks) for other in places] for one in places]
    must = sum(bit for team, bit in errand.bits.items() if team in day.must_teams)
    errand.tasks = [
        Task(
            options,
            walk,
            starts=starts,
            place=place,
            must=must,
            breaks=breaks_of(errand, one),
            an_hour=one.an_hour,
            recent=recent_of(errand, one),
        )
        for one, (options, starts, place) in zip(photographers, parts, strict=True)
    ]
    return errand


def origin_of(day: Day) -> int:
    """Now, or the day's first match if that is still to come."""
    starts = [one.start for one in day.matches.values() if one.day == day.day and one.start]
    return max(day.now, min(starts, default=day.now))


def covered_already(day: Day, photographers: Sequence[Photographer]) -> set[int]:
    """Teams seen in what is past, in what one is at, on other days, and by others of the crew."""
    settled = {
        match_id
        for one in photographers
        for match_id in one.plan.planned
        if (match := day.matches.get(match_id)) and is_settled(day, match, one)
    }
    return {team for key in settled | day.taken.keys() for team in teams_in(day, key)}


def teams_in(day: Day, match_id: int) -> list[int]:
    match = day.matches.get(match_id)
    return match.teams if match else []


def is_settled(day: Day, match: Planable, one: Photographer) -> bool:
    """Whether there is nothing to decide about a planned match any more."""
    other_day = match.day != day.day
    return other_day or day.is_over(match) or is_shot(match, one) or is_present(day, match, one)


def is_shot(match: Planable, one: Photographer) -> bool:
    return match.match_id in one.plan.shot


def is_present(day: Day, match: Planable, one: Photographer) -> bool:
    """A planned match that is being played, seen as a whole: one is there."""
    begun = match.start is not None and match.start <= day.now
    return one.stay is Stay.WHOLE and begun and match.day == day.day and not day.is_over(match)


def part_of(errand: Errand, one: Photographer) -> tuple[tuple[Option, ...], int, int | None]:
    """A photographer's options, when they can set out, and from where."""
    day, starts, place = errand.day, 0, None
    for match_id in one.plan.planned:
        match = day.matches.get(match_id)
        stop = match.stop(day.names) if match else None
        if match is None or stop is None or match.day != day.day or not is_here(day, match, one):
            continue
        leaves = stop.end - MAY_MISS if is_present(day, match, one) else day.now
        if errand.minute(leaves, up=True) >= starts:
            starts, place = errand.minute(leaves, up=True), errand.row(stop.place)
    options = [
        option
        for match in day.matches.values()
        if (option := option_of(errand, match, one)) is not None
    ]
    return tuple(options), max(starts, 0), place


LATELY = 30 * MINUTE
"""Whoever was at a match that ended longer ago than this may be anywhere."""


def is_here(day: Day, match: Planable, one: Photographer) -> bool:
    """Whether one is at the court of a planned match, or was a moment ago."""
    if match.start is None or match.start > day.now:
        return False
    return day.now - (match.end or match.start) < LATELY and (
        is_present(day, match, one) or is_shot(match, one) or day.is_over(match)
    )


def option_of(errand: Errand, match: Planable, one: Photographer) -> Option | None:
    """A match as something to choose; none where there is nothing to be had of it."""
    day = errand.day
    stop = match.stop(day.names)
    if stop is None or match.day != day.day or is_settled_for(day, match, one):
        return None
    planned = match.match_id in one.plan.planned
    fixed = match.match_id in one.must_matches or (one.keep and planned)
    teams = sum(errand.bits.get(team, 0) for team in match.teams)
    if not (teams or planned or fixed) or (match.match_id in day.taken and not fixed):
        return None
    visit = visit_now(stop, one.stay, day.now, fixed=fixed)
    if visit is None:
        return None
    earliest = errand.minute(visit.earliest, up=True)
    return Option(
        match.match_id,
        errand.row(stop.place),
        earliest,
        max(earliest, errand.minute(visit.latest)),
        max(1, -(-visit.lasts // MINUTE)),
        teams,
        fixed,
        planned,
    )


def is_settled_for(day: Day, match: Planable, one: Photographer) -> bool:
    planned = match.match_id in one.plan.planned
    return day.is_over(match) or (planned and is_settled(day, match, one))


def visit_now(stop: Stop, stay: Stay, now: int, *, fixed: bool = False) -> Visit | None:
    """When one can still come; what must be seen is seen as far as it is not over yet."""
    visit = visit_from(stop, stay, now)
    if visit.latest >= now:
        return Visit(max(visit.earliest, now), visit.latest, visit.lasts)
    return Visit(now, now, stop.end - now) if fixed and stop.end > now else None


def breaks_of(errand: Errand, one: Photographer) -> tuple[Break, ...]:
    return tuple((errand.minute(a), errand.minute(b, up=True)) for a, b in one.breaks if a < b)


def recent_of(errand: Errand, one: Photographer) -> tuple[int, ...]:
    """When one came to the matches of the last hour."""
    if one.an_hour is None:
        return ()
    day = errand.day
    starts = [
        match.start
        for match_id in one.plan.planned
        if (match := day.matches.get(match_id)) and match.start is not None
        and day.now - 60 * MINUTE < match.start <= day.now
        and (is_present(day, match, one) or is_shot(match, one) or day.is_over(match))
    ]  # fmt: skip
    return tuple(errand.minute(start) for start in sorted(starts))[-one.an_hour :]
