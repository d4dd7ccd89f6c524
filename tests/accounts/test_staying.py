"""A browser that comes back after a day is still signed in, and no copied cookie is of use."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from courtsync_web.accounts import tokens
from courtsync_web.accounts.models import Session
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.settings import Settings

HOUR = 3_600_000
PAGE = "/account"
"""Shown to whoever is signed in; anybody else is sent to the sign-in page."""


@pytest.fixture
async def browser(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody's browser, signed in as the guest Sam."""
    transport = httpx.ASGITransport(app=cast(Any, app))
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as web:
        await web.post("/api/auth/guest", json={"displayName": "Sam"})
        yield web


@pytest.fixture
async def db(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.effective_database_url)
    yield database
    await database.close()


def later(browser: httpx.AsyncClient) -> None:
    """A day has passed: the browser has dropped the access cookie."""
    browser.cookies.delete("courtsync")


def with_cookies_of(browser: httpx.AsyncClient, refresh_token: str) -> dict[str, str]:
    return {"Cookie": f"courtsync_refresh={refresh_token}"}


async def test_the_page_knows_its_reader_after_a_day(browser: httpx.AsyncClient) -> None:
    before = browser.cookies["courtsync_refresh"]
    later(browser)
    page = await browser.get(PAGE)
    assert page.status_code == 200
    assert "Sam" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert browser.cookies["courtsync_refresh"] != before, "the token has moved on"
    assert (await browser.get("/api/me")).json()["displayName"] == "Sam"


async def test_a_page_for_everybody_is_not_kept_by_a_cache_when_it_brings_cookies(
    browser: httpx.AsyncClient,
) -> None:
    assert (await browser.get("/")).headers["cache-control"] == "private, no-cache"
    later(browser)
    assert (await browser.get("/")).headers["cache-control"] == "no-store"


async def test_an_old_access_cookie_is_renewed_and_a_young_one_left_alone(
    browser: httpx.AsyncClient, settings: Settings
) -> None:
    assert "set-cookie" not in (await browser.get(PAGE)).headers
    refresh_token = browser.cookies["courtsync_refresh"]
    me = (await browser.get("/api/me")).json()
    for hours in (2, 25):
        old = tokens.access_token(
            Keys.of(settings.secret_key.get_secret_value().encode()),
            person_id=me["id"],
            role="spectator",
            session_id=tokens.session_of(refresh_token),
            now=now_ms() - hours * HOUR,
        )
        browser.cookies.set("courtsync", old, domain="courtsync.test", path="/")
        page = await browser.get(PAGE)
        assert page.status_code == 200
        assert browser.cookies["courtsync"] != old


async def test_tabs_restored_at_once_all_stay_signed_in(browser: httpx.AsyncClient) -> None:
    later(browser)
    held = with_cookies_of(browser, browser.cookies["courtsync_refresh"])
    tabs = await asyncio.gather(*(browser.get(PAGE, headers=held) for _ in range(4)))
    assert [tab.status_code for tab in tabs] == [200] * 4
    assert len({tab.cookies["courtsync_refresh"] for tab in tabs}) == 1


async def test_a_page_left_before_it_arrived_costs_nothing(browser: httpx.AsyncClient) -> None:
    later(browser)
    held = with_cookies_of(browser, browser.cookies["courtsync_refresh"])
    browser.cookies.clear()
    for _ in range(3):  # the answers never reach the browser
        assert (await browser.get(PAGE, headers=held)).status_code == 200
        browser.cookies.clear()


async def test_a_copied_cookie_used_later_ends_the_sign_in_for_both(
    browser: httpx.AsyncClient,
) -> None:
    copied = with_cookies_of(browser, browser.cookies["courtsync_refresh"])
    for _ in range(2):
        later(browser)
        await browser.get(PAGE)
    owner = dict(browser.cookies)
    browser.cookies.clear()
    thief = await browser.get(PAGE, headers=copied)
    assert thief.status_code == 302
    assert thief.headers["location"].startswith("/sign-in")
    cookies = "; ".join(f"{name}={value}" for name, value in owner.items())
    assert (await browser.get(PAGE, headers={"Cookie": cookies})).status_code == 302


async def test_a_cookie_that_is_no_good_is_taken_away(browser: httpx.AsyncClient) -> None:
    browser.cookies.clear()
    for no_good in ("nonsense", f"{'0' * 32}.{'A' * 43}"):
        page = await browser.get("/", headers=with_cookies_of(browser, no_good))
        assert page.status_code == 200
        taken = page.headers.get_list("set-cookie")
        assert len(taken) == 2
        assert all("Max-Age=0" in one for one in taken)


async def test_programs_refresh_by_themselves(browser: httpx.AsyncClient) -> None:
    """The contract says so: 401, refresh, again. Nothing is rotated behind their back."""
    later(browser)
    before = browser.cookies["courtsync_refresh"]
    for path in ("/api/me", "/f/find?q=x", "/healthz", "/live/x.json"):
        assert "set-cookie" not in (await browser.get(path)).headers, path
    by_script = {"Sec-Fetch-Mode": "cors"}
    assert "set-cookie" not in (await browser.get("/", headers=by_script)).headers
    assert browser.cookies["courtsync_refresh"] == before


async def test_a_form_sent_from_an_old_page_counts(browser: httpx.AsyncClient) -> None:
    later(browser)
    same_origin = {"Origin": "http://courtsync.test", "Sec-Fetch-Mode": "navigate"}
    saved = await browser.post("/account", data={"name": "Samira"}, headers=same_origin)
    assert saved.status_code == 303
    assert (await browser.get("/api/me")).json()["displayName"] == "Samira"


async def test_signing_out_after_a_day_signs_out(browser: httpx.AsyncClient, db: Database) -> None:
    later(browser)
    session_id = tokens.session_of(browser.cookies["courtsync_refresh"])
    await browser.post("/sign-out", headers={"Origin": "http://courtsync.test"})
    assert not browser.cookies, "the renewed cookies must not outlive the sign-out"
    async with db.read() as session:
        row = await session.get(Session, session_id)
    assert row
    assert row.revoked_at
