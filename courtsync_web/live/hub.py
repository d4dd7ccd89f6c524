"""The hub: everyone who watches, told at once.

Per event one channel. A ring makes the channel read what is newer than what it last told and
encode it once for all who asked for the same; every reader then gets the same bytes. There is
no task, queue, lock or timer per reader: a frame is handed to the reader's line, and a line
that takes no more is passed over until it is free again; then it gets the newest state of
whatever it missed.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any
from weakref import WeakValueDictionary

from courtsync_web.live.bus import Bus
from courtsync_web.live.channel import Channel
from courtsync_web.live.dialects import SPREAD, Dialect, Medley
from courtsync_web.live.feed import EVERYTHING, Feed, Wish
from courtsync_web.live.readers import Line, Reader, Ticket

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0
"""Seconds between looks at the database without a ring: covers a lost one."""
BEAT_EVERY = 20.0
"""Seconds between signs of life at most, so that neither a proxy nor the page takes us for
dead. They travel with news, where there is any (``rounds.py``)."""
BEAT_LOOK = 5.0
"""Seconds between looks for circles that need one of their own."""
PING_TURNS = 20
"""So many turns, a second each, until every WebSocket was asked for a sign of life: if all were
asked at once, eight thousand answers would come at once, and hold up the news for a second."""
STALLED_AFTER = 30.0
"""Seconds a line may take nothing before it is cut; its browser comes back."""
ARRIVAL = 2
"""Milliseconds that a reader's arrival costs: all of them are asked to come back no faster."""
SILENT_FOR = 65.0
"""Seconds without an answer to our pings after which a WebSocket is given up: three of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a reader follows: an event, what of it, and the last ``seq`` it has of it."""

    event_id: str
    wish: Wish = EVERYTHING
    since: int | None = None


class Hub:
    """All channels of this process."""

    def __init__(self, feed: Feed, bus: Bus) -> None:
        self.feed = feed
        self.channels: dict[str, Channel] = {}
        self.closing = False
        self._reading: list[asyncio.Task[None]] = []
        self._medleys: WeakValueDictionary[tuple[Any, ...], Medley] = WeakValueDictionary()
        bus.listen(self.on_ring)

    def on_ring(self, event_id: str, seq: int) -> None:
        channel = self.channels.get(event_id)
        if channel is not None:
            channel.ring(seq)

    async def join(
        self, places: Sequence[Place], line: Line, dialect: Dialect, ticket: Ticket | None = None
    ) -> Reader:
        """Join the readers: first what is new to this one, then all that comes.

        The reader joins before the state is read, so nothing between the two can be missed.
        It leaves by ``reader.leave()``, which its line calls when it is cut.
        """
        circles = [self._channel(one.event_id).circle(dialect, one.wish) for one in places]
        reader = Reader(line, circles, ticket, self._left)
        assert reader.seen is not None
        greeting, known = dialect.hello, dict[str, int]()
        try:
            for place, circle in zip(places, circles, strict=True):
                seq, part = await circle.channel.state_since(circle, place.since, known)
                reader.seen[circle] = known[place.event_id] = seq
                greeting = greeting + part  # never +=: a dialect's own list would grow
        except BaseException:
            reader.leave()
            raise
        if line.reader is reader:  # else it left while we read
            reader.catch_up(greeting)
            for circle in circles:
                dialect.told(circle.channel.event_id, circle.channel.told)
                circle.channel.wake(known[circle.channel.event_id])
        return reader

    def _channel(self, event_id: str) -> Channel:
        found = self.channels.get(event_id)
        if found is None:
            found = self.channels[event_id] = Channel(event_id, self.feed)
        return found

    def medley(self, event_ids: Sequence[str], pack: Callable[[bytes], bytes]) -> Medley:
        """The dialect of all who follow these events together."""
        key = (*sorted(event_ids), pack)
        found = self._medleys.get(key)
        if found is None:
            found = self._medleys[key] = Medley(pack)
        return found

    def readers_by_ticket(self) -> dict[str, dict[Ticket | None, list[Reader]]]:
        """Everybody, by the event they follow and as whom they do."""
        found: dict[str, dict[Ticket | None, list[Reader]]] = {}
        for channel in self.channels.values():
            of_event = found.setdefault(channel.event_id, {})
            for reader in channel.readers():
                of_event.setdefault(reader.ticket, []).append(reader)
        return found

    def _left(self, reader: Reader) -> None:
        for circle in reader.circles:
            channel = circle.channel
            if circle.is_empty:
                channel.forget(circle)
            if not channel.circles and self.channels.get(channel.event_id) is channel:
                del self.channels[channel.event_id]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Heartbeats and looks, for as long as the application runs."""
        tasks = [
            asyncio.create_task(self.every(BEAT_LOOK, self.beat)),
            asyncio.create_task(self.every(BEAT_EVERY / PING_TURNS, self.ping)),
            asyncio.create_task(self.every(LOOK_EVERY, self.look)),
        ]
        try:
            yield
        finally:
            self.close()
            for task in tasks:
                task.cancel()
            # What is being read is read to its end: the database is about to be closed.
            await asyncio.gather(*tasks, *self._reading, return_exceptions=True)

    async def every(self, seconds: float, act: Callable[[Channel], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            for channel in list(self.channels.values()):
                try:
                    await act(channel)
                except Exception:
                    log.exception("live: the hub's round failed for event %s", channel.event_id)

    def reader_count(self) -> int:
        """How many streams are open."""
        return sum(len(channel.readers()) for channel in self.channels.values())

    async def look(self, channel: Channel) -> None:
        """Read without being rung for."""
        channel.wake(channel.seq + 1)

    async def beat(self, channel: Channel) -> None:
        """Keep quiet streams open and drop those that take nothing any more."""
        too_long_ago, silent_since = monotonic() - STALLED_AFTER, monotonic() - SILENT_FOR
        for circle in list(channel.circles.values()):
            for reader in [one for one in circle.slow if one.behind_since < too_long_ago]:
                reader.dismiss("idle")
            for reader in [one for one in circle.ready if one.line.heard_at < silent_since]:
                reader.dismiss("idle")
        await channel.beat(quiet_for=BEAT_EVERY - BEAT_LOOK)

    async def ping(self, channel: Channel) -> None:
        """Ask some for a sign of life."""
        channel.ping(PING_TURNS)

    def close(self) -> None:
        """End every stream; the browsers come back, spread out, to whoever serves next."""
        self.closing = True
        within = max(SPREAD[1], ARRIVAL * self.reader_count())
        self._reading += [one.pump for one in self.channels.values() if one.pump is not None]
        for channel in list(self.channels.values()):
            for reader in channel.readers():
                reader.dismiss("restart", within)
