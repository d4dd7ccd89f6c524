"""Links to a plan and to calendars: made, shown again, withdrawn, opened."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.models import User
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import not_found
from courtsync_web.events.actions import lock_event
from courtsync_web.events.models import Event
from courtsync_web.events.queries import event_for
from courtsync_web.organizing.links import Door, hash_of, new_door, read_code
from courtsync_web.organizing.models import Member
from courtsync_web.sharing.models import SharedLink


class Kind(StrEnum):
    """What a link shows; each is made and withdrawn by itself."""

    PLAN = "plan"
    """My plan, to read: a page."""
    CALENDAR = "calendar"
    """My plan, for a calendar."""
    EVENT = "event"
    """A private event's schedule, for calendars: they cannot sign in."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Where a link leads: whose plan of which event, or whose view of it."""

    event: Event
    user_id: str
    name: str
    kind: Kind


async def make_link(
    db: Database, keys: Keys, person: Person, event_id: str, kind: Kind
) -> SharedLink:
    """The person's link of this kind; made where there is none. Raises 404."""
    async with db.write() as tx:
        event = await event_for(tx.session, event_id, person)
        await lock_event(tx.session, event.id)  # two taps at once make one link
        row = await tx.session.get(SharedLink, (person.id, event.id, kind))
        if row is None:
            row = new_link(keys, person.id, event.id, kind, now_ms())
            tx.session.add(row)
    return row


def new_link(keys: Keys, user_id: str, event_id: str, kind: Kind, now: int) -> SharedLink:
    """A row that is not stored yet; ``code_for`` tells its code."""
    row_id, code_hash, key_id = new_door(keys, Door.SHARED)
    return SharedLink(
        user_id=user_id,
        event_id=event_id,
        kind=kind,
        id=row_id,
        code_hash=code_hash,
        key_id=key_id,
        created_at=now,
    )


async def withdraw_link(db: Database, person: Person, event_id: str, kind: Kind) -> None:
    """From now on the address leads nowhere; withdrawing twice is once."""
    async with db.write() as tx:
        await tx.session.exec(
            delete(SharedLink).where(
                col(SharedLink.user_id) == person.id,
                col(SharedLink.event_id) == event_id,
                col(SharedLink.kind) == kind,
            )
        )


async def links_of(session: AsyncSession, person: Person, event_id: str) -> list[SharedLink]:
    """What a person has given out for an event."""
    mine = (SharedLink.user_id == person.id, SharedLink.event_id == event_id)
    return list(await session.exec(select(SharedLink).where(*mine).order_by(SharedLink.kind)))


async def opened(session: AsyncSession, typed: str, *kinds: Kind) -> Opened:
    """Where a code leads. 404 for one that is unknown or withdrawn, and where who gave it out
    may no longer see the event themselves."""
    code = read_code(typed)
    if code is None:
        raise not_found("link")
    found = await session.exec(
        select(SharedLink, Event, col(User.display_name), Member)
        .join(Event, col(Event.id) == col(SharedLink.event_id))
        .join(User, col(User.id) == col(SharedLink.user_id))
        .outerjoin(
            Member,
            (col(Member.event_id) == col(Event.id))
            & (col(Member.user_id) == col(SharedLink.user_id)),
        )
        .where(col(SharedLink.code_hash) == hash_of(code), col(SharedLink.kind).in_(kinds))
    )
    row = found.first()
    if row is None:
        raise not_found("link")
    link, event, name, member = row
    if event.visibility == "private" and event.owner_id != link.user_id and member is None:
        raise not_found("link")
    return Opened(event, link.user_id, name, Kind(link.kind))
