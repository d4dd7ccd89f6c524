"""Taking people in and letting them go."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.entries import Unusable, clean_email, unusable_fields
from courtsync_web.accounts.models import User
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import FieldError, Problem, not_found
from courtsync_web.events.actions import lock_event
from courtsync_web.events.models import Event
from courtsync_web.live.bus import Bus
from courtsync_web.organizing.invitations import forget_old_invitations, new_invitation
from courtsync_web.organizing.models import Invitation, Member
from courtsync_web.organizing.organizers import event_run_by, refuse_unless_owner
from courtsync_web.scoring.dismissals import dismiss_outsiders

MOST_PEOPLE = 1000
"""Members and invitations of one event; a large one has some two hundred."""


async def take_in(
    db: Database, keys: Keys, event_id: str, person: Person, *, role: str, email: str | None
) -> Member | Invitation:
    """Make somebody a member, or change what a member is; else make an invitation.

    ``email`` none: whoever gets the link. Raises 403 ``not-organizer`` or ``owner-only``, 404,
    409 ``too-many`` and 422 ``validation``.
    """
    address = cleaned_address(email)
    typed = email.strip() if email else None
    now = now_ms()
    async with db.write() as tx:
        await lock_event(tx.session, event_id)
        event = await event_run_by(tx.session, event_id, person)
        if role == "organizer":
            refuse_unless_owner(event, person)
        await forget_old_invitations(tx.session, event_id, now)
        await refuse_crowd(tx.session, event_id)
        found = await account_of(tx.session, address)
        if found is None:
            taken: Member | Invitation = new_invitation(keys, event_id, role, typed, now)
        else:
            taken = await as_member(tx.session, event, person, found, role, typed_as=typed, now=now)
        tx.session.add(taken)
        await tx.session.flush()
    return taken


async def let_go(db: Database, bus: Bus, event_id: str, person: Person, user_id: str) -> None:
    """Remove a member, or leave oneself. Claims that are no longer allowed end at once.

    Raises 403 ``not-organizer`` or ``owner-only``, 404 where there is no such member.
    """
    now = now_ms()
    async with db.write() as tx:
        await lock_event(tx.session, event_id)
        if user_id == person.id and event_id in person.roles:
            event = await tx.session.get_one(Event, event_id)
        else:
            event = await event_run_by(tx.session, event_id, person)
        member = await tx.session.get(Member, (event_id, user_id))
        if member is None:
            raise not_found("member")
        if member.role == "organizer" and user_id != person.id:
            refuse_unless_owner(event, person)
        await tx.session.delete(member)
        await tx.session.flush()
        await dismiss_outsiders(tx, bus, event, now)


async def as_member(
    session: AsyncSession,
    event: Event,
    person: Person,
    user: User,
    role: str,
    *,
    typed_as: str | None,
    now: int,
) -> Member:
    """The member's row with its new role."""
    if event.owner_id == user.id:
        raise bad_address("This is the event's owner.")
    member = await session.get(Member, (event.id, user.id))
    if member is None:
        return Member(
            event_id=event.id, user_id=user.id, role=role, typed_as=typed_as, added_at=now
        )
    if member.role == "organizer":
        refuse_unless_owner(event, person)
    member.role, member.typed_as = role, typed_as
    return member


def cleaned_address(email: str | None) -> str | None:
    if email is None:
        return None
    try:
        return clean_email(email)
    except Unusable as unusable:
        raise bad_address(str(unusable)) from None


def bad_address(why: str) -> Problem:
    return unusable_fields([FieldError("/email", why)])


async def account_of(session: AsyncSession, address: str | None) -> User | None:
    """Who signs in with this address."""
    if address is None:
        return None
    return (await session.exec(select(User).where(col(User.email) == address))).first()


async def refuse_crowd(session: AsyncSession, event_id: str) -> None:
    """An event's lists stay lists."""
    members = await session.exec(
        select(Member.user_id).where(col(Member.event_id) == event_id).limit(MOST_PEOPLE)
    )
    invited = await session.exec(
        select(Invitation.id).where(col(Invitation.event_id) == event_id).limit(MOST_PEOPLE)
    )
    if len(members.all()) + len(invited.all()) >= MOST_PEOPLE:
        raise Problem(409, "too-many", f"An event has at most {MOST_PEOPLE} people.")
