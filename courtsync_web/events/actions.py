"""Writes to an event itself."""

from sqlalchemy import bindparam, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.errors import not_found
from courtsync_web.events.models import Event


async def next_seq(session: AsyncSession, event_id: str) -> int:
    """The number of the change that this transaction makes.

    Updating the event's row locks it until the commit (PostgreSQL), or the whole database is
    ours already (SQLite): either way numbers become visible in the order they were given.
    """
    statement = (
        update(Event)
        .where(col(Event.id) == event_id)
        .values(seq=col(Event.seq) + 1)
        .returning(col(Event.seq))
    )
    seq: int | None = (await session.exec(statement)).scalar_one_or_none()
    if seq is None:
        raise not_found("event")
    return seq


LOCKED = select(col(Event.seq)).where(col(Event.id) == bindparam("event_id")).with_for_update()


async def lock_event(session: AsyncSession, event_id: str) -> int:
    """From here to the commit nobody else changes this event (PostgreSQL locks its row).

    Answers the number of its last change; 0 where there is no such event.
    """
    connection = await session.connection()
    seq: int | None = (await connection.execute(LOCKED, {"event_id": event_id})).scalar()
    return seq or 0
