"""``/live/{eventId}.json``: the newest state for caches that stand before us.

A content delivery network that asks once a second carries any number of spectators. Public
events only: what a shared cache keeps is everybody's.
"""

import hashlib
from dataclasses import dataclass
from time import monotonic
from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import PathParameter
from sqlmodel import col, select

from courtsync_web.db import Database
from courtsync_web.errors import not_found
from courtsync_web.events.models import Event
from courtsync_web.live.asked import EVENT_ID
from courtsync_web.live.bus import Bus
from courtsync_web.live.feed import EVERYTHING, Feed
from courtsync_web.web.documented import not_modified, problems
from courtsync_web.web.etags import names

FRESH_FOR = 1.0
"""Seconds a snapshot is handed out without asking the database, unless something changed."""
MOST = 64
"""Events remembered at once."""
HEADERS = {
    "Cache-Control": "public, s-maxage=1, stale-while-revalidate=5",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
FileName = Annotated[str, PathParameter(max_length=70)]
SNAPSHOT = ResponseSpec(
    data_container=dict[str, Any],
    description="As a stream's snapshot: eventId, seq, serverTime (of this state), scores, claims.",
    generate_examples=False,
)


@dataclass(slots=True)
class Kept:
    """One event's state as bytes."""

    seq: int
    body: bytes
    etag: str
    checked_at: float
    """On the monotonic clock; when it was last known to be the newest."""


class Snapshots:
    """The last snapshots of public events. What is written here, or rung for, is asked anew."""

    def __init__(self, db: Database, bus: Bus, feed: Feed) -> None:
        self._db = db
        self._feed = feed
        self._kept: dict[str, Kept] = {}
        bus.listen(self._rung)
        db.when_written(select(Event), self._changed)

    def _rung(self, event_id: str, _seq: int) -> None:
        if (kept := self._kept.get(event_id)) is not None:
            kept.checked_at = 0.0

    def _changed(self) -> None:
        for kept in self._kept.values():
            kept.checked_at = 0.0

    async def of(self, event_id: str) -> Kept:
        """The newest state; raises 404 where there is no such public event."""
        kept, now = self._kept.get(event_id), monotonic()
        if kept is not None and now - kept.checked_at < FRESH_FOR:
            return kept
        seq = await self._public_seq(event_id)
        if seq is None:
            self._kept.pop(event_id, None)
            raise not_found("event")
        if kept is None or kept.seq != seq:
            kept = self._remember(event_id, *await self._feed.snapshot(event_id, EVERYTHING), now)
        kept.checked_at = now
        return kept

    async def _public_seq(self, event_id: str) -> int | None:
        this = col(Event.id) == event_id, col(Event.visibility) == "public"
        async with self._db.read() as session:
            return (await session.exec(select(col(Event.seq)).where(*this))).first()

    def _remember(self, event_id: str, seq: int, body: bytes, now: float) -> Kept:
        if len(self._kept) >= MOST:
            self._kept.clear()
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        self._kept[event_id] = kept = Kept(seq, body, etag, now)
        return kept


@get("/live/{file:str}", responses={200: SNAPSHOT} | problems(404) | not_modified())
async def snapshot(
    request: Request[Any, Any, Any], file: FileName, snapshots: NamedDependency[Snapshots]
) -> Response[Any]:
    """``{eventId}.json``: scores and claims of a public event, for shared caches."""
    event_id = file.removesuffix(".json")
    if event_id == file or not EVENT_ID.fullmatch(event_id):
        raise not_found("event")
    kept = await snapshots.of(event_id)
    headers = HEADERS | {"ETag": kept.etag}
    if names(request.headers.get("if-none-match", ""), kept.etag):
        return Response(None, status_code=304, headers=headers)
    return Response(kept.body, media_type="application/json", headers=headers)


routes = [snapshot]
