"""The photographer's day on a slow phone: how long a large event's pages hold up the finger."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from tests.bench.events import import_file, make_owner, write_event
from tests.bench.figures import table
from tests.bench.live import Scorer
from tests.browser.chromium import chromium_program
from tests.browser.visitors import PHONE
from tests.servers.app import Server, start_server

EVENT = "large"
COURTS, MATCHES, TEAMS = 200, 1400, 20
SLOWER = 4
"""A cheap phone, for a desk's processor."""
WATCH = """() => {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(Math.round(duration));
  }).observe({ type: "longtask", buffered: true });
}"""
AT_REST = """async () => {
  const frame = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  let calm = 0;
  while (calm < 30) {
    const begun = performance.now();
    await frame();
    calm = performance.now() - begun < 40 ? calm + 1 : 0;
  }
  return window.longTasks.splice(0);
}"""
"""Thirty quick frames in a row; then, what was long."""
Row = tuple[str, int, int, int]
Step = Callable[[Page, Scorer], Awaitable[Any]]

STEPS: list[tuple[str, Step]] = [
    ("event page, opened", lambda page, _: page.goto(f"/events/{EVENT}")),
    ("a point arrives there", lambda _, scorer: scorer.score(5)),
    ("search, three letters", lambda page, _: page.locator("[name=q]").press_sequentially("fal")),
    ("search, emptied", lambda page, _: page.locator("[name=q]").fill("")),
    ("“only teams not yet in my plan”", lambda page, _: page.goto(f"/events/{EVENT}?gap=1")),
    ("a match picked", lambda page, _: page.locator(".camera:visible").first.tap()),
    ("Coverage, opened", lambda page, _: page.goto(f"/events/{EVENT}/coverage")),
    ("Coverage, all that could be taken", lambda page, _: page.locator("#show-others").tap()),
    ("Coverage, all teams wanted", lambda page, _: page.locator("#aim").select_option("all")),
    ("a point arrives there", lambda _, scorer: scorer.score(6)),
    ("My teams, opened", lambda page, _: page.goto("/my-teams")),
]


def measure() -> None:
    """On a server of its own with one large day."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_owner(folder / "data")
        path = write_event(folder, EVENT, matches=MATCHES, days=1, courts=COURTS)
        import_file(folder / "data", path)
        server = start_server(folder / "data", cwd=folder, environment={"COURTSYNC_LIMITS": "off"})
        try:
            rows = asyncio.run(on_a_slow_phone(server))
        finally:
            server.stop()
    table(
        f"A day of {COURTS} courts, {MATCHES} matches, {TEAMS} followed teams;"
        f" Chromium, CPU {SLOWER}× slower, ms",
        ("what", "long tasks (over 50)", "longest", "together"),
        rows,
    )


async def on_a_slow_phone(server: Server) -> list[Row]:
    async with async_playwright() as playwright, Scorer(server.url, EVENT) as scorer:
        browser = await playwright.chromium.launch(executable_path=chromium_program())
        page = await photographer(browser, server.url)
        rows = [await measured(page, scorer, *step) for step in STEPS]
        await browser.close()
    return rows


async def photographer(browser: Browser, url: str) -> Page:
    """Follows twenty teams and has planned their first matches."""
    context = await browser.new_context(base_url=url, **PHONE)  # type: ignore[arg-type]
    await context.request.post("/api/auth/guest", data={"displayName": "Robin"})
    await context.request.patch("/api/me", data={"persona": "media"})
    matches = await (await context.request.get(f"/api/events/{EVENT}/matches")).json()
    firsts = {one["team1Id"]: one["matchId"] for one in reversed(matches) if one["team1Id"]}
    chosen = dict(sorted(firsts.items())[:TEAMS])
    for team in chosen:
        await context.request.put(f"/api/me/follows/{EVENT}/{team}")
    plan = {"selectedMatches": sorted(set(chosen.values()))}
    await context.request.put(f"/api/events/{EVENT}/coverage-plans", data=plan)
    await context.add_init_script(f"({WATCH})()")
    page: Page = await context.new_page()
    session = await context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


async def measured(page: Page, scorer: Scorer, what: str, step: Step) -> Row:
    await step(page, scorer)
    tasks: list[int] = await page.evaluate(AT_REST)
    return what, len(tasks), max(tasks, default=0), sum(tasks)
