"""From a score's POST to the spectator's painted page, and what a first visit weighs."""

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Self

import httpx
from playwright.async_api import Browser, Page, async_playwright

from tests.bench.events import import_file, make_owner, write_event
from tests.bench.figures import percentile, table
from tests.bench.offline import RELOADS, offline_reloads
from tests.bench.weight import VISITS, weight
from tests.browser.chromium import chromium_program
from tests.browser.visitors import PHONE
from tests.servers.app import Server, start_server

POINTS = 60
EVENT = "day400"

WATCH = """([match, set, team]) => {
  const cell = () => document.querySelector(
    `[data-match="${match}"] [data-set="${set}"][data-team="${team}"]`);
  window.painted = (points) => new Promise((resolve) => {
    const look = () => {
      if (Number(cell()?.textContent) !== points) return false;
      seen.disconnect();
      // The frame after the change is drawn: a task queued in a frame runs once it is painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
        port2.postMessage(0);
      });
      return true;
    };
    const seen = new MutationObserver(look);
    seen.observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
  });
}"""


def measure() -> None:
    """One server with an event of 400 matches today, one Chromium."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_owner(folder)
        import_file(folder, write_event(folder, EVENT, matches=400, days=1, courts=200))
        server = start_server(folder, cwd=folder, environment={"COURTSYNC_LIMITS": "off"})
        try:
            asyncio.run(with_chromium(server))
        finally:
            server.stop()


async def with_chromium(server: Server) -> None:
    async with async_playwright() as playwright, Scorer(server.url) as scorer:
        browser = await playwright.chromium.launch(executable_path=chromium_program())
        match_path = f"/events/{EVENT}/matches/{scorer.match_id}"
        latency = []
        for title, path in (
            ("event page, 400 matches", f"/events/{EVENT}"),
            ("match page", match_path),
        ):
            times = await points_painted(browser, server.url + path, scorer)
            latency.append(
                (title, *(f"{percentile(times, share):.0f}" for share in (0.5, 0.95, 1)))
            )
        table(
            f"From POST to the painted page, ms, {POINTS} points each",
            ("page", "median", "95 %", "slowest"),
            latency,
        )
        event = f"/events/{EVENT}"
        table(
            f"Reload without a network, ms until everything is loaded, {RELOADS} times",
            ("page", "median", "95 %", "slowest"),
            [("event page, 400 matches", *(await offline_reloads(browser, server, event)))],
        )
        paths = {
            "home": "/",
            "event, 400 matches": f"/events/{EVENT}",
            "match": match_path,
            "scorer's pad": f"{match_path}/score",
        }
        weights = [
            (title, *(await weight(browser, server.url + path))) for title, path in paths.items()
        ]
        table(
            f"First visit on a phone, bytes over the wire, median of {VISITS}",
            ("page", "all", "of it JavaScript", "requests"),
            weights,
        )
        await browser.close()


class Scorer:
    """Somebody who has claimed the event's first match and scores it through the API."""

    match_id: int

    def __init__(self, url: str, event_id: str = EVENT) -> None:
        self._event = f"/api/events/{event_id}"
        self._http = httpx.AsyncClient(base_url=url)
        self._points = 0

    async def __aenter__(self) -> Self:
        guest = await self._http.post("/api/auth/guest", json={"displayName": "Bench"})
        self._http.headers["Authorization"] = f"Bearer {guest.raise_for_status().json()['token']}"
        listed = await self._http.get(f"{self._event}/matches")
        playable = [one for one in listed.raise_for_status().json() if one["team1Id"]]
        self.match_id = playable[0]["matchId"]
        claim = await self._http.post(f"{self._event}/claims/{self.match_id}", json={})
        claim.raise_for_status()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def score(self, points: int) -> float:
        """Team 1 has so many points now. Answers when the POST went out, in Unix ms."""
        now = time.time() * 1000
        answer = await self._http.post(
            f"{self._event}/scores",
            json={
                "matchId": self.match_id,
                "status": "in-progress",
                "sets": [{"setNumber": 1, "team1Score": points, "team2Score": points - 1}],
                "action": "point",
            },
        )
        answer.raise_for_status()
        return now


async def points_painted(browser: Browser, address: str, scorer: Scorer) -> list[float]:
    """Milliseconds for each point; the next is scored when the former is on the screen."""
    context = await browser.new_context(**PHONE)  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(address)
    await page.evaluate(WATCH, [scorer.match_id, 1, 1])
    await shown(page, scorer, 1)
    times = [await shown(page, scorer, points) for points in range(2, POINTS + 2)]
    await context.close()
    return times


async def shown(page: Page, scorer: Scorer, points: int) -> float:
    """Score, and wait until the page shows it."""
    seen = asyncio.ensure_future(page.evaluate("(points) => window.painted(points)", points))
    posted = await scorer.score(points)
    painted: float = await seen
    return painted - posted
