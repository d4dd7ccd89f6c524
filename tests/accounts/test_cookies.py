"""A browser is signed in by cookies that no script reads and no other site can use."""

from http.cookies import Morsel, SimpleCookie

import httpx

from courtsync_web.accounts.models import Session
from courtsync_web.db import Database
from tests.accounts.conftest import JO


def cookies_of(answer: httpx.Response) -> dict[str, Morsel[str]]:
    jar: SimpleCookie = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        jar.load(header)
    return dict(jar)


async def test_both_cookies_are_locked_down(web: httpx.AsyncClient) -> None:
    cookies = cookies_of(await web.post("/api/auth/register", json=JO))
    access, refresh = cookies["courtsync"], cookies["courtsync_refresh"]
    for cookie in (access, refresh):
        assert cookie["httponly"]
        assert cookie["samesite"].lower() == "lax"
        assert not cookie["secure"], "on plain http a secure cookie would be dropped"
    assert (access["path"], access["max-age"]) == ("/", "86400")
    assert (refresh["path"], refresh["max-age"]) == ("/", str(90 * 86400))


async def test_on_https_they_are_secure(web: httpx.AsyncClient) -> None:
    answer = await web.post("https://courtsync.test/api/auth/guest", json={})
    assert all(cookie["secure"] for cookie in cookies_of(answer).values())


async def test_a_browser_lives_on_its_cookies_alone(web: httpx.AsyncClient) -> None:
    await web.post("/api/auth/register", json=JO)
    assert (await web.get("/api/me")).json()["email"] == JO["email"]
    assert (await web.post("/api/auth/refresh")).status_code == 200
    assert (await web.get("/api/me")).status_code == 200


async def test_signing_out_takes_the_cookies_away(web: httpx.AsyncClient) -> None:
    await web.post("/api/auth/register", json=JO)
    assert (await web.post("/api/auth/logout")).status_code == 204
    assert not web.cookies
    assert (await web.get("/api/me")).json()["code"] == "sign-in-required"


async def test_signing_out_works_when_only_the_refresh_cookie_is_left(
    web: httpx.AsyncClient, db: Database
) -> None:
    await web.post("/api/auth/register", json=JO)
    session_id = web.cookies["courtsync_refresh"].partition(".")[0]
    web.cookies.delete("courtsync")
    await web.post("/api/auth/logout")
    async with db.read() as session:
        row = await session.get(Session, session_id)
    assert row
    assert row.revoked_at


async def test_a_bearer_token_counts_before_the_cookie(web: httpx.AsyncClient) -> None:
    await web.post("/api/auth/register", json=JO)
    answer = await web.get("/api/me", headers={"Authorization": "Bearer nonsense"})
    assert answer.json()["code"] == "token-invalid"


async def test_no_cache_keeps_a_sign_in(web: httpx.AsyncClient) -> None:
    for answer in (await web.post("/api/auth/register", json=JO), await web.get("/api/me")):
        assert answer.headers["cache-control"] == "no-store"
