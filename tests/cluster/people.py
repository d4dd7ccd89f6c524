"""Scorers who repeat until they are answered, and spectators who come back until they see."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from tests.world import EVENT

AGAIN_AFTER = 0.1


@dataclass
class Scorer:
    """Plays points on one match; remembers what was acknowledged."""

    http: httpx.AsyncClient
    match_id: int
    acknowledged: list[str] = field(default_factory=list)
    points: int = 0
    over: bool = False
    slowest: float = 0.0

    async def begin(self) -> None:
        guest = await self.insist("/api/auth/guest", {"displayName": "Scorer"})
        self.http.headers["Authorization"] = f"Bearer {guest['token']}"
        await self.insist(f"/api/events/{EVENT}/claims/{self.match_id}", {})

    async def play(self) -> None:
        """Point after point until told that it is over; every one is insisted on."""
        while not self.over:
            self.points = self.points % 24 + 1
            update_id = str(uuid4())
            began = time.monotonic()
            await self.insist(
                f"/api/events/{EVENT}/scores",
                {
                    "matchId": self.match_id,
                    "status": "in-progress",
                    "sets": [{"setNumber": 1, "team1Score": self.points, "team2Score": 0}],
                    "updateId": update_id,
                    "action": "point",
                },
            )
            self.slowest = max(self.slowest, time.monotonic() - began)
            self.acknowledged.append(update_id)

    async def insist(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """As a phone does: the same again until the server answers for good."""
        while True:
            try:
                answer = await self.http.post(path, json=body)
            except httpx.TransportError:
                await asyncio.sleep(AGAIN_AFTER)
                continue
            if answer.status_code < 400:
                told: dict[str, Any] = answer.json()
                return told
            if answer.status_code < 500:
                raise AssertionError(f"{path}: {answer.status_code} {answer.text}")
            await asyncio.sleep(AGAIN_AFTER)


@dataclass
class Spectator:
    """Follows the event over SSE; comes back after every fault with what was seen last."""

    http: httpx.AsyncClient
    seen: dict[int, int] = field(default_factory=dict)
    """The newest revision of each match."""
    last_id: str = ""
    visits: int = 0

    async def watch(self) -> None:
        while True:
            self.visits += 1
            headers = {"Last-Event-ID": self.last_id} if self.last_id else {}
            try:
                async with self.http.stream(
                    "GET", f"/api/events/{EVENT}/stream", headers=headers
                ) as answer:
                    if answer.status_code == 200:
                        await self.read(answer)
            except httpx.TransportError:
                pass
            await asyncio.sleep(AGAIN_AFTER)

    async def read(self, answer: httpx.Response) -> None:
        kind = ""
        async for line in answer.aiter_lines():
            name, _, value = line.partition(": ")
            if name == "event":
                kind = value
            elif name == "id":
                self.last_id = value
            elif name == "data":
                self.take(kind, json.loads(value))

    def take(self, kind: str, told: dict[str, Any]) -> None:
        for score in told["scores"] if kind == "snapshot" else [told]:
            if kind in ("snapshot", "score-update"):
                known = self.seen.get(score["matchId"], 0)
                self.seen[score["matchId"]] = max(known, score["revision"])
