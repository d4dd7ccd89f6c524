"""Reading crews, always through somebody who is in them."""

from typing import Any

from sqlalchemy import and_, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.models import User
from courtsync_web.accounts.tokens import Keys
from courtsync_web.coverage.crew.documents import (
    CrewDocument,
    CrewMatchDocument,
    CrewMemberDocument,
)
from courtsync_web.coverage.crew.models import Crew, CrewMatch, CrewMember
from courtsync_web.organizing.links import Door, code_for
from courtsync_web.organizing.queries import AddressOf


async def crew_of(session: AsyncSession, event_id: str, user_id: str) -> Crew | None:
    """The crew that a person is in."""
    member = await session.get(CrewMember, (event_id, user_id))
    return await session.get(Crew, member.crew_id) if member else None


async def members_of(session: AsyncSession, crew_id: str) -> list[tuple[str, str]]:
    """Ids and names, those who came first first."""
    statement: Any = (
        select(col(User.id), col(User.display_name))
        .join(CrewMember, col(CrewMember.user_id) == col(User.id))
        .where(col(CrewMember.crew_id) == crew_id)
        .order_by(col(CrewMember.joined_at), col(User.id))
    )
    return [(user_id, name) for user_id, name in await session.exec(statement)]


async def taken_in(session: AsyncSession, crew_id: str) -> dict[int, str]:
    """Whose each match is: ids of people, by match."""
    statement: Any = select(col(CrewMatch.match_id), col(CrewMatch.user_id)).where(
        col(CrewMatch.crew_id) == crew_id
    )
    rows = await session.exec(statement.order_by(col(CrewMatch.match_id)))
    return {row[0]: row[1] for row in rows}


async def crew_document(
    session: AsyncSession, event_id: str, user_id: str, keys: Keys, address: AddressOf
) -> CrewDocument:
    """A person's crew, as they are shown it."""
    crew = await crew_of(session, event_id, user_id)
    if crew is None:
        return CrewDocument(event_id, None, [], [], None)
    people = await members_of(session, crew.id)
    taken = await taken_in(session, crew.id)
    names = dict(people)
    counts = list(taken.values())
    return CrewDocument(
        event_id,
        crew.name,
        [CrewMemberDocument(name, one == user_id, counts.count(one)) for one, name in people],
        [
            CrewMatchDocument(match_id, names[one], one == user_id)
            for match_id, one in taken.items()
            if one in names
        ],
        link_of(crew, keys, address),
    )


def link_of(crew: Crew, keys: Keys, address: AddressOf) -> str | None:
    """The code stands behind the ``#``: browsers send it to nobody, so no log has it."""
    if crew.link_id is None or crew.key_id is None:
        return None
    code = code_for(keys, crew.key_id, Door.CREW, crew.link_id)
    return address(f"/events/{crew.event_id}/coverage#crew={code}") if code else None


async def members_in(session: AsyncSession, crew_id: str) -> int:
    statement: Any = select(func.count()).where(and_(col(CrewMember.crew_id) == crew_id))
    number: int = (await session.exec(statement)).scalar_one()
    return number
