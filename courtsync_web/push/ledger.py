"""The ledger's own moves: jobs are claimed before they are sent, and settled after.

A claim is an ``UPDATE … RETURNING``: of several senders one gets the row. It runs out after a
while, so that the jobs of a sender that died are sent after all; at most once too often, and then
the tag and the topic collapse the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, or_, tuple_, update
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.db import Database, Transaction
from courtsync_web.push.models import PushJob, PushSubscription

JOBS = SQLModel.metadata.tables[str(PushJob.__tablename__)]
KEY = ("user_id", "event_id", "match_id", "kind", "occasion")
CHANGES = ("state", "why_dropped", "delivered", "due_at", "attempts", "title", "body", "url",
           "sent_at")  # fmt: skip
SETTLE = (
    update(JOBS)
    .where(
        *(JOBS.c[name] == bindparam(f"of_{name}") for name in KEY),
        JOBS.c.claimed_until == bindparam("of_claim"),
    )
    .values({name: bindparam(f"new_{name}", type_=JOBS.c[name].type) for name in CHANGES})
    .values(claimed_until=None)
)
"""One claimed job is settled, if it is still the one that was claimed. Made once, for all of a
batch: to put it together costs more than to run it."""

NEXT_DUE: Any = (
    select(
        case(
            (col(PushJob.state) == "due", col(PushJob.due_at)), else_=col(PushJob.claimed_until)
        ).label("at")
    )
    .where(col(PushJob.state).in_(("due", "sending")))
    .order_by("at")
    .limit(1)
)

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
    columns = [JOBS.c[name] for name in KEY]
    chosen: Any = select(*columns).where(ready).order_by(col(PushJob.due_at)).limit(at_most)
    if not db.is_sqlite:
        chosen = chosen.with_for_update(skip_locked=True)

    async def write(tx: Transaction) -> list[PushJob]:
        claimed = await tx.session.exec(
            update(PushJob)
            .where(tuple_(*columns).in_(chosen))
            .values(state="sending", claimed_until=now + lease, attempts=col(PushJob.attempts) + 1)
            .returning(PushJob)
            .execution_options(synchronize_session=False)
        )
        return list(claimed.scalars())

    jobs = await db.write_together(write)
    return sorted(jobs, key=lambda job: job.due_at)


async def settle(db: Database, settled: Sequence[Settled], now: int) -> None:
    """Write down what became of a batch; devices that are gone go."""
    gone = [id_ for one in settled for id_ in one.gone]
    taken = sorted({id_ for one in settled for id_ in one.taken_by})
    rows = [row_of(one, now) for one in sorted(settled, key=lambda one: key_of(one.job))]

    async def write(tx: Transaction) -> None:
        await (await tx.session.connection()).execute(SETTLE, rows)
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

    await db.write_together(write)


def row_of(one: Settled, now: int) -> dict[str, Any]:
    """What :data:`SETTLE` needs to know of one job."""
    job, again = one.job, one.state == "due"
    said = one if one.title else job
    keys = zip(KEY, key_of(job), strict=True)
    return {f"of_{name}": value for name, value in keys} | {
        "of_claim": job.claimed_until,
        "new_state": one.state,
        "new_why_dropped": one.why_dropped,
        "new_delivered": [*job.delivered, *one.taken_by],
        "new_due_at": one.due_at if again else job.due_at,
        "new_attempts": job.attempts - (again and one.spared),
        "new_title": said.title,
        "new_body": said.body,
        "new_url": said.url,
        "new_sent_at": now if one.state == "sent" or one.taken_by else job.sent_at,
    }


async def next_due(session: AsyncSession) -> int | None:
    """When the next job is due, or a dead sender's claim ends."""
    found = (await session.exec(NEXT_DUE)).first()
    return int(found) if found is not None else None
