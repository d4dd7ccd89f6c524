"""Several tabs of one phone: one stream, the same score everywhere; a frozen tab heals."""

from playwright.async_api import Page, expect

from tests.browser.gate import Gate
from tests.browser.scorers import EVENT, Scorer, an_unscored_match
from tests.servers.app import Server

STREAMS = "() => window.opened"
COUNT_STREAMS = """
  window.opened = 0;
  window.EventSource = class extends EventSource {
    constructor(...given) { super(...given); window.opened += 1; }
    close() { if (this.readyState !== 2) window.opened -= 1; super.close(); }
  };
"""


async def tabs_of(phone: Page, *paths: str) -> list[Page]:
    """One tab for each path, in the browser of ``phone``."""
    await phone.context.add_init_script(COUNT_STREAMS)
    tabs = []
    for path in paths:
        tab = await phone.context.new_page()
        await tab.goto(path)
        tabs.append(tab)
    return tabs


async def streams(tabs: list[Page]) -> int:
    """How many streams they hold together."""
    return sum([await tab.evaluate(STREAMS) for tab in tabs])


async def test_eight_tabs_work_with_one_stream_over_six_connections(
    phone: Page, hall: Server
) -> None:
    robin = Scorer(phone, an_unscored_match(hall))
    await robin.sign_in("Robin")
    match = f"/events/{EVENT}/matches/{robin.match_id}"
    tabs = await tabs_of(phone, *[f"/events/{EVENT}", match] * 4)
    for tab in tabs:
        await expect(tab.locator("body")).to_have_attribute("data-connection", "live")
    assert await streams(tabs) == 1
    await robin.open()
    await robin.control("claim").tap()
    await robin.is_in("play")
    await robin.point(1, 2)
    await robin.is_sent()
    cell = f'[data-match="{robin.match_id}"] [data-set="1"][data-team="1"]'
    for tab in tabs:
        await expect(tab.locator(cell).first).to_have_text("2")
    for leader in tabs:
        if await leader.evaluate(STREAMS):
            await leader.close()
            tabs.remove(leader)
            break
    await robin.point(1)
    for tab in tabs:
        await expect(tab.locator(cell).first).to_have_text("3")


async def test_a_tap_shows_at_once_in_other_tabs_without_a_network_and_the_server_corrects_it(
    phone: Page, hall: Server, gate: Gate
) -> None:
    robin = Scorer(phone, an_unscored_match(hall))
    await robin.keep_score()
    (beside,) = await tabs_of(phone, f"/events/{EVENT}/matches/{robin.match_id}")
    digits = beside.locator('[data-digits="1"]')
    await expect(beside.locator("body")).to_have_attribute("data-connection", "live")
    await gate.cut()
    await robin.point(1, 3)
    await expect(digits).to_have_text("3")
    await robin.undo()
    await expect(digits).to_have_text("2")
    await gate.restore()
    await robin.network_is_back()
    await robin.is_sent()
    await expect(beside.locator("body")).to_have_attribute(
        "data-connection", "live", timeout=20_000
    )
    await expect(beside.locator(".from, #trust").first).not_to_contain_text("this phone")
    await expect(digits).to_have_text("2")


async def test_a_leader_that_fell_silent_is_replaced_and_heals_when_it_is_shown(
    phone: Page, hall: Server
) -> None:
    robin = Scorer(phone, an_unscored_match(hall))
    await robin.sign_in("Robin")
    match = f"/events/{EVENT}/matches/{robin.match_id}"
    leader, follower = await tabs_of(phone, match, match)
    await expect(follower.locator("body")).to_have_attribute("data-connection", "live")
    assert await leader.evaluate(STREAMS) == 1
    await leader.evaluate(
        """() => {
          window.say = BroadcastChannel.prototype.postMessage;
          BroadcastChannel.prototype.postMessage = () => {};
        }"""
    )
    await follower.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await follower.wait_for_function("() => window.opened === 1")
    await robin.open()
    await robin.control("claim").tap()
    await robin.is_in("play")
    await robin.point(1, 2)
    await expect(follower.locator('[data-digits="1"]')).to_have_text("2")
    await leader.evaluate("() => void (BroadcastChannel.prototype.postMessage = window.say)")
    await leader.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(leader.locator('[data-digits="1"]')).to_have_text("2")
    assert await streams([leader, follower]) == 1
