"""The stream of an event as Server-Sent Events."""

import asyncio
from typing import Any, cast

from litestar import Request, asgi
from litestar.types import Receive, Scope, Send

from courtsync_web.accounts.people import Person
from courtsync_web.errors import FieldError, Problem
from courtsync_web.events.queries import event_for
from courtsync_web.live.hub import Hub
from courtsync_web.web.refusals import refuse

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
]
LARGEST_SEQ = 2**63 - 1


@asgi("/api/events/{event_id:str}/stream", copy_scope=False)
async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /api/events/{eventId}/stream?matches=1,2&since=seq``; resumes by Last-Event-ID."""
    request: Request[Person | None, Any, Any] = Request(scope, receive)
    try:
        if request.method != "GET":
            raise Problem(405, "method-not-allowed", "A stream is read with GET.")
        state = scope["litestar_app"].state
        async with state.db.read() as session:
            event = await event_for(session, scope["path_params"]["event_id"], scope.get("user"))
        matches, since = matches_of(request), since_of(request)
    except Problem as problem:
        answer = refuse(request, problem).to_asgi_response(None, request)
        await answer(scope, receive, send)
        return
    await follow(cast(Hub, state.hub), event.id, matches, since, receive, send)


async def follow(
    hub: Hub,
    event_id: str,
    matches: frozenset[int] | None,
    since: int | None,
    receive: Receive,
    send: Send,
) -> None:
    """Stream until the reader leaves, the hub closes or the reader stops taking anything."""
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


def matches_of(request: Request[Any, Any, Any]) -> frozenset[int] | None:
    """``?matches=1,2``: only these. Absent: all."""
    text = request.query_params.get("matches")
    if not text:
        return None
    return frozenset(number("matches", part) for part in text.split(","))


def since_of(request: Request[Any, Any, Any]) -> int | None:
    """The last ``seq`` the reader has: its browser's own header, or ``?since=`` after a reload."""
    text = request.headers.get("last-event-id") or request.query_params.get("since")
    return number("since", text) if text else None


def number(name: str, text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = LARGEST_SEQ + 1
    if abs(value) > LARGEST_SEQ:
        raise Problem(
            400,
            "validation",
            f"{name} takes whole numbers.",
            [FieldError(f"/{name}", "not a number")],
        )
    return value


routes = [stream]
