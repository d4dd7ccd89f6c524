"""Guests who become somebody else, and people who go: nothing is left behind half.

Whoever holds a claim and is no longer who they were changes what everyone sees, so the claim
takes a new number in its event and the doorbell rings, as for every other change.
"""

from sqlalchemy import or_
from sqlmodel import col, select

from courtsync_web.accounts import belongings, passwords, traces
from courtsync_web.accounts.models import User
from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database, Transaction
from courtsync_web.errors import Problem
from courtsync_web.events.actions import lock_event, next_seq
from courtsync_web.live.bus import Bus
from courtsync_web.scoring.claiming import end_hold
from courtsync_web.scoring.lease import forget_asking, free
from courtsync_web.scoring.models import Claim


async def take_along(tx: Transaction, bus: Bus, guest: Person | None, account: User) -> None:
    """What a guest did becomes the account's, and the guest is no more."""
    row = await tx.session.get(User, guest.id) if guest and guest.is_guest else None
    if row is None or row.email is not None or row.id == account.id:
        return
    claims = await claims_of(tx, row.id)
    await belongings.move(tx.session, row.id, account.id)
    for claim in claims:
        await tx.session.refresh(claim)
        await announce(tx, bus, claim)
    await tx.session.delete(row)
    await tx.session.flush()


async def erase(db: Database, bus: Bus, person: Person, password: str | None) -> None:
    """Erase a person. Scores stay and name nobody; claims end; sign-ins end.

    A password that is given must be right (401 ``bad-credentials``); whether one must be given
    is for the caller to say with :func:`confirm`. Raises 409
    ``owns-events`` as long as the person owns any: a tournament must not lose its organizer
    by accident, so it is handed over first (``courtsync hand-over``).
    """
    if password is not None:
        await confirm(db, person, password)
    now = now_ms()
    async with db.read() as session:
        answers = await traces.answers_naming(session, person.id)
    async with db.write() as tx:
        owned = await belongings.events_owned(tx.session, person.id)
        if owned:
            raise owns_events(owned)
        for claim in await claims_of(tx, person.id):
            if claim.asked_by_id == person.id:
                forget_asking(claim)
            if claim.holder_id == person.id:
                await end_hold(tx.session, claim, now)
                free(claim)
            await announce(tx, bus, claim)
        await traces.wipe(tx.session, person.id, answers)
        await tx.session.delete(await tx.session.get_one(User, person.id))


async def confirm(db: Database, person: Person, password: str | None) -> str | None:
    """A guest has no password to give; everybody else must give theirs. The hash it fits."""
    if person.is_guest:
        return None
    async with db.read() as session:
        user = await session.get(User, person.id)
    stored = user.password_hash if user else None
    if not await passwords.fits(password or "", stored):
        raise wrong_password()
    return stored


async def claims_of(tx: Transaction, person_id: str) -> list[Claim]:
    """Claims that a person holds or asks for, with their events locked in one order."""
    statement = (
        select(Claim)
        .where(or_(col(Claim.holder_id) == person_id, col(Claim.asked_by_id) == person_id))
        .order_by(col(Claim.event_id), col(Claim.match_id))
    )
    events = sorted({claim.event_id for claim in await tx.session.exec(statement)})
    for event_id in events:
        await lock_event(tx.session, event_id)
    found = await tx.session.exec(statement.execution_options(populate_existing=True))
    return list(found)


async def announce(tx: Transaction, bus: Bus, claim: Claim) -> None:
    """Tell everyone about a claim once this is durable."""
    event_id, seq = claim.event_id, await next_seq(tx.session, claim.event_id)
    claim.seq = seq
    tx.session.add(claim)
    await tx.session.flush()
    tx.after_commit(lambda: bus.ring(event_id, seq))


def wrong_password() -> Problem:
    return Problem(401, "bad-credentials", "This is not your password.")


def owns_events(owned: list[tuple[str, str]]) -> Problem:
    names = ", ".join(name for _, name in owned)
    return Problem(
        409,
        "owns-events",
        f"You are the organizer of {names}. Hand over first; whoever runs the server can do it.",
        extra={"events": [{"eventId": event_id, "name": name} for event_id, name in owned]},
    )
