"""One event's readers, and the newest state of everything they were told."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Any

from courtsync_web.live.dialects import Dialect, Known
from courtsync_web.live.feed import Change, Feed, News, Wish
from courtsync_web.live.first_states import FirstStates
from courtsync_web.live.readers import Circle, Reader
from courtsync_web.live.rounds import Round, deliver

log = logging.getLogger(__name__)

SLICE = 200
"""Readers written to before others get a turn: 2 ms. A point posted meanwhile need not wait
for thousands of readers."""
JOIN_EVERY = 1000
"""Readers written to before news may join their round: reading it costs about as much as a
hundred writes, and whoever has fewer readers is through in ten milliseconds anyway."""


class Channel:
    """Reads what is new once, however many changes and readers there are, and tells it."""

    def __init__(self, event_id: str, feed: Feed) -> None:
        self.event_id = event_id
        self.feed = feed
        self.first: int | None = None
        """Where this channel's memory begins; none: nothing was read yet."""
        self.seq = 0
        """Up to where ``latest`` knows, and readers are told or being told."""
        self.told = 0
        """Up to where every reader who keeps up was told."""
        self.rung = 0
        self.latest: dict[int | None, dict[str, Change]] = defaultdict(dict)
        """The newest change of each kind, by match."""
        self.circles: dict[tuple[Dialect, Wish], Circle] = {}
        self.of_all: set[Circle] = set()
        self.of_match: dict[int, set[Circle]] = defaultdict(set)
        self.of_court: dict[int, set[Circle]] = defaultdict(set)
        self.pump: asyncio.Task[None] | None = None
        self.round = Round()
        self.turn = 0
        """Of pings."""
        self.bells = 0
        """How often this channel was rung for a change."""
        self.first_states = FirstStates(event_id, feed, lambda: (self.bells, self.seq))

    def circle(self, dialect: Dialect, wish: Wish) -> Circle:
        """The circle of those who ask for this."""
        found = self.circles.get((dialect, wish))
        if found is None:
            found = self.circles[dialect, wish] = Circle(self, dialect, wish)
            for places in self._places(wish):
                places.add(found)
        return found

    def forget(self, circle: Circle) -> None:
        """Its last reader has left."""
        self.circles.pop((circle.dialect, circle.wish), None)
        for places in self._places(circle.wish):
            places.discard(circle)
        for index, keys in (
            (self.of_match, circle.wish.matches),
            (self.of_court, circle.wish.courts),
        ):
            for key in keys or ():
                if not index[key]:
                    del index[key]

    def _places(self, wish: Wish) -> Iterator[set[Circle]]:
        if not wish.is_narrow:
            yield self.of_all
        for match_id in wish.matches or ():
            yield self.of_match[match_id]
        for court_id in wish.courts or ():
            yield self.of_court[court_id]

    def ring(self, seq: int) -> None:
        """Something has changed; the event is at ``seq``."""
        self.bells += 1
        self.wake(seq)

    def wake(self, seq: int) -> None:
        """The event has moved to ``seq``: read and tell, unless that is under way."""
        self.rung = max(self.rung, seq)
        if self.pump is None or self.pump.done():
            self.pump = asyncio.create_task(self.tell_news())

    async def tell_news(self) -> None:
        """Read and tell until nothing is newer; what comes meanwhile joins the round."""
        tried, since_read = 0, 0
        while self.first is not None:
            joins = self.round.is_over or since_read >= JOIN_EVERY
            if self.rung > max(self.seq, tried) and joins:
                tried, since_read = self.rung, 0
                await self.read_news()
            elif not self.round.is_over:
                since_read += SLICE
                self.go_on()
                await asyncio.sleep(0)
            else:
                return

    async def read_news(self) -> None:
        """What is newer joins the round."""
        try:
            news = await self.feed.news(self.event_id, self.seq)
        except Exception:
            log.exception("live: reading the news of event %s failed", self.event_id)
            return  # the next ring or look tries again
        if news.seq > self.seq:
            before = self.seq
            self.note(news)
            self.round.join(before, self.parts(news.changes))
            self.tell_dialects()

    def go_on(self) -> None:
        """Write to some more readers."""
        self.round.go_on(SLICE)
        self.tell_dialects()

    def tell_dialects(self) -> None:
        """Let them know how far every reader who keeps up was told."""
        told = self.round.told(self.seq)
        if told > self.told:
            self.told = told
            for dialect, _ in self.circles:
                dialect.told(self.event_id, told)

    def note(self, news: News) -> None:
        self.seq = news.seq
        self.rung = max(self.rung, news.seq)
        for change in news.changes:
            self.latest[change.match_id][change.kind] = change

    def parts(self, changes: Sequence[Change]) -> dict[Circle, list[Change]]:
        """What each circle that is concerned is to hear; the others cost nothing."""
        parts: dict[Circle, list[Change]] = defaultdict(list)
        for change in changes:
            for circle in self._concerned(change):
                parts[circle].append(change)
        return {circle: part for circle, part in parts.items() if circle.ready}

    def _concerned(self, change: Change) -> set[Circle]:
        if change.match_id is None:
            return set(self.circles.values())
        named = self.of_match.get(change.match_id, set())
        if change.court_id is not None:
            named = named | self.of_court.get(change.court_id, set())
        return self.of_all | named

    async def beat(self, quiet_for: float) -> None:
        """A sign of life to circles that had none for so many seconds, letting others have a
        turn in between."""
        since = monotonic() - quiet_for
        for circle in [one for one in self.circles.values() if one.beaten_at <= since]:
            circle.beaten_at = monotonic()
            frame = circle.dialect.beat
            for number, reader in enumerate(list(circle.ready), start=1):
                deliver(circle, reader, frame)
                if number % SLICE == 0:
                    await asyncio.sleep(0)

    def ping(self, turns: int) -> None:
        """Ask a part of those who answer for a sign of life; all of them in so many turns."""
        self.turn = (self.turn + 1) % turns
        for circle in list(self.circles.values()):
            if circle.dialect.ping is not None:
                for reader in [one for one in circle.ready if one.number % turns == self.turn]:
                    deliver(circle, reader, circle.dialect.ping)

    def missed(self, wish: Wish, seen: int) -> list[Change]:
        """The newest state of all that changed after ``seen``, in order."""
        if self.seq <= seen:
            return []
        if wish.matches is not None and wish.courts is None:
            boards = [self.latest[one] for one in (None, *wish.matches) if one in self.latest]
        else:
            boards = list(self.latest.values())
        found = [one for board in boards for one in board.values() if one.seq > seen]
        return sorted(filter(wish.includes, found), key=lambda one: one.seq)

    async def state_since(self, circle: Circle, since: int | None, known: Known) -> tuple[int, Any]:
        """What a new reader of the circle is greeted with, and its ``seq``.

        ``since`` is the last ``seq`` the reader has; none: it gets the snapshot. What this
        channel remembers needs no reading: the reader is about to catch up from it.
        """
        if since is not None:
            if self.first is not None and self.first <= since <= self.seq:
                return since, circle.dialect.news(self.event_id, [], known)
            news = await self.feed.news(self.event_id, since)
            if news.seq >= since:  # else it knows a future we do not: a database was restored
                self.begin(news.seq)
                part = [change for change in news.changes if circle.wish.includes(change)]
                return news.seq, circle.dialect.news(self.event_id, part, known)
        seq, document = await self.first_states.read(circle.wish)
        self.begin(seq)
        return seq, circle.dialect.snapshot(self.event_id, seq, document, known)

    def begin(self, seq: int) -> None:
        """The first state anybody read is where the channel's memory begins."""
        if self.first is None:
            self.first = self.seq = self.told = seq
            for dialect, _ in self.circles:
                dialect.told(self.event_id, seq)

    def readers(self) -> list[Reader]:
        """Everybody who is here."""
        return [one for circle in self.circles.values() for one in (*circle.ready, *circle.slow)]
