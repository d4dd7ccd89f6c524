"""Spectators: one by a stream, one by a WebSocket, each reads for the whole run, and takes it up
again wherever it broke."""

import asyncio
import json
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

MOMENT = 0.02
"""Seconds before a spectator comes again."""


class Watcher(ABC):
    """Keeps the states it was shown, match by match, in order."""

    def __init__(self) -> None:
        self.states: dict[int, list[dict[str, Any]]] = {}
        self._task = asyncio.create_task(self._watch())

    @abstractmethod
    async def _watch(self) -> None:
        """Read for ever."""

    def _hear(self, event: str, document: dict[str, Any]) -> None:
        scores = document["scores"] if event == "snapshot" else []
        for score in [document] if event == "score-update" else scores:
            self.states.setdefault(score["matchId"], []).append(score)

    async def has_seen(self, wanted: dict[int, int]) -> bool:
        """Wait until these revisions have come through; not for ever."""
        for _ in range(250):
            if all(
                any(one["revision"] >= revision for one in self.states.get(match_id, ()))
                for match_id, revision in wanted.items()
            ):
                return True
            await asyncio.sleep(MOMENT)
        return False

    async def close(self) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task


class StreamWatcher(Watcher):
    """By server-sent events, from the last one that it saw."""

    def __init__(self, url: str, event_id: str) -> None:
        self._url = f"{url}/api/events/{event_id}/stream"
        self._last = ""
        super().__init__()

    async def _watch(self) -> None:
        async with httpx.AsyncClient(timeout=httpx.Timeout(5, read=30)) as client:
            while True:
                with suppress(httpx.HTTPError):
                    headers = {"Last-Event-ID": self._last} if self._last else {}
                    async with client.stream("GET", self._url, headers=headers) as answer:
                        await self._read(answer)
                await asyncio.sleep(MOMENT)

    async def _read(self, answer: httpx.Response) -> None:
        event, number = "", ""
        async for line in answer.aiter_lines():
            name, _, value = line.partition(": ")
            if name == "event":
                event = value
            elif name == "id":
                number = value
            elif name == "data":
                self._hear(event, json.loads(value))
                self._last = number or self._last


class SocketWatcher(Watcher):
    """By WebSocket; each time it comes it is told everything anew."""

    def __init__(self, url: str, event_id: str) -> None:
        self._url = url.replace("http:", "ws:") + f"/api/events/{event_id}/ws"
        super().__init__()

    async def _watch(self) -> None:
        while True:
            with suppress(OSError, TimeoutError, WebSocketException):
                async with connect(self._url, open_timeout=5, close_timeout=1) as socket:
                    async for message in socket:
                        said = json.loads(message)
                        self._hear(said["type"], said)
            await asyncio.sleep(MOMENT)
