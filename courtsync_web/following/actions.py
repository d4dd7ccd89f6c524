"""Following a team, and no longer doing so."""

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database, Transaction
from courtsync_web.errors import not_found
from courtsync_web.events.models import Team
from courtsync_web.events.queries import Open, event_for
from courtsync_web.following.models import Follow
from courtsync_web.latest import keep_latest


async def choose_team(
    db: Database, person: Person, event_id: str, team_id: int, *, following: bool
) -> None:
    """Follow a team of an event from now on, or no longer. Raises 404."""
    async with db.write() as tx:
        event = await event_for(tx.session, event_id, person)
        at = max(now_ms(), await last_choice(tx.session, person.id, event.id) + 1)
        await merge_follow(tx, person, event, team_id, following=following, at=at)


async def merge_follow(
    tx: Transaction, person: Person, event: Open, team_id: int, *, following: bool, at: int
) -> None:
    """What one of the person's devices chose at the instant ``at``; a later choice stands.

    Raises 404 for a team that the event never had. A team that is gone can be let go of.
    """
    if following and await tx.session.get(Team, (event.id, team_id)) is None:
        raise not_found("team")
    row = {
        "user_id": person.id,
        "event_id": event.id,
        "team_id": team_id,
        "following": following,
        "changed_at": at,
    }
    await keep_latest(tx.session, Follow, [row])


async def last_choice(session: AsyncSession, person_id: str, event_id: str) -> int:
    """When the person last chose anything at the event; 0 for never."""
    found = await session.exec(
        select(func.max(col(Follow.changed_at))).where(  # type: ignore[call-overload]  # a Core select
            col(Follow.user_id) == person_id, col(Follow.event_id) == event_id
        )
    )
    return int(found.scalar_one() or 0)
