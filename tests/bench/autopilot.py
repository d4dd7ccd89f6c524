"""How near the autopilot comes to the best plan, and how long it takes.

The best plan is CP-SAT's. On large days it is not told how to walk least, and is given half a
minute: what it has not proven by then is compared with the best that it found itself.
"""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from courtsync_web.coverage.autopilot.pilot import fly
from courtsync_web.coverage.autopilot.task import Task
from courtsync_web.coverage.autopilot.worth import walks_of
from courtsync_web.coverage.stays import Stay
from tests.bench import autopilot_served
from tests.bench.figures import milliseconds_since, percentile, table
from tests.coverage.days import LARGE, MIDDLE, SMALL, Size, made_day
from tests.coverage.solver import keeps_the_rules, seen_by, solve

SIZES = (("small", SMALL, 20), ("middle", MIDDLE, 8), ("large", LARGE, 4))
TIMED = 60
PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Compared:
    """One day: the autopilot's plan beside the solver's."""

    seen: int
    best: int
    walks: int
    fewest: int | None
    proven: bool
    """By the solver."""
    sure: bool
    """By the autopilot itself."""

    @property
    def share(self) -> float:
        return self.seen / self.best if self.best else 1.0


def measure() -> None:
    """Times first: the solver heats the machine."""
    times()
    autopilot_served.measure()
    rows = [
        row(f"{size}, {stay}", [compared(day, walking=size == "small") for day in days])
        for size, shape, number in SIZES
        for stay in Stay
        for days in [list(made_days(shape, stay, number))]
    ]
    table(
        "The autopilot beside CP-SAT",
        ("days", "number", "teams seen, of the best", "worst day", "as good", "proven by CP-SAT",
         "proven by the autopilot", "minutes on foot, where both see as many"),
        rows,
    )  # fmt: skip


def made_days(size: Size, stay: Stay, number: int) -> Iterable[Task]:
    """Every third with at most two matches an hour."""
    for seed in range(number):
        yield made_day(seed, size, stay, an_hour=2 if seed % 3 == 2 else None)


def times() -> None:
    rows = []
    for stay in Stay:
        taken = []
        for day in made_days(LARGE, stay, TIMED):
            started = time.perf_counter()
            fly(day)
            taken.append(milliseconds_since(started))
        rows.append(
            (stay, TIMED, *(f"{percentile(taken, share):.0f} ms" for share in (0.5, 0.9, 1)))
        )
    table(
        f"A day of {LARGE.courts} courts, {LARGE.matches} matches and {LARGE.teams} teams",
        ("stay", "days", "median", "9 of 10 within", "longest"),
        rows,
    )


def compared(day: Task, *, walking: bool) -> Compared:
    flight = fly(day)
    keeps_the_rules(day, flight.plan)
    answer = solve(day, seconds=PATIENCE, hint=flight.plan, walking=walking)
    seen = seen_by(flight.plan)
    assert not answer.proven or (seen & day.must).bit_count() == answer.must_seen
    best = answer.seen if answer.proven else answer.found
    return Compared(
        seen.bit_count(), best, walks_of(flight.plan), answer.walks, answer.proven, flight.most_seen
    )


def row(name: str, days: list[Compared]) -> tuple[object, ...]:
    feet = [day for day in days if day.fewest is not None and day.seen == day.best]
    counts = Counter(day.share >= 1 for day in days)
    return (
        name,
        len(days),
        f"{sum(day.share for day in days) / len(days):.1%}",
        f"{min(day.share for day in days):.0%}",
        counts[True],
        sum(day.proven for day in days),
        sum(day.sure for day in days),
        f"{sum(day.walks for day in feet)} of at least {sum(day.fewest or 0 for day in feet)}"
        if feet
        else "",
    )
