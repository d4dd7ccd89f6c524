"""What every answer carries: a request id, the security headers, and what the route table says.

It lies around the whole application, so that a 404 for an unknown path and an answer of the
static files carry them too.
"""

import re
from secrets import token_hex
from typing import cast

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from courtsync_web.web.assets import PREFIX
from courtsync_web.web.route_table import BY_ROUTE

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"camera=(), microphone=(), geolocation=(), payment=(), usb=(), screen-wake-lock=(self)",
    ),
)
ON_FILES = (
    (b"content-security-policy", b"default-src 'none'"),  # a picture opened as a document
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""For static files. The rest speaks to documents; on a pad's fifty modules it weighs 20 KB."""
STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=31536000")
GIVEN_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")


class Envelope:
    """ASGI around ASGI. ``scope["state"]["request_id"]`` tells the id inside.

    What stands in ``scope["state"]["headers"]`` when the answer begins goes with it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        request_id = request_id_of(scope)
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        security = ON_FILES if scope["path"].startswith(PREFIX) else SECURITY_HEADERS
        headers = [(b"x-request-id", request_id.encode()), *security]
        if scope["scheme"] == "https":
            headers.append(STRICT_TRANSPORT)

        inner, bare = asked_as_get(scope)

        async def with_headers(message: Message) -> None:
            if bare and message["type"] == "http.response.body":
                message = {"type": "http.response.body", "body": b"", "more_body": False}
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(
                        header
                        for header in (*headers, *cache_control(inner), *state.get("headers", ()))
                        if header[0] not in present
                    ),
                ]
            await send(message)

        await self.app(inner, receive, with_headers)


def asked_as_get(scope: Scope) -> tuple[Scope, bool]:
    """Litestar's ``get`` handlers refuse HEAD: it is asked as a GET and answered without body.

    Static files know HEAD themselves, and need not be read for it.
    """
    if scope.get("method") != "HEAD" or scope["path"].startswith(PREFIX):
        return scope, False
    return cast(Scope, {**scope, "method": "GET"}), True


def cache_control(scope: Scope) -> list[tuple[bytes, bytes]]:
    """The route's cache class, for answers that do not say themselves."""
    line = BY_ROUTE.get((scope.get("path_template", ""), str(scope.get("method", ""))))
    return [(b"cache-control", line.cache.value.encode())] if line else []


def request_id_of(scope: Scope) -> str:
    """The id a proxy gave this request, if it is a harmless one; else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and GIVEN_ID.fullmatch(value):
            return value.decode()
    return token_hex(8)
