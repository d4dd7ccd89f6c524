"""What many ask for is read once and handed to all, until the event moves on.

Everything is kept under an event's number (``seq``): when the event has a newer one, all that
was kept of it is gone at once. How the news comes: a ring of the bus; on SQLite, where another
program may write to the same file, a look at the file's own version before every answer; on
PostgreSQL a look every two seconds, which covers a lost ring. What is kept is the same for
everybody who may see the event, and whether somebody may is asked each time.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.models import User
from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.errors import not_found
from courtsync_web.events.models import Club, Court, Division, Event, Match, Stage, Team
from courtsync_web.events.queries import EVENT_ID_SHAPE, may_see
from courtsync_web.figures import REMEMBERED
from courtsync_web.live.bus import Bus
from courtsync_web.web.etags import etag_of, with_known_etag

SCORES, CLAIMS, EVENTS = 30.0, 60.0, 300.0
"""Seconds that an answer is kept at most, even if nothing has changed."""
LOOK_EVERY = 2.0
"""Seconds between looks for numbers whose ring got lost."""
BEHIND_AT_MOST = 60.0
"""Seconds. A replica that lags more is broken; so long it is not asked after a change that has no
number by which it could be seen to lag."""
MOST_EVENTS, MOST_COPIES = 64, 500
"""Events, and answers of one event. Whoever narrows lists in a thousand ways drops the rest."""

Found = TypeVar("Found")
Read = Callable[[AsyncSession, Event], Awaitable[Any]]
Lasting = float | Callable[[Any], float]
"""Seconds, or how many for this document: claims end by themselves."""


@dataclass(frozen=True, slots=True)
class Copy:
    """An answer as it goes out. ``body`` none: there is nothing to show."""

    body: bytes | None
    etag: str
    until: float


@dataclass
class Held:
    """An event as of one number, and the answers of that moment."""

    event: Event
    until: float
    copies: dict[Hashable, Copy] = field(default_factory=dict)
    under_way: dict[Hashable, "asyncio.Future[Copy]"] = field(default_factory=dict)


class Remembered:
    """The shared answers of one process."""

    def __init__(self, db: Database, bus: Bus) -> None:
        self._db = db
        self._events: dict[str, Held] = {}
        self._meeting: dict[Hashable, asyncio.Future[Held]] = {}
        self._rung: dict[str, int] = {}
        """The newest number that was heard of each event."""
        self._alone_until = 0.0
        """Until then the replica may lack what has no number."""
        self._version = FileVersion(db.url) if db.is_sqlite else None
        bus.listen(self.moved)
        for table in (User, Match, Team, Club, Court, Division, Stage):
            db.when_written(select(table), self.forget)

    async def copy(
        self, event_id: str, viewer: Person | None, what: Hashable, seconds: Lasting, read: Read
    ) -> Copy:
        """The answer to ``what``, for whoever may see the event; else 404.

        ``read`` makes it, a struct or none; it is kept for ``seconds`` at most.
        """
        self._look_at_the_file()
        held = self._events.get(event_id)
        if held is None or held.until < time.monotonic():
            held = await once(self._meeting, event_id, lambda: self._meet(event_id))
        if not may_see(held.event, viewer):
            raise not_found("event")
        known = held.copies.get(what)
        if known is not None and known.until > time.monotonic():
            REMEMBERED.labels("kept").inc()
            return known
        return await once(held.under_way, what, lambda: self._read(held, what, seconds, read))

    def moved(self, event_id: str, seq: int) -> None:
        """The event has this number now: what was kept of an earlier one is gone."""
        self._rung[event_id] = max(seq, self._rung.get(event_id, 0))
        held = self._events.get(event_id)
        if held is not None and held.event.seq < seq:
            del self._events[event_id]

    def forget(self) -> None:
        """Something has changed that has no number: somebody's name, a schedule by hand."""
        self._events.clear()
        self._alone_until = time.monotonic() + BEHIND_AT_MOST

    async def look(self) -> None:
        """A background task: numbers that nobody rang for."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if self._events:
                asked = select(Event.id, Event.seq).where(col(Event.id).in_(list(self._events)))
                async with self._db.read() as session:
                    for event_id, seq in (await session.exec(asked)).all():
                        self.moved(event_id, seq)

    def close(self) -> None:
        if self._version is not None:
            self._version.close()

    def _look_at_the_file(self) -> None:
        if self._version is not None and self._version.has_moved():
            for event_id in list(self._events):
                self.moved(event_id, self._version.seq_of(event_id))

    async def _meet(self, event_id: str) -> Held:
        """An event that is not held, or not any more."""
        if not EVENT_ID_SHAPE.fullmatch(event_id):
            raise not_found("event")
        async with self._db.read() as session:
            event = await session.get(Event, event_id)
        if event is None:
            raise not_found("event")
        held = Held(event, time.monotonic() + EVENTS)
        while len(self._events) >= MOST_EVENTS:
            del self._events[next(iter(self._events))]
        self._events[event_id] = held
        return held

    async def _read(self, held: Held, what: Hashable, seconds: Lasting, read: Read) -> Copy:
        event_id = held.event.id
        REMEMBERED.labels("read").inc()
        event, document = await self._newest(held.event, read)
        body = None if document is None else msgspec.json.encode(document)
        kept = seconds(document) if callable(seconds) else seconds
        copy = Copy(body, etag_of(body or b""), time.monotonic() + kept)
        if event.seq == held.event.seq:
            if len(held.copies) >= MOST_COPIES:
                held.copies.clear()
            held.copies[what] = copy
        else:
            self.moved(event_id, event.seq)
        return copy

    async def _newest(self, known: Event, read: Read) -> tuple[Event, Any]:
        """From the replica, unless it is behind what is known here to be written."""
        at_least = max(known.seq, self._rung.get(known.id, 0))
        if time.monotonic() >= self._alone_until:
            async with self._db.read_behind() as session:
                event = await session.get(Event, known.id)
                if event is not None and event.seq >= at_least:
                    return event, await read(session, event)
        async with self._db.read() as session:
            event = await session.get(Event, known.id)
            if event is None:
                raise not_found("event")
            return event, await read(session, event)


async def once(
    under_way: dict[Hashable, "asyncio.Future[Found]"],
    what: Hashable,
    find: Callable[[], Coroutine[Any, Any, Found]],
) -> Found:
    """Find it; who asks for the same meanwhile gets the same."""
    finding = under_way.get(what)
    if finding is None:
        finding = under_way[what] = asyncio.ensure_future(find())
        finding.add_done_callback(lambda _: under_way.pop(what, None))
    return await asyncio.shield(finding)


def with_copy(request: Request[Any, Any, Any], copy: Copy, thing: str) -> Response[Any]:
    """A copy as the answer, or 304 for whoever has it; 404 ``thing`` where there is nothing."""
    if copy.body is None:
        raise not_found(thing)
    return with_known_etag(request, copy.body, copy.etag)


class FileVersion:
    """Whether anybody has written to a SQLite file: some µs, and no thread."""

    def __init__(self, url: str) -> None:
        self._path = url.partition(":///")[2]
        self._connection: sqlite3.Connection | None = None
        self._seen: int | None = None

    def has_moved(self) -> bool:
        """Since the last time it was asked."""
        [version] = self._open().execute("PRAGMA data_version").fetchone()
        moved: bool = version != self._seen
        self._seen = version
        return moved

    def seq_of(self, event_id: str) -> int:
        """The event's number; a very large one where the event is gone."""
        found = self._open().execute("SELECT seq FROM event WHERE id = ?", (event_id,)).fetchone()
        return int(found[0]) if found else 2**63 - 1

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(self._path, isolation_level=None)
            self._connection.execute("PRAGMA query_only=ON")
        return self._connection
