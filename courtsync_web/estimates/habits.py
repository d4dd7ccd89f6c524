"""What today's matches have shown about this event: its pace, and how it treats its own clock.

Everything begins as a guess from other events and gives way to what is seen. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean as mean

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
EARLY_WEIGHT = 2
EARLY_MOST, EARLY_SEEN = 20.0 * MINUTE, 3
"""So long before its printed time nobody begins; what so many matches show is believed instead."""
WAITED = MINUTE
"""Longer than the usual change from match to match, and it was the clock that was waited for."""
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
    early_most: float = EARLY_MOST
    """So long before their time they do not yet."""


@dataclass(slots=True)
class Seen:
    """What the day's first balls say, match by match; milliseconds."""

    changes: list[float] = field(default_factory=lambda: [CHANGE] * CHANGE_WEIGHT)
    warm_ups: list[float] = field(default_factory=lambda: [WARM_UP] * WARM_UP_WEIGHT)
    early: list[float] = field(default_factory=lambda: [0.0] * EARLY_WEIGHT)
    waited: list[float] = field(default_factory=list)
    """How early those began that could have begun before."""

    def note(self, slot: Slot, begun_at: int, free_at: int | None) -> None:
        """One match; ``free_at``: since when its court waited for it, if that is known."""
        late_by = begun_at - slot.starts_at
        if free_at is not None and free_at > slot.starts_at:
            self.changes.append(float(min(max(begun_at - free_at, MINUTE), 20 * MINUTE)))
            return
        if free_at is not None and free_at >= slot.starts_at - IDLE:
            return
        is_early = free_at is not None and late_by < -2 * MINUTE
        if free_at is not None:
            self.early.append(float(is_early))
        if not is_early:
            self.warm_ups.append(float(min(max(late_by, 0), 12 * MINUTE)))
        elif begun_at > (free_at or 0) + CHANGE + WAITED:
            self.waited.append(float(-late_by))

    @property
    def early_most(self) -> float:
        """Three in four began no earlier; the rest are other people's clocks."""
        if len(self.waited) < EARLY_SEEN:
            return EARLY_MOST
        return sorted(self.waited)[len(self.waited) * 3 // 4]


def habits_of(courts: Iterable[Sequence[Slot]]) -> Habits:
    """What was seen on all courts; each court's matches in the order in which they began."""
    elapsed, rallies = RALLY * RALLY_WEIGHT, float(RALLY_WEIGHT)
    seen = Seen()
    for court in courts:
        free_at: int | None = None
        for slot in court:
            played = slot.played
            if played is None or played.begun_at is None:
                free_at = None
                continue
            spent, number = time_of(played)
            elapsed, rallies = elapsed + spent, rallies + number
            seen.note(slot, played.begun_at, free_at)
            free_at = played.changed_at if played.over else None
    return Habits(
        rally=elapsed / rallies,
        change=mean(seen.changes),
        warm_up=mean(seen.warm_ups),
        begins_early=mean(seen.early) > 0.5,
        early_most=seen.early_most,
    )


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
