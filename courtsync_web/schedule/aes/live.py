"""AES asked over HTTP: honestly, slowly, and with a word for everything that may come back."""

import asyncio
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx

from courtsync_web import __version__
from courtsync_web.schedule.aes.endpoints import Endpoint
from courtsync_web.schedule.aes.source import NOTHING_OFFERED, Answer, judged

HOPS = 3
"""Redirects that are followed, within the same host only."""
REFUSED = (
    "AES refuses to answer this computer (403): it turns away some networks, data centres "
    "among them. Try from another network, or import recorded answers with --from"
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How politely to ask. Nobody publishes a limit; these are what careful programs keep."""

    parallel: int = 4
    pause: float = 0.2
    """Seconds between the starts of two calls."""
    timeout: float = 20.0
    tries: int = 4
    backoff: float = 1.0
    """Seconds before the second try, doubled for each further one."""
    patience: float = 60.0
    """The longest ``Retry-After`` that is waited for."""
    largest: int = 20 * 1024 * 1024
    """Bytes of one answer that are read; the largest real one seen has a quarter of a megabyte."""


class TryAgain(Exception):
    """A failure that may pass: ``wait`` seconds if the service named any."""

    def __init__(self, words: str, wait: float | None = None) -> None:
        super().__init__(words)
        self.wait = wait


class LiveAes:
    """The service's answers about one event. Only the configured host is ever called."""

    offered = NOTHING_OFFERED

    def __init__(self, base_url: str, key: str, *, contact: str = "", pace: Pace = Pace()) -> None:
        self.key = key
        self._base = base_url.rstrip("/")
        self._pace = pace
        self._turns = asyncio.Semaphore(pace.parallel)
        self._gate = asyncio.Lock()
        self._turned_away = False
        who = f"; {contact}" if contact else ""
        self._client = httpx.AsyncClient(
            headers={
                "User-Agent": f"CourtSync/{__version__} (schedule import{who})",
                "Accept": "application/json",
            },
            timeout=pace.timeout,
            follow_redirects=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def ask(self, endpoint: Endpoint) -> Answer:
        url = f"{self._base}/api/event/{self.key}{endpoint.path}"
        async with self._turns:
            return await self._persistently(url)

    async def _persistently(self, url: str) -> Answer:
        """Ask until it answers, or tell why it would not."""
        wait = self._pace.backoff
        for left in range(self._pace.tries - 1, -1, -1):
            if self._turned_away:
                return Answer(missing=REFUSED)
            try:
                return await self._once(url)
            except TryAgain as trouble:
                pause = wait if trouble.wait is None else trouble.wait
                if not left or pause > self._pace.patience:
                    return Answer(missing=f"{trouble}, after {self._pace.tries - left} tries")
                await asyncio.sleep(pause)
                wait *= 2
        return Answer(missing="it was not asked")

    async def _once(self, url: str) -> Answer:
        for _ in range(HOPS):
            await self._take_turn()
            try:
                async with (
                    asyncio.timeout(self._pace.timeout),
                    self._client.stream("GET", url) as response,
                ):
                    onward = self._redirect(response)
                    if not onward:
                        return await self._answer(response)
            except (TimeoutError, httpx.TimeoutException):
                raise TryAgain(f"no answer within {self._pace.timeout:g} seconds") from None
            except httpx.HTTPError as error:
                raise TryAgain(f"no connection ({type(error).__name__})") from None
            if not self._is_ours(onward):
                host = urlsplit(onward).netloc
                return Answer(missing=f"it redirects to {host}, which was not followed")
            url = onward
        return Answer(missing="it redirects in a circle")

    async def _take_turn(self) -> None:
        """Calls start one after another, with a pause between, however many run."""
        async with self._gate:
            await asyncio.sleep(self._pace.pause)

    def _redirect(self, response: httpx.Response) -> str:
        location = response.headers.get("Location", "")
        return urljoin(str(response.url), location) if response.is_redirect else ""

    def _is_ours(self, url: str) -> bool:
        base, other = urlsplit(self._base), urlsplit(url)
        return (base.scheme, base.netloc) == (other.scheme, other.netloc)

    async def _answer(self, response: httpx.Response) -> Answer:
        status = response.status_code
        if status == 429 or status >= 500:
            raise TryAgain(f"AES is busy or broken ({status})", retry_after(response))
        if status == 403:
            self._turned_away = True
            return Answer(missing=REFUSED)
        if status == 404:
            return Answer(missing="AES knows no such thing (404)")
        if status == 204:
            return Answer(missing="AES has no content for it (204)")
        if status != 200:
            return Answer(missing=f"AES answered with status {status}")
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > self._pace.largest:
                megabytes = self._pace.largest // 1024**2
                return Answer(missing=f"the answer is larger than {megabytes} MB")
        return judged(body.decode("utf-8", errors="replace"))


def retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait as the service asks; a date in the header is left to the backoff."""
    told = response.headers.get("Retry-After", "").strip()
    return float(told) if told.isascii() and told.isdigit() else None
