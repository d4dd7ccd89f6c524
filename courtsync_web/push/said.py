"""What was said of late, so that it is not said again: the ledger as the rounds remember it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.push.kinds import MOVED_FROM, REMINDERS
from courtsync_web.push.models import PushJob
from courtsync_web.push.today import BEHIND

Key = tuple[str, int, str]


@dataclass(slots=True)
class Said:
    """What a person was told about a match: on which occasion, and which start, the latest."""

    occasion: int
    start: int


Ledger = dict[Key, list[Said]]
"""By person, match and kind."""


async def said_before(session: AsyncSession, event_id: str, now: int) -> Ledger:
    """What the ledger says was said in these hours."""
    reminding = [one.name for one in REMINDERS]
    statement: Any = (
        select(
            col(PushJob.user_id),
            col(PushJob.match_id),
            col(PushJob.kind),
            col(PushJob.occasion),
            col(PushJob.facts),
        )
        .where(
            col(PushJob.event_id) == event_id,
            col(PushJob.kind).in_(reminding),
            col(PushJob.created_at) > now - BEHIND,
        )
        .order_by(col(PushJob.created_at))
    )
    said: Ledger = {}
    for user_id, match_id, kind, occasion, facts in await session.exec(statement):
        start = facts.get("expected") or 0
        if kind in MOVED_FROM:
            for first in said.get((user_id, match_id, MOVED_FROM[kind]), ())[-1:]:
                first.start = start
        else:
            said.setdefault((user_id, match_id, kind), []).append(Said(occasion, start))
    return said
