"""The hall's network, as bad as the dice want it. Every fault is told in the story."""

import asyncio
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx

Body = dict[str, Any]
FAULTS = ("lost", "cut", "twice", "late", "portal", "broken", "busy")
PORTAL = "<!doctype html><title>Hall WiFi</title><form>Accept the terms</form>"


class Unreachable(Exception):
    """No answer came."""


@dataclass
class Network:
    """Between the phones and the server. ``calm``: nothing goes wrong any more."""

    url: str
    dice: Random
    story: list[str] = field(default_factory=list)
    calm: bool = False
    expected_faults: bool = False
    """The server is being killed: what it answers now is no news."""
    faults: list[str] = field(default_factory=list)
    """5xx of the server's own, which nobody injected."""
    _late: list[tuple[str, Body, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = httpx.AsyncClient(timeout=10)

    async def post(self, path: str, body: Body, token: str) -> httpx.Response:
        """One call, which may meet any of :data:`FAULTS`."""
        fault = self.dice.choice(FAULTS) if not self.calm and self.dice.random() < 0.4 else ""
        if fault:
            self.story.append(f"network: {fault}")
        if fault == "lost":
            raise Unreachable
        if fault == "late":
            self._late.append((path, body, token))
            raise Unreachable
        if fault in ("portal", "broken", "busy"):
            return made_up(fault)
        answer = await self.through(path, body, token)
        if fault == "twice":
            answer = await self.through(path, body, token)
        if fault == "cut":
            raise Unreachable
        return answer

    async def deliver_late(self) -> None:
        """What was under way for long arrives after all, in whatever order."""
        self.dice.shuffle(self._late)
        while self._late:
            path, body, token = self._late.pop()
            try:
                await self.through(path, body, token)
            except Unreachable:
                self.story.append("network: a late request met nobody")

    async def through(self, path: str, body: Body, token: str) -> httpx.Response:
        """To the server and back."""
        headers = {"Authorization": f"Bearer {token}"}
        try:
            answer = await self.client.post(self.url + path, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise Unreachable from error
        if answer.status_code >= 500 and not self.expected_faults:
            self.faults.append(f"{answer.status_code} on {path}: {answer.text[:300]}")
        return answer

    async def close(self) -> None:
        await self.client.aclose()

    async def rest(self) -> None:
        """Let the server's clock go on a little."""
        await asyncio.sleep(self.dice.choice((0.0, 0.002, 0.01)))


def made_up(fault: str) -> httpx.Response:
    """An answer that is not the server's."""
    if fault == "portal":
        return httpx.Response(200, text=PORTAL, headers={"Content-Type": "text/html"})
    if fault == "broken":
        return httpx.Response(502, text="Bad gateway")
    return httpx.Response(429, json={"code": "rate-limited"}, headers={"Retry-After": "1"})
