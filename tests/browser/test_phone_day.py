"""A day in a hall without a network: what was scored on the phone arrives once, in order."""

from pathlib import Path

import httpx
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, async_playwright, expect

from tests.browser.chromium import chromium_program
from tests.browser.facts import fact, visit
from tests.browser.gate import Gate
from tests.browser.scorers import EVENT, Scorer, an_unscored_match
from tests.browser.visitors import PHONE, Complaints
from tests.servers.app import Server

REMEMBERED = """async (event) => new Promise((resolve) => {
  const asked = indexedDB.open("courtsync");
  asked.onsuccess = () => {
    const all = asked.result.transaction("events").objectStore("events").get(event);
    all.onsuccess = () => { asked.result.close(); resolve(Boolean(all.result)); };
  };
})"""
READY = "async () => (await navigator.serviceWorker.ready) && Boolean(await caches.match('/pad'))"


@pytest_asyncio.fixture(loop_scope="session")
async def scorer(phone: Page, hall: Server) -> Scorer:
    """Robin, who has just claimed a match."""
    robin = Scorer(phone, an_unscored_match(hall))
    await robin.keep_score()
    return robin


async def test_sixty_rallies_offline_with_the_app_closed_and_reopened_arrive_once_in_order(
    gate: Gate, hall: Server, spectator: Page, tmp_path: Path
) -> None:
    async with async_playwright() as playwright:

        async def opened() -> BrowserContext:
            return await playwright.chromium.launch_persistent_context(
                str(tmp_path / "profile"),
                executable_path=chromium_program(),
                base_url=gate.url,
                **PHONE,  # type: ignore[arg-type]
            )

        app = await opened()
        robin = Scorer(app.pages[0], an_unscored_match(hall))
        await robin.keep_score()
        await fact(robin.page, READY)
        await spectator.goto(f"/events/{EVENT}/matches/{robin.match_id}")
        await gate.cut()
        await rallies(robin, range(20))
        await robin.shows(10, 10)  # what is shown is on the phone's disk
        await robin.page.reload()
        await robin.is_in("play")
        await rallies(robin, range(20, 40))
        await robin.shows(20, 20)
        await robin.waits(40, "offline")
        await app.close()
        app = await opened()
        robin = Scorer(app.pages[0], robin.match_id)
        await robin.open()
        await robin.is_in("play")
        await rallies(robin, range(40, 48))
        await robin.page.locator("#panel >> text=Start set 2").tap()
        await robin.is_in("play")
        await rallies(robin, range(49, 60))
        await robin.waits(60, "offline")
        second = await app.new_page()
        await gate.restore()
        await robin.network_is_back()
        await robin.is_sent()
        await second.goto(f"/events/{EVENT}/matches/{robin.match_id}")
        await spectator.evaluate("dispatchEvent(new Event('online'))")
        for reader in (second, spectator):
            await expect(reader.locator('[data-digits="1"]')).to_have_text("5")
        history = await (
            await robin.page.request.get(
                f"/api/events/{EVENT}/scores/{robin.match_id}/history?limit=100"
            )
        ).json()
        assert history["total"] == 60
        assert [item["revision"] for item in history["items"]] == list(range(1, 61))
        times = [item["at"] for item in history["items"]]
        assert times == sorted(times)
        sets = history["items"][-1]["sets"]
        assert [(one["team1Score"], one["team2Score"]) for one in sets] == [(23, 25), (5, 6)]
        await app.close()


async def rallies(scorer: Scorer, numbers: range) -> None:
    """One point each, in turns; the 48th decides the set."""
    for number in numbers:
        await scorer.point(2 if number >= 46 and number < 48 else 1 + number % 2)


async def test_answers_lost_after_the_commit_count_once(scorer: Scorer, gate: Gate) -> None:
    gate.swallow(answers_only=True)
    await scorer.point(1, 3)
    await gate.until_answered()
    await gate.cut()
    gate.let_through()
    await scorer.waits(3, "offline")
    await gate.restore()
    await scorer.network_is_back()
    await scorer.is_sent()
    score = await scorer.from_server()
    assert (score["revision"], score["sets"][0]["team1Score"]) == (3, 3)


async def test_whoever_opened_the_event_once_begins_a_match_without_a_network(
    phone: Page, gate: Gate, hall: Server
) -> None:
    match_id = an_unscored_match(hall)
    robin = await knows_the_event(phone, match_id)
    await gate.cut()
    await begin_offline(robin)
    await expect(phone.locator("#intended")).to_be_visible()
    await robin.point(2, 4)
    await robin.waits(4, "offline")
    await gate.restore()
    await robin.network_is_back()
    await robin.is_sent()
    await expect(phone.locator("#intended")).to_be_hidden()
    assert (await robin.claim())["claimedByName"] == "Robin"
    score = await robin.from_server()
    assert (score["revision"], score["sets"][0]["team2Score"]) == (4, 4)


async def test_two_phones_that_scored_the_same_match_lose_nothing_and_are_told(
    phone: Page, gate: Gate, hall: Server
) -> None:
    match_id = an_unscored_match(hall)
    robin = await knows_the_event(phone, match_id)
    await gate.cut()
    await begin_offline(robin)
    await robin.point(2, 4)
    await scored_by_somebody_else(hall, match_id)
    await gate.restore()
    await robin.network_is_back()
    await robin.is_in("held")
    await expect(phone.locator("#panel")).to_contain_text("Casey keeps score")
    await expect(phone.locator("#panel")).to_contain_text("The organizer sees both")
    await expect(phone.locator("#intended")).to_be_hidden()
    await expect(robin.strip).to_contain_text("4 not accepted")
    assert (await robin.from_server())["sets"][0]["team1Score"] == 2
    mine = await (await phone.request.get(f"/api/events/{EVENT}/conflicts")).json()
    assert any(one["matchId"] == match_id for one in mine)
    await phone.goto("/settings")
    await expect(phone.locator("#attention-list")).to_contain_text("The organizer sees both")


async def test_whoever_never_signed_in_needs_only_a_name_and_no_network(
    phone: Page, gate: Gate, hall: Server, complaints: Complaints
) -> None:
    complaints.expect("401")  # it asks who is signed in before it makes a guest
    robin = Scorer(phone, an_unscored_match(hall))
    await phone.goto(f"/events/{EVENT}")
    await fact(phone, REMEMBERED, EVENT)
    await fact(phone, READY)
    await gate.cut()
    await phone.goto(robin.address.removesuffix("/score"))
    await phone.locator("text=Keep its score on this phone").tap()
    await robin.is_in("newcomer")
    await phone.locator("#panel [name=name]").tap()  # it takes no touch at first
    await phone.fill("#panel [name=name]", "Robin")
    await phone.locator("#panel button").tap()
    await robin.is_in("play")
    await robin.point(2, 4)
    await robin.waits(4, "offline")
    await robin.shows(0, 4)  # what is shown is on the phone's disk
    await phone.reload()
    await robin.is_in("play")
    await robin.point(1)
    await robin.waits(5, "offline")
    await gate.restore()
    await robin.network_is_back()
    await robin.is_sent()
    await robin.point(1)
    await robin.is_sent()
    assert (await robin.claim())["claimedByName"] == "Robin"
    score = await robin.from_server()
    assert (score["revision"], score["lastUpdatedBy"]) == (6, "Robin")
    assert [score["sets"][0][team] for team in ("team1Score", "team2Score")] == [2, 4]
    await phone.reload()
    await robin.is_in("play")
    await robin.shows(2, 4)


async def knows_the_event(phone: Page, match_id: int) -> Scorer:
    """Robin has looked at the event while there was a network, and never at this match."""
    robin = Scorer(phone, match_id)
    await robin.sign_in("Robin")
    await phone.goto(f"/events/{EVENT}")
    await fact(phone, REMEMBERED, EVENT)
    await fact(phone, READY)
    return robin


async def begin_offline(scorer: Scorer) -> None:
    await scorer.page.goto(scorer.address)
    await scorer.is_in("claim")
    await scorer.control("claim").tap()
    await scorer.is_in("unreachable")
    await scorer.page.locator("text=Score anyway, send later").tap()
    await scorer.is_in("play")


async def scored_by_somebody_else(hall: Server, match_id: int) -> None:
    """Casey, on a phone with a network, claims the match and scores two points."""
    async with httpx.AsyncClient(base_url=hall.url) as casey:
        guest = (await casey.post("/api/auth/guest", json={"displayName": "Casey"})).json()
        casey.headers["Authorization"] = f"Bearer {guest['token']}"
        claimed = await casey.post(f"/api/events/{EVENT}/claims/{match_id}")
        assert claimed.status_code == 201
        for points in (1, 2):
            sets = [{"setNumber": 1, "team1Score": points, "team2Score": 0}]
            body = {"matchId": match_id, "status": "in-progress", "sets": sets}
            answer = await casey.post(f"/api/events/{EVENT}/scores", json=body)
            assert answer.status_code in (200, 201)


async def test_other_pages_say_what_waits_and_send_it_too(scorer: Scorer, gate: Gate) -> None:
    page = scorer.page
    await visit(page, f"/events/{EVENT}")
    await scorer.open()
    await scorer.is_in("play")
    await gate.cut()
    await scorer.point(1, 3)
    await scorer.shows(3, 0)
    await scorer.waits(3, "offline")
    await page.goto(f"/events/{EVENT}")
    line = page.locator("#outgoing")
    await expect(line).to_have_attribute("data-pending", "3")
    await expect(line).to_contain_text("3 points wait on this phone")
    await gate.restore()
    await scorer.network_is_back()
    await expect(line).to_be_hidden()
    assert (await scorer.from_server())["revision"] == 3
