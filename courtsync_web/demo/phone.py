"""A scorer's phone: it sends, and sends the same again until the server has answered."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

import httpx

Json = dict[str, Any]
Headers = dict[str, str]

LONGEST_WAIT = 8.0
"""Seconds between two attempts when a server stays away."""


class SignedOut(Exception):
    """The server no longer knows this guest; a new one must come and claim anew."""


class Refused(ValueError):
    """The server says no to something without which nobody can keep score."""


class Stopped(Exception):
    """The simulation ends; whoever waits for the server stops waiting."""


@dataclass(slots=True)
class Phone:
    """One guest on one phone. ``stop`` ends waiting; ``counts`` is shared by all phones."""

    http: httpx.AsyncClient
    name: str
    rng: Random
    stop: asyncio.Event
    counts: Counter[str]
    _token: str = ""
    _refresh: str = ""
    _etags: dict[str, tuple[str, Any]] = field(default_factory=dict)

    async def sign_in(self) -> None:
        """Become a guest of this name."""
        self._token = ""
        answer = await self.send("POST", "/api/auth/guest", {"displayName": self.name})
        self._keep(granted(answer).json())
        self.counts["guests"] += 1

    async def get(self, path: str) -> Any:
        """A document; none where there is none (404)."""
        etag, known = self._etags.get(path, ("", None))
        headers = {"If-None-Match": etag} if etag else {}
        answer = await self.send("GET", path, headers=headers)
        if answer.status_code == 304:
            return known
        if answer.status_code == 404:
            return None
        granted(answer)
        self._etags[path] = (answer.headers.get("ETag", ""), answer.json())
        return answer.json()

    async def send(
        self, method: str, path: str, body: Json | None = None, headers: Headers | None = None
    ) -> httpx.Response:
        """The server's verdict on one request, however often it must be asked.

        Raises :class:`SignedOut` or :class:`Stopped`.
        """
        answer = await self._verdict(method, path, body, headers or {}, self._token)
        if answer.status_code == 401 and self._token:
            await self._renew()
            answer = await self._verdict(method, path, body, headers or {}, self._token)
            if answer.status_code == 401:
                raise SignedOut(self.name)
        return answer

    async def rest(self, seconds: float) -> None:
        """Wait like a person; raises :class:`Stopped` when the simulation ends meanwhile."""
        try:
            await asyncio.wait_for(self.stop.wait(), seconds)
        except TimeoutError:
            return
        raise Stopped

    async def _verdict(
        self, method: str, path: str, body: Json | None, headers: Headers, token: str
    ) -> httpx.Response:
        """No answer, a fault of the server's and "too many" are no verdict: it goes out again."""
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        for attempt in count():
            answer = None
            with suppress(httpx.TransportError):
                answer = await self.http.request(method, path, json=body, headers=headers | bearer)
            if answer is not None and answer.status_code < 500 and answer.status_code != 429:
                return answer
            self.counts["retries"] += 1
            await self._wait(answer, attempt)
        raise AssertionError("count() never ends")

    async def _renew(self) -> None:
        """The next pair of tokens; the guest stays the same, and so do their claims."""
        answer = await self._verdict("POST", "/api/auth/refresh", {}, {}, self._refresh)
        if not answer.is_success:
            raise SignedOut(self.name)
        self._keep(answer.json())

    def _keep(self, tokens: Json) -> None:
        self._token, self._refresh = tokens["token"], tokens["refreshToken"]

    async def _wait(self, answer: httpx.Response | None, attempt: int) -> None:
        asked = answer.headers.get("Retry-After", "") if answer is not None else ""
        seconds = min(LONGEST_WAIT, 0.2 * 2**attempt) * self.rng.uniform(0.7, 1.3)
        await self.rest(float(asked) if asked.isdigit() else seconds)


def granted(answer: httpx.Response) -> httpx.Response:
    """The same answer; raises :class:`Refused` in the server's words if it is a refusal."""
    if answer.is_success:
        return answer
    raise Refused(f"{answer.request.url.path}: {answer.status_code} {answer.text[:200]}")
