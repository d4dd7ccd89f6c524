"""The streams as Server-Sent Events: of one event, and of several at once."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter
from litestar.types import ASGIApp, Receive, Scope, Send

from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.events.queries import event_for
from courtsync_web.live.asgi_line import AsgiLine
from courtsync_web.live.asked import events_in, seq_of, seqs_of, wish_of
from courtsync_web.live.dialects import SSE, SSE_CHUNKS, Sse, bare, chunk
from courtsync_web.live.doorkeeper import ticket_of
from courtsync_web.live.hub import Hub, Place
from courtsync_web.live.readers import Ticket
from courtsync_web.live.wire import stream_wire_in
from courtsync_web.numbers import INT64
from courtsync_web.web.documented import problems
from courtsync_web.web.params import EventId

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
]
STREAM = ResponseSpec(
    data_container=str,
    media_type="text/event-stream",
    description="snapshot, then score-update, claim-update and schedule-update, each with its seq.",
    generate_examples=False,
)
Ids = Annotated[str | None, QueryParameter(max_length=4000)]
AnyRequest = Request[Any, Any, Any]


@get("/api/events/{event_id:str}/stream", responses={200: STREAM} | problems(400, 404, 503))
async def stream(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    hub: NamedDependency[Hub],
    viewer: NamedDependency[Person | None],
    matches: Ids = None,
    courts: Ids = None,
    since: Annotated[int | None, QueryParameter(ge=0, le=INT64)] = None,
) -> ASGIApp:
    """Follow an event; ``?matches=1,2`` and ``?courts=3`` narrow to what either names.

    Resumes by ``Last-Event-ID`` or ``?since=``.
    """
    seen = seq_of(request.headers.get("last-event-id", ""))
    place = Place(event_id, wish_of(matches, courts), since if seen is None else seen)
    async with db.read() as session:
        await event_for(session, event_id, viewer)
    return follow(hub, [place], (SSE, SSE_CHUNKS), ticket_of(request.scope))


@get("/api/stream", responses={200: STREAM} | problems(400, 404, 503))
async def stream_of_several(
    request: AnyRequest,
    db: NamedDependency[Database],
    hub: NamedDependency[Hub],
    viewer: NamedDependency[Person | None],
    events: Annotated[str, QueryParameter(max_length=2000)],
    since: Ids = None,
) -> ASGIApp:
    """Follow several events. Its ids say of each how far it was told: ``a:12,b:7``.

    Resumes by ``Last-Event-ID`` or ``?since=``; an event not named there begins anew.
    """
    wanted = events_in(events)
    seen = seqs_of(request.headers.get("last-event-id") or since or "")
    async with db.read() as session:
        for one in wanted:
            await event_for(session, one, viewer)
    places = [Place(one, since=seen.get(one)) for one in wanted]
    dialects = hub.medley(wanted, bare), hub.medley(wanted, chunk)
    return follow(hub, places, dialects, ticket_of(request.scope))


def follow(
    hub: Hub, places: Sequence[Place], dialects: tuple[Sse, Sse], ticket: Ticket | None
) -> ASGIApp:
    """Stream until the reader leaves, the hub closes or the reader takes nothing any more.

    ``dialects``: through ASGI, and straight to the connection where the server offers it.
    """
    if hub.closing:
        raise Problem(503, "closing", "This server is just ending.", headers={"Retry-After": "2"})

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        wire = stream_wire_in(scope)
        if wire is not None and wire.take_over():
            await hub.join(places, wire, dialects[1], ticket)
        else:
            await keep_sending(hub, places, dialects[0], ticket, receive, send)

    return answer


async def keep_sending(
    hub: Hub,
    places: Sequence[Place],
    dialect: Sse,
    ticket: Ticket | None,
    receive: Receive,
    send: Send,
) -> None:
    """The stream through ASGI, in the request's own task."""

    def write(frame: bytes) -> Any:
        return send({"type": "http.response.body", "body": frame, "more_body": True})

    line = AsgiLine(write)
    try:
        reader = await hub.join(places, line, dialect, ticket)
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            reader.leave()
    except asyncio.CancelledError:
        # The hub ended this stream: say so properly, and let the request end as usual.
        if (task := asyncio.current_task()) is not None:
            task.uncancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


routes = [stream, stream_of_several]
