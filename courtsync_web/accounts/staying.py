"""Pages keep a browser signed in: what the refresh cookie is for.

The access token lives a day. A page opened later would find nobody, though the browser holds
a refresh token that is good for a season. So on the way to a page, and only there, that token
is used once an hour: the page is shown to its owner, the answer carries the next pair of
cookies, and the list of my devices knows the hour of the last use.

It is as safe as a refresh over the API: tokens rotate, and the former one stays good until its
successor is used. Two tabs restored at once are handed the same successor, and an answer that
never arrived (people leave pages quickly) costs nobody their sign-in.
"""

from typing import Any

from litestar import Request, Response
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from courtsync_web.accounts import sessions
from courtsync_web.accounts.cookies import REFRESH_COOKIE, clear_cookies, set_cookies
from courtsync_web.accounts.sessions import SignIn
from courtsync_web.accounts.signed_in import ACCESS_COOKIE, RENEWED
from courtsync_web.accounts.tokens import Claims, Keys, read_access_token
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.settings import Settings
from courtsync_web.web.refusals import AnyRequest, is_for_programs

Headers = list[tuple[bytes, bytes]]
AN_HOUR = 3600
NEVER_STORED = (b"cache-control", b"no-store")


class StaySignedIn(ASGIMiddleware):
    """Before :class:`SignedIn`: renews a page's sign-in when only the refresh cookie is left."""

    scopes = (ScopeType.HTTP,)
    exclude_opt_key = "exclude_from_auth"

    def __init__(self, db: Database, keys: Keys, settings: Settings) -> None:
        self._db = db
        self._keys = keys
        self._settings = settings

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """One request; any but a page's passes untouched."""
        request = Request[Any, Any, Any](scope)
        presented = self._wants_renewal(request)
        if not presented:
            await next_app(scope, receive, send)
            return
        carried = self._cookies(request, await self._renewed(presented))

        async def with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = carried_by(list(message["headers"]), carried)
            await send(message)

        await next_app(scope, receive, with_cookies)

    def _wants_renewal(self, request: AnyRequest) -> str | None:
        """The refresh token to use; none where no page is asked for or the sign-in is young."""
        presented = request.cookies.get(REFRESH_COOKIE)
        if not presented or not is_for_a_page(request):
            return None
        claims = read_access_token(self._keys, request.cookies.get(ACCESS_COOKIE, ""))
        is_young = isinstance(claims, Claims) and now_ms() // 1000 - claims.iat < AN_HOUR
        return None if is_young else presented

    async def _renewed(self, presented: str) -> SignIn | None:
        try:
            return await sessions.refresh(self._db, self._keys, presented, now=now_ms())
        except Problem:
            return None

    def _cookies(self, request: AnyRequest, sign_in: SignIn | None) -> Headers:
        """The next pair of cookies, or, where the token was no good, none any more."""
        answer: Response[None] = Response(None)
        if sign_in is None:
            clear_cookies(answer, request, self._settings)
        else:
            request.scope.setdefault("state", {})[RENEWED] = sign_in.token
            set_cookies(answer, sign_in, request, self._settings)
        return [(b"set-cookie", cookie.to_header(header="").encode()) for cookie in answer.cookies]


def is_for_a_page(request: AnyRequest) -> bool:
    """Whether a person goes to a page or sends a form; not what a page loads by itself."""
    path = request.url.path
    return (
        request.headers.get("sec-fetch-mode", "navigate") == "navigate"
        and "authorization" not in request.headers
        and not is_for_programs(path)
        and not path.startswith("/f/")
    )


def carried_by(headers: Headers, cookies: Headers) -> Headers:
    """The page's headers with the cookies. What the page itself sets (somebody signs out)
    stands; no cache keeps an answer with a sign-in."""
    set_already = {value.partition(b"=")[0] for name, value in headers if name == b"set-cookie"}
    added = [one for one in cookies if one[1].partition(b"=")[0] not in set_already]
    if not added:
        return headers
    return [one for one in headers if one[0] != b"cache-control"] + [NEVER_STORED, *added]
