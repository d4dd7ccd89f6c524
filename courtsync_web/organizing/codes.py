"""Court codes: made, revoked, and used to sign in at a court."""

from datetime import date, timedelta

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.actions import new_person
from courtsync_web.accounts.entries import name_entry
from courtsync_web.accounts.models import Session
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.sessions import SignIn, start_session
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import day_bounds_ms, now_ms
from courtsync_web.db import Database
from courtsync_web.errors import FieldError, Problem, not_found
from courtsync_web.events.actions import lock_event
from courtsync_web.events.models import Court, Event
from courtsync_web.live.bus import Bus
from courtsync_web.organizing.links import Door, hash_of, new_door, read_code
from courtsync_web.organizing.models import CourtCode, CourtSignIn
from courtsync_web.organizing.organizers import event_run_by
from courtsync_web.scoring.dismissals import dismiss_outsiders

DAY_MS = 86_400_000
LONGEST = 366 * DAY_MS
MOST_CODES = 2000
"""Codes of one event, dead ones included: twenty for each of a hundred courts."""


async def make_code(
    db: Database,
    keys: Keys,
    event_id: str,
    person: Person,
    court_id: int,
    expires_at: int | None = None,
) -> CourtCode:
    """A code for a court. Raises 403 ``not-organizer``, 404, 409 ``too-many``, 422."""
    async with db.write() as tx:
        await lock_event(tx.session, event_id)
        event = await event_run_by(tx.session, event_id, person)
        if await tx.session.get(Court, (event_id, court_id)) is None:
            raise unusable("/courtId", "The event has no such court.")
        [row] = await made(tx.session, keys, event, [court_id], expires_at)
    return row


async def make_missing_codes(db: Database, keys: Keys, event_id: str, person: Person) -> int:
    """A code for every court that has none that can be shown. Answers how many were made."""
    now = now_ms()
    async with db.write() as tx:
        await lock_event(tx.session, event_id)
        event = await event_run_by(tx.session, event_id, person)
        courts = await tx.session.exec(
            select(Court.court_id)
            .where(col(Court.event_id) == event_id)
            .order_by(col(Court.position), col(Court.court_id))
        )
        good = await tx.session.exec(
            select(CourtCode.court_id).where(
                col(CourtCode.event_id) == event_id,
                col(CourtCode.revoked_at).is_(None),
                col(CourtCode.expires_at) > now,
                col(CourtCode.key_id).in_(keys.by_id),
            )
        )
        have = set(good)
        missing = [court_id for court_id in courts if court_id not in have]
        await made(tx.session, keys, event, missing, None)
    return len(missing)


async def revoke_code(db: Database, bus: Bus, event_id: str, person: Person, code_id: str) -> None:
    """Make a code useless, and end every sign-in it was used for, at once.

    Revoking twice is no error. Raises 403 ``not-organizer``, 404.
    """
    now = now_ms()
    async with db.write() as tx:
        await lock_event(tx.session, event_id)
        event = await event_run_by(tx.session, event_id, person)
        row = await tx.session.get(CourtCode, code_id)
        if row is None or row.event_id != event_id:
            raise not_found("court code")
        if row.revoked_at is not None:
            return
        row.revoked_at = now
        tx.session.add(row)
        theirs = select(CourtSignIn.session_id).where(col(CourtSignIn.code_id) == code_id)
        await tx.session.exec(
            update(Session)
            .where(col(Session.id).in_(theirs), col(Session.revoked_at).is_(None))
            .values(revoked_at=now)
        )
        await tx.session.flush()
        await dismiss_outsiders(tx, bus, event, now)


async def sign_in_at_court(
    db: Database, keys: Keys, *, typed: str, display_name: str, device: str
) -> SignIn:
    """Somebody new, signed in under the name they give, for one court and as long as its code.

    Raises 404 for a code that was never given out, 410 ``code-revoked`` or ``code-expired``,
    and 422 ``validation`` for the name.
    """
    name = name_entry(display_name)
    now = now_ms()
    async with db.write() as tx:
        row = good_code(await find_code(tx.session, typed, lock=True), now)
        user = new_person("spectator", name)
        tx.session.add(user)
        await tx.session.flush()
        sign_in = await start_session(tx.session, keys, user, device=device, now=now)
        await tx.session.flush()
        session_id = sign_in.person.session_id
        assert session_id is not None
        tx.session.add(CourtSignIn(session_id=session_id, code_id=row.id, signed_in_at=now))
    return sign_in


async def find_code(session: AsyncSession, typed: str, *, lock: bool = False) -> CourtCode | None:
    """The code's row, good or not; none if it was never given out."""
    code = read_code(typed)
    if code is None:
        return None
    statement = select(CourtCode).where(col(CourtCode.code_hash) == hash_of(code))
    return (await session.exec(statement.with_for_update() if lock else statement)).first()


def good_code(row: CourtCode | None, now: int) -> CourtCode:
    """The code, if it still lets anybody in; else why not: who asks holds the real one."""
    if row is None:
        raise not_found("court with this code")
    if row.revoked_at is not None:
        raise Problem(410, "code-revoked", "The organizer has withdrawn this code. Ask the desk.")
    if row.expires_at <= now:
        raise Problem(410, "code-expired", "This code's time is over. Ask the desk for a new one.")
    return row


async def made(
    session: AsyncSession, keys: Keys, event: Event, courts: list[int], expires_at: int | None
) -> list[CourtCode]:
    """New codes, one for each court, within the caller's transaction."""
    now = now_ms()
    until = end_of(event, now) if expires_at is None else expires_at
    if not now < until <= now + LONGEST:
        raise unusable("/expiresAt", "A code ends in the future, and within a year.")
    known = await session.exec(
        select(CourtCode.id).where(col(CourtCode.event_id) == event.id).limit(MOST_CODES)
    )
    if len(known.all()) + len(courts) > MOST_CODES:
        raise Problem(409, "too-many", f"An event has at most {MOST_CODES} court codes.")
    rows = [new_code(keys, event.id, court_id, now, until) for court_id in courts]
    session.add_all(rows)
    await session.flush()
    return rows


def new_code(keys: Keys, event_id: str, court_id: int, now: int, until: int) -> CourtCode:
    row_id, code_hash, key_id = new_door(keys, Door.COURT)
    return CourtCode(
        id=row_id,
        event_id=event_id,
        court_id=court_id,
        code_hash=code_hash,
        key_id=key_id,
        created_at=now,
        expires_at=until,
    )


def end_of(event: Event, now: int) -> int:
    """A day after the event's last, at the venue; a day from now for an event of the past."""
    last = date.fromisoformat(event.end_date)
    _, end = day_bounds_ms(last + timedelta(days=1), event.timezone)
    return max(min(end, now + LONGEST), now + DAY_MS)


def unusable(pointer: str, why: str) -> Problem:
    return Problem(422, "validation", "Some of this cannot be used.", [FieldError(pointer, why)])
