"""A tournament day as it might go, second by second, and what could be known of it at any time.

How a day goes is written here apart from what the estimates assume: rallies of different length,
time-outs, injuries, slow scorers, courts that wait for teams from other courts.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from courtsync_web.demo.tournament import make_tournament
from courtsync_web.demo.world import Match, Source, Tournament
from courtsync_web.estimates.slots import Played, Slot
from courtsync_web.volleyball.formats import Format, read_format
from courtsync_web.volleyball.rules import match_over, set_over, start_of

SECOND, MINUTE = 1000, 60_000
FIRST_DAY = date(2026, 1, 31)
MIDNIGHT = datetime.combine(FIRST_DAY, time.min)


@dataclass(frozen=True, slots=True)
class Habit:
    """What a day is like."""

    rally: float
    """Seconds from serve to serve, without time-outs."""
    early: bool
    """Whether matches begin as soon as court and teams are there, up to a quarter of an hour
    before their time."""


@dataclass(slots=True)
class Course:
    """One match: its states, and when each came to be."""

    times: list[int]
    states: list[Played]
    pace: float
    """Seconds a rally; nobody but the day itself knows it, nor the next."""
    chance: float

    @property
    def begins(self) -> int:
        return self.times[0]

    @property
    def ends(self) -> int:
        return self.times[-1]

    def at(self, now: int) -> Played | None:
        """What the score tells then."""
        passed = bisect_right(self.times, now)
        return self.states[passed - 1] if passed else None


@dataclass(slots=True)
class SimulatedDay:
    """All matches of a day with their true course."""

    slots: list[Slot]
    courses: dict[int, Course]
    matches: dict[int, Match]
    habit: Habit

    def at(self, now: int) -> list[Slot]:
        """What may be known then."""
        return [
            Slot(
                slot.match_id, slot.court_id, slot.teams, slot.starts_at, slot.ends_at,
                slot.format, self.courses[slot.match_id].at(now),
            )
            for slot in self.slots
        ]  # fmt: skip


def simulated_day(
    seed: int, *, minutes: int = 60, matches: int = 160, courts: int = 24
) -> SimulatedDay:
    """A day of its own pace and habit, the same for the same seed."""
    rng = Random(seed)
    habit = Habit(rally=rng.gauss(22.5, 1.8), early=rng.random() < 0.4)
    tournament = make_tournament(
        seed, first_day=FIRST_DAY, days=1, matches=matches, courts=courts, match_minutes=minutes
    )
    slots = [slot_of(tournament, match) for match in tournament.matches]
    free: dict[tuple[str, int], int] = defaultdict(int)
    courses: dict[int, Course] = {}
    for match, slot in sorted(
        zip(tournament.matches, slots, strict=True), key=lambda one: one[1].starts_at
    ):
        begins = first_ball(slot, match, free, habit, rng)
        course = courses[slot.match_id] = played_out(slot.format, begins, habit, rng)
        for key in keys_of(slot, match):
            free[key] = max(free[key], course.ends)
    return SimulatedDay(slots, courses, {one.match_id: one for one in tournament.matches}, habit)


def slot_of(tournament: Tournament, match: Match) -> Slot:
    teams = tuple(one.of for one in (match.first, match.second) if one.kind == "team")
    return Slot(
        match.match_id,
        match.court_id,
        teams,
        instant(match.start),
        instant(match.end),
        read_format(tournament.play[match.play_id].format),
    )


def instant(wall: datetime) -> int:
    return round((wall - MIDNIGHT).total_seconds() * SECOND)


def keys_of(slot: Slot, match: Match) -> list[tuple[str, int]]:
    """What the match occupies; and itself, for those who wait for its winner."""
    teams = [("team", team) for team in slot.teams]
    return [("court", match.court_id), ("match", match.match_id), *teams]


def first_ball(
    slot: Slot, match: Match, free: dict[tuple[str, int], int], habit: Habit, rng: Random
) -> int:
    """Its time, or when court, teams and those it waits for are there and warm."""
    court = free["court", match.court_id]
    waits = [free["team", team] for team in slot.teams]
    waits += [free[waited(one)] for one in (match.first, match.second) if one.kind != "team"]
    warm = MINUTE * rng.uniform(4, 8)
    there = max(court, *waits, 0) + warm
    printed = slot.starts_at + MINUTE * rng.triangular(0, 6, 1)
    if habit.early and court:
        printed = max(slot.starts_at - 15 * MINUTE, there)
    return round(max(there, printed) if court or any(waits) else printed)


def waited(source: Source) -> tuple[str, int]:
    return ("match" if source.kind in ("winner", "loser") else "play", source.of)


def played_out(format_: Format, begins: int, habit: Habit, rng: Random) -> Course:
    """One match from the first ball to the signature."""
    pace = habit.rally * rng.lognormvariate(0, 0.07)
    chance = 0.5 + rng.gauss(0, 0.085)
    first = Played((), (0, 0), False, False, begins, begins)
    course = Course([begins], [first], pace, chance)
    for at, state in going_on(format_, first, begins, course, rng):
        note(course, at, state)
    return course


def going_on(
    format_: Format, state: Played, at: float, course: Course, rng: Random
) -> Iterator[tuple[float, Played]]:
    """How a match may go on from a state, to its end."""
    begins = state.begun_at
    done = list(state.points[:-1] if state.running else state.points)
    now = state.points[-1] if state.running else None
    won = state.won
    while not match_over(format_, won, len(done)):
        number = len(done) + 1
        start = start_of(format_, number)
        a, b = now or (start, start)
        now = None
        stops = timed_stops(rng)
        while not set_over(format_, number, a, b):
            at += SECOND * course.pace * rng.gammavariate(4, 0.25)
            at += SECOND * stops.get(a + b, 0.0)
            a, b = (a + 1, b) if rng.random() < course.chance else (a, b + 1)
            points = (*done, (a, b))
            yield at, Played(points, won, True, False, round(at), begins, number - 1)
        done.append((a, b))
        won = (won[0] + (a > b), won[1] + (b > a))
        over = match_over(format_, won, len(done))
        yield at, Played(tuple(done), won, False, over, round(at), begins, number - 1)
        at += SECOND * rng.uniform(90, 240)


def timed_stops(rng: Random) -> dict[int, float]:
    """Seconds lost at a sum of points: time-outs, and now and then an injury or a debate."""
    stops = {rng.randrange(8, 44): rng.uniform(35, 60) for _ in range(rng.choice((0, 1, 2, 3)))}
    if rng.random() < 0.04:
        stops[rng.randrange(4, 44)] = rng.uniform(180, 480)
    return stops


def note(course: Course, at: float, state: Played) -> None:
    if course.times[-1] == round(at):
        course.states[-1] = state
    else:
        course.times.append(round(at))
        course.states.append(state)
