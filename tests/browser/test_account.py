"""A guest who signs in to an account brings along what they did, also what was not sent yet."""

import re

import httpx
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.gate import Gate
from tests.browser.scorers import Scorer, an_unscored_match
from tests.servers.app import Server

SYNC = re.compile(r"/api/sync$")
PASSWORD = "correct horse staple"


@pytest_asyncio.fixture(loop_scope="session")
async def guest(phone: Page, hall: Server, gate: Gate) -> Scorer:
    """Robin, whose last three points are still on the phone."""
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
    await page.wait_for_function(
        """async ({ event, match }) => {
          const answer = await fetch(`/api/events/${event}/scores/${match}/history`);
          return answer.ok && (await answer.json()).total === 3;
        }""",
        arg={"event": "demo", "match": guest.match_id},
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
