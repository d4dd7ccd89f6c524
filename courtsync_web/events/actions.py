"""Writes to an event itself."""

from dataclasses import dataclass

from sqlalchemy import bindparam, update
from sqlalchemy import select as select_columns
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.errors import not_found
from courtsync_web.events.models import Event
from courtsync_web.events.queries import EVENT_ID_SHAPE, may_see


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


@dataclass(slots=True)
class LockedEvent:
    """An event that nobody else changes before the commit: its number, and who may do what."""

    id: str
    owner_id: str | None
    visibility: str
    scoring_policy: str
    seq: int


OF_LOCKED = [getattr(Event, name) for name in LockedEvent.__dataclass_fields__]
LOCKED = (
    select_columns(*map(col, OF_LOCKED))
    .where(col(Event.id) == bindparam("event_id"))
    .with_for_update()
)


async def locked_event(session: AsyncSession, event_id: str) -> LockedEvent | None:
    """The event, locked until the commit, whoever may see it; none: there is no such event."""
    if not EVENT_ID_SHAPE.fullmatch(event_id):
        return None
    connection = await session.connection()
    row = (await connection.execute(LOCKED, {"event_id": event_id})).first()
    return LockedEvent(*row) if row else None


async def locked_event_for(
    session: AsyncSession, event_id: str, viewer: Person | None
) -> LockedEvent:
    """``event_for``, and ``lock_event``, in one statement: for writes that come by the thousand."""
    event = await locked_event(session, event_id)
    if event is None or not may_see(event, viewer):
        raise not_found("event")
    return event


async def lock_event(session: AsyncSession, event_id: str) -> None:
    """From here to the commit nobody else changes this event (PostgreSQL locks its row)."""
    connection = await session.connection()
    await connection.execute(LOCKED, {"event_id": event_id})
