"""Invitations: links that make whoever accepts one first a member."""

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.models import User
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem, not_found
from courtsync_web.events.models import Event
from courtsync_web.organizing.links import Door, hash_of, new_door, read_code
from courtsync_web.organizing.models import Invitation, Member
from courtsync_web.organizing.organizers import event_run_by

GOOD_FOR = 14 * 86_400_000
"""Milliseconds; whoever has not come by then is asked again."""


async def accept(db: Database, person: Person, typed: str) -> tuple[Event, str]:
    """Become what an invitation says; it is gone then. Answers the event and the role.

    Raises 403 ``account-needed`` for a guest, 404 where the link leads nowhere any more.
    """
    if person.is_guest:
        raise Problem(403, "account-needed", "Make an account first, so that it stays yours.")
    now = now_ms()
    async with db.write() as tx:
        row = await open_invitation(tx.session, typed, now, lock=True)
        event = await tx.session.get(Event, row.event_id) if row else None
        user = await tx.session.get(User, person.id)
        if row is None or event is None or user is None:
            raise not_found("invitation")
        role = row.role
        if event.owner_id != person.id:
            member = await tx.session.get(Member, (event.id, person.id))
            member = member or Member(event_id=event.id, user_id=person.id, role=role, added_at=now)
            member.role = stronger(member.role, role)
            member.typed_as = member.typed_as or row.typed_as
            tx.session.add(member)
            role = member.role
        await tx.session.delete(row)
    return event, role


async def withdraw(db: Database, event_id: str, person: Person, invitation_id: str) -> None:
    """Make an invitation's link lead nowhere. Raises 403 ``not-organizer``, 404."""
    async with db.write() as tx:
        await event_run_by(tx.session, event_id, person)
        row = await tx.session.get(Invitation, invitation_id)
        if row is None or row.event_id != event_id:
            raise not_found("invitation")
        await tx.session.delete(row)


async def open_invitation(
    session: AsyncSession, typed: str, now: int, *, lock: bool = False
) -> Invitation | None:
    """The invitation that a code opens; none if it is unknown, used, withdrawn or too old."""
    code = read_code(typed)
    if code is None:
        return None
    statement = select(Invitation).where(
        col(Invitation.code_hash) == hash_of(code), col(Invitation.expires_at) > now
    )
    return (await session.exec(statement.with_for_update() if lock else statement)).first()


def new_invitation(
    keys: Keys, event_id: str, role: str, typed_as: str | None, now: int
) -> Invitation:
    row_id, code_hash, key_id = new_door(keys, Door.INVITATION)
    return Invitation(
        id=row_id,
        event_id=event_id,
        role=role,
        typed_as=typed_as,
        code_hash=code_hash,
        key_id=key_id,
        created_at=now,
        expires_at=now + GOOD_FOR,
    )


async def forget_old_invitations(session: AsyncSession, event_id: str, now: int) -> None:
    """Addresses of people who never came are not kept."""
    await session.exec(
        delete(Invitation).where(
            col(Invitation.event_id) == event_id, col(Invitation.expires_at) <= now
        )
    )


def stronger(one: str, other: str) -> str:
    """An invitation never takes away what somebody is already."""
    return one if one == "organizer" else other
