"""Without a network a page that was never seen says so in our own words, and comes back."""

from playwright.async_api import Page, expect

from tests.browser.gate import Gate


async def test_a_page_without_network_is_ours_and_heals(phone: Page, gate: Gate) -> None:
    await phone.goto("/")
    await phone.evaluate("navigator.serviceWorker.ready")
    await gate.cut()
    await phone.goto("/events/demo")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("You are offline")
    rules = await phone.evaluate("document.styleSheets[0]?.cssRules.length")
    assert rules, "the page keeps its style"
    await gate.restore()
    await phone.goto("/events/demo")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Northlake Winter Classic")
