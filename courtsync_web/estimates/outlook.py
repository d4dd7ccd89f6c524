"""A day worked out match by match: who waits for which court and which team. Pure.

A court's next match begins at its printed time or once its court and its teams are free,
whichever is later; a gap in the schedule (lunch, an afternoon wave) thus takes up a delay by
itself. What is not yet known is carried along as a spread, so a band widens with every match in
between. Nothing is concluded about a court on which nobody keeps score.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from courtsync_web.estimates.habits import BREAK, Habits, habits_of, own_pace
from courtsync_web.estimates.lengths import Length, left, whole
from courtsync_web.estimates.slots import MINUTE, Estimate, Played, Slot
from courtsync_web.estimates.spread import Spread, later_of

RALLY_SPREAD = 0.55
"""Deviation of one rally's time, as part of it."""
PACE_SPREAD = 0.07
"""Deviation of a whole match's pace."""
BREAK_SPREAD = 60_000.0
CHANGE_SPREAD = 2.5 * MINUTE
WARM_UP_SPREAD = 2.0 * MINUTE
OVERDUE_MOST = 45 * MINUTE
"""A match that is later than this is no longer expected: it is played without a scorer."""
FORGOTTEN = 15 * MINUTE
"""A running match that has not changed for so long goes on without its scorer, or is over."""

Free = dict[tuple[str, int], Spread]
"""When courts and teams are free again, as far as that is known."""


@dataclass(slots=True)
class Day:
    """The working of one day."""

    now: int
    habits: Habits
    free: Free = field(default_factory=dict)
    followed: dict[int, int] = field(default_factory=dict)
    """Courts on which somebody keeps score, with the latest printed start that has begun there."""
    previous: dict[int, Slot] = field(default_factory=dict)
    found: dict[int, Estimate] = field(default_factory=dict)


def outlook(slots: Iterable[Slot], now: int) -> dict[int, Estimate]:
    """An estimate for each of one day's matches, by id."""
    in_order = sorted(slots, key=lambda slot: (slot.starts_at, slot.match_id))
    day = Day(now, habits_of(as_played(in_order)))
    for slot in in_order:
        if slot.played and slot.played.begun_at is not None:
            begun(day, slot, slot.played, slot.played.begun_at)
    for slot in in_order:
        if slot.played is None:
            ahead(day, slot)
        elif slot.played.begun_at is None:
            unseen(day, slot, slot.played)
        if slot.court_id is not None:
            day.previous[slot.court_id] = slot
    return day.found


def as_played(slots: Iterable[Slot]) -> Iterable[list[Slot]]:
    """Each court's matches so far, in the order in which they began."""
    courts: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        if slot.played and slot.court_id is not None:
            courts[slot.court_id].append(slot)
    for court in courts.values():
        court.sort(key=lambda slot: (slot.played and slot.played.begun_at) or slot.starts_at)
    return courts.values()


def begun(day: Day, slot: Slot, played: Played, begun_at: int) -> None:
    """A match that somebody follows or has followed: its start is a fact."""
    late = begun_at - slot.starts_at - round(day.habits.warm_up)
    day.found[slot.match_id] = Estimate(begun_at, begun_at, begun_at, late)
    if slot.court_id is not None:
        day.followed[slot.court_id] = max(day.followed.get(slot.court_id, 0), slot.starts_at)
    if played.over:
        occupy(day, slot, Spread(played.changed_at))
        return
    length = left(slot.format, played.won, played.points, played.running)
    ends = Spread(played.changed_at) + lasting(length, own_pace(day.habits, played))
    if ends.mean < day.now - FORGOTTEN:
        return
    occupy(day, slot, ends.not_before(day.now))


def unseen(day: Day, slot: Slot, played: Played) -> None:
    """A result that came by itself: when it began is taken from the schedule and the court."""
    start = expected(day, slot) or Spread(slot.starts_at + day.habits.warm_up)
    rallies = sum(a + b for a, b in played.points)
    took = Length(Spread(rallies), max(0, len(played.points) - 1))
    ends = start + lasting(took, day.habits.rally)
    began = min(round(start.mean), played.changed_at)
    day.found[slot.match_id] = Estimate(began, began, began)
    occupy(day, slot, Spread(min(ends.mean, played.changed_at), ends.var))


def ahead(day: Day, slot: Slot) -> None:
    """A match that has not begun."""
    passed = day.followed.get(slot.court_id or 0, 0) > slot.starts_at
    start = None if passed else expected(day, slot)
    if start is None:
        is_first = slot.court_id is not None and slot.court_id not in day.previous
        awaited = is_first and not passed and day.now < slot.starts_at + day.habits.warm_up
        day.found[slot.match_id] = on_time(day, slot) if awaited else as_printed(slot)
        return
    if slot.court_id in day.followed and start.mean > day.now - OVERDUE_MOST:
        start = start.not_before(day.now)
    habit = day.habits.warm_up
    day.found[slot.match_id] = Estimate(
        round(start.mean),
        round(max(start.low, floor_of(day, slot))),
        round(start.high),
        round(start.mean - slot.starts_at - habit),
    )
    occupy(day, slot, start + lasting(whole(slot.format), day.habits.rally))


def expected(day: Day, slot: Slot) -> Spread | None:
    """When the first ball is served, as far as court and teams tell; none if they tell nothing."""
    known = {day.free[one] for one in needs(slot) if one in day.free}
    if not known:
        return None
    change = Spread(day.habits.change, CHANGE_SPREAD**2)
    start = Spread(floor_of(day, slot), WARM_UP_SPREAD**2)
    if start.mean == slot.starts_at:
        start += Spread(day.habits.warm_up)
    for free in sorted(known, key=lambda one: one.mean):
        start = later_of(start, free + change)
    return start


def floor_of(day: Day, slot: Slot) -> float:
    """Before this nobody begins: the printed time, unless matches here follow on at once and
    this one follows another without a gap."""
    before = day.previous.get(slot.court_id or 0)
    if day.habits.begins_early and before and before.ends_at >= slot.starts_at - MINUTE:
        return slot.starts_at - day.habits.early_most
    return slot.starts_at


def lasting(length: Length, rally: float) -> Spread:
    """Milliseconds that so many rallies and breaks take."""
    rallies = length.rallies
    mean = rallies.mean * rally + length.breaks * BREAK
    var = (
        rallies.var * rally**2
        + rallies.mean * (RALLY_SPREAD * rally) ** 2
        + length.breaks * BREAK_SPREAD**2
        + (PACE_SPREAD * mean) ** 2
    )
    return Spread(mean, var)


def occupy(day: Day, slot: Slot, until: Spread) -> None:
    """Court and teams are free again then."""
    for one in needs(slot):
        known = day.free.get(one)
        if known is None or known.mean < until.mean:
            day.free[one] = until


def needs(slot: Slot) -> list[tuple[str, int]]:
    """What a match cannot begin without, as ``Free`` names it."""
    court = [] if slot.court_id is None else [("court", slot.court_id)]
    return court + [("team", team) for team in slot.teams]


def on_time(day: Day, slot: Slot) -> Estimate:
    """The first match of a court: nobody is waited for, and the first ball is served when those
    who came at the printed time are warm."""
    start = Spread(slot.starts_at + day.habits.warm_up, WARM_UP_SPREAD**2)
    return Estimate(round(start.mean), slot.starts_at, round(start.high))


def as_printed(slot: Slot) -> Estimate:
    return Estimate(slot.starts_at, slot.starts_at, slot.starts_at)
