"""What a page weighs for somebody who was never here before."""

from collections.abc import Callable
from typing import Any

from playwright.async_api import Browser, CDPSession

from tests.bench.figures import percentile
from tests.browser.visitors import PHONE

VISITS = 3


async def weight(browser: Browser, address: str) -> tuple[str, str, str]:
    """What a phone that was never here before loads, headers included."""
    visits = [await visit(browser, address) for _ in range(VISITS)]
    everything, scripts, requests = (percentile(one, 0.5) for one in zip(*visits, strict=True))
    return f"{everything / 1000:.1f} KB", f"{scripts / 1000:.1f} KB", f"{requests:.0f}"


async def visit(browser: Browser, address: str) -> tuple[int, int, int]:
    """Bytes of everything, of scripts, and the number of requests of one fresh visit."""
    context = await browser.new_context(**PHONE)  # type: ignore[arg-type]
    page = await context.new_page()
    counted = Counted(await context.new_cdp_session(page))
    await counted.begin()
    await page.goto(address, wait_until="load")
    await page.wait_for_function("document.readyState === 'complete'")
    await page.wait_for_load_state("networkidle")
    await context.close()
    return counted.all, counted.scripts, len(counted.kinds)


class Counted:
    """Bytes that came over the wire for one page, as the browser's network log has them."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self.kinds: dict[str, str] = {}
        self.bytes: dict[str, int] = {}

    async def begin(self) -> None:
        hear: list[tuple[str, Callable[[dict[str, Any]], None]]] = [
            ("Network.requestWillBeSent", self._asked),
            ("Network.responseReceived", self._answered),
            ("Network.dataReceived", self._more),
            ("Network.loadingFinished", self._finished),
        ]
        for name, heard in hear:
            self._session.on(name, heard)
        await self._session.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event.get("type", "Other")

    def _answered(self, event: dict[str, Any]) -> None:
        self.bytes[event["requestId"]] = event["response"]["encodedDataLength"]

    def _more(self, event: dict[str, Any]) -> None:
        # A stream never finishes: what it has sent so far counts as it comes.
        self.bytes[event["requestId"]] = (
            self.bytes.get(event["requestId"], 0) + event["encodedDataLength"]
        )

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes[event["requestId"]] = event["encodedDataLength"]

    @property
    def all(self) -> int:
        return sum(self.bytes.values())

    @property
    def scripts(self) -> int:
        return sum(size for id_, size in self.bytes.items() if self.kinds.get(id_) == "Script")
