"""People with a browser of their own: each a fresh context whose every complaint is kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, WebError


class Screen(TypedDict):
    """What a device is like, in Playwright's words."""

    viewport: dict[str, int]
    has_touch: bool
    is_mobile: bool
    device_scale_factor: float


def screen(width: int, height: int, *, touch: bool) -> Screen:
    """A device with so many CSS pixels; a touch screen behaves as a phone's."""
    return Screen(
        viewport={"width": width, "height": height},
        has_touch=touch,
        is_mobile=touch,
        device_scale_factor=2 if touch else 1,
    )


PHONE = screen(390, 844, touch=True)
PHONE_ON_ITS_SIDE = screen(844, 390, touch=True)
NARROW = screen(360, 740, touch=True)
DESK = screen(1280, 800, touch=False)


@dataclass
class Complaints:
    """Console errors and uncaught exceptions of all visitors of one test."""

    heard: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, pattern: str) -> None:
        """This test provokes complaints that contain the pattern (a regular expression)."""
        self.expected.append(pattern)

    def unexpected(self) -> list[str]:
        """What nobody announced."""
        return [
            line
            for line in self.heard
            if not any(re.search(pattern, line) for pattern in self.expected)
        ]


class Visitors:
    """Everyone in one test: makes their contexts, and closes them."""

    def __init__(self, browser: Browser, base_url: str, complaints: Complaints) -> None:
        self._browser = browser
        self._base_url = base_url
        self._complaints = complaints
        self.pages: dict[str, Page] = {}
        self._contexts: list[BrowserContext] = []

    async def arrive(self, name: str, device: Screen = PHONE, **options: object) -> Page:
        """A new person with a fresh profile; ``options`` go to Playwright's ``new_context``."""
        context = await self._browser.new_context(
            base_url=self._base_url,
            **{**device, **options},  # type: ignore[arg-type]
        )
        context.set_default_timeout(20_000)
        context.on("console", self._console(name))
        context.on("weberror", self._error(name))
        self._contexts.append(context)
        self.pages[name] = page = await context.new_page()
        return page

    def _console(self, name: str) -> Callable[[ConsoleMessage], None]:
        def hear(message: ConsoleMessage) -> None:
            if message.type == "error":
                where = message.location.get("url", "")
                self._complaints.heard.append(f"{name}: {message.text} ({where})")

        return hear

    def _error(self, name: str) -> Callable[[WebError], None]:
        def hear(error: WebError) -> None:
            self._complaints.heard.append(f"{name}: uncaught {error.error}")

        return hear

    async def photograph(self, folder: Path) -> list[Path]:
        """A picture of every open page, for whoever reads about the failure."""
        taken = []
        for name, page in self.pages.items():
            if not page.is_closed():
                path = folder / f"{name}.png"
                await page.screenshot(path=path, full_page=True, animations="disabled")
                taken.append(path)
        return taken

    async def leave(self) -> None:
        """Close every context."""
        for context in self._contexts:
            await context.close()
