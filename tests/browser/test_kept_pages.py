"""Without a network pages seen once open again with their age, and nobody else's are there."""

import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.facts import KEPT, KEPT_HERE, fact, visit
from tests.browser.gate import Gate
from tests.browser.scorers import EVENT, Scorer, an_unscored_match
from tests.browser.visitors import Complaints, Visitors
from tests.servers.app import Server

KNOWN_MATCHES = """() => new Promise((resolve) => {
  const asked = indexedDB.open("courtsync");
  asked.onsuccess = () => {
    const count = asked.result.transaction("known").objectStore("known").count();
    count.onsuccess = () => { asked.result.close(); resolve(count.result); };
  };
})"""


@pytest_asyncio.fixture(loop_scope="session")
async def scorer(phone: Page, hall: Server) -> Scorer:
    """Robin, who has just claimed a match."""
    robin = Scorer(phone, an_unscored_match(hall))
    await robin.keep_score()
    return robin


async def test_a_match_seen_once_opens_offline_with_its_newest_score_and_its_age(
    scorer: Scorer, spectator: Page, gate: Gate
) -> None:
    match = f"/events/{EVENT}/matches/{scorer.match_id}"
    await visit(spectator, match)
    await scorer.point(1, 3)
    await scorer.is_sent()
    digits = spectator.locator('[data-digits="1"]')
    await expect(digits).to_have_text("3")
    # What the stream brought is written a moment later.
    await fact(spectator, KEPT_HERE, [scorer.match_id, 3])
    await gate.cut()
    await spectator.reload()
    await expect(digits).to_have_text("3")
    await expect(spectator.locator(".board .connection")).to_contain_text("Offline · score from")
    await expect(spectator.locator("#kept")).to_contain_text("No connection. This page is from")
    loaded = await spectator.evaluate("performance.timeOrigin")
    await gate.restore()
    await spectator.evaluate("dispatchEvent(new Event('online'))")
    await scorer.point(1)
    await expect(digits).to_have_text("4")
    await expect(spectator.locator("#kept")).to_be_hidden()
    assert await spectator.evaluate("performance.timeOrigin") == loaded, "healed without a reload"


async def test_the_event_opens_offline_too_and_the_rest_says_what_still_works(
    scorer: Scorer, gate: Gate
) -> None:
    page = scorer.page
    await visit(page, f"/events/{EVENT}")
    await visit(page, scorer.address)
    await scorer.is_in("play")
    await gate.cut()
    await scorer.point(1, 2)
    await scorer.waits(2, "offline")
    await page.goto(f"/events/{EVENT}")
    await expect(page.locator("#kept")).to_be_visible()
    mine = page.locator(f'[data-match="{scorer.match_id}"] [data-set="1"][data-team="1"]')
    await expect(mine).to_have_text("2")
    await page.goto(f"/events/{EVENT}/teams/999999")
    await expect(page.locator("h1")).to_have_text("You are offline")
    await expect(page.locator("#waiting")).to_contain_text("2 points wait on this phone, the first")
    await expect(page.get_by_role("heading", level=2)).to_have_text(["Score a match", "Events"])
    await page.locator("#kept-pages a", has_text="–").click()
    await scorer.is_in("play")
    await scorer.shows(2, 0)


async def test_one_persons_pages_are_never_shown_to_another(
    scorer: Scorer, gate: Gate, visitors: Visitors
) -> None:
    page = scorer.page
    await visit(page, f"/events/{EVENT}")
    await fact(page, f"async () => await ({KNOWN_MATCHES})() > 0")
    await page.goto("/settings")
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.locator("h1")).to_have_text("Which tournament?")
    assert f"/events/{EVENT}" not in await page.evaluate(KEPT)
    await fact(page, f"async () => await ({KNOWN_MATCHES})() === 0")
    await visit(page, "/")
    await scorer.sign_in("Casey")  # by a program: no page of the browser was told
    await visit(page, "/practice")
    assert await page.evaluate(KEPT) == ["/practice"]
    await gate.cut()
    await page.goto("/")
    await expect(page.locator("h1")).to_have_text("You are offline")


async def test_a_network_that_swallows_requests_does_not_hold_the_page_back(
    phone: Page, gate: Gate
) -> None:
    await visit(phone, f"/events/{EVENT}")
    gate.swallow()
    await phone.goto(f"/events/{EVENT}")
    await expect(phone.locator("#kept")).to_be_visible()


async def test_what_is_gone_or_private_to_the_desk_is_not_kept(
    scorer: Scorer, complaints: Complaints
) -> None:
    complaints.expect("40[34]")
    page = scorer.page
    await visit(page, "/practice")
    for path in ("/sign-in", "/account", f"/events/{EVENT}/organize", "/events/nowhere"):
        await page.goto(path)
    await visit(page, "/settings")
    assert set(await page.evaluate(KEPT)) <= {scorer.address, "/practice", "/settings"}
    cached = await page.evaluate(
        """async () => {
          const names = await caches.keys();
          const open = await Promise.all(names.map((name) => caches.open(name)));
          const all = await Promise.all(open.map((cache) => cache.keys()));
          return all.flat().map(({ url }) => new URL(url).pathname);
        }"""
    )
    assert not [path for path in cached if path.startswith(("/api", "/f/", "/live"))]
