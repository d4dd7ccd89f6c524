"""A person who keeps score: what they touch on the pad, and what they then see."""

from dataclasses import dataclass
from typing import Any

import httpx
from playwright.async_api import Locator, Page, expect

from tests.browser.facts import fact
from tests.servers.app import Server

EVENT = "demo"
FREE = """async (path) => !(await (await fetch(path, { cache: "no-store" })).json()).claimed"""
ON_DISK = """async (number) => {
  const db = await new Promise((resolve) => {
    const asked = indexedDB.open("courtsync");
    asked.onsuccess = () => resolve(asked.result);
  });
  const all = db.transaction("outbox").objectStore("outbox").getAll();
  const entries = await new Promise((resolve) => (all.onsuccess = () => resolve(all.result)));
  db.close();
  return entries.filter(({ kind }) => kind !== "claim").length >= number;
}"""
WITHOUT_THE_WORKER = """() => globalThis.ServiceWorkerRegistration && Object.defineProperty(
  ServiceWorkerRegistration.prototype, "sync", { get: () => undefined })"""
"""What the worker sends by Background Sync does not pass a page's ``route``. Nothing has it on
an empty page."""


def an_unscored_match(hall: Server) -> int:
    """A best of 3 to 25 of the demo that nobody has scored or claimed; the last of the schedule."""
    with httpx.Client(base_url=f"{hall.url}/api/events/{EVENT}") as api:
        matches = api.get("/matches?status=not-started").json()
        claimed = {claim["matchId"] for claim in api.get("/claims").json()}
    match_id: int = next(
        match["matchId"]
        for match in reversed(matches)
        if match["team1"]
        and match["team2"]
        and match["format"]["id"] == "best-of-3-to-25-15"
        and match["matchId"] not in claimed
    )
    return match_id


def a_quiet_court(hall: Server) -> str:
    """The name of a court that is still waiting for its day's first scorer, with matches to come,
    the next of them a best of 3 to 25.

    The hall is everybody's: on other courts another test may be keeping score."""
    with httpx.Client(base_url=f"{hall.url}/api/events/{EVENT}") as api:
        matches = api.get("/matches").json()
        claimed = {claim["matchId"] for claim in api.get("/claims").json()}
    taken = {
        match["courtName"]
        for match in matches
        if match["status"] == "in-progress" or match["matchId"] in claimed
    }
    next_on: dict[str, Any] = {}
    for match in matches:
        if match["status"] == "not-started" and match["team1"] and match["team2"]:
            next_on.setdefault(match["courtName"], match)
    return next(
        court
        for court, match in next_on.items()
        if court not in taken and match["format"]["id"] == "best-of-3-to-25-15"
    )


@dataclass
class Scorer:
    """One phone with the pad of one match open, or about to be."""

    page: Page
    match_id: int

    @property
    def address(self) -> str:
        return f"/events/{EVENT}/matches/{self.match_id}/score"

    def control(self, action: str) -> Locator:
        """A control of the pad, by its ``data-action``."""
        return self.page.locator(f'[data-action="{action}"]:not([data-resting])')

    async def sign_in(self, name: str) -> None:
        """As a guest: a name is enough."""
        answer = await self.page.request.post("/api/auth/guest", data={"displayName": name})
        assert answer.ok, await answer.text()

    async def open(self) -> None:
        await self.page.goto(self.address)
        await expect(self.page.locator("#pad")).not_to_have_attribute("data-phase", "opening")

    async def keep_score(self, name: str = "Robin") -> None:
        """Sign in, open the pad, claim the match: the halves are free."""
        await self.sign_in(name)
        await self.open()
        await self.control("claim").tap()
        await self.is_in("play")

    async def let_go(self) -> None:
        """Stop keeping score; the server knows it when this returns."""
        await self.control("release").tap()
        await self.is_in("claim")
        path = f"/api/events/{EVENT}/claims/{self.match_id}"
        await fact(self.page, FREE, path)

    async def point(self, team: int, times: int = 1) -> None:
        for _ in range(times):
            await self.control(f"point-{team}").tap()

    async def undo(self) -> None:
        await self.control("undo").tap()

    async def choose(self, sheet: str, *then: str) -> None:
        """Open a sheet from the toolbar, or one behind it, or press a control in it."""
        await self.page.locator(f'.toolbar [data-go="{sheet}"]').tap()
        for selector in then:
            await self.page.locator(f"dialog[open] {selector}").tap()

    async def correct(self, team1: int, team2: int) -> None:
        """Type the score of the running set."""
        await self.choose("more", '[data-go="correct"]')
        await self.page.locator('dialog [name="team1"]').fill(str(team1))
        await self.page.locator('dialog [name="team2"]').fill(str(team2))
        await self.page.locator("dialog form button.primary").tap()
        await expect(self.page.locator("dialog[open]")).to_have_count(0)

    async def is_in(self, phase: str) -> None:
        """``play``, or which panel lies over the halves."""
        await expect(self.page.locator("#pad")).to_have_attribute("data-phase", phase)

    async def shows(self, team1: int, team2: int) -> None:
        """The running set's points, as a reader of the page finds them."""
        for team, points in ((1, team1), (2, team2)):
            digits = self.page.locator(f'.half .digits[data-team="{team}"]')
            await expect(digits).to_have_text(str(points))

    async def is_sent(self) -> None:
        """Everything is acknowledged."""
        await expect(self.strip).to_have_attribute("data-sync", "synced")

    async def waits(self, number: int, sync: str) -> None:
        """So many wait to be sent, and all of them are on the phone's disk: the strip counts a
        touch from the moment it is made."""
        await expect(self.strip).to_have_attribute("data-pending", str(number))
        await expect(self.strip).to_have_attribute("data-sync", sync)
        await fact(self.page, ON_DISK, number)

    @property
    def strip(self) -> Locator:
        return self.page.locator("#strip")

    async def fall_asleep_and_wake(self) -> None:
        """The screen goes dark and comes back, as the page is told of it."""
        for hidden in (True, False):
            await self.page.evaluate(
                """(value) => {
                    Object.defineProperty(document, "hidden", {value, configurable: true});
                    document.dispatchEvent(new Event("visibilitychange"));
                }""",
                hidden,
            )

    async def left_team(self) -> int:
        """Whose half is on the left of the screen."""
        edges = []
        for team in (1, 2):
            box = await self.page.locator(f".half[data-action=point-{team}]").bounding_box()
            assert box is not None
            edges.append(box["x"])
        return 1 if edges[0] < edges[1] else 2

    async def network_is_back(self) -> None:
        """The phone notices by itself within a minute; here it is told at once."""
        await self.page.evaluate("dispatchEvent(new Event('online'))")

    async def claim(self) -> Any:
        """The claim document that everyone else sees."""
        answer = await self.page.request.get(f"/api/events/{EVENT}/claims/{self.match_id}")
        return await answer.json()

    async def from_server(self) -> Any:
        """The score document that everyone else sees."""
        answer = await self.page.request.get(f"/api/events/{EVENT}/scores/{self.match_id}")
        return await answer.json() if answer.ok else None
