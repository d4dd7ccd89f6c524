"""A scorer's phone: from the touch to painted and durable, and 300 queued points on return."""

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.bench.figures import spread, table
from tests.browser.chromium import chromium_program
from tests.browser.gate import Gate
from tests.browser.scorers import EVENT, Scorer, an_unscored_match
from tests.browser.visitors import PHONE
from tests.servers.app import Server, run_command, start_server

TAPS = 30
SLOWER = 4
"""A cheap phone, for a desk's processor."""
MATCHES, POINTS = 6, 50
RUNS = 3

TAP = """async (slower) => {
  const taken = [];
  for (let n = 0; n < slower.taps; n += 1) {
    const half = document.querySelector(`.half[data-action="point-${1 + (n % 2)}"]`);
    const points = half.querySelector(".points");
    // The control rests after each touch, as it does under a thumb.
    await new Promise((next) => setTimeout(next, 450));
    const touched = performance.now();
    const changed = new Promise((seen) => {
      const watch = new MutationObserver(() => (watch.disconnect(), seen()));
      watch.observe(points, { childList: true, characterData: true, subtree: true });
    });
    const finger = { bubbles: true, isPrimary: true, button: 0 };
    half.dispatchEvent(new PointerEvent("pointerdown", finger));
    await changed;
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
    taken.push(performance.now() - touched);
  }
  return taken;
}"""
DRAIN = """async () => {
  const held = document.getElementById("phone-held");
  const started = performance.now();
  document.querySelector('[data-phone="send"]').click();
  while (held.dataset.pending !== "0") await new Promise((next) => setTimeout(next, 5));
  return performance.now() - started;
}"""


def measure() -> None:
    """On a server of its own with the demo tournament."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run_command(folder / "data", "demo", cwd=folder)
        server = start_server(folder / "data", cwd=folder)
        try:
            taps, drains = asyncio.run(on_a_phone(server))
        finally:
            server.stop()
    table(
        "A scorer's phone (Chromium), ms, median (lowest to highest)",
        ("what", "ms"),
        [
            (f"touch → painted and durable, CPU {SLOWER}× slower, {TAPS} touches", spread(taps)),
            (f"{MATCHES * POINTS} queued points → all acknowledged, {RUNS} times", spread(drains)),
        ],
    )


async def on_a_phone(server: Server) -> tuple[list[float], list[float]]:
    async with async_playwright() as playwright, Gate(server.url) as gate:
        browser = await playwright.chromium.launch(executable_path=chromium_program())
        page = await somebody(browser, gate)
        taps = await touches(page, server)
        drains = []
        for _ in range(RUNS):
            page = await somebody(browser, gate)
            drains.append(await queued(page, gate, server))
        await browser.close()
    return taps, drains


async def somebody(browser: Browser, gate: Gate) -> Page:
    context = await browser.new_context(base_url=gate.url, **PHONE)  # type: ignore[arg-type]
    page: Page = await context.new_page()
    return page


async def touches(page: Page, server: Server) -> list[float]:
    """From pointer-down to the frame that shows the point; it is on the disk before that."""
    await Scorer(page, an_unscored_match(server)).keep_score()
    session = await page.context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    taken: list[float] = await page.evaluate(TAP, {"taps": TAPS})
    return taken


async def queued(page: Page, gate: Gate, server: Server) -> float:
    """A phone that scored six matches without a network comes back."""
    await Scorer(page, 0).sign_in("Robin")
    await page.goto(f"/events/{EVENT}/matches/{an_unscored_match(server)}/score")
    await page.goto("/settings")
    content = json.dumps(filed(unscored(server))).encode()
    await gate.cut()
    file: Any = {"name": "queued.json", "mimeType": "application/json", "buffer": content}
    await page.locator('[data-phone="import"]').set_input_files(file)
    held = page.locator("#phone-held")
    await expect(held).to_have_attribute("data-pending", str(MATCHES * POINTS), timeout=60_000)
    await gate.restore()
    taken: float = await page.evaluate(DRAIN)
    return taken


def unscored(server: Server) -> list[dict[str, Any]]:
    """Matches nobody has scored; every run begins with others."""
    with httpx.Client(base_url=f"{server.url}/api/events/{EVENT}") as api:
        claimed = {claim["matchId"] for claim in api.get("/claims").json()}
        matches = api.get("/matches?status=not-started").json()
    free = [
        match
        for match in matches
        if match["team1"] and match["team2"] and match["matchId"] not in claimed
    ]
    return free[:MATCHES]


def filed(matches: list[dict[str, Any]]) -> dict[str, Any]:
    """What another phone would have exported: points in turns, far from the end of a set."""
    log = [
        {"type": "point", "team": 1 + n % 2, "n": n, "at": 1_700_000_000_000 + n}
        for n in range(POINTS)
    ]
    one = {"eventId": EVENT, "person": "robin", "names": None, "log": log}
    return {
        "courtsync": 1,
        "matches": [
            one | {"matchId": match["matchId"], "format": match["format"]} for match in matches
        ],
    }
