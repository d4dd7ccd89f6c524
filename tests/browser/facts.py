"""Waiting for something that a page can only tell by a promise.

Playwright's ``wait_for_function`` takes the promise itself for a yes.
"""

import asyncio
from typing import Any

from playwright.async_api import Page

PATIENCE = 15.0
KEPT = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages-of-"));
  const pages = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return pages.flat().map(({ url }) => new URL(url).pathname);
}"""
"""The addresses of the pages that the worker keeps."""
KEPT_HERE = """([match, revision]) => new Promise((resolve) => {
  const asked = indexedDB.open("courtsync-known");
  asked.onsuccess = () => {
    const all = asked.result.transaction("scores").objectStore("scores").getAll();
    all.onsuccess = () => {
      asked.result.close();
      resolve(all.result.some(
        ({ matchId, score }) => matchId === match && score.revision === revision));
    };
  };
})"""
"""Whether this phone has written down a match's score of a revision."""


async def fact(page: Page, script: str, argument: Any = None) -> None:
    """Look until the (async) function says yes."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE
    while not await page.evaluate(script, argument):
        assert loop.time() < deadline, f"it never became so: {script}"
        await asyncio.sleep(0.02)


async def visit(page: Page, path: str) -> None:
    """Open a page and stay until it is kept."""
    await page.goto(path)
    await fact(page, f"async (path) => (await ({KEPT})()).includes(path)", path)
