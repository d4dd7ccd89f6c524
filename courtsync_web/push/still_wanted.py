"""Whether what has waited is still wanted: a night is long enough to change one's mind, or to be
shut out of an event."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, literal, or_, select, tuple_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.coverage.models import PlannedMatch
from courtsync_web.following.models import Follow
from courtsync_web.push.audience import wants
from courtsync_web.push.kinds import KINDS, MINUTE, MOVED_FROM
from courtsync_web.push.ledger import JOBS, KEY, JobKey, key_of
from courtsync_web.push.models import PushBell, PushJob

A_WHILE = MINUTE
"""Who was asked so short a time ago needs not be asked again."""


async def unwanted(session: AsyncSession, jobs: Sequence[PushJob], now: int) -> set[JobKey]:
    """Of the jobs that have waited, those that nobody would write any more."""
    waited = [one for one in jobs if one.reason != "self" and now - one.created_at > A_WHILE]
    found = {key_of(one) for one in waited}
    for kind in sorted({one.kind for one in waited}):
        keys = [key_of(one) for one in waited if one.kind == kind]
        found -= await wanted_of(session, kind, keys)
    return found


async def wanted_of(session: AsyncSession, kind: str, keys: Sequence[JobKey]) -> set[JobKey]:
    """Those of one kind that are wanted."""
    columns = [JOBS.c[name] for name in KEY]
    statement: Any = select(*columns).where(
        tuple_(*columns).in_(keys),
        concerned(),
        wants(KINDS[MOVED_FROM.get(kind, kind)], JOBS.c.event_id, JOBS.c.user_id, JOBS.c.team_id),
    )
    return {tuple(row) for row in await session.exec(statement)}


def concerned() -> Any:
    """Whether the reason of a job still holds."""

    def one(reason: str, table: Any, *conditions: Any) -> Any:
        mine = and_(col(table.user_id) == JOBS.c.user_id, col(table.event_id) == JOBS.c.event_id)
        row = select(literal(1)).where(mine, *conditions).exists()
        return and_(JOBS.c.reason == reason, row)

    return or_(
        one("team", Follow, col(Follow.team_id) == JOBS.c.team_id, col(Follow.following)),
        one("match", PushBell, col(PushBell.match_id) == JOBS.c.match_id),
        one("plan", PlannedMatch, col(PlannedMatch.match_id) == JOBS.c.match_id,
            col(PlannedMatch.planned)),
    )  # fmt: skip
