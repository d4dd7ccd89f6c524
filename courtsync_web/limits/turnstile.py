"""The one place where requests are counted, before anything is done for them.

It stands behind the sign-in middleware, so it knows who asks, and before the handler. Streams
pass it once, when they connect.
"""

import time
from collections.abc import Callable
from typing import Any

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from courtsync_web.accounts.cookies import REFRESH_COOKIE
from courtsync_web.accounts.signed_in import bearer_token
from courtsync_web.accounts.tokens import session_of
from courtsync_web.limits.buckets import Charge, Taken
from courtsync_web.limits.rates import LimitClass
from courtsync_web.limits.refusal import too_many
from courtsync_web.limits.subjects import address_of
from courtsync_web.limits.tally import Tally

Headers = list[tuple[bytes, bytes]]


class Turnstile(ASGIMiddleware):
    """Counts a request against its route's class; raises 429 ``rate-limited``.

    ``class_of(path, method)`` tells the class, none for routes that are not counted. The
    headers go into ``scope["state"]["headers"]``, which the envelope puts on every answer, so
    that a refusal by anybody carries them and a stream's messages are not wrapped once more.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self, tally: Tally, class_of: Callable[[str, str], LimitClass | None]) -> None:
        self._tally = tally
        self._class_of = class_of

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """One request."""
        limit = self._class_of(route_of(scope), method_of(scope))
        if limit is not None:
            taken = await self._tally.take(charges_of(limit, scope))
            headers: Headers = scope["state"].setdefault("headers", [])
            headers.extend(headers_of(taken, time.time()))
            if not taken.allowed:
                raise too_many(taken.wait)
        await next_app(scope, receive, send)


def route_of(scope: Scope) -> str:
    """The route's path as the router writes it; a mount's own, which the router leaves out."""
    return scope["path_template"] or min(scope["route_handler"].paths)


def method_of(scope: Scope) -> str:
    """GET, POST, …; only HTTP requests have one, and others do not come here."""
    return str(scope.get("method", ""))


def charges_of(limit: LimitClass, scope: Scope) -> list[Charge]:
    """What one request of this class costs whoever makes it."""
    person = scope.get("user")
    if person is not None and limit.per_person is not None:
        charges = [Charge(f"{limit.name}:person:{person.id}", limit.per_person, limit.strict)]
    else:
        key = f"{limit.name}:address:{address_of(scope)}"
        charges = [Charge(key, limit.per_address, limit.strict)]
    if limit.per_session is not None and (session_id := session_presented(scope)):
        key = f"{limit.name}:session:{session_id}"
        charges.append(Charge(key, limit.per_session, limit.strict))
    return charges


def session_presented(scope: Scope) -> str:
    """The session that a refresh token, as bearer or cookie, says it belongs to."""
    connection = ASGIConnection[Any, Any, Any, Any](scope)
    presented = bearer_token(connection) or connection.cookies.get(REFRESH_COOKIE, "")
    return session_of(presented)


def headers_of(taken: Taken, now: float) -> Headers:
    """``X-RateLimit-…``; reset, in Unix seconds, is when the whole limit is there again."""
    reset = -int(-(now + taken.full_in / 1_000_000) // 1)
    return [
        (b"x-ratelimit-limit", b"%d" % taken.limit),
        (b"x-ratelimit-remaining", b"%d" % taken.remaining),
        (b"x-ratelimit-reset", b"%d" % reset),
    ]
