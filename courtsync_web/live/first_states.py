"""The state that those who arrive begin with: read once for all who come within a moment."""

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import monotonic

from courtsync_web.live.feed import Feed, Wish

SERVES_FOR = 0.25
"""Seconds: after a restart everybody arrives at once."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A state being read, or read. ``stamp``: what was known to have changed when it began."""

    stamp: Hashable
    began: float
    task: asyncio.Task[tuple[int, bytes]]

    def has_all(self, stamp: Hashable, arrived: float) -> bool:
        """It began when all that had changed for who arrives had changed."""
        return self.stamp == stamp or self.began >= arrived

    def is_over(self, stamp: Hashable, arrived: float) -> bool:
        """It is read, and not for who arrives."""
        if not self.task.done():
            return False
        of_use = self.has_all(stamp, arrived) and monotonic() - self.began <= SERVES_FOR
        return not of_use or self.task.cancelled() or self.task.exception() is not None


class FirstStates:
    """Of one event, by wish. ``stamp`` tells of every change: it is another one afterwards.

    Who arrives after a change gets a state that has it. At most one is read at a time for a
    wish, however many changes and arrivals there are.
    """

    def __init__(self, event_id: str, feed: Feed, stamp: Callable[[], Hashable]) -> None:
        self._event_id = event_id
        self._feed = feed
        self._stamp = stamp
        self._readings: dict[Wish, Reading] = {}

    async def read(self, wish: Wish) -> tuple[int, bytes]:
        """The event's ``seq`` and the document of its state, no older than this call."""
        arrived, stamp = monotonic(), self._stamp()
        while True:
            found = self._readings.get(wish)
            if found is None or found.is_over(stamp, arrived):
                found = self._begin(wish)
            if found.has_all(stamp, arrived):
                return await asyncio.shield(found.task)
            await asyncio.wait({found.task})

    def _begin(self, wish: Wish) -> Reading:
        """Read anew; what nobody may be given any more is forgotten."""
        now = monotonic()
        task = asyncio.create_task(self._feed.snapshot(self._event_id, wish))
        kept = {w: r for w, r in self._readings.items() if now - r.began <= SERVES_FOR}
        reading = Reading(self._stamp(), now, task)
        self._readings = kept | {wish: reading}
        return reading
