"""Spectators: scores move by themselves, say how old they are, and heal with the network."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.browser.facts import KEPT_HERE, fact
from tests.browser.gate import Gate
from tests.browser.scorers import EVENT, Scorer
from tests.browser.visitors import DESK, NARROW, PHONE_ON_ITS_SIDE, Visitors
from tests.servers.app import Server, run_command


class Table:
    """Somebody who keeps a match's score through the API, point by point."""

    def __init__(self, page: Page, match_id: int) -> None:
        self.request = page.request
        self.match_id = match_id
        self.sets = [[0, 0]]
        self.ended: list[int | None] = [None]

    async def sit_down(self, name: str = "Robin") -> None:
        await self.say("/api/auth/guest", displayName=name)
        await self.say(f"/api/events/{EVENT}/claims/{self.match_id}")

    async def score(self, team1: int, team2: int, action: str = "point", **facts: Any) -> None:
        """The running set stands at this."""
        self.sets[-1] = [team1, team2]
        rows = [
            {"setNumber": number, "team1Score": one, "team2Score": two, "completedAt": ended}
            for number, ((one, two), ended) in enumerate(zip(self.sets, self.ended, strict=True), 1)
        ]
        body = {"matchId": self.match_id, "sets": rows, "status": "in-progress", "action": action}
        await self.say(f"/api/events/{EVENT}/scores", **(body | facts))

    async def win_set(self, team1: int, team2: int, **facts: Any) -> None:
        self.ended[-1] = 1
        await self.score(team1, team2, **facts)

    async def begin_set(self) -> None:
        self.sets.append([0, 0])
        self.ended.append(None)
        await self.score(0, 0, "set-start")

    async def say(self, path: str, **body: Any) -> None:
        answer = await self.request.post(path, data=body)
        assert answer.ok, await answer.text()


async def free_match(page: Page, skip: int) -> dict[str, Any]:
    """A match of the first open day with both teams known; tests take different ones."""
    matches = await (
        await page.request.get(f"/api/events/{EVENT}/matches?status=not-started")
    ).json()
    known = [match for match in matches if match["day"] and match["team1"] and match["team2"]]
    found: dict[str, Any] = known[skip]
    return found


async def watch(page: Page, match: dict[str, Any]) -> Locator:
    """The match's card on its day, with the stream up."""
    await page.goto(f"/events/{EVENT}?day={match['day']}")
    await expect(page.locator("body")).to_have_attribute("data-connection", "live")
    return page.locator(f'[data-match="{match["matchId"]}"]')


def cell(place: Locator, number: int, team: int) -> Locator:
    return place.locator(f'[data-set="{number}"][data-team="{team}"]')


async def test_a_match_comes_into_live_now_and_leaves_it_without_a_reload(
    phone: Page, spectator: Page
) -> None:
    match = await free_match(phone, 20)
    table = Table(phone, match["matchId"])
    card = await watch(spectator, match)
    await expect(spectator.locator("#live").locator(card)).to_have_count(0)

    await table.sit_down()
    await expect(card).to_have_attribute("data-status", "called")
    await table.score(1, 0, team=1, serving=1)
    await expect(spectator.locator("#live").locator(card)).to_have_count(1)
    await expect(cell(card, 1, 1)).to_have_text("1")
    await expect(card).to_have_attribute("data-serving", "1")
    await expect(card.locator(".tag")).to_have_text("Set 1")

    await table.win_set(25, 20)
    await table.begin_set()
    await expect(card.locator(".tag")).to_have_text("Set 2")
    await table.win_set(25, 18, status="completed")
    await expect(card.locator(".tag")).to_have_text("Final")
    await expect(card.locator(".side.won")).to_have_count(1)
    await expect(spectator.locator("#live").locator(card)).to_have_count(0)
    await expect(spectator.locator(".block").locator(card)).to_have_count(1)


async def test_while_the_network_is_away_the_page_says_how_old_the_score_is_and_then_heals(
    phone: Page, visitors: Visitors, gate: Gate
) -> None:
    match = await free_match(phone, 21)
    spectator = await visitors.arrive("behind the concrete wall")
    table = Table(phone, match["matchId"])
    await table.sit_down()
    await table.score(3, 2)
    await spectator.goto(f"/events/{EVENT}/matches/{match['matchId']}")
    words = spectator.locator(".connection")
    await expect(words).to_have_attribute("data-state", "live")

    await gate.cut()
    await expect(words).to_have_attribute("data-state", "away", timeout=20_000)
    await expect(words).to_have_text(re.compile(r"^Offline · score from \d+:\d\d.* ago$"))
    await expect(spectator.locator('[data-digits="1"]')).to_have_text("3")

    await gate.restore()
    await table.score(4, 2)
    await expect(spectator.locator('[data-digits="1"]')).to_have_text("4", timeout=40_000)
    await expect(words).to_have_attribute("data-state", "live")
    await expect(spectator.locator('[data-story="1"]')).to_have_attribute(
        "data-points", re.compile("4-2$")
    )


async def test_the_story_of_a_set_grows_and_shrinks_with_the_scorer(
    phone: Page, spectator: Page
) -> None:
    match = await free_match(phone, 22)
    table = Table(phone, match["matchId"])
    await table.sit_down()
    await table.score(1, 0, team=1)
    await spectator.goto(f"/events/{EVENT}/matches/{match['matchId']}")
    story = spectator.locator('[data-story="1"]')
    await expect(story).to_have_attribute("data-points", "1-0")

    await table.score(1, 1, team=2)
    await expect(story).to_have_attribute("data-points", "1-0 1-1")
    await table.score(1, 1, "timeout", team=1, timeouts=[1, 0])
    await expect(story).to_have_attribute("data-marks", "1@2")
    await table.score(1, 0, "undo", timeouts=[0, 0])
    await expect(story).to_have_attribute("data-points", "1-0")
    await table.score(2, 0, team=1)
    await story.locator("summary").click()
    await expect(story.locator("li")).to_have_count(2)
    await expect(story.locator("li").first).to_contain_text(match["team1"]["name"])

    drawn = await drawing(story)
    await spectator.reload()
    assert await drawing(story) == drawn, "the server draws the same"


async def drawing(story: Locator) -> list[str | None]:
    """What the chart consists of."""
    lead, area = story.locator(".lead"), story.locator(".first")
    return [
        await story.get_attribute("data-points"),
        await story.get_attribute("data-marks"),
        await lead.get_attribute("points"),
        await area.get_attribute("points"),
        " ".join((await story.locator("figcaption").inner_text()).split()),
    ]


async def test_who_comes_back_to_a_match_sees_its_score_of_now_not_the_one_kept_here(
    phone: Page, spectator: Page
) -> None:
    match = await free_match(phone, 25)
    table = Table(phone, match["matchId"])
    await table.sit_down()
    await table.score(1, 0, team=1)
    page = f"/events/{EVENT}/matches/{match['matchId']}"
    await spectator.goto(page)
    await table.score(1, 1, "timeout", team=1, timeouts=[1, 0])
    await fact(spectator, KEPT_HERE, [match["matchId"], 2])
    await spectator.goto("/privacy")

    await table.score(2, 0, timeouts=[0, 0])
    await spectator.goto(page)
    drawn = await drawing(spectator.locator('[data-story="1"]'))
    await expect(spectator.locator("body")).to_have_attribute("data-connection", "live")
    await fact(spectator, KEPT_HERE, [match["matchId"], 2])
    await expect(spectator.locator('[data-digits="2"]')).to_have_text("0")
    await expect(spectator.locator('[data-digits="1"]')).to_have_text("2")
    assert await drawing(spectator.locator('[data-story="1"]')) == drawn


async def test_set_point_and_who_keeps_score_are_told_as_they_come(
    phone: Page, spectator: Page
) -> None:
    match = await free_match(phone, 23)
    table = Table(phone, match["matchId"])
    await spectator.goto(f"/events/{EVENT}/matches/{match['matchId']}")
    keep = spectator.locator("#keep")
    await expect(keep).to_contain_text("Nobody keeps score yet")

    await table.sit_down("Sam at the table")
    await expect(keep).to_contain_text("Sam at the table keeps score until")
    await expect(keep.locator("summary")).to_have_text("Take over")
    await table.score(23, 20)
    await expect(spectator.locator("#point-word")).to_be_hidden()
    await table.score(24, 20, team=1)
    await expect(spectator.locator("#point-word")).to_have_text(
        f"Set point {match['team1']['name']}"
    )


async def test_a_name_is_enough_to_keep_score(visitors: Visitors) -> None:
    parent = await visitors.arrive("parent")
    match = await free_match(parent, 24)
    await parent.goto(f"/events/{EVENT}/matches/{match['matchId']}")
    await parent.get_by_text("Keep score", exact=True).tap()
    await parent.get_by_label("Your name").fill("Robin")
    await parent.get_by_role("button", name="Start scoring").tap()
    await parent.wait_for_url("**/score")
    await Scorer(parent, match["matchId"]).is_in("play")


async def test_filters_work_at_once_stay_in_the_address_and_are_remembered(
    spectator: Page,
) -> None:
    await spectator.goto(f"/events/{EVENT}")
    loaded = await spectator.evaluate("performance.timeOrigin")
    total = await count(spectator)
    await spectator.locator(".choices > summary").tap()
    chip = spectator.locator('fieldset[data-kind="division"] .chip').first
    name = await chip.locator("span").inner_text()
    await chip.tap()
    await spectator.locator(".apply .button.primary").tap()
    narrowed = await count(spectator)
    assert 0 < narrowed < total
    assert "division=" in spectator.url
    assert await spectator.evaluate("performance.timeOrigin") == loaded
    for card in await spectator.locator("#day .match:not([hidden]) .where .name").all():
        assert await card.text_content() == name

    await spectator.goto(f"/events/{EVENT}")
    await expect(spectator.locator("#active .chip")).to_contain_text(name)
    assert await count(spectator) == narrowed
    await spectator.locator("#active .chip").tap()
    assert await count(spectator) == total
    assert "division=" not in spectator.url


async def count(page: Page) -> int:
    """How many matches the page says it shows; it must be as many as it does."""
    said = int(await page.locator("#shown [data-shown]").inner_text())
    shown = await page.locator("#day .match:not([hidden])").count()
    assert said == shown
    return said


async def test_a_changed_schedule_reaches_a_page_that_is_open(
    hall: Server, phone: Page, spectator: Page
) -> None:
    desk = {"email": "desk@example.org", "password": "a long enough password"}
    options = [f"--{name}={value}" for name, value in desk.items()]
    run_command(hall.data_dir, "create-user", *options, "--role=organizer", cwd=hall.data_dir)
    assert (await phone.request.post("/api/auth/login", data=desk)).ok
    schedule = small_schedule("Winner of Match 6")
    assert (await phone.request.post("/api/events", data=schedule)).ok
    await spectator.goto("/events/small-cup")
    card = spectator.locator('[data-match="1"]')
    await expect(card.locator('[data-side="1"]')).to_contain_text("Winner of Match 6")
    await expect(spectator.locator("body")).to_have_attribute("data-connection", "live")
    loaded = await spectator.evaluate("performance.timeOrigin")

    async def score_meanwhile(route: Route) -> None:
        """A point comes by the stream while the day's answer, older than it, is on its way."""
        answer = await route.fetch()
        sets = [{"setNumber": 1, "team1Score": 1, "team2Score": 0}]
        score = {"matchId": 1, "sets": sets, "status": "in-progress", "action": "point", "team": 1}
        assert (await phone.request.post("/api/events/small-cup/claims/1")).ok
        assert (await phone.request.post("/api/events/small-cup/scores", data=score)).ok
        await expect(cell(card, 1, 1)).to_have_text("1")
        await route.fulfill(response=answer)

    await spectator.context.route("**/f/events/small-cup/day*", score_meanwhile, times=1)
    changed = await phone.request.put(
        "/api/events/small-cup/schedule", data=small_schedule("Harbor 15 Gold")
    )
    assert changed.ok, await changed.text()
    await expect(card.locator('[data-side="1"]')).to_contain_text("Harbor 15 Gold")
    await expect(cell(card, 1, 1)).to_have_text("1")
    assert await spectator.evaluate("performance.timeOrigin") == loaded


def small_schedule(first_team: str) -> dict[str, Any]:
    """One match on one court, between a text and a team."""
    return {
        "eventId": "small-cup",
        "name": "Small Cup",
        "timezone": "America/Chicago",
        "startDate": "2026-01-31",
        "endDate": "2026-01-31",
        "visibility": "unlisted",
        "clubs": [],
        "divisions": [],
        "courts": [{"courtId": 1, "name": "Court 1"}],
        "teams": [{"teamId": 7, "name": "Falcon 15"}],
        "matches": [
            {
                "matchId": 1,
                "courtId": 1,
                "team1Text": first_team,
                "team2Id": 7,
                "start": "2026-01-31T08:00:00",
                "end": "2026-01-31T09:00:00",
            }
        ],
    }


async def test_without_scripts_the_page_shows_scores_and_filters(visitors: Visitors) -> None:
    plain = await visitors.arrive("plain", java_script_enabled=False)
    await plain.goto(f"/events/{EVENT}")
    await plain.locator(".choices > summary").tap()
    await plain.locator('fieldset[data-kind="court"] .chip').first.tap()
    await plain.locator(".apply .button.primary").tap()
    await plain.wait_for_url("**court=**")
    courts = await plain.locator("#day .match:not([hidden])").evaluate_all(
        "cards => new Set(cards.map(card => card.dataset.court)).size"
    )
    assert courts == 1


async def test_a_theme_takes_effect_as_it_is_chosen_and_stays(spectator: Page) -> None:
    await spectator.goto("/settings")
    await spectator.get_by_text("High contrast").tap()
    await expect(spectator.locator("html")).to_have_attribute("data-theme", "contrast")
    await spectator.goto("/")
    await expect(spectator.locator("html")).to_have_attribute("data-theme", "contrast")


async def test_typing_a_part_of_a_name_finds_the_event(spectator: Page) -> None:
    await spectator.goto("/")
    name = await spectator.locator(".events b").first.inner_text()
    await spectator.locator("input[name=q]").press_sequentially(name[:6].lower())
    await expect(spectator.locator("#found .event b").first).to_have_text(name)


@pytest.mark.parametrize("text", ["", "largest"])
@pytest.mark.parametrize("device", [NARROW, PHONE_ON_ITS_SIDE, DESK], ids=["360", "flat", "desk"])
async def test_no_page_is_wider_than_the_screen(visitors: Visitors, device: Any, text: str) -> None:
    reader = await visitors.arrive("reader", device)
    if text:
        await reader.goto("/offline")
        await reader.evaluate(f"document.cookie = 'text={text}; path=/'")
    match = await free_match(reader, 0)
    base = f"/events/{EVENT}"
    for path in (
        "/",
        base,
        f"{base}/matches/{match['matchId']}",
        f"{base}/teams/{match['team1']['teamId']}",
        "/settings",
        "/offline",
    ):
        await reader.goto(path)
        for summary in await reader.locator(".choices > summary").all():
            await summary.click()
        wide = await reader.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} is {wide} pixels too wide"
