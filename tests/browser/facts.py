"""Waiting for something that a page can only tell by a promise.

Playwright's ``wait_for_function`` takes the promise itself for a yes.
"""

import asyncio
from typing import Any

from playwright.async_api import Page

PATIENCE = 15.0


async def fact(page: Page, script: str, argument: Any = None) -> None:
    """Look until the (async) function says yes."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE
    while not await page.evaluate(script, argument):
        assert loop.time() < deadline, f"it never became so: {script}"
        await asyncio.sleep(0.02)
