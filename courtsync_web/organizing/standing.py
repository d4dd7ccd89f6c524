"""Who a signed-in device speaks for, and what that person is at events."""

from typing import Any

from sqlalchemy import or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.models import Session, User
from courtsync_web.accounts.people import CourtPass, Person
from courtsync_web.clock import now_ms
from courtsync_web.events.models import Event
from courtsync_web.organizing.models import CourtCode, CourtSignIn, Member

ROLES = ("scorer", "coach", "media", "organizer")
"""What a member may be; ``organizer`` shares the owner's work."""


def sign_ins() -> Any:
    """Every sign-in that was not ended, with all that decides what it is good for."""
    return (
        select(
            User,
            col(Session.id),
            col(Member.event_id),
            col(Member.role),
            col(CourtCode.event_id),
            col(CourtCode.court_id),
            col(CourtCode.expires_at),
            col(CourtCode.revoked_at),
        )
        .join(Session, col(Session.user_id) == col(User.id))
        .outerjoin(Member, col(Member.user_id) == col(User.id))
        .outerjoin(CourtSignIn, col(CourtSignIn.session_id) == col(Session.id))
        .outerjoin(CourtCode, col(CourtCode.id) == col(CourtSignIn.code_id))
        .where(col(Session.revoked_at).is_(None))
    )


async def signed_in(session: AsyncSession, now: int, *wanted: Any) -> list[Person]:
    """One person per sign-in that is good at ``now`` and fits ``wanted``.

    A sign-in by a court's code ends with the code, and brings no other rights with it.
    """
    found: dict[str, Person] = {}
    roles: dict[str, dict[str, str]] = {}
    for user, session_id, event_id, role, place, court, expires_at, revoked_at in (
        await session.exec(sign_ins().where(*wanted))
    ).all():
        if place is not None and (revoked_at is not None or expires_at <= now):
            continue
        theirs = roles.setdefault(session_id, {})
        if event_id is not None and place is None:
            theirs[event_id] = role
        found[session_id] = Person(
            id=user.id,
            display_name=user.display_name,
            role=user.role,
            email=user.email,
            session_id=session_id,
            roles=theirs,
            court=None if place is None else CourtPass(place, court, expires_at),
            persona=user.persona or "",
        )
    return list(found.values())


def let_in(event_id: Any, user_id: Any) -> Any:
    """Whether a person may see an event, for SQL; as ``events.queries.may_see``.

    Each part names its own tables: by itself SQLAlchemy looks for the person in the query that
    stands directly around, and would take anybody's membership for theirs.
    """
    member = (
        select(1)
        .where(col(Member.event_id) == event_id, col(Member.user_id) == user_id)
        .correlate_except(Member)
    )
    at_court = (
        select(1)
        .join_from(Session, CourtSignIn, col(CourtSignIn.session_id) == col(Session.id))
        .join(CourtCode, col(CourtCode.id) == col(CourtSignIn.code_id))
        .where(
            col(Session.user_id) == user_id,
            col(Session.revoked_at).is_(None),
            col(CourtCode.event_id) == event_id,
            col(CourtCode.revoked_at).is_(None),
            col(CourtCode.expires_at) > now_ms(),
        )
        .correlate_except(Session, CourtSignIn, CourtCode)
    )
    theirs = or_(col(Event.owner_id) == user_id, member.exists(), at_court.exists())
    is_open = col(Event.visibility) != "private"
    found = select(1).where(col(Event.id) == event_id, or_(is_open, theirs))
    return found.correlate_except(Event).exists()


async def court_pass_is_over(session: AsyncSession, session_id: str, now: int) -> bool:
    """Whether a session was begun by a court's code that is no longer good."""
    statement: Any = (
        select(col(CourtCode.expires_at), col(CourtCode.revoked_at))
        .join(CourtSignIn, col(CourtSignIn.code_id) == col(CourtCode.id))
        .where(col(CourtSignIn.session_id) == session_id)
    )
    code = (await session.exec(statement)).first()
    return code is not None and (code[1] is not None or code[0] <= now)
