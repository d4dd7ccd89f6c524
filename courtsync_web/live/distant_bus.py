"""What buses between processes have in common.

A ring is heard in its own process at once, and by the others when the line carries it. What
waits to be told is the newest number of each event, so a line that is away for a while costs
no memory and nothing has to be told twice. A ring that gets lost is found by the looks that
the hub and the remembered reads take by themselves.
"""

import asyncio
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from courtsync_web.live.bus import MemoryBus

CHANNEL = "courtsync_bell"
MOST_WAITING = 10_000
"""Events that wait to be told of; more than there are."""


class Line(Protocol):
    """An open connection to whatever carries rings. Its faults end it."""

    async def tell(self, rings: Mapping[str, int]) -> None:
        """Send these to everybody who hears."""

    async def hear(self) -> None:
        """Hand on whatever comes, until the line breaks."""


class DistantBus(MemoryBus):
    """A bus over a line; ``run`` is a background task that lives as long as the line."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[str, int] = {}
        self._something = asyncio.Event()
        self.is_up = False

    def ring(self, event_id: str, seq: int) -> None:
        super().ring(event_id, seq)
        if event_id in self._waiting or len(self._waiting) < MOST_WAITING:
            self._waiting[event_id] = max(seq, self._waiting.get(event_id, 0))
            self._something.set()

    def heard(self, text: str) -> None:
        """One message of the line; anything that is no ring is not for us."""
        event_id, _, number = text.rpartition(" ")
        if event_id and number.isdecimal():
            super().ring(event_id, int(number))

    def line(self) -> AbstractAsyncContextManager[Line]:
        """Open a line."""
        raise NotImplementedError

    async def run(self) -> None:
        """Carry rings until the line breaks; raises what broke it."""
        async with self.line() as line, asyncio.TaskGroup() as both:
            self.is_up = True
            try:
                both.create_task(self._tell(line))
                await line.hear()
            finally:
                self.is_up = False
            raise ConnectionError("the line between the processes has closed")

    async def _tell(self, line: Line) -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            rings, self._waiting = self._waiting, {}
            await line.tell(rings)


def said(event_id: str, seq: int) -> str:
    """A ring as a message."""
    return f"{event_id} {seq}"
