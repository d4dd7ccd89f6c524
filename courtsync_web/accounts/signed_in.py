"""Who is asking: the middleware that looks, and what handlers ask it.

It never refuses by itself. Public pages show themselves to anybody, also to a phone whose
token ran out; what needs somebody asks :func:`signed_in_person` and so says precisely why not.
"""

from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.types import ASGIApp

from courtsync_web.accounts.known_sessions import KnownSessions
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.sessions import refused
from courtsync_web.accounts.tokens import Keys, TokenFault, read_access_token
from courtsync_web.clock import now_ms

ACCESS_COOKIE = "courtsync"
RENEWED = "renewed_token"
"""Where ``staying`` leaves the access token that it has just got for this request."""

Connection = ASGIConnection[Any, Any, Any, Any]


class SignedIn(AbstractAuthenticationMiddleware):
    """Sets ``request.user`` to a :class:`Person` or none, ``request.auth`` to the reason.

    The bearer token counts before the cookie: a program that sends one means it.
    """

    def __init__(self, app: ASGIApp, known: KnownSessions, keys: Keys, **options: Any) -> None:
        super().__init__(app, **options)
        self.known = known
        self.keys = keys

    async def authenticate_request(self, connection: Connection) -> AuthenticationResult:
        token = (
            bearer_token(connection)
            or connection.scope.get("state", {}).get(RENEWED)
            or connection.cookies.get(ACCESS_COOKIE)
        )
        if not token:
            return AuthenticationResult(user=None, auth=TokenFault.MISSING)
        claims = read_access_token(self.keys, token)
        if isinstance(claims, TokenFault):
            return AuthenticationResult(user=None, auth=claims)
        person = await self.known.person_of(claims, now_ms())
        return AuthenticationResult(user=person, auth=claims if person else TokenFault.ENDED)


def bearer_token(connection: Connection) -> str | None:
    """The token of an ``Authorization: Bearer`` header, if there is one."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def viewer_of(request: Request[Any, Any, Any]) -> Person | None:
    """Whoever is asking; none for the public.

    A program that shows a token means it: where that is no longer good it must hear so, or it
    would take its own private event for gone. A page's cookie may lapse in silence, and so may
    the token of somebody who is just signing in anew.
    """
    person: Person | None = request.scope.get("user")
    fault = request.scope.get("auth")
    signs_in = request.url.path.startswith("/api/auth/")
    if not person and not signs_in and isinstance(fault, TokenFault) and bearer_token(request):
        raise refused(fault)
    return person


def signed_in_person(request: Request[Any, Any, Any]) -> Person:
    """Whoever is asking, or 401 with the reason (``token-expired``, ``session-ended``, …)."""
    person = viewer_of(request)
    if person is None:
        fault = request.scope.get("auth")
        raise refused(fault if isinstance(fault, TokenFault) else TokenFault.MISSING)
    return person
