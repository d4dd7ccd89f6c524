"""What follows for coverage plans when the schedule changes, or a plan itself."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, null, or_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.coverage.models import PlannedMatch
from courtsync_web.events.models import Court, Match
from courtsync_web.events.walking import Place, Walks, place_of, walks_of
from courtsync_web.happenings import Move, PlanChanged, ScheduleChanged
from courtsync_web.push.audience import wants
from courtsync_web.push.clashing import Stay, arisen, clash_row
from courtsync_web.push.jobs import Row, insert_new
from courtsync_web.push.kinds import CONFLICT, HOUR
from courtsync_web.push.models import PushJob

NOWHERE = place_of("")
"""Of a match that has no court yet."""
UNPLANNED = "unplanned"
"""Why a job is dropped whose match has left the plan; back in the plan, it is due again."""


async def hear_clashes(session: AsyncSession, happening: ScheduleChanged) -> None:
    """Tell of planned matches that fitted together before the schedule changed."""
    plans = await plans_of(session, happening.event_id)
    if not plans:
        return
    places = await places_of(session, happening.event_id)
    walks = await walks_of(session, happening.event_id)
    moves = {move.match_id: move for move in happening.moves}
    rows = [
        one
        for user_id, stays in plans.items()
        for one in rows_of(user_id, list(stays.items()), moves, places, walks, happening)
    ]
    await insert_new(session, rows)


def rows_of(
    user_id: str,
    planned: list[tuple[Stay, int | None]],
    moves: Mapping[int, Move],
    places: Mapping[int | None, Place],
    walks: Walks,
    happening: ScheduleChanged,
) -> Iterator[Row]:
    """One person's new clashes. ``planned``: their matches as they are now, with their courts."""
    now = [replace(stay, place=places.get(court, NOWHERE)) for stay, court in planned]
    before = [
        was
        for stay, court in planned
        if (was := undone(stay, court, moves.get(stay.match_id), places)) is not None
    ]
    for first, second in arisen(before, now, walks):
        if second.start > happening.at:
            yield clash_row(user_id, happening.event_id, first, second, happening.at, second.start)


def undone(
    stay: Stay, court: int | None, move: Move | None, places: Mapping[int | None, Place]
) -> Stay | None:
    """The match as it was before it moved; none where it had no time."""
    if move is None:
        return replace(stay, place=places.get(court, NOWHERE))
    if move.starts_before is None:
        return None
    lasts = stay.end - stay.start
    start = move.starts_before
    return Stay(stay.match_id, places.get(move.court_before, NOWHERE), start, start + lasts)


async def plans_of(session: AsyncSession, event_id: str) -> dict[str, dict[Stay, int | None]]:
    """By person who wants to hear of clashes: planned matches with a time, and their courts."""
    statement: Any = (
        select(
            col(PlannedMatch.user_id), col(Match.match_id), col(Match.court_id),
            col(Match.starts_at), col(Match.ends_at),
        )
        .join(
            Match,
            and_(
                col(Match.event_id) == col(PlannedMatch.event_id),
                col(Match.match_id) == col(PlannedMatch.match_id),
            ),
        )
        .where(
            col(PlannedMatch.event_id) == event_id,
            col(PlannedMatch.planned),
            col(Match.vanished_at).is_(None),
            col(Match.starts_at).is_not(None),
            wants(CONFLICT, event_id, col(PlannedMatch.user_id), null()),
        )
    )  # fmt: skip
    plans: dict[str, dict[Stay, int | None]] = defaultdict(dict)
    for user_id, match_id, court_id, start, end in await session.exec(statement):
        plans[user_id][Stay(match_id, NOWHERE, start, end or start + HOUR)] = court_id
    return plans


async def places_of(session: AsyncSession, event_id: str) -> dict[int | None, Place]:
    """Where each court is."""
    statement: Any = select(col(Court.court_id), col(Court.name)).where(
        col(Court.event_id) == event_id
    )
    return {number: place_of(name) for number, name in await session.exec(statement)}


async def hear_plan(session: AsyncSession, happening: PlanChanged) -> None:
    """What has left the plan is not told; back in it, it is, as long as it is of use.

    What has come into the plan is for the next round, which it rings for.
    """
    planned = select(col(PlannedMatch.match_id)).where(
        col(PlannedMatch.user_id) == happening.user_id,
        col(PlannedMatch.event_id) == happening.event_id,
        col(PlannedMatch.planned),
    )
    left = or_(
        col(PushJob.match_id).not_in(planned),
        and_(col(PushJob.kind) == CONFLICT.name, col(PushJob.occasion).not_in(planned)),
    )
    theirs = (
        col(PushJob.user_id) == happening.user_id,
        col(PushJob.event_id) == happening.event_id,
        col(PushJob.reason) == "plan",
    )
    await session.exec(
        update(PushJob)
        .where(*theirs, col(PushJob.state) == "due", left)
        .values(state="dropped", why_dropped=UNPLANNED)
    )
    dropped = (col(PushJob.state) == "dropped", col(PushJob.why_dropped) == UNPLANNED)
    await session.exec(
        update(PushJob)
        .where(*theirs, *dropped, ~left, col(PushJob.expires_at) > happening.at)
        .values(state="due", why_dropped="", due_at=happening.at)
    )
