"""How far estimated starts are off, on days that were played out beforehand (docs/estimates.md)."""

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import mean

from courtsync_web.estimates.outlook import outlook
from tests.bench.figures import percentile, table
from tests.estimates.simulated_day import MINUTE, SimulatedDay, simulated_day

AHEAD = (("within 30 min", 0, 30), ("30 to 60 min", 30, 60), ("1 to 2 h", 60, 120),
         ("2 to 5 h", 120, 300))  # fmt: skip
STEP = 10 * MINUTE
DAYS = 12


@dataclass(slots=True)
class Errors:
    """Minutes, over many questions."""

    estimated: list[float] = field(default_factory=list)
    printed: list[float] = field(default_factory=list)
    inside: list[bool] = field(default_factory=list)
    width: list[float] = field(default_factory=list)


def measure() -> None:
    """Ask every ten minutes of a day about every match that has not begun."""
    for minutes in (60, 50):
        found: dict[str, Errors] = defaultdict(Errors)
        for seed in range(DAYS):
            ask(simulated_day(seed, minutes=minutes), found)
        table(
            f"Estimated starts, {DAYS} days with a match every {minutes} minutes",
            ("asked", "questions", "estimate off by (mean)", "printed time off by (mean)",
             "estimate off by at most (9 of 10)", "in the band", "band (mean)"),
            [row(name, found[name]) for name, *_ in AHEAD],
        )  # fmt: skip


def ask(day: SimulatedDay, found: dict[str, Errors]) -> None:
    first = min(slot.starts_at for slot in day.slots)
    last = max(slot.starts_at for slot in day.slots)
    for now in range(first, last, STEP):
        estimates = outlook(day.at(now), now)
        for slot in day.slots:
            truth = day.courses[slot.match_id].begins
            ahead = (slot.starts_at - now) / MINUTE
            name = next((name for name, low, high in AHEAD if low <= ahead < high), None)
            if truth <= now or name is None:
                continue
            one, errors = estimates[slot.match_id], found[name]
            errors.estimated.append(abs(one.start - truth) / MINUTE)
            errors.printed.append(abs(slot.starts_at - truth) / MINUTE)
            errors.inside.append(one.earliest <= truth <= one.latest)
            errors.width.append((one.latest - one.earliest) / MINUTE)


def row(name: str, errors: Errors) -> tuple[object, ...]:
    return (
        name,
        len(errors.estimated),
        f"{mean(errors.estimated):.1f} min",
        f"{mean(errors.printed):.1f} min",
        f"{percentile(errors.estimated, 0.9):.1f} min",
        f"{mean(errors.inside):.0%}",
        f"{mean(errors.width):.0f} min",
    )
