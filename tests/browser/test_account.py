"""A guest who signs in to an account brings along what they did, also what was not sent yet."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest_asyncio
from playwright.async_api import Locator, Page, async_playwright, expect

from courtsync_web.accounts.signed_in import ACCESS_COOKIE
from tests.browser.chromium import chromium_program
from tests.browser.facts import fact
from tests.browser.gate import Gate
from tests.browser.scorers import WITHOUT_THE_WORKER, Scorer, an_unscored_match
from tests.browser.visitors import Complaints, Visitors
from tests.servers.app import Server

SYNC = re.compile(r"/api/sync$")
PASSWORD = "correct horse staple"
WHY_NOT_KEPT = """`the browser did not keep the page: ${JSON.stringify(
  performance.getEntriesByType("navigation")[0].notRestoredReasons)}`"""


@pytest_asyncio.fixture(loop_scope="session")
async def guest(phone: Page, hall: Server, gate: Gate) -> Scorer:
    """Robin, whose last three points are still on the phone."""
    await phone.context.add_init_script(f"({WITHOUT_THE_WORKER})()")
    robin = Scorer(phone, an_unscored_match(hall))
    await robin.keep_score()
    await gate.cut()
    await robin.point(1, 3)
    await robin.waits(3, "offline")
    return robin


def make_account(hall: Server, email: str) -> None:
    """An account that was there before."""
    entry = {"email": email, "password": PASSWORD, "displayName": "Casey"}
    httpx.post(f"{hall.url}/api/auth/register", json=entry).raise_for_status()


async def test_points_are_sent_before_the_guest_becomes_somebody_else(
    guest: Scorer, hall: Server, gate: Gate
) -> None:
    make_account(hall, "casey@example.org")
    page = await guest.page.context.new_page()
    await guest.page.close()
    await gate.restore()
    await page.goto("/sign-in")
    same = Scorer(page, guest.match_id)
    await fact(
        page,
        """async ({ event, match }) => {
          const answer = await fetch(`/api/events/${event}/scores/${match}/history`);
          return answer.ok && (await answer.json()).total === 3;
        }""",
        {"event": "demo", "match": guest.match_id},
    )
    await page.fill('form[action="/sign-in"] [name="email"]', "casey@example.org")
    await page.fill("#password", PASSWORD)
    await page.click('form[action="/sign-in"] button:not([type="button"])')
    await expect(page.locator("header .name")).to_have_text("Casey")
    await same.open()
    await same.is_in("play")
    await same.shows(3, 0)
    await same.point(1)
    await same.is_sent()
    score = await same.from_server()
    assert (score["revision"], score["lastUpdatedBy"]) == (4, "Casey")


async def test_as_long_as_points_wait_the_page_says_so(guest: Scorer, gate: Gate) -> None:
    page = await guest.page.context.new_page()
    await page.route(SYNC, lambda route: route.abort())
    await guest.page.close()
    await gate.restore()
    for path in ("/sign-in", "/account", "/account/erase"):
        await page.goto(path)
        await expect(page.locator("[data-unsent-of]")).to_be_visible()
    await page.unroute(SYNC)
    await page.reload()
    await expect(page.locator("[data-unsent-of]")).to_be_hidden()


async def test_the_warning_goes_when_another_tab_has_sent_the_points(
    guest: Scorer, gate: Gate
) -> None:
    leaving = await guest.page.context.new_page()
    await leaving.route(SYNC, lambda route: route.abort())
    await gate.restore()
    await leaving.goto("/account")
    await guest.network_is_back()
    await guest.is_sent()
    await expect(leaving.locator("[data-unsent-of]")).to_be_hidden()


async def with_an_account(phone: Page, hall: Server, email: str) -> Scorer:
    """Jo, who has just made an account and keeps the score of a match."""
    entry = {"email": email, "password": PASSWORD, "displayName": "Jo"}
    made = await phone.request.post("/api/auth/register", data=entry)
    assert made.ok, await made.text()
    jo = Scorer(phone, an_unscored_match(hall))
    await jo.open()
    await jo.control("claim").tap()
    await jo.is_in("play")
    return jo


async def history(scorer: Scorer) -> list[tuple[int, int]]:
    """The revisions that the server has, each with the first team's points."""
    path = f"/api/events/demo/scores/{scorer.match_id}/history"
    items = (await (await scorer.page.request.get(path)).json())["items"]
    return [(item["revision"], item["sets"][0]["team1Score"]) for item in items]


async def test_an_access_token_that_ran_out_on_the_way_is_renewed_without_a_question(
    phone: Page, hall: Server, gate: Gate, complaints: Complaints
) -> None:
    complaints.expect("401")
    jo = await with_an_account(phone, hall, "joan@example.org")
    await gate.cut()
    await jo.point(1, 4)
    await jo.waits(4, "offline")
    await phone.context.clear_cookies(name=ACCESS_COOKIE)
    await gate.restore()
    await jo.network_is_back()
    await jo.is_sent()
    assert await history(jo) == [(1, 1), (2, 2), (3, 3), (4, 4)]


async def test_a_sign_in_that_ended_while_away_parks_the_points_until_the_same_person_is_back(
    phone: Page, hall: Server, gate: Gate, complaints: Complaints
) -> None:
    complaints.expect("401")
    jo = await with_an_account(phone, hall, "jo@example.org")
    await gate.cut()
    await jo.point(1, 4)
    await jo.waits(4, "offline")
    await phone.context.clear_cookies()
    await gate.restore()
    await jo.network_is_back()
    await jo.waits(4, "attention")
    assert await jo.from_server() is None
    await phone.locator("text=Sign in to send 4 points").tap()
    await phone.locator("dialog[open] >> text=Sign in").last.tap()
    await phone.fill('form[action="/sign-in"] [name="email"]', "jo@example.org")
    await phone.fill("#password", PASSWORD)
    await phone.click('form[action="/sign-in"] button:not([type="button"])')
    await jo.is_in("play")
    await jo.shows(4, 0)
    await jo.is_sent()
    assert await history(jo) == [(1, 1), (2, 2), (3, 3), (4, 4)]


async def guest_of(page: Page, name: str) -> None:
    """Sign in behind the page's back, as another tab of the browser does it."""
    made = await page.request.post("/api/auth/guest", data={"displayName": name})
    assert made.ok


def shown_to(page: Page) -> Locator:
    """The name at the top."""
    return page.locator("header .name")


async def test_back_after_signing_in_is_ones_own_page_also_without_a_worker(
    visitors: Visitors,
) -> None:
    page = await visitors.arrive("without a worker", service_workers="block")
    await page.goto("/events/demo")
    await expect(shown_to(page)).to_have_count(0)
    await guest_of(page, "Robin")
    await page.goto("/settings")
    await page.go_back()
    await expect(page).to_have_url(re.compile("/events/demo$"))
    await expect(shown_to(page)).to_have_text("Robin")


async def test_a_page_that_back_brings_as_it_was_is_asked_for_anew_when_the_person_has_changed(
    hall: Server,
) -> None:
    async with with_pages_kept(hall) as page:
        await page.goto("/settings")
        await fact(page, "() => navigator.serviceWorker.controller !== null")
        await page.goto("/privacy")  # no stream ends here, which would put it out of that memory
        await page.evaluate("globalThis.asItWas = true")
        await there_and_back(page)
        assert await page.evaluate("globalThis.asItWas"), await page.evaluate(WHY_NOT_KEPT)
        await guest_of(page, "Robin")
        await there_and_back(page)
        await expect(shown_to(page)).to_have_text("Robin")


async def there_and_back(page: Page) -> None:
    """To another page, which has run all it has, and back; a page brought back never loads."""
    await page.goto("/settings")
    await page.wait_for_load_state("networkidle")
    await page.evaluate("history.back()")
    await page.wait_for_url("**/privacy", wait_until="commit")


@asynccontextmanager
async def with_pages_kept(hall: Server) -> AsyncIterator[Page]:
    """A browser that keeps left pages for Back, as people's do; the tests' one is told not to."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_program(),
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield await browser.new_page(base_url=hall.url)
        await browser.close()
