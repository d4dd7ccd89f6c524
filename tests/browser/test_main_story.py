"""The main job, end to end: one phone scores, everyone sees it, and the table changes hands."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.visitors import Complaints, Visitors

TO_25_23 = [*[1, 2] * 23, 1, 1]
"""Who wins each rally: level to 23, then team 1 takes the set."""


class Table:
    """The scorer's table of one match: taps as a person taps, one at a time."""

    def __init__(self, page: Page, match_id: int) -> None:
        self.page = page
        self.match_id = match_id
        self.strip = page.locator("[data-sync]")

    async def sit_down(self, name: str) -> None:
        """From the match page to the pad, as somebody without an account."""
        await self.page.goto(f"/events/demo/matches/{self.match_id}")
        await self.page.get_by_text("Keep score", exact=True).click()
        await self.page.get_by_label("Your name, as others will see it").fill(name)
        await self.page.get_by_role("button", name="Start scoring").click()
        await self.page.wait_for_url("**/score")

    async def may_score(self) -> None:
        """The match is claimed: the pad takes points."""
        await expect(self.page.locator('[data-action="point-1"]')).to_be_enabled()

    async def tap(self, action: str) -> None:
        """One tap, when the control takes one again."""
        control = self.page.locator(f'[data-action="{action}"]:not([data-resting])')
        await control.click()

    async def shows(self, set_number: int, team1: int, team2: int) -> None:
        for team, points in ((1, team1), (2, team2)):
            digits = self.page.locator(f'[data-set="{set_number}"][data-team="{team}"]')
            await expect(digits).to_have_text(str(points))

    async def all_sent(self) -> None:
        await expect(self.strip).to_have_attribute("data-sync", "synced")
        await expect(self.strip).to_have_attribute("data-pending", "0")


async def upcoming_match(page: Page) -> dict[str, Any]:
    """A match of today that nobody has scored and in which both teams are known."""
    answer = await page.request.get("/api/events/demo/matches?status=not-started")
    matches = await answer.json()
    day = min(match["day"] for match in matches if match["day"])
    match: dict[str, Any] = next(
        match for match in matches if match["day"] == day and match["team1"] and match["team2"]
    )
    return match


def cells(page: Page, match_id: int, set_number: int, team: int) -> Any:
    return page.locator(
        f'[data-match="{match_id}"] [data-set="{set_number}"][data-team="{team}"]'
    ).first


@pytest.mark.timeout(240)
async def test_a_set_is_scored_and_everyone_sees_every_point(
    phone: Page, spectator: Page, other: Page, visitors: Visitors
) -> None:
    match = await upcoming_match(phone)
    match_id = match["matchId"]
    table = Table(phone, match_id)
    await table.sit_down("Sam")
    await table.may_score()

    await spectator.goto(f"/events/demo?day={match['day']}")
    grandmother = await visitors.arrive("grandmother")
    await grandmother.goto(f"/events/demo/matches/{match_id}")
    loads = [await page.evaluate("performance.timeOrigin") for page in (spectator, grandmother)]

    score = [0, 0]
    for rally, team in enumerate(TO_25_23):
        if rally == 11:  # a slip of the thumb, taken back
            await table.tap("point-2" if team == 1 else "point-1")
            await table.tap("undo")
        score[team - 1] += 1
        await table.tap(f"point-{team}")
        await table.shows(1, *score)
        for page in (spectator, grandmother):
            await expect(cells(page, match_id, 1, team)).to_have_text(str(score[team - 1]))
    assert score == [25, 23]

    await expect(phone.get_by_role("button", name="Undo last point")).to_be_visible()
    await phone.get_by_role("button", name=re.compile("Start set 2")).click()
    await table.tap("point-2")
    await table.shows(2, 0, 1)
    await table.all_sent()
    for page in (spectator, grandmother):
        await expect(cells(page, match_id, 1, 1)).to_have_text("25")
        await expect(cells(page, match_id, 1, 2)).to_have_text("23")
        await expect(cells(page, match_id, 2, 2)).to_have_text("1")
    after = [await page.evaluate("performance.timeOrigin") for page in (spectator, grandmother)]
    assert after == loads, "no page was loaded again"

    history = await (
        await phone.request.get(f"/api/events/demo/scores/{match_id}/history?limit=1000")
    ).json()
    done = [item["action"] for item in history["items"]]
    assert done.count("point") == 25 + 23 + 1 + 1
    assert done.count("undo") == 1
    assert done.count("set-start") == 1


@pytest.mark.timeout(120)
async def test_another_is_told_who_holds_it_and_takes_over_when_the_holder_is_gone(
    phone: Page, other: Page, complaints: Complaints
) -> None:
    complaints.expect(r"409 \(Conflict\)")  # the refusal that the second scorer is told in words
    match_id = (await upcoming_match(phone))["matchId"]
    first, second = Table(phone, match_id), Table(other, match_id)
    await first.sit_down("Sam")
    await first.may_score()
    await first.tap("point-1")
    await first.all_sent()

    await other.goto(f"/events/demo/matches/{match_id}")
    await expect(other.get_by_text(re.compile(r"Sam keeps score until \d+:\d\d"))).to_be_visible()
    await other.get_by_text("Take over", exact=True).click()
    await other.get_by_label("Your name, as others will see it").fill("Robin")
    await other.get_by_role("button", name="Start scoring").click()
    await other.wait_for_url("**/score")
    await expect(other.get_by_text(re.compile("Sam")).first).to_be_visible()

    await phone.close()  # the battery is empty
    await other.get_by_role("button", name="Take over").click()
    await expect(other.locator('[data-action="point-1"]')).to_be_enabled(timeout=25_000)
    await second.shows(1, 1, 0)
    await second.tap("point-2")
    await second.all_sent()
    score = await (await other.request.get(f"/api/events/demo/scores/{match_id}")).json()
    assert score["lastUpdatedBy"] == "Robin"
    assert [(s["team1Score"], s["team2Score"]) for s in score["sets"]] == [(1, 1)]
