"""Following teams: without an account, kept on the device, and taken along into one."""

import re

from playwright.async_api import Page, expect

from tests.browser.gate import Gate
from tests.browser.scorers import EVENT
from tests.browser.test_spectator_live import Table, cell, free_match
from tests.browser.visitors import Complaints


async def test_a_star_is_enough_for_my_teams_and_nobody_signs_in(
    phone: Page, spectator: Page
) -> None:
    match = await free_match(phone, 24)
    team = match["team1"]["name"]
    await spectator.goto(f"/events/{EVENT}/teams/{match['team1']['teamId']}")
    star = spectator.locator(".follow")
    await star.click()
    await expect(star).to_have_attribute("aria-pressed", "true")
    await spectator.goto("/my-teams")
    mine = spectator.locator("#my-teams")
    await expect(mine.get_by_role("link", name=re.compile(re.escape(team))).first).to_be_visible()

    table = Table(phone, match["matchId"])
    await table.sit_down()
    await table.score(3, 1)
    card = mine.locator(f'article[data-match="{match["matchId"]}"]')
    await expect(cell(card, 1, 1)).to_have_text("3")
    await expect(mine.get_by_text("Live now")).to_be_visible()
    await table.score(4, 1)
    await expect(cell(card, 1, 1)).to_have_text("4")


async def test_a_star_tapped_without_network_reaches_the_account_later(
    spectator: Page, gate: Gate, complaints: Complaints
) -> None:
    complaints.expect("fetching the script")  # the worker's, when the network goes meanwhile
    match = await free_match(spectator, 26)
    team = match["team2"]
    await spectator.request.post("/api/auth/guest", data={"displayName": "Robin"})
    await spectator.goto(f"/events/{EVENT}/teams/{team['teamId']}")
    await gate.cut()
    star = spectator.locator(".follow")
    await star.click()
    await expect(star).to_have_attribute("aria-pressed", "true")
    await gate.restore()
    await spectator.goto("/my-teams")
    link = spectator.locator(".followed a", has_text=team["name"])
    await expect(link).to_be_visible()

    async with spectator.expect_response("**/api/me/follows"):
        await spectator.reload()
    follows = await (await spectator.request.get("/api/me/follows")).json()
    assert [one["teamId"] for one in follows["teams"]] == [team["teamId"]]


async def test_a_team_is_found_by_a_few_letters_without_network_too(
    spectator: Page, gate: Gate, complaints: Complaints
) -> None:
    complaints.expect("fetching the script")
    match = await free_match(spectator, 28)
    name = match["team1"]["name"]
    await spectator.goto(f"/events/{EVENT}?day={match['day']}")
    search = spectator.get_by_role("searchbox")
    async with spectator.expect_response(f"**/api/events/{EVENT}/teams"):
        await search.focus()
    await search.fill(name[:6])
    found = spectator.locator("#found-teams")
    await expect(found.get_by_text(name).first).to_be_visible()

    await spectator.reload()
    await gate.cut()
    await search.fill(name)
    await expect(found.get_by_text(name).first).to_be_visible()


async def test_only_the_teams_i_follow(spectator: Page) -> None:
    match = await free_match(spectator, 30)
    await spectator.goto(f"/events/{EVENT}/teams/{match['team1']['teamId']}")
    await spectator.locator(".follow").click()
    await spectator.goto(f"/events/{EVENT}?day={match['day']}&mine=1")
    shown = spectator.locator("#day .match:not([hidden])")
    team = str(match["team1"]["teamId"])
    for teams in await shown.evaluate_all("cards => cards.map(card => card.dataset.team)"):
        assert team in teams.split()
    await spectator.get_by_role("link", name=re.compile("Teams I follow")).click()
    await expect(spectator).not_to_have_url(re.compile("mine"))


async def test_a_pool_and_its_bracket_show_points_as_they_are_made(
    phone: Page, spectator: Page
) -> None:
    match = await free_match(phone, 32)
    await spectator.goto(f"/events/{EVENT}/standings?division={match['divisionId']}")
    await expect(spectator.locator("body")).to_have_attribute("data-connection", "live")
    table = Table(phone, match["matchId"])
    await table.sit_down()
    await table.score(2, 0)
    place = spectator.locator(f'#tables [data-match="{match["matchId"]}"]')
    await expect(cell(place, 1, 1)).to_have_text("2")
    await table.score(3, 0)
    await expect(cell(place, 1, 1)).to_have_text("3")
