"""What was sent to a person, and why."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.events.models import Event, Team
from courtsync_web.push.kinds import ACTIVATE, KINDS
from courtsync_web.push.models import PushJob

SHOWN = 50
"""The latest; a weekend with three teams has some forty."""
DROPPED = {
    "unplanned": "not sent: it left your plan",
    "unwanted": "not sent: you turned it off before it came",
    "replaced": "not sent: there was newer news of the match",
    "late": "not sent: it would have come too late",
    "quiet": "not sent: quiet hours",
    "nobody": "not sent: no device took it",
    "refused": "not sent: the push service refused it",
    "too-large": "not sent: too long",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """One line of the list. ``why`` begins small: it goes on after "because"."""

    title: str
    body: str
    url: str
    at: int
    event: str
    why: str
    fate: str


async def sent_to(session: AsyncSession, user_id: str) -> list[Sent]:
    """The latest things that were sent, or could not be, the newest first."""
    statement: Any = (
        select(PushJob, col(Event.name), col(Team.name))
        .outerjoin(Event, col(Event.id) == col(PushJob.event_id))
        .outerjoin(
            Team,
            and_(
                col(Team.event_id) == col(PushJob.event_id),
                col(Team.team_id) == col(PushJob.team_id),
            ),
        )
        .where(
            col(PushJob.user_id) == user_id,
            col(PushJob.state).in_(("sent", "dropped")),
            col(PushJob.kind) != ACTIVATE.name,
        )
        .order_by(col(PushJob.created_at).desc())
        .limit(SHOWN)
    )
    rows = await session.exec(statement)
    return [line(job, event or "", team or "") for job, event, team in rows]


def line(job: PushJob, event: str, team: str) -> Sent:
    return Sent(
        title=job.title or KINDS[job.kind].words or "A notification",
        body=job.body,
        url=job.url,
        at=job.sent_at or job.created_at,
        event=event,
        why=why(job, team),
        fate=DROPPED.get(job.why_dropped, ""),
    )


def why(job: PushJob, team: str) -> str:
    if job.reason == "team":
        return f"you follow {team}" if team else "you follow a team that plays"
    return {
        "match": "you rang the bell of this match",
        "plan": "it is in your coverage plan",
    }.get(job.reason, "you asked for it")
