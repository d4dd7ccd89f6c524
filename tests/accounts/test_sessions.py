"""Tokens over time: they expire, rotate, end, and a copied one is noticed."""

import asyncio

import httpx
import jwt
import msgspec
import pytest

from courtsync_web.accounts import sessions, tokens
from courtsync_web.accounts.models import Session
from courtsync_web.accounts.tokens import Keys, TokenFault
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from tests.accounts.conftest import Phone
from tests.accounts.test_api import code

HOUR = 3_600_000


async def test_a_refresh_token_buys_the_next_pair(phone: Phone) -> None:
    await phone.register()
    answer = await phone.refresh()
    assert answer.status_code == 200
    assert set(answer.json()) == {"token", "refreshToken"}
    assert answer.json()["refreshToken"] != phone.refresh_token
    phone.token = answer.json()["token"]
    assert (await phone.ask("GET", "/api/me")).status_code == 200


async def test_a_phone_that_lost_the_answer_asks_again_with_the_former_token(
    phone: Phone,
) -> None:
    await phone.register()
    lost = (await phone.refresh()).json()["refreshToken"]
    again = (await phone.refresh()).json()["refreshToken"]
    assert again == lost, "both answers must name the one successor"
    assert (await phone.refresh(again)).status_code == 200


async def test_two_tabs_that_refresh_at_once_both_stay_signed_in(phone: Phone) -> None:
    await phone.register()
    one, two = await asyncio.gather(phone.refresh(), phone.refresh())
    for tab in (one, two):
        successor = tab.json()["refreshToken"]
        assert (await phone.refresh(successor)).status_code == 200


async def test_once_the_successor_was_used_the_former_ends_the_session(phone: Phone) -> None:
    await phone.register()
    first = phone.refresh_token
    second = (await phone.refresh(first)).json()["refreshToken"]
    third = (await phone.refresh(second)).json()
    assert code(await phone.refresh(first)) == (401, "token-reused")
    assert code(await phone.refresh(third["refreshToken"])) == (401, "session-ended")
    phone.token = third["token"]
    assert code(await phone.ask("GET", "/api/me")) == (401, "session-ended")


async def test_a_copied_token_ends_only_its_own_family(phone: Phone, other_phone: Phone) -> None:
    await phone.register()
    await other_phone.sign_in()
    first = phone.refresh_token
    second = (await phone.refresh(first)).json()["refreshToken"]
    await phone.refresh(second)
    await phone.refresh(first)
    assert (await other_phone.ask("GET", "/api/me")).status_code == 200


async def test_a_made_up_refresh_token_is_nobodys(db: Database, keys: Keys) -> None:
    shaped = f"{'0' * 32}.{'A' * 43}"
    for made_up in ("", "x", "x.y", "é", "." * 5000, "\0", shaped, f"{shaped}\n"):
        with pytest.raises(Problem) as refusal:
            await sessions.refresh(db, keys, made_up, now=now_ms())
        assert (refusal.value.status, refusal.value.code) == (401, "token-invalid")


async def test_without_any_token_there_is_nothing_to_refresh(web: httpx.AsyncClient) -> None:
    assert code(await web.post("/api/auth/refresh")) == (401, "sign-in-required")


async def test_an_idle_session_ends(db: Database, keys: Keys, phone: Phone) -> None:
    await phone.register()
    after_a_season = now_ms() + (sessions.IDLE_DAYS * 24 + 1) * HOUR
    with pytest.raises(Problem) as refusal:
        await sessions.refresh(db, keys, phone.refresh_token, now=after_a_season)
    assert refusal.value.code == "session-ended"


async def test_only_hashes_are_kept(db: Database, phone: Phone) -> None:
    await phone.register()
    async with db.read() as session:
        row = await session.get(Session, tokens.session_of(phone.refresh_token))
    assert row
    assert row.token_hash == tokens.token_hash(phone.refresh_token)
    assert phone.refresh_token.partition(".")[2] not in repr(row)


async def test_signing_out_ends_the_device_and_no_other(phone: Phone, other_phone: Phone) -> None:
    await phone.register()
    await other_phone.sign_in()
    assert (await phone.ask("POST", "/api/auth/logout")).status_code == 204
    assert code(await phone.ask("GET", "/api/me")) == (401, "session-ended")
    assert code(await phone.refresh()) == (401, "session-ended")
    assert (await other_phone.ask("GET", "/api/me")).status_code == 200


async def test_signing_out_as_nobody_is_no_error(phone: Phone) -> None:
    assert (await phone.ask("POST", "/api/auth/logout")).status_code == 204


async def test_an_expired_token_says_so_and_still_watches(phone: Phone, keys: Keys) -> None:
    await phone.register()
    session_id = tokens.session_of(phone.refresh_token)
    phone.token = tokens.access_token(
        keys,
        person_id=phone.person_id,
        role="spectator",
        session_id=session_id,
        now=now_ms() - 25 * HOUR,
    )
    assert code(await phone.ask("GET", "/api/me")) == (401, "token-expired")
    assert (await phone.ask("POST", "/api/auth/logout")).status_code == 204


def signed(keys: Keys, **changes: object) -> str:
    """A token as we sign it, except for what ``changes`` says."""
    issued = now_ms() // 1000
    claims = {
        "sub": "a", "role": "spectator", "sid": "b", "jti": "c", "iat": issued,
        "exp": issued + 60,
    } | changes  # fmt: skip
    present = {name: value for name, value in claims.items() if value is not None}
    key_id, secret = keys.newest
    return jwt.encode(present, secret, algorithm="HS256", headers={"kid": key_id})


def test_a_token_of_ours_is_read(keys: Keys) -> None:
    claims = tokens.read_access_token(keys, signed(keys))
    assert isinstance(claims, tokens.Claims)
    assert claims.sub == "a"


def test_a_token_that_was_read_before_still_runs_out(keys: Keys) -> None:
    ended = now_ms() // 1000 - 1
    token = signed(keys, exp=ended)
    keys.seen[token] = msgspec.structs.replace(read(keys, signed(keys)), exp=ended)
    assert tokens.read_access_token(keys, token) is TokenFault.EXPIRED


def test_the_tokens_remembered_are_bounded(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_SEEN", 3)
    for number in range(8):
        read(keys, signed(keys, jti=str(number)))
        assert len(keys.seen) <= 3


def read(keys: Keys, token: str) -> tokens.Claims:
    claims = tokens.read_access_token(keys, token)
    assert isinstance(claims, tokens.Claims)
    return claims


@pytest.mark.parametrize("claim", ["sub", "role", "sid", "jti", "iat", "exp"])
def test_a_token_without_one_of_its_claims_is_none(keys: Keys, claim: str) -> None:
    token = signed(keys, **{claim: None})
    assert tokens.read_access_token(keys, token) is TokenFault.INVALID


def test_tokens_signed_otherwise_are_none(keys: Keys) -> None:
    other = Keys.of(b"another key, long enough as well, for SHA-256")
    payload = jwt.decode(signed(keys), options={"verify_signature": False})
    key_id, secret = keys.newest
    header = {"kid": key_id}
    for token in (
        signed(other),
        jwt.encode(payload, "", algorithm="none", headers=header),
        jwt.encode(payload, secret * 2, algorithm="HS512", headers=header),
        jwt.encode(payload, secret, algorithm="HS256"),
        jwt.encode(payload, secret, algorithm="HS256", headers={"kid": "elsewhere"}),
        signed(keys)[:-4] + "AAAA",
        "a.b.c",
        "é",
        "." * 9000,
    ):
        assert tokens.read_access_token(keys, token) is TokenFault.INVALID


def test_a_former_key_still_verifies(keys: Keys) -> None:
    (former,) = keys.by_id.values()
    both = Keys.of(b"a new key that signs from today on, 32+", former)
    assert isinstance(tokens.read_access_token(both, signed(keys)), tokens.Claims)
    assert both.newest != keys.newest
