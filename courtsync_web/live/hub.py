"""The hub: everyone who watches, told at once.

Per event one channel. A ring makes the channel read what is newer than what it last told
(once, however many changes and readers there are), encode it once and hand the same bytes to
every reader. There is no task, queue or lock per reader: a reader's ``send`` is stepped once,
and only if it would wait (a phone that cannot keep up) is it finished in a task of its own.
Such a reader is passed over meanwhile and then gets the newest state of whatever it missed.
"""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

from courtsync_web.live.bus import Bus
from courtsync_web.live.feed import Change, Feed, News

log = logging.getLogger(__name__)

Send = Callable[[bytes], Coroutine[Any, Any, None]]

LOOK_EVERY = 2.0
"""Seconds between looks at the database without a ring: covers a lost one."""
BEAT_EVERY = 20.0
"""Seconds between signs of life, so that neither a proxy nor the page takes us for dead."""
STALLED_AFTER = 30.0
"""Seconds a reader may block one write before it is dropped; its browser comes back."""
HEARTBEAT = b": still here\n\nevent: beat\ndata: {}\n\n"
"""A comment for proxies; an event for pages, to which browsers do not show comments."""


class Reader:
    """One open stream. ``seen`` is the ``seq`` up to which it was told."""

    __slots__ = ("busy_since", "matches", "owner", "seen", "send")

    def __init__(self, send: Send, matches: frozenset[int] | None, seen: int) -> None:
        self.send = send
        self.matches = matches
        self.seen = seen
        self.busy_since: float | None = monotonic()  # until its first state is out
        self.owner: asyncio.Task[Any] | None = asyncio.current_task()

    def wants(self, change: Change) -> bool:
        return (
            self.matches is None or change.match_id is None or change.match_id in self.matches
        ) and change.seq > self.seen


class Channel:
    """The readers of one event, and the newest state of everything told so far."""

    def __init__(self, event_id: str, feed: Feed) -> None:
        self.event_id = event_id
        self.feed = feed
        self.seq = 0
        self.rung = 0
        self.readers: set[Reader] = set()
        self.latest: dict[tuple[str, int | None], Change] = {}
        self.pump: asyncio.Task[None] | None = None
        self.finishing: set[asyncio.Task[None]] = set()

    def wake(self, seq: int) -> None:
        """The event has moved to ``seq``: read and tell, unless that is under way."""
        self.rung = max(self.rung, seq)
        if self.pump is None or self.pump.done():
            self.pump = asyncio.create_task(self.tell_news())

    async def tell_news(self) -> None:
        """Read and tell until nothing is newer; all that waits goes out as one write."""
        while self.rung > self.seq:
            try:
                news = await self.feed.news(self.event_id, self.seq)
            except Exception:
                log.exception("live: reading the news of event %s failed", self.event_id)
                return  # the next look tries again
            if news.seq <= self.seq:
                return
            self.tell(news)

    def tell(self, news: News) -> None:
        self.seq = news.seq
        self.rung = max(self.rung, news.seq)
        for change in news.changes:
            self.latest[change.kind, change.match_id] = change
        everything = b"".join(change.frame for change in news.changes)
        for reader in [reader for reader in self.readers if reader.busy_since is None]:
            if reader.matches is None:
                self.write(reader, everything, news.seq)
            else:
                part = b"".join(change.frame for change in news.changes if reader.wants(change))
                self.write(reader, part, news.seq)

    def write(self, reader: Reader, frame: bytes, seq: int) -> None:
        """Step the reader's send once; finish it elsewhere if it would wait."""
        reader.seen = max(reader.seen, seq)
        if not frame:
            return
        sending = reader.send(frame)
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        except Exception:  # noqa: BLE001  # each server has its own word for a lost connection
            self.readers.discard(reader)  # its handler ends by itself
            return
        reader.busy_since = monotonic()
        task = asyncio.create_task(self.finish(reader, RestOf(sending, waits_for)))
        self.finishing.add(task)
        task.add_done_callback(self.finishing.discard)

    async def finish(self, reader: Reader, sending: Awaitable[None]) -> None:
        try:
            await sending
        except Exception:  # noqa: BLE001  # as above
            self.readers.discard(reader)
            return
        await self.catch_up(reader)

    async def catch_up(self, reader: Reader) -> None:
        """Give a reader the newest state of all it missed, until it has missed nothing."""
        while missed := sorted(
            (change for change in self.latest.values() if reader.wants(change)),
            key=lambda change: change.seq,
        ):
            reader.busy_since = monotonic()
            reader.seen = max(self.seq, reader.seen)
            await reader.send(b"".join(change.frame for change in missed))
        reader.busy_since = None

    def beat(self) -> None:
        """Keep quiet streams open and drop those that take nothing any more."""
        now = monotonic()
        for reader in list(self.readers):
            if reader.busy_since is None:
                self.write(reader, HEARTBEAT, reader.seen)
            elif now - reader.busy_since > STALLED_AFTER and reader.owner is not None:
                reader.owner.cancel()


class RestOf:
    """Awaits a coroutine that was already stepped to its first wait."""

    def __init__(self, sending: Coroutine[Any, Any, None], waits_for: Any) -> None:
        self.sending = sending
        self.waits_for = waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        try:
            yield self.waits_for
        except BaseException:  # cancelled: whatever the send holds must be let go
            self.sending.close()
            raise
        yield from self.sending.__await__()


class Hub:
    """All channels of this process."""

    def __init__(self, feed: Feed, bus: Bus) -> None:
        self.feed = feed
        self.channels: dict[str, Channel] = {}
        self.closing = False
        bus.listen(self.on_ring)

    def on_ring(self, event_id: str, seq: int) -> None:
        channel = self.channels.get(event_id)
        if channel is not None:
            channel.wake(seq)

    @asynccontextmanager
    async def following(
        self, event_id: str, send: Send, matches: frozenset[int] | None, since: int | None
    ) -> AsyncIterator[Reader]:
        """Join an event's readers: first what is new to this one, then all that comes.

        ``since`` is the last ``seq`` the reader has; none: it gets the snapshot. The reader
        joins before the state is read, so nothing between the two can be missed.
        """
        channel = self.channels.setdefault(event_id, Channel(event_id, self.feed))
        reader = Reader(send, matches, seen=0)
        channel.readers.add(reader)
        try:
            await self.greet(channel, reader, since)
            yield reader
        finally:
            channel.readers.discard(reader)
            if not channel.readers and self.channels.get(event_id) is channel:
                del self.channels[event_id]

    async def greet(self, channel: Channel, reader: Reader, since: int | None) -> None:
        greeting = b"retry: %d\n\n" % random.randint(1500, 4000)  # noqa: S311  # spread, not secret
        if since is None:
            seq, snapshot = await self.feed.snapshot(channel.event_id, reader.matches)
            greeting += b"id: %d\nevent: snapshot\ndata: %s\n\n" % (seq, snapshot)
        else:
            news = await self.feed.news(channel.event_id, since)
            if news.seq < since:  # it knows a future we do not: a database was restored
                await self.greet(channel, reader, None)
                return
            seq = news.seq
            greeting += b"".join(change.frame for change in news.changes if reader.wants(change))
        reader.seen = seq
        if channel.seq == 0:
            channel.seq = seq  # the first reader's state is where this channel begins
        await reader.send(greeting)
        await channel.catch_up(reader)
        channel.wake(seq)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Heartbeats and looks, for as long as the application runs."""
        tasks = [
            asyncio.create_task(self.every(BEAT_EVERY, Channel.beat)),
            asyncio.create_task(
                self.every(LOOK_EVERY, lambda channel: channel.wake(channel.seq + 1))
            ),
        ]
        try:
            yield
        finally:
            self.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def every(self, seconds: float, act: Callable[[Channel], None]) -> None:
        while True:
            await asyncio.sleep(seconds)
            for channel in list(self.channels.values()):
                try:
                    act(channel)
                except Exception:
                    log.exception("live: the hub's round failed for event %s", channel.event_id)

    def reader_count(self) -> int:
        """How many streams are open."""
        return sum(len(channel.readers) for channel in self.channels.values())

    def close(self) -> None:
        """End every stream; the browsers come back to whoever serves next."""
        self.closing = True
        for channel in list(self.channels.values()):
            for reader in list(channel.readers):
                if reader.owner is not None:
                    reader.owner.cancel()
