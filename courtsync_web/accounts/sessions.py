"""Sign-ins on devices: started, refreshed, ended.

Two generations of a session's refresh token are good at once (see ``models.Session``). An
older one still in use means that somebody holds a copy: the whole session ends.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import delete, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts import tokens
from courtsync_web.accounts.models import Session, User
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Keys, TokenFault
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.organizing.standing import court_pass_is_over

IDLE_DAYS = 90
"""A device that was away for longer signs in again: a season's break, not a week's."""
DAY_MS = 86_400_000
LONGEST_DEVICE = 200


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a device is handed: both tokens, and who it now is."""

    token: str
    refresh_token: str
    person: Person


async def start_session(
    session: AsyncSession, keys: Keys, user: User, *, device: str, now: int
) -> SignIn:
    """Sign ``user`` in on one device, inside the caller's write transaction."""
    session_id = secrets.token_hex(16)
    refresh_token = tokens.first_refresh_token(session_id)
    await session.exec(
        delete(Session).where(
            col(Session.user_id) == user.id, col(Session.used_at) < now - IDLE_DAYS * DAY_MS
        )
    )
    session.add(
        Session(
            id=session_id,
            user_id=user.id,
            token_hash=tokens.token_hash(refresh_token),
            created_at=now,
            used_at=now,
            device=device[:LONGEST_DEVICE],
        )
    )
    return _handed(keys, user, session_id, refresh_token, now)


async def refresh(db: Database, keys: Keys, presented: str, *, now: int) -> SignIn:
    """New tokens for a refresh token.

    Raises 401 ``token-invalid`` (no such token), ``session-ended`` (signed out, or idle for
    too long) and ``token-reused``, which ends the session for whoever else holds it.
    """
    async with db.write() as tx:
        row = await tx.session.get(Session, tokens.session_of(presented), with_for_update=True)
        user = await tx.session.get(User, row.user_id) if row else None
        if row is None or user is None:
            raise refused(TokenFault.INVALID)
        if row.revoked_at is not None or row.used_at < now - IDLE_DAYS * DAY_MS:
            raise refused(TokenFault.ENDED)
        if await court_pass_is_over(tx.session, row.id, now):
            raise refused(TokenFault.ENDED)
        successor = _rotated(row, keys, presented)
        row.used_at = now
        if successor is None:
            row.revoked_at = now
        tx.session.add(row)
    if successor is None:
        raise Problem(401, "token-reused", "This sign-in was used elsewhere. Sign in again.")
    return _handed(keys, user, row.id, successor, now)


def _rotated(row: Session, keys: Keys, presented: str) -> str | None:
    """Move the session on by one generation; none when ``presented`` is too old."""
    presented_hash = tokens.token_hash(presented)
    if presented_hash not in (row.token_hash, row.previous_hash):
        return None
    successor = tokens.next_refresh_token(keys, presented, row.token_hash)
    row.previous_hash = presented_hash
    row.token_hash = tokens.token_hash(successor)
    return successor


async def end_session(db: Database, session_id: str, *, now: int) -> None:
    """Sign one device out. Ending what has ended, or never was, is no error."""
    async with db.write() as tx:
        await tx.session.exec(
            update(Session)
            .where(col(Session.id) == session_id, col(Session.revoked_at).is_(None))
            .values(revoked_at=now)
        )


async def end_sessions(
    session: AsyncSession, user_id: str, *, now: int, but: str | None = None
) -> None:
    """Sign a person out everywhere, or everywhere ``but`` in one session.

    Inside the caller's write transaction.
    """
    ended = update(Session).where(
        col(Session.user_id) == user_id, col(Session.revoked_at).is_(None)
    )
    if but is not None:
        ended = ended.where(col(Session.id) != but)
    await session.exec(ended.values(revoked_at=now))


WORDS = {
    TokenFault.MISSING: "Sign in first.",
    TokenFault.INVALID: "This sign-in is not valid. Sign in again.",
    TokenFault.EXPIRED: "This sign-in has expired. Refresh it, or sign in again.",
    TokenFault.ENDED: "This device was signed out. Sign in again.",
}


def refused(fault: TokenFault) -> Problem:
    """The 401 that says what is wrong with a token."""
    return Problem(401, fault.value, WORDS[fault], headers={"WWW-Authenticate": "Bearer"})


def person_of(user: User, session_id: str | None = None) -> Person:
    """A stored person as the rest of the house knows people."""
    persona = user.persona or ""
    return Person(user.id, user.display_name, user.role, user.email, session_id, persona=persona)


def _handed(keys: Keys, user: User, session_id: str, refresh_token: str, now: int) -> SignIn:
    token = tokens.access_token(
        keys, person_id=user.id, role=user.role, session_id=session_id, now=now
    )
    return SignIn(token, refresh_token, person_of(user, session_id))
