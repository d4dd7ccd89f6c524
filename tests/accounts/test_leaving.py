"""Everything held about me is mine to see, and goes when I go; the scores stay, without a name."""

import json

import httpx
import pytest
from sqlmodel import select

from courtsync_web.accounts import leaving
from courtsync_web.accounts.belongings import BELONGINGS
from courtsync_web.accounts.models import Session, User
from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.events.models import Event
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.models import Hold, Score, ScoreUpdate
from courtsync_web.scoring.queries import claim_of, score_of
from tests.accounts.conftest import JO, Phone
from tests.accounts.test_api import code
from tests.accounts.test_guests import score_as, whose
from tests.world import EVENT, FIRST, OWNER, SECOND, Bell, build_world

PASSWORD = {"password": JO["password"]}


@pytest.fixture
async def scorer(db: Database, phone: Phone) -> Person:
    """Jo, who has an account, has kept score, holds one match and asks for another."""
    await build_world(db)
    await phone.register()
    jo = Person(phone.person_id, "Jo", "spectator", JO["email"])
    claims = Claims(db, Bell())
    await score_as(db, jo)
    await claims.claim(EVENT, FIRST, jo)
    await claims.claim(EVENT, SECOND, OWNER)
    await claims.ask_takeover(EVENT, SECOND, jo)
    claims.close()
    return jo


async def test_the_export_holds_all_that_is_kept(phone: Phone, scorer: Person) -> None:
    answer = await phone.ask("GET", "/api/me/export")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith("attachment")
    held = answer.json()
    assert held["person"]["email"] == JO["email"]
    assert {one.name for one in BELONGINGS} < set(held)
    for kind in ("devices", "scores", "scoreUpdates", "claims", "claimsHeld", "takeoversAskedFor",
                 "verdicts", "conflicts"):  # fmt: skip
        assert len(held[kind]) == 1, kind
    assert held["events"] == []


async def test_the_export_holds_nobody_else_and_nothing_that_lets_one_in(
    phone: Phone, scorer: Person
) -> None:
    text = (await phone.ask("GET", "/api/me/export")).text
    assert str(OWNER.email) not in text
    for secret in (phone.token, phone.refresh_token, "argon2", "Hash"):
        assert str(secret) not in text
    assert all(OWNER.id != value for value in flat(json.loads(text)))


def flat(value: object) -> list[object]:
    """Every plain value in a document."""
    if isinstance(value, dict):
        return [inner for item in value.values() for inner in flat(item)]
    if isinstance(value, list):
        return [inner for item in value for inner in flat(item)]
    return [value]


async def test_nobody_has_nothing_to_export(phone: Phone) -> None:
    assert code(await phone.ask("GET", "/api/me/export")) == (401, "sign-in-required")


async def test_erased_scores_stay_and_name_nobody(
    db: Database, phone: Phone, scorer: Person
) -> None:
    assert (await phone.ask("DELETE", "/api/me", PASSWORD)).status_code == 204
    async with db.read() as session:
        score = await score_of(session, EVENT, FIRST)
        assert score
        assert score.last_updated_by is None
        assert await session.get(User, scorer.id) is None
        assert (await session.exec(select(Session).where(Session.user_id == scorer.id))).all() == []
    for table in (Score, ScoreUpdate):
        assert await whose(db, table, "author_id") == {None}
    assert scorer.id not in await whose(db, Hold, "holder_id")


async def test_erased_claims_are_free_and_everyone_hears_of_it(
    db: Database, scorer: Person
) -> None:
    bell = Bell()
    await leaving.erase(db, bell, scorer, JO["password"])
    async with db.read() as session:
        first = await claim_of(session, EVENT, FIRST, now_ms())
        second = await claim_of(session, EVENT, SECOND, now_ms())
    assert (first.claimed, second.claimed_by, second.takeover) == (False, OWNER.id, None)
    assert sorted(seq for _, seq in bell.rings) == sorted((first.seq, second.seq))


async def test_the_erased_are_signed_out_everywhere(phone: Phone, other_phone: Phone) -> None:
    await phone.register()
    await other_phone.sign_in()
    await phone.ask("DELETE", "/api/me", PASSWORD)
    for device in (phone, other_phone):
        assert code(await device.ask("GET", "/api/me")) == (401, "session-ended")
        assert code(await device.refresh()) == (401, "token-invalid")
    assert code(await phone.sign_in()) == (401, "bad-credentials")
    assert (await phone.register()).status_code == 201, "the address is free again"


async def test_the_cookies_go_too(web: httpx.AsyncClient) -> None:
    await web.post("/api/auth/guest", json={})
    answer = await web.request("DELETE", "/api/me")
    assert answer.status_code == 204
    assert not web.cookies


async def test_a_wrong_password_erases_nothing(phone: Phone) -> None:
    await phone.register()
    refusal = await phone.ask("DELETE", "/api/me", {"password": "guess the word"})
    assert code(refusal) == (401, "bad-credentials")
    assert (await phone.ask("GET", "/api/me")).status_code == 200


async def test_a_program_erases_with_its_token_alone(phone: Phone) -> None:
    await phone.register()
    assert (await phone.ask("DELETE", "/api/me")).status_code == 204


async def test_a_cookie_alone_is_not_enough(web: httpx.AsyncClient) -> None:
    person = {"email": "kim@example.org", "password": "correct horse"}
    await web.post("/api/auth/register", json=person)
    assert code(await web.request("DELETE", "/api/me")) == (401, "bad-credentials")
    answer = await web.request("DELETE", "/api/me", json={"password": "correct horse"})
    assert answer.status_code == 204


async def test_guessing_at_it_takes_longer_and_longer(phone: Phone) -> None:
    await phone.register()
    for _ in range(7):
        answer = await phone.ask("DELETE", "/api/me", {"password": "guess"})
    assert code(answer) == (429, "rate-limited")


async def test_an_event_does_not_lose_its_organizer(
    db: Database, phone: Phone, scorer: Person
) -> None:
    async with db.write() as tx:
        event = await tx.session.get_one(Event, EVENT)
        event.owner_id = scorer.id
        tx.session.add(event)
    refusal = await phone.ask("DELETE", "/api/me", PASSWORD)
    assert code(refusal) == (409, "owns-events")
    assert refusal.json()["events"] == [{"eventId": EVENT, "name": "Lakeside Winter Classic"}]
    assert (await phone.ask("GET", "/api/me")).status_code == 200


async def test_erasing_is_whole_or_not_at_all(db: Database, scorer: Person) -> None:
    with pytest.raises(Problem):
        await leaving.erase(db, Bell(), scorer, "guess")
    async with db.read() as session:
        claim = await claim_of(session, EVENT, FIRST, now_ms())
    assert claim.claimed_by == scorer.id
