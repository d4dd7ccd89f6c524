"""Writes about people: accounts made, guests let in, profiles changed."""

import secrets

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts import passwords
from courtsync_web.accounts.entries import (
    Unusable,
    account_entry,
    clean_email,
    name_entry,
    password_entry,
)
from courtsync_web.accounts.leaving import confirm, take_along, wrong_password
from courtsync_web.accounts.models import ResetLink, User
from courtsync_web.accounts.people import CHOSEN_ROLES, Person
from courtsync_web.accounts.sessions import SignIn, end_sessions, person_of, start_session
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.live.bus import Bus


async def create_user(
    db: Database, *, email: str, password: str, role: str = "spectator", name: str | None = None
) -> Person:
    """A new account in any role, made by whoever runs the server.

    Raises 422 ``validation`` and 409 ``email-taken``.
    """
    entry = account_entry(email, password, name)
    password_hash = await passwords.hashed(entry.password)
    async with db.write() as tx:
        user = new_person(role, entry.display_name)
        await give_account(tx.session, user, entry.email, password_hash)
    return person_of(user)


async def register(
    db: Database,
    keys: Keys,
    *,
    email: str,
    password: str,
    display_name: str | None,
    role: str,
    viewer: Person | None,
    device: str,
) -> SignIn:
    """A new account, signed in. A guest who registers stays who they are, with what they did.

    Raises 422 ``validation``, 403 ``role-granted`` and 409 ``email-taken``.
    """
    refuse_granted_role(role)
    entry = account_entry(email, password, display_name)
    password_hash = await passwords.hashed(entry.password)
    now = now_ms()
    async with db.write() as tx:
        guest = await tx.session.get(User, viewer.id) if viewer and viewer.is_guest else None
        if guest:
            # Whoever knew the guest's tokens must not find themselves in an account.
            await end_sessions(tx.session, guest.id, now=now)
            guest.role = role
            guest.display_name = entry.display_name or guest.display_name
        user = guest or new_person(role, entry.display_name)
        await give_account(tx.session, user, entry.email, password_hash)
        return await start_session(tx.session, keys, user, device=device, now=now)


async def sign_in(
    db: Database,
    keys: Keys,
    bus: Bus,
    *,
    email: str,
    password: str,
    device: str,
    viewer: Person | None = None,
) -> SignIn:
    """Sign in by password. An unknown e-mail and a wrong password answer alike, also in time.

    What ``viewer`` did as a guest becomes the account's. Raises 401 ``bad-credentials``.
    """
    known = await find_user(db, email)
    stored = known.password_hash if known else None
    if not await passwords.fits(password, stored) or known is None or stored is None:
        raise bad_credentials()
    renewed = await passwords.hashed(password) if passwords.outdated(stored) else stored
    async with db.write() as tx:
        user = await tx.session.get(User, known.id, with_for_update=True)
        if user is None or user.password_hash != stored:  # changed while we were hashing
            raise bad_credentials()
        user.password_hash = renewed
        tx.session.add(user)
        await take_along(tx, bus, viewer, user)
        return await start_session(tx.session, keys, user, device=device, now=now_ms())


async def change_password(db: Database, person: Person, *, current: str, new: str) -> None:
    """A new password. Every other sign-in of the person ends, and every reset link.

    Raises 422 ``validation``, 403 ``no-account`` (a guest) and 401 ``bad-credentials``.
    """
    if person.is_guest:
        raise Problem(403, "no-account", "A guest has no password. Make an account first.")
    new = password_entry(new, "new")
    former = await confirm(db, person, current)
    password_hash = await passwords.hashed(new)
    async with db.write() as tx:
        user = await tx.session.get_one(User, person.id, with_for_update=True)
        if user.password_hash != former:  # changed while we were hashing
            raise wrong_password()
        user.password_hash = password_hash
        tx.session.add(user)
        await forget_links(tx.session, person.id)
        await end_sessions(tx.session, person.id, but=person.session_id, now=now_ms())


async def find_user(db: Database, email: str) -> User | None:
    """Who signs in with this address."""
    try:
        address = clean_email(email)
    except Unusable:
        return None
    async with db.read() as session:
        return (await session.exec(select(User).where(User.email == address))).first()


async def sign_in_guest(
    db: Database, keys: Keys, *, display_name: str | None, device: str
) -> SignIn:
    """A person without an account, who may score and plan like any spectator."""
    name = name_entry(display_name) if display_name is not None else None
    async with db.write() as tx:
        user = new_person("spectator", name or guest_name())
        tx.session.add(user)
        await tx.session.flush()
        return await start_session(tx.session, keys, user, device=device, now=now_ms())


async def change_profile(
    db: Database,
    person: Person,
    *,
    display_name: str | None,
    role: str | None,
    persona: str | None = None,
) -> Person:
    """What is given becomes the person's. Raises 422 and 403 ``role-granted``."""
    name = name_entry(display_name) if display_name is not None else None
    if role is not None and role != person.role:
        refuse_granted_role(role)
        refuse_granted_role(person.role)
    async with db.write() as tx:
        user = await tx.session.get_one(User, person.id)
        user.display_name = name or user.display_name
        user.role = role or user.role
        user.persona = persona or user.persona
        tx.session.add(user)
    return person_of(user, person.session_id)


def new_person(role: str, display_name: str | None) -> User:
    """Somebody new; without a name, one that tells people apart and gives nothing away."""
    return User(
        id=secrets.token_hex(16),
        display_name=display_name or f"{role.capitalize()} {secrets.token_hex(2).upper()}",
        role=role,
        created_at=now_ms(),
    )


def guest_name() -> str:
    return f"Guest {secrets.token_hex(2).upper()}"


async def forget_links(session: AsyncSession, user_id: str) -> None:
    """Reset links of a person whose password has changed lead nowhere."""
    await session.exec(delete(ResetLink).where(col(ResetLink.user_id) == user_id))


async def give_account(session: AsyncSession, user: User, email: str, password_hash: str) -> None:
    """Let ``user`` sign in by e-mail and password. The unique index settles a race."""
    user.email = email
    user.password_hash = password_hash
    session.add(user)
    try:
        await session.flush()
    except IntegrityError:
        raise Problem(
            409, "email-taken", "There is an account with this e-mail address. Sign in instead."
        ) from None


def bad_credentials() -> Problem:
    """The one refusal for a wrong password and for nobody's address."""
    return Problem(401, "bad-credentials", "The e-mail address or the password is wrong.")


def refuse_granted_role(role: str) -> None:
    """Only some roles can be chosen; the others are given by whoever runs the server."""
    if role not in CHOSEN_ROLES:
        raise Problem(
            403, "role-granted", f"The role {role} is granted, it cannot be chosen or put down."
        )
