"""How well reminders meet real starts on simulated days, and how well they could at best.

At best: by somebody who knows the day's habits, every match's pace and how even its teams are, and
nothing of what is yet to come. They look two minutes after the reminder is due and choose the four
minutes into which the start falls in most of the ways that the day may go on from there.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from random import Random
from statistics import fmean, median

from courtsync_web.estimates.outlook import outlook
from courtsync_web.estimates.slots import Slot
from courtsync_web.push.kinds import MINUTE
from courtsync_web.push.reminders import EVERY
from tests.bench.figures import percentile, table
from tests.estimates.simulated_day import (
    SECOND,
    SimulatedDay,
    first_ball,
    going_on,
    keys_of,
    simulated_day,
    waited,
)

LEAD = 15 * MINUTE
NEAR = 2 * MINUTE
SEEDS = range(1, 9)
WAYS = 100
"""Ways a day may go on, for each match."""


def measure() -> None:
    """Reminders a quarter of an hour ahead, on eight days."""
    days = [simulated_day(seed, matches=60, courts=10) for seed in SEEDS]
    table(
        f"Reminders {LEAD // MINUTE} minutes ahead on simulated days of 88 matches, minutes that "
        "they came too early (negative: too late)",
        ("day", "courts run", "5 %", "median", "95 %", "within 2", "at best", "within 5",
         "only at the start"),
        [(str(seed), *reminders_of(day)) for seed, day in zip(SEEDS, days, strict=True)],
    )  # fmt: skip


def reminders_of(day: SimulatedDay) -> tuple[str, ...]:
    """One day, by the real estimates: how well a reminder meets the real start."""
    begins = {id_: course.begins for id_, course in day.courses.items()}
    printed = {slot.match_id: slot.starts_at for slot in day.slots}
    sent = dict(reminded(day, begins))
    off = sorted((begins[id_] - at - LEAD) / MINUTE for id_, at in sent.items())
    drift = median(begins[id_] - printed[id_] for id_ in begins) / MINUTE
    near = [sum(abs(one) <= most for one in off) / len(begins) for most in (2, 5)]
    return (
        f"{drift:+.0f} min",
        *(f"{percentile(off, share):+.1f}" for share in (0.05, 0.5, 0.95)),
        f"{near[0]:.0%}",
        f"{fmean(at_best(day)):.0%}",
        f"{near[1]:.0%}",
        str(len(begins) - len(sent)),
    )


def reminded(day: SimulatedDay, begins: dict[int, int]) -> Iterator[tuple[int, int]]:
    waiting = set(begins)
    for now in range(min(begins.values()) - 60 * MINUTE, max(begins.values()), EVERY):
        waiting -= {id_ for id_ in waiting if begins[id_] <= now}
        expected = outlook(day.at(now), now)
        for id_ in [one for one in waiting if expected[one].start - now <= LEAD + EVERY // 2]:
            waiting.discard(id_)
            yield id_, now


def at_best(day: SimulatedDay) -> Iterator[float]:
    """For every match: how likely the best reminder is within two minutes."""
    rng = Random(1)
    slots = {slot.match_id: slot for slot in day.slots}
    latest: dict[tuple[str, int], int] = {}  # the match that last needed a court or a team
    for match_id in sorted(day.matches, key=lambda id_: slots[id_].starts_at):
        slot, match = slots[match_id], day.matches[match_id]
        now = day.courses[match_id].begins - LEAD + NEAR
        sources = (one for one in (match.first, match.second) if one.kind != "team")
        needs = [*keys_of(slot, match), *map(waited, sources)]
        before = {key: latest[key] for key in needs if key in latest}
        starts = []
        for _ in range(WAYS):
            ends = {one: end_of(day, slots[one], now, rng) for one in set(before.values())}
            free = defaultdict(int, {key: ends[one] for key, one in before.items()})
            starts.append(max(now, first_ball(slot, match, free, day.habit, rng)))
        yield best_window(sorted(starts)) / WAYS
        latest |= dict.fromkeys(keys_of(slot, match), match_id)


def end_of(day: SimulatedDay, slot: Slot, now: int, rng: Random) -> int:
    """When a match is over, in one of the ways it may go on; a fact if it is over by now."""
    course = day.courses[slot.match_id]
    state = course.at(now)
    if state is None or state.over:
        return course.ends
    at = float(now)
    if not state.running:
        at = max(at, state.changed_at + SECOND * rng.uniform(90, 240))
    *_, (end, _) = going_on(slot.format, state, at, course, rng)
    return round(end)


def best_window(starts: list[int]) -> int:
    """The most starts that lie within four minutes."""
    return max(bisect_right(starts, one + 2 * NEAR) - place for place, one in enumerate(starts))
