"""Every request counted and timed, by its route as the router writes it.

Litestar's own Prometheus middleware stands inside, where a refusal by another middleware does
not reach it, and takes a stream of an hour for a request that took an hour.
"""

import logging
import time

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from courtsync_web.figures import REQUEST_SECONDS, REQUESTS
from courtsync_web.web import logs
from courtsync_web.web.route_table import BY_ROUTE

ELSEWHERE = "elsewhere"
"""The route of what nobody answers for: unknown paths are without number."""


class Measured:
    """ASGI around ASGI, directly inside the envelope: the request has its id already."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        status, is_stream = 500, False
        logs.REQUEST.set(scope.get("state", {}).get("request_id", ""))

        async def seen(message: Message) -> None:
            nonlocal status, is_stream
            if message["type"] == "http.response.start":
                status = message["status"]
                is_stream = any(
                    name == b"content-type" and value.startswith(b"text/event-stream")
                    for name, value in message["headers"]
                )
            await send(message)

        try:
            await self.app(scope, receive, seen)
        finally:
            told(scope, status, time.perf_counter() - began, is_stream=is_stream)


def told(scope: Scope, status: int, seconds: float, *, is_stream: bool) -> None:
    """To the metrics, and to the log if it wants to know."""
    method, route = str(scope.get("method", "")), route_of(scope)
    REQUESTS.labels(method, route, status).inc()
    if not is_stream:
        REQUEST_SECONDS.labels(method, route).observe(seconds)
    if logs.REQUESTS.isEnabledFor(logging.INFO):
        fields = {"method": method, "route": route, "status": status}
        more = {"ms": round(seconds * 1000, 1), "from": (scope.get("client") or ("",))[0]}
        logs.REQUESTS.info("%s %s %s", method, route, status, extra={"fields": fields | more})


def route_of(scope: Scope) -> str:
    """Never a path that somebody typed."""
    method, template = str(scope.get("method", "")), scope.get("path_template") or ""
    if (template, method) in BY_ROUTE or (template, "GET") in BY_ROUTE:
        return template
    return "/static" if scope["path"].startswith("/static/") else ELSEWHERE
