"""The ledger's own moves: jobs are claimed before they are sent, and settled after.

A claim is an ``UPDATE … RETURNING``: of several senders one gets the row. It runs out after a
while, so that the jobs of a sender that died are sent after all; at most once too often, and then
the tag and the topic collapse the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, case, delete, or_, tuple_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.db import Database
from courtsync_web.push.models import PushJob, PushSubscription

KEY = (PushJob.user_id, PushJob.event_id, PushJob.match_id, PushJob.kind, PushJob.occasion)

JobKey = tuple[str, str, int, str, int]


@dataclass(slots=True)
class Settled:
    """What became of one claimed job."""

    job: PushJob
    state: str = "sent"
    why_dropped: str = ""
    due_at: int = 0
    """For ``due``: when it is tried again."""
    taken_by: list[str] = field(default_factory=list)
    """Devices whose service has taken it this time."""
    gone: list[str] = field(default_factory=list)
    """Devices that are no more."""
    title: str = ""
    body: str = ""
    url: str = ""
    spared: bool = False
    """Nothing was tried, so it does not count as an attempt."""


def key_of(job: PushJob) -> JobKey:
    return job.user_id, job.event_id, job.match_id, job.kind, job.occasion


async def claim(db: Database, *, now: int, lease: int, at_most: int) -> list[PushJob]:
    """Take jobs that are due, and those of senders that have died, the earliest first."""
    ready = or_(
        and_(col(PushJob.state) == "due", col(PushJob.due_at) <= now),
        and_(col(PushJob.state) == "sending", col(PushJob.claimed_until) < now),
    )
    columns = [col(part) for part in KEY]
    chosen: Any = select(*columns).where(ready).order_by(col(PushJob.due_at)).limit(at_most)
    if not db.is_sqlite:
        chosen = chosen.with_for_update(skip_locked=True)
    async with db.write() as tx:
        claimed = await tx.session.exec(
            update(PushJob)
            .where(tuple_(*columns).in_(chosen))
            .values(state="sending", claimed_until=now + lease, attempts=col(PushJob.attempts) + 1)
            .returning(PushJob)
            .execution_options(synchronize_session=False)
        )
        jobs = list(claimed.scalars())
    return sorted(jobs, key=lambda job: job.due_at)


async def settle(db: Database, settled: Sequence[Settled], now: int) -> None:
    """Write down what became of a batch; devices that are gone go."""
    gone = [id_ for one in settled for id_ in one.gone]
    taken = sorted({id_ for one in settled for id_ in one.taken_by})
    async with db.write() as tx:
        for one in sorted(settled, key=lambda one: key_of(one.job)):
            same = (col(part) == own for part, own in zip(KEY, key_of(one.job), strict=True))
            still_ours = col(PushJob.claimed_until) == one.job.claimed_until
            await tx.session.exec(
                update(PushJob).where(*same, still_ours).values(columns_of(one, now))
            )
        if gone:
            await tx.session.exec(
                delete(PushSubscription).where(col(PushSubscription.id).in_(gone))
            )
        if taken:
            await tx.session.exec(
                update(PushSubscription)
                .where(col(PushSubscription.id).in_(taken))
                .values(delivered_at=now)
            )


def columns_of(one: Settled, now: int) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "state": one.state,
        "claimed_until": None,
        "why_dropped": one.why_dropped,
        "delivered": [*one.job.delivered, *one.taken_by],
    }
    if one.state == "due":
        columns |= {"due_at": one.due_at, "attempts": one.job.attempts - one.spared}
    if one.title:
        columns |= {"title": one.title, "body": one.body, "url": one.url}
    if one.state == "sent" or one.taken_by:
        columns["sent_at"] = now
    return columns


async def next_due(session: AsyncSession) -> int | None:
    """When the next job is due, or a dead sender's claim ends."""
    statement: Any = (
        select(
            case(
                (col(PushJob.state) == "due", col(PushJob.due_at)), else_=col(PushJob.claimed_until)
            ).label("at")
        )
        .where(col(PushJob.state).in_(("due", "sending")))
        .order_by("at")
        .limit(1)
    )
    found = (await session.exec(statement)).first()
    return int(found) if found is not None else None
