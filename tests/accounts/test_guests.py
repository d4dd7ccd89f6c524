"""What a guest did becomes the account's, in one piece, and nobody else's ever does."""

from typing import Any

import pytest
from sqlmodel import SQLModel, select

from courtsync_web.accounts import actions, belongings
from courtsync_web.accounts.belongings import BELONGINGS
from courtsync_web.accounts.models import User
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.organizing.models import Member
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.models import Conflict, Hold, Score, ScoreUpdate, Verdict
from courtsync_web.scoring.queries import claim_of
from tests.accounts.conftest import JO
from tests.world import EVENT, FIRST, RIVAL, SAM, SECOND, Bell, build_world


@pytest.fixture
async def guest(db: Database, keys: Keys) -> Person:
    """Somebody in the small world who goes on with a name."""
    await build_world(db)
    return (await actions.sign_in_guest(db, keys, display_name="Robin", device="")).person


@pytest.fixture
async def jo(db: Database, guest: Person) -> Person:
    """An account that was there before."""
    return await actions.create_user(db, email=JO["email"], password=JO["password"], name="Jo")


async def sign_in(db: Database, keys: Keys, viewer: Person | None) -> Bell:
    bell = Bell()
    await actions.sign_in(
        db, keys, bell, email=JO["email"], password=JO["password"], device="", viewer=viewer
    )
    return bell


async def score_as(db: Database, guest: Person) -> None:
    """One row of every kind that a scorer leaves."""
    match: Any = {"event_id": EVENT, "match_id": FIRST}
    at: Any = {"happened_at": 1, "arrived_at": 1}
    async with db.write() as tx:
        tx.session.add_all([
            Score(**match, status="in-progress", sets=[], timeouts=[0, 0], warnings=[],
                  provenance="fan", revision=1, seq=1, changed_at=1, author_id=guest.id),
            ScoreUpdate(**match, **at, revision=1, seq=1, action="point", detail={}, state={},
                        author_id=guest.id),
            Verdict(event_id=EVENT, update_id="u", match_id=FIRST, author_id=guest.id,
                    body_hash="x", outcome="applied", created_at=1),
            Conflict(**match, **at, body={}, reason="older", won_revision=1, author_id=guest.id),
        ])  # fmt: skip


async def whose(db: Database, table: type[SQLModel], column: str) -> set[str | None]:
    async with db.read() as session:
        return {getattr(row, column) for row in await session.exec(select(table))}


async def test_signing_in_takes_everything_along(
    db: Database, keys: Keys, guest: Person, jo: Person
) -> None:
    await score_as(db, guest)
    await Claims(db, Bell()).claim(EVENT, FIRST, guest)
    bell = await sign_in(db, keys, guest)
    for table in (Score, ScoreUpdate, Verdict, Conflict):
        assert await whose(db, table, "author_id") == {jo.id}, table
    assert await whose(db, Hold, "holder_id") == {jo.id}
    async with db.read() as session:
        claim = await claim_of(session, EVENT, FIRST, now_ms())
        assert (claim.claimed_by, claim.claimed_by_name) == (jo.id, "Jo")
        assert await session.get(User, guest.id) is None
    assert bell.rings == [(EVENT, claim.seq)], "open pages hear whose claim it is now"


async def test_a_takeover_asked_for_is_asked_by_the_account(
    db: Database, keys: Keys, guest: Person, jo: Person
) -> None:
    claims = Claims(db, Bell())
    await claims.claim(EVENT, SECOND, RIVAL)
    await claims.ask_takeover(EVENT, SECOND, guest)
    await sign_in(db, keys, guest)
    async with db.read() as session:
        claim = await claim_of(session, EVENT, SECOND, now_ms())
    assert claim.takeover
    assert (claim.claimed_by, claim.takeover.by) == (RIVAL.id, jo.id)
    claims.close()


async def test_a_membership_that_both_have_is_the_accounts_own(
    db: Database, keys: Keys, guest: Person, jo: Person
) -> None:
    async with db.write() as tx:
        for user_id, role in ((guest.id, "scorer"), (jo.id, "coach")):
            tx.session.add(Member(event_id=EVENT, user_id=user_id, role=role, added_at=1))
    await sign_in(db, keys, guest)
    async with db.read() as session:
        members = list(await session.exec(select(Member)))
    assert [(one.user_id, one.role) for one in members] == [(jo.id, "coach")]


async def test_a_membership_that_only_the_guest_has_moves(
    db: Database, keys: Keys, guest: Person, jo: Person
) -> None:
    async with db.write() as tx:
        tx.session.add(Member(event_id=EVENT, user_id=guest.id, role="scorer", added_at=1))
    await sign_in(db, keys, guest)
    assert await whose(db, Member, "user_id") == {jo.id}


@pytest.mark.parametrize("viewer", [SAM, None])
async def test_an_account_is_never_taken_along(
    db: Database, keys: Keys, guest: Person, jo: Person, viewer: Person | None
) -> None:
    await score_as(db, SAM)
    await sign_in(db, keys, viewer)
    assert await whose(db, Score, "author_id") == {SAM.id}
    async with db.read() as session:
        assert await session.get(User, SAM.id)
        assert await session.get(User, guest.id)


async def test_who_only_says_that_they_are_a_guest_is_not_believed(
    db: Database, keys: Keys, guest: Person, jo: Person
) -> None:
    """The request's view of a person may be older than the account they have since made."""
    await score_as(db, SAM)
    await sign_in(db, keys, Person(SAM.id, "Sam", "spectator", email=None))
    assert await whose(db, Score, "author_id") == {SAM.id}


async def test_a_wrong_password_moves_nothing(
    db: Database, keys: Keys, guest: Person, jo: Person
) -> None:
    await score_as(db, guest)
    with pytest.raises(Exception, match="bad-credentials"):
        await actions.sign_in(
            db, keys, Bell(), email=JO["email"], password="guess", device="", viewer=guest
        )
    assert await whose(db, Score, "author_id") == {guest.id}


def test_every_column_that_names_a_person_is_in_the_list() -> None:
    named = {(one.rows.name, one.column) for one in BELONGINGS}
    in_schema = {
        (table.name, key.parent.name)
        for table in SQLModel.metadata.tables.values()
        for key in table.foreign_keys
        if key.target_fullname == "person.id"
    }
    assert named == in_schema, "add it to accounts/belongings.py"


def test_no_secret_is_exported() -> None:
    row = {"password_hash": "x", "token_hash": "x", "previous_hash": "x", "display_name": "Jo"}
    assert belongings.plain(row, "jo") == {"displayName": "Jo"}


def test_of_a_row_that_names_two_one_is_exported() -> None:
    row = {"holder_id": "sam", "asked_by_id": "jo", "fence": 3}
    assert belongings.plain(row, "jo") == {"askedById": "jo", "fence": 3}
