"""An event's people and codes, as its organizer is shown them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.models import Session, User
from courtsync_web.accounts.tokens import Keys
from courtsync_web.events.models import Court
from courtsync_web.organizing.documents import (
    CourtCodeDocument,
    InvitationDocument,
    MemberDocument,
    Scan,
)
from courtsync_web.organizing.links import Door, code_for
from courtsync_web.organizing.models import CourtCode, CourtSignIn, Invitation, Member
from courtsync_web.scoring.models import ScoreUpdate

AddressOf = Callable[[str], str]
"""A path of ours as an address that can be sent or printed."""


async def members_of(
    session: AsyncSession, event_id: str, keys: Keys, address: AddressOf, now: int
) -> list[MemberDocument]:
    """Members by name, then whoever is still invited, the latest first."""
    members: Any = (
        select_columns(Member, col(User.display_name))
        .join(User, col(User.id) == col(Member.user_id))
        .where(col(Member.event_id) == event_id)
        .order_by(func.lower(col(User.display_name)), col(User.id))
    )
    invited = (
        select(Invitation)
        .where(col(Invitation.event_id) == event_id, col(Invitation.expires_at) > now)
        .order_by(col(Invitation.created_at).desc(), col(Invitation.id))
    )
    found = [member_document(row, name) for row, name in (await session.exec(members)).all()]
    invitations = (await session.exec(invited)).all()
    return found + [invited_document(row, keys, address) for row in invitations]


async def member_of(session: AsyncSession, event_id: str, user_id: str) -> MemberDocument | None:
    """One member."""
    member = await session.get(Member, (event_id, user_id))
    user = await session.get(User, user_id) if member else None
    return member_document(member, user.display_name) if member and user else None


def member_document(row: Member, name: str) -> MemberDocument:
    return MemberDocument(
        user_id=row.user_id,
        display_name=name,
        role=row.role,
        email=row.typed_as,
        added_at=row.added_at,
    )


def invited_document(row: Invitation, keys: Keys, address: AddressOf) -> MemberDocument:
    """An invitation as the member it may become."""
    code = code_for(keys, row.key_id, Door.INVITATION, row.id)
    link = address(f"/i/{code}") if code else None
    return MemberDocument(
        role=row.role,
        email=row.typed_as,
        added_at=row.created_at,
        invitation=InvitationDocument(row.id, link, row.expires_at),
    )


async def codes_of(
    session: AsyncSession,
    event_id: str,
    keys: Keys,
    address: AddressOf,
    now: int,
    *,
    code_id: str | None = None,
) -> list[CourtCodeDocument]:
    """The event's codes by court in human order, the newest of a court first."""
    wanted = [col(CourtCode.event_id) == event_id]
    if code_id is not None:
        wanted.append(col(CourtCode.id) == code_id)
    same_court = (col(Court.event_id) == col(CourtCode.event_id)) & (
        col(Court.court_id) == col(CourtCode.court_id)
    )
    statement: Any = (
        select_columns(CourtCode, col(Court.name))
        .outerjoin(Court, same_court)
        .where(*wanted)
        .order_by(col(Court.position), col(CourtCode.court_id), col(CourtCode.created_at).desc())
    )
    rows = (await session.exec(statement)).all()
    scans = await scans_of(session, event_id)
    return [
        code_document(row, court, scans.get(row.id, []), shown(row, keys, now), address)
        for row, court in rows
    ]


def shown(row: CourtCode, keys: Keys, now: int) -> str | None:
    """The code, while it lets anybody in."""
    if row.revoked_at is not None or row.expires_at <= now:
        return None
    return code_for(keys, row.key_id, Door.COURT, row.id)


def code_document(
    row: CourtCode, court: str | None, scans: list[Scan], code: str | None, address: AddressOf
) -> CourtCodeDocument:
    return CourtCodeDocument(
        id=row.id,
        court_id=row.court_id,
        court_name=court or "",
        code=code,
        link=address(f"/c/{code}") if code else None,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        scans=scans,
    )


async def scans_of(session: AsyncSession, event_id: str) -> dict[str, list[Scan]]:
    """Who came by which code, the latest first, with how many updates they made since."""
    updates = (
        select_columns(func.count())
        .where(col(ScoreUpdate.event_id) == event_id, col(ScoreUpdate.author_id) == col(User.id))
        .correlate(User)
        .scalar_subquery()
    )
    statement: Any = (
        select_columns(
            col(CourtSignIn.code_id), col(User.display_name), col(CourtSignIn.signed_in_at), updates
        )
        .join(CourtCode, col(CourtCode.id) == col(CourtSignIn.code_id))
        .join(Session, col(Session.id) == col(CourtSignIn.session_id))
        .join(User, col(User.id) == col(Session.user_id))
        .where(col(CourtCode.event_id) == event_id)
        .order_by(col(CourtSignIn.signed_in_at).desc(), col(CourtSignIn.session_id))
    )
    found: dict[str, list[Scan]] = {}
    for code_id, name, at, number in (await session.exec(statement)).all():
        found.setdefault(code_id, []).append(Scan(name, at, number))
    return found
