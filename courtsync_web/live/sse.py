"""The stream of an event as Server-Sent Events."""

import asyncio
from typing import Annotated, Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter
from litestar.types import ASGIApp, Receive, Scope, Send

from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.errors import FieldError, Problem
from courtsync_web.events.queries import event_for
from courtsync_web.live.hub import Hub
from courtsync_web.web.documented import problems
from courtsync_web.web.params import INT64, EventId

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


@get("/api/events/{event_id:str}/stream", responses={200: STREAM} | problems(400, 404))
async def stream(
    request: Request[Any, Any, Any],
    event_id: EventId,
    db: NamedDependency[Database],
    hub: NamedDependency[Hub],
    viewer: NamedDependency[Person | None],
    matches: Annotated[str | None, QueryParameter(max_length=4000)] = None,
    since: Annotated[int | None, QueryParameter(ge=0, le=INT64)] = None,
) -> ASGIApp:
    """Follow an event; ``?matches=1,2`` narrows. Resumes by ``Last-Event-ID`` or ``?since=``."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
    wanted = matches_in(matches) if matches else None
    seen = last_event_id(request)
    return follow(hub, event.id, wanted, since if seen is None else seen)


def follow(hub: Hub, event_id: str, matches: frozenset[int] | None, since: int | None) -> ASGIApp:
    """Stream until the reader leaves, the hub closes or the reader takes nothing any more."""

    async def answer(_: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})

        def write(frame: bytes) -> Any:
            return send({"type": "http.response.body", "body": frame, "more_body": True})

        try:
            async with hub.following(event_id, write, matches, since):
                while (await receive())["type"] != "http.disconnect":
                    pass
        except asyncio.CancelledError:
            # The hub ended this stream: say so properly, and let the request end as usual.
            if (task := asyncio.current_task()) is not None:
                task.uncancel()
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    return answer


def matches_in(text: str) -> frozenset[int]:
    """The ids of a comma-separated list."""
    try:
        return frozenset(int(part) for part in text.split(","))
    except ValueError:
        raise not_a_number("matches") from None


def last_event_id(request: Request[Any, Any, Any]) -> int | None:
    """What a browser that reconnects by itself has seen."""
    text = request.headers.get("last-event-id", "")
    if not text:
        return None
    if not text.isdecimal() or int(text) > INT64:
        raise not_a_number("Last-Event-ID")
    return int(text)


def not_a_number(name: str) -> Problem:
    detail = f"{name} takes whole numbers."
    return Problem(400, "validation", detail, [FieldError(f"/{name}", "not a number")])


routes = [stream]
