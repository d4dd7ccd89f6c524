"""A forgotten password: a link that sets a new one, once.

Asking for a link answers the same, and as fast, whether or not there is such an account: the
looking and sending happen after the answer.
"""

import asyncio
import secrets
from collections.abc import Coroutine
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from courtsync_web.accounts import passwords, tokens
from courtsync_web.accounts.actions import find_user, forget_links
from courtsync_web.accounts.entries import clean_email, password_entry
from courtsync_web.accounts.letters import Letters
from courtsync_web.accounts.models import ResetLink, User
from courtsync_web.accounts.sessions import end_sessions
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem

MINUTE = 60_000
BY_LETTER = 60 * MINUTE
"""Milliseconds a link in a letter is good for."""
BY_HAND = 24 * 60 * MINUTE
"""Milliseconds a link is good for that somebody hands out in person."""
PAUSE = 2 * MINUTE
"""Milliseconds before one account is written to again: nobody's mailbox is flooded."""
AT_ONCE = 20
"""Letters under way; asked for more, the rest are dropped, and their askers ask again."""

LETTER = """Hello,

somebody, probably you, asked for a new password for this address on CourtSync.
Open this link within an hour to choose one:

{link}

If it was not you, there is nothing to do: your password stays as it is.
"""


class Recovery:
    """Sends reset links, after the answer. One per application; :meth:`close` at its end."""

    def __init__(self, db: Database, letters: Letters) -> None:
        self._db = db
        self._letters = letters
        self._under_way: set[asyncio.Task[None]] = set()

    @property
    def by_letter(self) -> bool:
        """Whether links go out by e-mail; otherwise whoever runs the server hands them out."""
        return self._letters.go_out

    def ask(self, email: str) -> None:
        """Somebody says that they forgot the password of this account. Returns at once."""
        if self._letters.go_out and len(self._under_way) < AT_ONCE:
            self._begin(self._write_to(email))

    async def settled(self) -> None:
        """Wait until every letter asked for so far is on its way."""
        await asyncio.gather(*self._under_way)

    async def close(self) -> None:
        """Drop what is still under way."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _write_to(self, email: str) -> None:
        secret = await new_link(self._db, email, good_for=BY_LETTER, pause=PAUSE)
        if secret:
            link = self._letters.address(link_path(secret))
            await self._letters.send(clean_email(email), "A new password", LETTER.format(link=link))


def link_path(secret: str) -> str:
    """Where a link leads."""
    return f"/reset?token={secret}"


async def new_link(db: Database, email: str, *, good_for: int, pause: int = 0) -> str | None:
    """A new link's secret for the account with this address; none where there is none.

    ``good_for`` and ``pause`` in milliseconds: within ``pause`` of the last one there is none
    either. Links that are over are swept out.
    """
    user = await find_user(db, email)
    if user is None:
        return None
    secret, now = secrets.token_urlsafe(32), now_ms()
    async with db.write() as tx:
        await tx.session.get(User, user.id, with_for_update=True)  # who asks twice, asks in turn
        await tx.session.exec(delete(ResetLink).where(col(ResetLink.expires_at) <= now))
        recent = select(ResetLink).where(
            ResetLink.user_id == user.id, col(ResetLink.created_at) > now - pause
        )
        if pause and (await tx.session.exec(recent)).first():
            return None
        tx.session.add(
            ResetLink(
                token_hash=tokens.token_hash(secret),
                user_id=user.id,
                created_at=now,
                expires_at=now + good_for,
            )
        )
    return secret


async def is_good(db: Database, secret: str) -> bool:
    """Whether a link may still be used. Looking uses nothing up."""
    async with db.read() as session:
        row = await session.get(ResetLink, tokens.token_hash(secret))
    return row is not None and row.expires_at > now_ms()


async def reset_password(db: Database, secret: str, password: str) -> None:
    """Set a new password by a link. It and every other link and sign-in of the person end.

    Raises 422 ``validation`` and 403 ``reset-link-over``.
    """
    password = password_entry(password)
    if not await is_good(db, secret):
        raise over()
    password_hash = await passwords.hashed(password)
    now = now_ms()
    async with db.write() as tx:
        used = await tx.session.exec(
            delete(ResetLink)
            .where(
                col(ResetLink.token_hash) == tokens.token_hash(secret),
                col(ResetLink.expires_at) > now,
            )
            .returning(col(ResetLink.user_id))
        )
        user_id: str | None = used.scalar_one_or_none()
        if user_id is None:  # somebody else was faster with it
            raise over()
        user = await tx.session.get_one(User, user_id)
        user.password_hash = password_hash
        tx.session.add(user)
        await forget_links(tx.session, user_id)
        await end_sessions(tx.session, user_id, now=now)


def over() -> Problem:
    return Problem(
        403,
        "reset-link-over",
        "This link has been used, or its time is over. Ask for a new one.",
    )
