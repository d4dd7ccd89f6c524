"""Firefox by Playwright. Its `set_offline` leaves the worker online: only the gate is honest."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright

from tests.browser.engines.device import Device

STORAGE_ASKS_NOBODY: dict[str, str | float | bool] = {
    "dom.storageManager.prompt.testing": True,
    "dom.storageManager.prompt.testing.allow": True,
}


@asynccontextmanager
async def firefox(base_url: str) -> AsyncIterator[Device]:
    """A fresh Firefox with one page."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("Firefox is not installed: the offline story was not tried in it")
    async with async_playwright() as playwright:
        browser = await playwright.firefox.launch(
            channel="moz-firefox",
            executable_path=program,
            firefox_user_prefs=STORAGE_ASKS_NOBODY,
        )
        context = await browser.new_context(
            base_url=base_url, viewport={"width": 390, "height": 844}
        )
        yield Firefox(await context.new_page())
        await browser.close()


class Firefox:
    """A page of Firefox."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def open(self, path: str) -> None:
        await self._page.goto(path)

    async def reload(self) -> None:
        # The protocol's own reload goes past the worker, as with Shift held.
        async with self._page.expect_navigation():
            await self._page.evaluate("location.reload()")

    async def close_and_reopen(self, path: str) -> None:
        context = self._page.context
        await self._page.close()
        self._page = await context.new_page()
        await self._page.goto(path)

    async def touch(self, selector: str) -> None:
        await self._page.locator(selector).first.click()

    async def read(self, body: str) -> Any:
        return await self._page.evaluate(f"async () => {{ {body} }}")
