"""A new password: who may set it, and whom it signs out."""

import asyncio
from contextlib import suppress

from courtsync_web.accounts import actions
from courtsync_web.accounts.tokens import Keys
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.live.bus import MemoryBus
from tests.accounts.conftest import JO, Phone
from tests.accounts.test_api import code

CHANGE = {"current": JO["password"], "new": "battery staple"}


async def test_the_other_devices_are_signed_out(phone: Phone, other_phone: Phone) -> None:
    await phone.register()
    await other_phone.sign_in()
    assert (await phone.ask("POST", "/api/me/password", CHANGE)).status_code == 204
    assert (await phone.ask("GET", "/api/me")).status_code == 200
    assert code(await other_phone.refresh()) == (401, "session-ended")
    assert code(await other_phone.sign_in()) == (401, "bad-credentials")
    assert (await other_phone.sign_in(password="battery staple")).status_code == 200


async def test_without_the_present_password_nothing_changes(
    phone: Phone, other_phone: Phone
) -> None:
    await phone.register()
    await other_phone.sign_in()
    wrong = await phone.ask("POST", "/api/me/password", CHANGE | {"current": "guess the word"})
    assert code(wrong) == (401, "bad-credentials")
    assert (await other_phone.ask("GET", "/api/me")).status_code == 200
    assert (await other_phone.sign_in()).status_code == 200


async def test_guessing_at_the_present_password_takes_longer_and_longer(phone: Phone) -> None:
    await phone.register()
    for _ in range(7):
        wrong = await phone.ask("POST", "/api/me/password", CHANGE | {"current": "guess"})
    assert code(wrong) == (429, "rate-limited")
    assert 0 < int(wrong.headers["retry-after"]) <= 300


async def test_a_short_one_is_refused_by_name(phone: Phone) -> None:
    await phone.register()
    short = await phone.ask("POST", "/api/me/password", CHANGE | {"new": "short"})
    assert code(short) == (422, "validation")
    assert [error["pointer"] for error in short.json()["errors"]] == ["/new"]


async def test_a_guest_has_none(phone: Phone) -> None:
    await phone.become_guest(displayName="Sam")
    assert code(await phone.ask("POST", "/api/me/password", CHANGE)) == (403, "no-account")


async def test_nothing_else_can_be_set_with_it(phone: Phone) -> None:
    await phone.register()
    for more in ({"role": "organizer"}, {"email": "x@example.org"}, {"id": "0" * 32}):
        odd = await phone.ask("POST", "/api/me/password", CHANGE | more)
        assert code(odd) == (400, "validation")
        assert code(await phone.ask("PATCH", "/api/me", more | {"passwordHash": "x"}))[0] == 400


async def test_a_sign_in_that_was_under_way_does_not_bring_the_old_one_back(
    db: Database, keys: Keys, phone: Phone, other_phone: Phone
) -> None:
    await phone.register()

    async def sign_in() -> None:
        with suppress(Problem):
            await actions.sign_in(
                db, keys, MemoryBus(), email=JO["email"], password=JO["password"], device=""
            )

    under_way = asyncio.gather(*(sign_in() for _ in range(4)))
    assert (await phone.ask("POST", "/api/me/password", CHANGE)).status_code == 204
    await under_way
    assert code(await other_phone.sign_in()) == (401, "bad-credentials")
    assert (await other_phone.sign_in(password="battery staple")).status_code == 200
