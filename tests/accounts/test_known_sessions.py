"""What is remembered of a sign-in is never older than the last change made by this process."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
from sqlalchemy import text, update
from sqlmodel import col, delete

from courtsync_web.accounts import known_sessions
from courtsync_web.accounts.actions import create_user, sign_in_guest
from courtsync_web.accounts.known_sessions import KnownSessions
from courtsync_web.accounts.models import User
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.sessions import end_session, start_session
from courtsync_web.accounts.tokens import Claims, Keys, read_access_token
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.models import Event
from courtsync_web.organizing import standing
from courtsync_web.organizing.models import CourtCode, CourtSignIn, Member
from courtsync_web.scoring.models import Claim
from tests.small_house import KEYS
from tests.world import EVENT, FIRST, build_world

EMAIL = "jo@example.org"


@dataclass
class Device:
    """One sign-in, and the memory that is asked about it."""

    known: KnownSessions
    claims: Claims
    reads: list[int]
    """Grows by one with every question to the database."""

    async def ask(self, now: int | None = None) -> Person | None:
        return await self.known.person_of(self.claims, now_ms() if now is None else now)

    async def ask_twice(self) -> Person:
        """The second answer comes from memory."""
        person = await self.ask()
        before = len(self.reads)
        assert await self.ask() is person
        assert len(self.reads) == before
        assert person is not None
        return person


@pytest.fixture
async def device(db: Database, monkeypatch: pytest.MonkeyPatch) -> Device:
    """A device of Jo, who coaches at an event."""
    await build_world(db)
    jo = await create_user(db, email=EMAIL, password="correct horse", name="Jo")
    async with db.write() as tx:
        user = await tx.session.get(User, jo.id)
        assert user is not None
        sign_in = await start_session(tx.session, KEYS, user, device="", now=now_ms())
        tx.session.add(Member(event_id=EVENT, user_id=user.id, role="coach", added_at=0))
    reads: list[int] = []
    signed_in = standing.signed_in

    async def counted(*asked: Any) -> list[Person]:
        reads.append(1)
        return await signed_in(*asked)

    monkeypatch.setattr(known_sessions, "signed_in", counted)
    return Device(KnownSessions(db), claims_of(KEYS, sign_in.token), reads)


def claims_of(keys: Keys, token: str) -> Claims:
    claims = read_access_token(keys, token)
    assert isinstance(claims, Claims)
    return claims


async def test_the_second_request_does_not_ask_the_database(device: Device) -> None:
    assert (await device.ask_twice()).display_name == "Jo"


async def test_those_who_come_at_once_are_asked_about_together(
    db: Database, device: Device
) -> None:
    guests = [await sign_in_guest(db, KEYS, display_name=f"G{n}", device="") for n in range(9)]
    theirs = [claims_of(KEYS, guest.token) for guest in guests]
    nobody = msgspec.structs.replace(theirs[0], sub=theirs[1].sub)  # another's session
    asked = [device.claims, *theirs, nobody]
    found = await asyncio.gather(*(device.known.person_of(one, now_ms()) for one in asked))
    assert [one and one.id for one in found] == [
        device.claims.sub,
        *(one.sub for one in theirs),
        None,
    ]
    assert len(device.reads) == 1


async def test_signing_out_is_immediate(db: Database, device: Device) -> None:
    await device.ask_twice()
    await end_session(db, device.claims.sid, now=now_ms())
    assert await device.ask() is None


async def test_an_erased_person_is_gone(db: Database, device: Device) -> None:
    await device.ask_twice()
    async with db.write() as tx:
        await tx.session.exec(delete(User).where(col(User.id) == device.claims.sub))
    assert await device.ask() is None


async def test_another_role_and_name_are_known_at_once(db: Database, device: Device) -> None:
    await device.ask_twice()
    async with db.write() as tx:
        user = await tx.session.get(User, device.claims.sub)
        assert user is not None
        user.role = "media"
        tx.session.add(user)
    assert (await device.ask_twice()).role == "media"
    async with db.write() as tx:
        await tx.session.exec(update(User).values(display_name="Kim"))
    assert (await device.ask_twice()).display_name == "Kim"


@pytest.mark.parametrize("removed", [Member, Event])
async def test_who_was_taken_in_is_out_at_once(
    db: Database, device: Device, removed: type[Member] | type[Event]
) -> None:
    """Also where nothing but the database knows that an event takes its members along."""
    assert (await device.ask_twice()).roles == {EVENT: "coach"}
    async with db.write() as tx:
        await tx.session.exec(delete(removed))
    assert (await device.ask_twice()).roles == {}


async def test_a_statement_that_is_only_text_counts_as_any_change(
    db: Database, device: Device
) -> None:
    await device.ask_twice()
    async with db.write() as tx:
        connection = await tx.session.connection()
        await connection.execute(text("UPDATE session SET revoked_at = 1"))
    assert await device.ask() is None


async def at_court(db: Database, device: Device, expires_at: int) -> None:
    async with db.write() as tx:
        tx.session.add(
            CourtCode(
                id="code", event_id=EVENT, court_id=-1, code_hash="0" * 64, key_id="k",
                created_at=0, expires_at=expires_at,
            )
        )  # fmt: skip
        await tx.session.flush()
        tx.session.add(CourtSignIn(session_id=device.claims.sid, code_id="code", signed_in_at=0))


async def test_a_revoked_code_ends_what_it_began_at_once(db: Database, device: Device) -> None:
    await at_court(db, device, now_ms() + 60_000)
    assert (await device.ask_twice()).court is not None
    async with db.write() as tx:
        await tx.session.exec(update(CourtCode).values(revoked_at=1))
    assert await device.ask() is None


async def test_a_code_ends_on_time_though_it_is_remembered(db: Database, device: Device) -> None:
    soon = now_ms() + 60_000
    await at_court(db, device, soon)
    await device.ask_twice()
    assert await device.ask(soon - 1) is not None
    assert await device.ask(soon) is None


async def test_points_do_not_make_it_forget(db: Database, device: Device) -> None:
    await device.ask_twice()
    before = len(device.reads)
    async with db.write() as tx:
        await tx.session.exec(update(Event).values(seq=7))
        tx.session.add(
            Claim(event_id=EVENT, match_id=FIRST, fence=1, claimed_at=0, expires_at=1, seq=7)
        )
    await device.ask()
    assert len(device.reads) == before


async def test_what_is_rolled_back_changes_nothing(db: Database, device: Device) -> None:
    await device.ask_twice()

    async def fail() -> None:
        async with db.write() as tx:
            await tx.session.exec(update(User).values(display_name="Kim"))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert (await device.ask_twice()).display_name == "Jo"


async def test_an_answer_read_before_a_change_is_not_kept_after_it(
    db: Database, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in = standing.signed_in

    async def overtaken(*asked: Any) -> list[Person]:
        found = await signed_in(*asked)
        await end_session(db, device.claims.sid, now=now_ms())
        return found

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(known_sessions, "signed_in", overtaken)
        assert await device.ask() is not None, "asked before the end"
    assert await device.ask() is None


async def test_another_process_is_believed_within_two_seconds(
    db: Database, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    await device.ask_twice()
    elsewhere = Database(db.url)
    await end_session(elsewhere, device.claims.sid, now=now_ms())
    await elsewhere.close()
    assert known_sessions.SECONDS <= 2
    later = time.monotonic() + known_sessions.SECONDS
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert await device.ask() is None


async def test_a_token_speaks_for_its_own_person_only(db: Database, device: Device) -> None:
    await device.ask_twice()
    other = await sign_in_guest(db, KEYS, display_name="Sam", device="")
    mixed = msgspec.structs.replace(device.claims, sub=claims_of(KEYS, other.token).sub)
    assert await device.known.person_of(mixed, now_ms()) is None


async def test_it_remembers_a_bounded_number(
    db: Database, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_sessions, "MOST", 3)
    tokens = [
        (await sign_in_guest(db, KEYS, display_name=f"G{number}", device="")).token
        for number in range(5)
    ]
    for token in tokens:
        assert await device.known.person_of(claims_of(KEYS, token), now_ms())
        assert len(device.known._known) <= 3
