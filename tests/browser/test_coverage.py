"""A photographer's day: planned with one tap, without a network too, and put in order by hand."""

from typing import Any, Self

import pytest
from playwright.async_api import CDPSession, Locator, Page, expect

from courtsync_web.clock import now_ms
from tests.browser.facts import fact, visit
from tests.browser.gate import Gate
from tests.browser.scorers import EVENT, a_quiet_court
from tests.browser.test_court_code import make_the_sheet
from tests.browser.visitors import DESK, Complaints, Visitors
from tests.servers.app import Server

PLAN = f"/api/events/{EVENT}/coverage-plans"
COVERAGE = f"/events/{EVENT}/coverage"
MARGIN = 15 * 60_000
WAITS = """async () => {
  const db = await new Promise((resolve) => {
    const asked = indexedDB.open("courtsync");
    asked.onsuccess = () => resolve(asked.result);
  });
  const counted = db.transaction("outbox").objectStore("outbox").count();
  return new Promise((resolve) => (counted.onsuccess = () => resolve(counted.result)));
}"""
ONLY_OF = """async (team) => [...document.querySelectorAll("#day .match:not([hidden])")].every(
  (card) => card.dataset.team.split(" ").includes(team))"""
"""No match is shown but of this team."""
Match = dict[str, Any]


async def a_clash(page: Page) -> tuple[Match, Match, Match]:
    """Two matches at once, and a later one of the same day for a team of the second."""
    answer = await page.request.get(f"/api/events/{EVENT}/matches?status=not-started")
    known = [one for one in await answer.json() if one["team1"] and one["team2"] and one["day"]]
    matches = [one for one in known if one["startsAt"] > now_ms()]
    for first in matches:
        for second in matches:
            teams = {second["team1Id"], second["team2Id"]}
            if second is first or second["startsAt"] != first["startsAt"]:
                continue
            for later in matches:
                after = later["startsAt"] >= first["endsAt"] + MARGIN
                same = later["day"] == first["day"] and teams & {later["team1Id"], later["team2Id"]}
                if after and same:
                    return first, second, later
    pytest.fail("the demo has no such matches left today")


async def photographer(page: Page) -> None:
    await page.request.post("/api/auth/guest", data={"displayName": "Robin"})
    await page.request.patch("/api/me", data={"persona": "media"})


async def planned(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = await (await page.request.get(PLAN)).json()
    return found


async def test_a_match_picked_without_network_is_kept_and_reaches_the_account(
    spectator: Page, gate: Gate, complaints: Complaints
) -> None:
    complaints.expect("fetching the script")  # the worker's, when the network goes meanwhile
    await photographer(spectator)
    first, second, _ = await a_clash(spectator)
    day = f"/events/{EVENT}?day={first['day']}"
    await visit(spectator, f"/events/{EVENT}")
    await spectator.goto(day)
    await visit(spectator, COVERAGE)
    await spectator.goto(f"{COVERAGE}?day={first['day']}")
    tab = await spectator.context.new_page()
    await tab.goto(day)
    await fact(tab, "async () => 'plans' in document.body.dataset")
    await gate.cut()
    block = tab.locator(f"#at-{first['startsAt']}")
    if await block.get_attribute("open") is None:
        await block.locator("summary").click()
    camera = tab.locator(f"#m{first['matchId']} .camera")
    await camera.click()
    await expect(camera).to_have_attribute("aria-pressed", "true")
    stop = spectator.locator(f'#stops [data-match="{first["matchId"]}"]')
    await expect(stop).to_be_visible()
    await expect(tab.locator("#outgoing")).to_contain_text("1 change waits")

    await spectator.reload()
    await expect(spectator.locator("#kept")).to_be_visible()
    await expect(stop).to_be_visible()
    await stop.locator(".tick").click()
    await expect(spectator.locator(f'#stops-done [data-match="{first["matchId"]}"]')).to_have_count(
        1
    )
    await tab.close()
    await gate.restore()
    await spectator.evaluate("dispatchEvent(new Event('online'))")
    await fact(spectator, f"async () => await ({WAITS})() === 0")
    plan = await planned(spectator)
    assert (plan["selectedMatches"], plan["shot"]) == ([first["matchId"]], [first["matchId"]])

    await spectator.request.put(PLAN, data={"selectedMatches": [second["matchId"]]})
    await spectator.evaluate("dispatchEvent(new Event('online'))")
    other = spectator.locator(f'#stops [data-match="{second["matchId"]}"]')
    await expect(other).to_be_visible()


async def test_whoever_scans_the_courts_code_ticks_the_match_that_is_on_there(
    visitors: Visitors, spectator: Page, hall: Server
) -> None:
    desk = await visitors.arrive("desk", DESK)
    link = await make_the_sheet(desk, hall, a_quiet_court(hall))
    await photographer(spectator)
    await spectator.goto(link)
    here = spectator.locator("#shot-here")
    await here.get_by_role("button", name="Shot it").tap()
    await expect(here.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    await expect(here).to_contain_text("It is in your plan.")
    await fact(spectator, f"async () => await ({WAITS})() === 0")
    match_id = int(await here.get_attribute("data-match") or 0)
    assert (await planned(spectator))["shot"] == [match_id]


async def test_a_clash_is_resolved_by_hand_and_the_gaps_are_filtered(visitors: Visitors) -> None:
    desk = await visitors.arrive("photographer", DESK)
    await photographer(desk)
    first, second, later = await a_clash(desk)
    both = [first["matchId"], second["matchId"]]
    await desk.request.put(f"/api/me/follows/{EVENT}/{later['team1Id']}")
    await desk.request.put(PLAN, data={"selectedMatches": both})
    await desk.goto(f"{COVERAGE}?day={first['day']}")
    clashes = desk.locator('[data-figure="clashes"]')
    await expect(clashes).to_have_text("1")
    await expect(desk.locator("#timeline .block.mine")).to_have_count(2)

    await desk.locator("#show-others").check()
    block = desk.locator(f'.block.mine[data-match="{second["matchId"]}"]')
    await block.scroll_into_view_if_needed()
    box = await block.locator(".box").bounding_box()
    assert box
    await desk.mouse.move(box["x"] + 20, box["y"] + 20)
    await desk.mouse.down()
    await desk.mouse.move(box["x"] + 40, box["y"] + 30, steps=4)
    await expect(desk.locator("#bin")).to_be_visible()
    onto = desk.locator(f'.block.other[data-match="{later["matchId"]}"] .box')
    await expect(onto).to_be_visible()
    place = await onto.bounding_box()
    assert place
    await desk.mouse.move(place["x"] + 20, place["y"] + 20, steps=4)
    await desk.mouse.up()
    await expect(clashes).to_have_text("0")
    await expect(desk.locator(f'#stops [data-match="{later["matchId"]}"]')).to_be_visible()

    await desk.locator(f'.block.mine[data-match="{later["matchId"]}"]').focus()
    await desk.keyboard.press("Enter")
    panel = desk.locator("#chosen")
    await panel.get_by_role("button", name="Take out of the plan").click()
    await expect(desk.locator("#timeline .block.mine")).to_have_count(1)
    await fact(desk, f"async () => await ({WAITS})() === 0")
    assert (await planned(desk))["selectedMatches"] == [first["matchId"]]

    await desk.goto(f"/events/{EVENT}?day={first['day']}&gap=1")
    await expect(desk.get_by_role("link", name="Only teams not yet in my plan")).to_be_visible()
    await fact(desk, ONLY_OF, str(later["team1Id"]))
    await expect(desk.locator(f"#m{later['matchId']}[data-uncovered]")).to_have_count(1)


async def test_a_finger_holds_a_match_of_the_timeline_and_lets_it_fall(spectator: Page) -> None:
    await photographer(spectator)
    first, second, _ = await a_clash(spectator)
    both = [first["matchId"], second["matchId"]]
    await spectator.request.put(PLAN, data={"selectedMatches": both})
    await spectator.goto(f"{COVERAGE}?day={first['day']}")
    clashes = spectator.locator('[data-figure="clashes"]')
    await expect(clashes).to_have_text("1")
    block = spectator.locator(f'.block.mine[data-match="{second["matchId"]}"]')
    await block.evaluate("(held) => held.scrollIntoView({ block: 'center', inline: 'center' })")
    finger = await Finger.on(spectator, block.locator(".box"))
    bin_ = spectator.locator("#bin")
    await expect(bin_).to_be_visible()
    before = await spectator.evaluate("scrollY")
    await finger.move_over(bin_)
    assert await spectator.evaluate("scrollY") == before, "the page stays under the finger"
    await expect(bin_).to_have_class("bin drop-here")
    await finger.lift()
    await expect(clashes).to_have_text("0")
    await expect(spectator.locator("#timeline .block.mine")).to_have_count(1)


class Finger:
    """A real one, as the browser's own input hears it: it may scroll, or end what is held."""

    def __init__(self, session: CDPSession, at: tuple[float, float]) -> None:
        self._session, self._at = session, at

    @classmethod
    async def on(cls, page: Page, place: Locator) -> Self:
        finger = cls(await page.context.new_cdp_session(page), await middle_of(place))
        await finger._send("touchStart", finger._at)
        return finger

    async def move_over(self, place: Locator) -> None:
        """In steps, as a hand moves."""
        (x, y), (to_x, to_y) = self._at, await middle_of(place)
        for part in (0.1, 0.25, 0.5, 0.75, 1.0):
            await self._send("touchMove", (x + (to_x - x) * part, y + (to_y - y) * part))
        self._at = (to_x, to_y)

    async def lift(self) -> None:
        await self._send("touchEnd")

    async def _send(self, kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        await self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


async def middle_of(place: Locator) -> tuple[float, float]:
    box = await place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
