"""What today's matches have shown about this event: its pace, and how it treats its own clock.

Everything begins as a guess from other events and gives way to what is seen. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from courtsync_web.estimates.slots import MINUTE, Played, Slot

RALLY, RALLY_WEIGHT = 25_000.0, 150
"""Milliseconds from one serve to the next with everything in between, and for how many rallies
that guess counts: three matches are enough to outvote it."""
QUICKEST, SLOWEST = 10_000, 60_000
"""Paces outside of this are no rallies: a result was typed in, or somebody forgot a phone."""
OWN_WEIGHT = 60
BREAK = 150_000.0
"""Milliseconds from the last ball of a set to the first of the next."""
CHANGE, CHANGE_WEIGHT = 6.0 * MINUTE, 4
"""From the last ball of a match to the first of the next, where the next one is waiting."""
WARM_UP, WARM_UP_WEIGHT = 2.0 * MINUTE, 4
"""From the printed time to the first ball, where nobody is waited for."""
EARLY_WEIGHT = 4
IDLE = 8 * MINUTE
"""Free for so long before the printed time, a court keeps nobody waiting."""


@dataclass(frozen=True, slots=True)
class Habits:
    """Milliseconds throughout."""

    rally: float = RALLY
    change: float = CHANGE
    warm_up: float = WARM_UP
    begins_early: bool = False
    """Matches follow on at once when a court is free before their time."""


def habits_of(courts: Iterable[Sequence[Slot]]) -> Habits:
    """What was seen on all courts; each court's matches in the order in which they began."""
    elapsed, rallies = RALLY * RALLY_WEIGHT, float(RALLY_WEIGHT)
    changes, warm_ups = [CHANGE] * CHANGE_WEIGHT, [WARM_UP] * WARM_UP_WEIGHT
    early = [0.0] * EARLY_WEIGHT
    for court in courts:
        free_at: int | None = None
        for slot in court:
            played = slot.played
            if played is None or played.begun_at is None:
                free_at = None
                continue
            spent, number = time_of(played)
            elapsed, rallies = elapsed + spent, rallies + number
            note_start(slot, played.begun_at, free_at, changes, warm_ups, early)
            free_at = played.changed_at if played.over else None
    return Habits(
        rally=elapsed / rallies,
        change=sum(changes) / len(changes),
        warm_up=sum(warm_ups) / len(warm_ups),
        begins_early=sum(early) / len(early) > 0.5,
    )


def note_start(
    slot: Slot,
    begun_at: int,
    free_at: int | None,
    changes: list[float],
    warm_ups: list[float],
    early: list[float],
) -> None:
    """What one match's first ball says about the habits."""
    if free_at is None or free_at < slot.starts_at - IDLE:
        if free_at is not None:
            early.append(float(begun_at < slot.starts_at - 2 * MINUTE))
        warm_ups.append(float(min(max(begun_at - slot.starts_at, 0), 12 * MINUTE)))
    elif free_at > slot.starts_at:
        changes.append(float(min(max(begun_at - free_at, MINUTE), 20 * MINUTE)))


def time_of(played: Played) -> tuple[float, int]:
    """How long the rallies of a match took, and how many there were; nothing if unbelievable."""
    rallies = sum(a + b for a, b in played.points)
    spent = played.changed_at - (played.begun_at or 0) - BREAK * played.waited
    if played.begun_at is None or rallies < 10 or not QUICKEST < spent / rallies < SLOWEST:
        return 0.0, 0
    return spent, rallies


def own_pace(habits: Habits, played: Played) -> float:
    """The pace of one match: the event's, bent by what it has shown itself."""
    spent, rallies = time_of(played)
    return (habits.rally * OWN_WEIGHT + spent) / (OWN_WEIGHT + rallies)
