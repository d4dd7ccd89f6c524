"""Planned matches that nobody can watch both, with the way between their halls.

Told is what nobody could know when they planned: what a changed schedule brings about, and what
the day does as it runs. A pair is told once.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from courtsync_web.events.walking import Place, Walks, minutes_between
from courtsync_web.push.interest import Interest
from courtsync_web.push.jobs import Row, row
from courtsync_web.push.kinds import CONFLICT, HOUR, MINUTE
from courtsync_web.push.said import Ledger, Said
from courtsync_web.push.today import GRACE, Today

OVERLAP = 5 * MINUTE
"""So much of a match may be missed; less is no clash."""

LONGEST_WALK = HOUR
FARTHEST = 4 * HOUR
"""Earlier than that nobody needs to know what the running order brings."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Being at one match: where, from when to when."""

    match_id: int
    place: Place
    start: int
    end: int


def clashes(stays: Iterable[Stay], walks: Walks) -> Iterator[tuple[Stay, Stay]]:
    """Pairs that cannot both be seen, the one that starts first first."""
    in_order = sorted(stays, key=lambda one: (one.start, one.match_id))
    for place, first in enumerate(in_order, 1):
        for second in islice(in_order, place, None):
            if second.start >= first.end + LONGEST_WALK:
                break
            there = first.end + minutes_between(first.place, second.place, walks) * MINUTE
            if there - second.start > OVERLAP:
                yield first, second


def arisen(
    before: Collection[Stay], now: Collection[Stay], walks: Walks
) -> Iterator[tuple[Stay, Stay]]:
    """Pairs that clash now and did not before."""
    known = {frozenset((one.match_id, other.match_id)) for one, other in clashes(before, walks)}
    for first, second in clashes(now, walks):
        if frozenset((first.match_id, second.match_id)) not in known:
            yield first, second


def clash_reminders(
    event_id: str, today: Today, interest: Interest, said: Ledger, now: int
) -> Iterator[Row]:
    """Planned matches that fit by the schedule and no longer do as the day runs."""
    for user_id, plan in interest.plans.items():
        listener = interest.listeners.get(user_id)
        if listener is None or not listener.wants(CONFLICT, event_id, None):
            continue
        planned = [today.fixtures[number] for number in plan if number in today.fixtures]
        printed = [Stay(one.match_id, one.place, one.printed, one.printed + one.lasts)
                   for one in planned]  # fmt: skip
        runs = [Stay(one.match_id, one.place, one.start, one.end(now))
                for one in planned if not one.over]  # fmt: skip
        for first, second in arisen(printed, runs, interest.walks):
            late = today.fixtures[second.match_id]
            if late.begun or late.start - now > FARTHEST or was_told(said, user_id, first, second):
                continue
            key = (user_id, second.match_id, CONFLICT.name)
            said.setdefault(key, []).append(Said(first.match_id, second.start))
            until = max(late.latest, now) + GRACE
            yield clash_row(user_id, event_id, first, second, now, until, expected=second.start)


def was_told(said: Ledger, user_id: str, first: Stay, second: Stay) -> bool:
    """Whether somebody knows of a clash, whichever of the two came first then."""
    return any(
        one.occasion == other.match_id
        for late, other in ((second, first), (first, second))
        for one in said.get((user_id, late.match_id, CONFLICT.name), ())
    )


def clash_row(
    user_id: str, event_id: str, first: Stay, second: Stay, now: int, until: int, **facts: int
) -> Row:
    """The second match's clash with the first."""
    return row(
        user_id,
        CONFLICT.name,
        event_id=event_id,
        match_id=second.match_id,
        occasion=first.match_id,
        reason="plan",
        facts=facts,
        due_at=now,
        expires_at=until,
        now=now,
    )
