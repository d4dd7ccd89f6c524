"""The list of my devices, and signing them out."""

import pytest

from courtsync_web.accounts.devices import device_words, used_words
from tests.accounts.conftest import Phone
from tests.accounts.test_api import code

HOUR = 3_600_000
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML) Chrome/140.0 Safari/537.36"
EDGE = f"{CHROME} Edg/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Version/18.4 Safari/604.1"


async def devices(phone: Phone) -> list[dict[str, object]]:
    answer = await phone.ask("GET", "/api/me/devices")
    assert answer.headers["cache-control"] == "no-store"
    items: list[dict[str, object]] = answer.json()["items"]
    return items


async def test_every_device_is_listed_and_mine_comes_first(
    phone: Phone, other_phone: Phone
) -> None:
    await phone.register()
    await other_phone.sign_in()
    mine = await devices(phone)
    assert [one["current"] for one in mine] == [True, False]
    assert {one["id"] for one in mine} == {one["id"] for one in await devices(other_phone)}
    assert set(mine[0]) == {"id", "name", "signedInAt", "lastUsedAt", "current"}


async def test_one_device_is_signed_out(phone: Phone, other_phone: Phone) -> None:
    await phone.register()
    await other_phone.sign_in()
    other = (await devices(phone))[1]["id"]
    assert (await phone.ask("DELETE", f"/api/me/devices/{other}")).status_code == 204
    assert code(await other_phone.ask("GET", "/api/me")) == (401, "session-ended")
    assert code(await other_phone.refresh()) == (401, "session-ended")
    assert [one["current"] for one in await devices(phone)] == [True]
    assert code(await phone.ask("DELETE", f"/api/me/devices/{other}")) == (404, "not-found")


async def test_everywhere_else(phone: Phone, other_phone: Phone) -> None:
    await phone.register()
    await other_phone.sign_in()
    assert (await phone.ask("DELETE", "/api/me/devices")).status_code == 204
    assert code(await other_phone.ask("GET", "/api/me")) == (401, "session-ended")
    assert (await phone.ask("GET", "/api/me")).status_code == 200


async def test_nobody_signs_out_somebody_else(phone: Phone, other_phone: Phone) -> None:
    await phone.register()
    await other_phone.register(email="sam@example.org")
    theirs = (await devices(phone))[0]["id"]
    assert code(await other_phone.ask("DELETE", f"/api/me/devices/{theirs}")) == (404, "not-found")
    await other_phone.ask("DELETE", "/api/me/devices")
    assert (await phone.ask("GET", "/api/me")).status_code == 200


async def test_an_id_of_another_shape_is_refused(phone: Phone) -> None:
    await phone.register()
    for odd in ("%00", "x", "..%2fexport", "0" * 33):
        assert (await phone.ask("DELETE", f"/api/me/devices/{odd}")).status_code in {400, 404}


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Android"),
        (CHROME, "Chrome on Linux"),
        (EDGE, "Edge on Linux"),
        (SAFARI, "Safari on iPhone"),
        ("python-httpx/0.28.1", "python-httpx"),
        ("", "Unknown device"),
    ],
)
def test_a_device_in_words(agent: str, words: str) -> None:
    assert device_words(agent) == words


def test_the_last_use_in_words() -> None:
    now = 100 * 24 * HOUR
    assert used_words(now + HOUR, now) == "used just now", "another server's clock"
    assert used_words(now - HOUR, now) == "used 1 hour ago"
    assert used_words(now - 47 * HOUR, now) == "used 47 hours ago"
    assert used_words(now - 72 * HOUR, now) == "used 3 days ago"
