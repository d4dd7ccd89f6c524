"""How soon an event page is there again when the network is not."""

from playwright.async_api import Browser

from tests.bench.figures import percentile
from tests.browser.facts import fact
from tests.browser.gate import Gate
from tests.browser.visitors import PHONE
from tests.servers.app import Server

RELOADS = 12
KEPT = """async (path) => {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages-of-"));
  const pages = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return pages.flat().some(({ url }) => new URL(url).pathname === path);
}"""
LOADED = """() => new Promise((resolve) => {
  const look = () => {
    const [visit] = performance.getEntriesByType("navigation");
    if (visit.loadEventEnd) resolve(visit.loadEventEnd);
    else setTimeout(look, 5);
  };
  look();
})"""


async def offline_reloads(browser: Browser, server: Server, path: str) -> tuple[str, str, str]:
    """Milliseconds from asking to everything loaded, its scripts run, with the network cut."""
    async with Gate(server.url) as gate:
        context = await browser.new_context(**PHONE)  # type: ignore[arg-type]
        page = await context.new_page()
        await page.goto(gate.url + path)
        await fact(page, KEPT, path)
        await gate.cut()
        times = []
        for _ in range(RELOADS):
            await page.reload()
            times.append(await page.evaluate(LOADED))
        assert await page.locator("#kept").is_visible()
        await context.close()
    median, late, slowest = (f"{percentile(times, share):.0f}" for share in (0.5, 0.95, 1))
    return median, late, slowest
