"""The autopilot in a browser: ten teams followed, a plan proposed, used, and free of clashes."""

import re

from playwright.async_api import Page, expect

from tests.browser.gate import Gate
from tests.browser.scorers import EVENT
from tests.browser.visitors import Complaints, Visitors

TEAMS = 10
OPEN_ALL = """() => {
  for (const block of document.querySelectorAll("main details:has(.match)")) block.open = true;
}"""
"""Which block of the day is open depends on the hour."""


async def test_from_the_demo_to_a_plan_of_ten_teams_without_a_clash(
    spectator: Page, gate: Gate, complaints: Complaints
) -> None:
    page = spectator
    event = await (await page.request.get(f"/api/events/{EVENT}")).json()
    tomorrow = event["days"][1]["day"]
    await page.goto(f"/events/{EVENT}?day={tomorrow}")
    await page.evaluate(OPEN_ALL)
    stars = page.locator('article[data-status="upcoming"] .star')
    await expect(stars.nth(TEAMS)).to_be_attached()
    followed: set[str] = set()
    for number in range(await stars.count()):
        star = stars.nth(number)
        team = await star.get_attribute("data-follow") or ""
        if team not in followed:
            await star.click()
            followed.add(team)
        if len(followed) == TEAMS:
            break
    await page.goto(f"/events/{EVENT}/coverage?day={tomorrow}")

    await page.get_by_role("button", name="Propose a plan").click()
    proposal = page.locator("#proposal")
    await expect(proposal.locator("h3")).to_have_text(re.compile(r"Covers \d+ of 10 teams"))
    await expect(proposal.locator("header")).to_contain_text("no clashes")
    proposed = await proposal.locator(".proposed li").count()
    assert proposed > 0
    await expect(proposal.locator(".why").first).to_contain_text(re.compile("covers|only chance"))
    seen = re.search(r"Covers (\d+)", await proposal.locator("h3").inner_text())
    assert seen

    await page.get_by_role("button", name="Use this plan").click()
    await expect(page.locator('[data-figure="matches"]').first).to_have_text(str(proposed))
    await expect(page.locator('[data-figure="clashes"]')).to_have_text("0")
    await expect(page.locator('[data-figure="covered"]').first).to_have_text(seen[1])
    await page.reload()
    await expect(page.locator("#stops > li")).to_have_count(proposed)

    await gate.cut()
    await page.get_by_role("button", name="Propose a plan").click()
    await expect(page.locator("#wishes")).to_contain_text("The autopilot needs the network")
    await gate.restore()

    await page.get_by_label("At most an hour").select_option("1")
    await page.get_by_label("Keep what I have planned").uncheck()
    await page.get_by_role("button", name="Propose a plan").click()
    await expect(proposal).to_be_visible()
    await page.get_by_role("button", name="Use this plan").click()
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator("#stops > li")).to_have_count(proposed)


async def test_two_photographers_share_a_day_by_a_link(visitors: Visitors, spectator: Page) -> None:
    other = await visitors.arrive("other")
    for page, name in ((spectator, "Sam"), (other, "Robin")):
        await page.request.post("/api/auth/guest", data={"displayName": name})
    event = await (await spectator.request.get(f"/api/events/{EVENT}")).json()
    day = event["days"][1]["day"]
    coverage = f"/events/{EVENT}/coverage?day={day}"
    await spectator.goto(coverage)
    await spectator.get_by_label("Name of the crew").fill("Harbor photo")
    await spectator.get_by_role("button", name="Make a crew").click()
    await expect(spectator.locator("#crew-members")).to_contain_text("Sam (you)")
    crew = await (await spectator.request.get(f"/api/events/{EVENT}/crew")).json()

    await other.goto(crew["link"])
    await other.get_by_role("button", name="Join the crew").click()
    await expect(other.locator("#crew-members")).to_contain_text("Robin (you)")
    assert "crew=" not in other.url, "the code is not shared by accident"

    matches = await (await other.request.get(f"/api/events/{EVENT}/matches?day={day}")).json()
    plans = f"/api/events/{EVENT}/coverage-plans"
    chosen = {"selectedMatches": [matches[-1]["matchId"]]}
    await spectator.request.put(plans, data=chosen)
    await other.request.put(plans, data=chosen)
    await other.goto(coverage)
    double = other.locator("#crew-doubles li")
    await expect(double).to_contain_text("Sam has it")
    await double.get_by_role("button", name="Take over").click()
    await expect(double).to_have_count(0)
    await spectator.reload()
    await expect(spectator.locator("#crew-members")).to_contain_text("Robin 1 match")
    assert (await (await spectator.request.get(plans)).json())["selectedMatches"] == []
