"""Accounts from outside, as the contract has them."""

from typing import Any

import httpx
import jwt
import pytest

from courtsync_web.accounts.actions import create_user
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from tests.accounts.conftest import JO, Phone


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and machine code of a refusal."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["code"]


async def test_registering_signs_in(phone: Phone) -> None:
    answer = await phone.register(role="coach")
    assert answer.status_code == 201
    assert answer.json()["user"] == {
        "id": phone.person_id,
        "email": "jo@example.org",
        "displayName": "Jo",
        "role": "coach",
    }
    me = await phone.ask("GET", "/api/me")
    assert (me.status_code, me.json()) == (200, answer.json()["user"])


async def test_the_access_token_says_what_the_contract_says(phone: Phone) -> None:
    await phone.register()
    assert phone.token
    claims = jwt.decode(phone.token, options={"verify_signature": False})
    assert {"sub", "role", "iat", "exp", "jti", "sid"} == set(claims)
    assert (claims["sub"], claims["role"]) == (phone.person_id, "spectator")
    assert claims["exp"] - claims["iat"] == 24 * 3600
    assert jwt.get_unverified_header(phone.token)["alg"] == "HS256"


async def test_the_same_address_twice_is_taken(phone: Phone, other_phone: Phone) -> None:
    await phone.register()
    assert code(await other_phone.register(email=" JO@Example.org ")) == (409, "email-taken")


async def test_all_bad_fields_are_named_at_once(phone: Phone) -> None:
    answer = await phone.register(email="jo", password="short", displayName=" ")
    assert [error["pointer"] for error in answer.json()["errors"]] == [
        "/email",
        "/password",
        "/displayName",
    ]


async def test_a_body_of_another_shape_is_refused(phone: Phone) -> None:
    bodies: list[Any] = [
        {},
        {"email": "jo@example.org"},
        {"email": 7, "password": "correct horse"},
        JO | {"isAdmin": True},
        JO | {"role": "king"},
        [],
    ]
    for body in bodies:
        answer = await phone.ask("POST", "/api/auth/register", body)
        assert code(answer) == (400, "validation"), body


async def test_an_organizer_is_granted_and_not_chosen(phone: Phone) -> None:
    assert code(await phone.register(role="organizer")) == (403, "role-granted")


async def test_an_unnamed_account_gives_its_address_away_to_nobody(phone: Phone) -> None:
    answer = await phone.register(displayName=None)
    assert answer.json()["user"]["displayName"].startswith("Spectator ")


async def test_signing_in_again(phone: Phone, other_phone: Phone) -> None:
    await phone.register()
    answer = await other_phone.sign_in(email="Jo@Example.org")
    assert answer.status_code == 200
    assert other_phone.person_id == phone.person_id
    assert other_phone.refresh_token != phone.refresh_token


async def test_unknown_address_and_wrong_password_answer_alike(phone: Phone) -> None:
    await phone.register()
    wrong = await phone.sign_in(password="correct horsf")
    unknown = await phone.sign_in(email="nobody@example.org")
    assert code(wrong) == (401, "bad-credentials")
    assert wrong.json() == unknown.json()


async def test_an_address_of_no_shape_is_unknown_like_any_other(phone: Phone) -> None:
    for email in ("jo", "jo\0@example.org", ""):
        assert code(await phone.sign_in(email=email)) == (401, "bad-credentials")


async def test_a_body_as_large_as_no_form_is_refused(phone: Phone) -> None:
    answer = await phone.ask("POST", "/api/auth/guest", {"displayName": "J" * 20_000})
    assert code(answer) == (413, "too-large")


async def test_half_a_character_is_not_json(web: httpx.AsyncClient) -> None:
    answer = await web.post(
        "/api/auth/login",
        content=rb'{"email": "\ud800@example.org", "password": "correct horse"}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 400


async def test_a_huge_password_is_wrong_like_any_other(phone: Phone) -> None:
    await phone.register()
    assert code(await phone.sign_in(password="p" * 999)) == (401, "bad-credentials")


async def test_only_json_signs_anybody_in(web: httpx.AsyncClient) -> None:
    for path in ("register", "login", "guest", "refresh", "logout"):
        answer = await web.post(
            f"/api/auth/{path}", content=b"{}", headers={"Content-Type": "text/plain"}
        )
        assert code(answer) == (415, "unsupported-media-type"), path
    form = await web.post("/api/auth/guest", data={"displayName": "Jo"})
    assert code(form) == (415, "unsupported-media-type")


async def test_a_guest_is_a_spectator_without_an_address(phone: Phone) -> None:
    answer = await phone.become_guest(displayName="  Sam ")
    assert answer.status_code == 201
    user = answer.json()["user"]
    assert (user["email"], user["displayName"], user["role"]) == (None, "Sam", "spectator")


async def test_a_guest_needs_no_body_at_all(web: httpx.AsyncClient) -> None:
    answer = await web.post("/api/auth/guest")
    assert answer.status_code == 201
    assert answer.json()["user"]["displayName"].startswith("Guest ")


async def test_a_guest_who_registers_stays_the_same_person(phone: Phone) -> None:
    await phone.become_guest(displayName="Sam")
    guest_id, guest_token = phone.person_id, phone.token
    await phone.register(displayName=None, role="media")
    me = (await phone.ask("GET", "/api/me")).json()
    assert me == {
        "id": guest_id,
        "email": "jo@example.org",
        "displayName": "Sam",
        "role": "media",
    }
    phone.token = guest_token
    assert code(await phone.ask("GET", "/api/me")) == (401, "session-ended")


async def test_a_guest_whose_wish_is_taken_stays_a_guest(phone: Phone, other_phone: Phone) -> None:
    await other_phone.register()
    await phone.become_guest(displayName="Sam")
    assert code(await phone.register()) == (409, "email-taken")
    me = (await phone.ask("GET", "/api/me")).json()
    assert (me["displayName"], me["email"]) == ("Sam", None)


async def test_an_account_that_registers_makes_another(phone: Phone) -> None:
    await phone.register()
    first = phone.person_id
    await phone.register(email="sam@example.org")
    assert phone.person_id != first


async def test_changing_oneself(phone: Phone) -> None:
    await phone.register()
    answer = await phone.ask("PATCH", "/api/me", {"displayName": " Jo B. ", "role": "media"})
    assert (answer.json()["displayName"], answer.json()["role"]) == ("Jo B.", "media")
    assert (await phone.ask("PATCH", "/api/me", {})).json() == answer.json()
    assert (await phone.ask("GET", "/api/me")).json() == answer.json()


async def test_nobody_makes_themselves_an_organizer(phone: Phone) -> None:
    await phone.register()
    assert code(await phone.ask("PATCH", "/api/me", {"role": "organizer"})) == (403, "role-granted")


async def test_an_organizer_keeps_the_granted_role(db: Database, phone: Phone) -> None:
    await create_user(db, email=JO["email"], password=JO["password"], role="organizer")
    await phone.sign_in()
    assert code(await phone.ask("PATCH", "/api/me", {"role": "coach"})) == (403, "role-granted")
    named = await phone.ask("PATCH", "/api/me", {"displayName": "Desk", "role": "organizer"})
    assert (named.json()["displayName"], named.json()["role"]) == ("Desk", "organizer")


async def test_nobody_has_no_me(phone: Phone) -> None:
    answer = await phone.ask("GET", "/api/me")
    assert code(answer) == (401, "sign-in-required")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_making_a_user_by_hand_refuses_what_registering_refuses(db: Database) -> None:
    with pytest.raises(Problem) as refusal:
        await create_user(db, email="jo", password="x", role="organizer")
    assert [error.pointer for error in refusal.value.errors] == ["/email", "/password"]
