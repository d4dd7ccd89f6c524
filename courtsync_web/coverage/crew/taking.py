"""Who of a crew has which match: it follows from their plans, whoever was first.

These work inside a caller's write transaction. A match that another has may stand in one's plan
(two phones chose it without a network): both are told, and one of them gives way or takes over.
"""

from typing import Any

from sqlalchemy import BigInteger, String, cast, delete, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.clock import now_ms
from courtsync_web.coverage.crew.models import CrewMatch, CrewMember
from courtsync_web.coverage.models import PlannedMatch


async def follow_plan(session: AsyncSession, event_id: str, user_id: str) -> None:
    """What somebody has planned and nobody of the crew has becomes theirs; what they have and no
    longer plan is free."""
    member = await session.get(CrewMember, (event_id, user_id))
    if member is None:
        return
    planned: Any = select(col(PlannedMatch.match_id)).where(
        col(PlannedMatch.event_id) == event_id,
        col(PlannedMatch.user_id) == user_id,
        col(PlannedMatch.planned),
    )
    mine = (col(CrewMatch.crew_id) == member.crew_id, col(CrewMatch.user_id) == user_id)
    await session.exec(delete(CrewMatch).where(*mine, col(CrewMatch.match_id).not_in(planned)))
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    rows: Any = planned.add_columns(
        cast(literal(member.crew_id), String),
        cast(literal(event_id), String),
        cast(literal(user_id), String),
        cast(literal(now_ms()), BigInteger),
    )
    table = SQLModel.metadata.tables["crew_match"]
    names = ["match_id", "crew_id", "event_id", "user_id", "taken_at"]
    await session.exec(dialect.insert(table).from_select(names, rows).on_conflict_do_nothing())
