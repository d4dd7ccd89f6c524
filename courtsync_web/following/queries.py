"""Who follows which teams."""

from typing import Any

from sqlalchemy import and_, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.events.models import Event, Team
from courtsync_web.events.queries import may_see
from courtsync_web.following.documents import FollowedTeam, FollowList
from courtsync_web.following.models import Follow


async def follows_of(session: AsyncSession, person: Person) -> FollowList:
    """All teams a person follows at events they may see: the latest event first, then by name."""
    statement: Any = (
        select(Follow, Event, col(Team.name))
        .join(Event, col(Event.id) == col(Follow.event_id))
        .join(
            Team,
            and_(
                col(Team.event_id) == col(Follow.event_id), col(Team.team_id) == col(Follow.team_id)
            ),
        )
        .where(col(Follow.user_id) == person.id, col(Follow.following))
        .order_by(col(Event.start_date).desc(), col(Event.id), col(Team.name), col(Team.team_id))
    )
    rows = [row for row in await session.exec(statement) if may_see(row[1], person)]
    latest = select(func.max(col(Follow.changed_at))).where(col(Follow.user_id) == person.id)
    return FollowList(
        [
            FollowedTeam(follow.event_id, follow.team_id, name, event.name, follow.changed_at)
            for follow, event, name in rows
        ],
        (await session.exec(latest)).scalar_one(),  # type: ignore[call-overload]  # a Core select
    )


async def teams_followed(session: AsyncSession, person: Person, event_id: str) -> frozenset[int]:
    """The teams of one event that a person follows."""
    rows: Any = await session.exec(
        select(col(Follow.team_id)).where(  # type: ignore[call-overload]  # a Core select
            col(Follow.user_id) == person.id,
            col(Follow.event_id) == event_id,
            col(Follow.following),
        )
    )
    return frozenset(rows.scalars())


async def followers_of(
    session: AsyncSession, event_id: str, team_ids: list[int]
) -> dict[int, list[str]]:
    """Ids of the people who follow these teams, by team; teams without any are left out."""
    rows: Any = await session.exec(
        select(col(Follow.team_id), col(Follow.user_id))  # type: ignore[call-overload]  # a Core select
        .where(
            col(Follow.event_id) == event_id,
            col(Follow.team_id).in_(team_ids),
            col(Follow.following),
        )
        .order_by(col(Follow.user_id))
    )
    found: dict[int, list[str]] = {}
    for team_id, user_id in rows:
        found.setdefault(team_id, []).append(user_id)
    return found
