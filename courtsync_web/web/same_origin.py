"""Requests that change something must come from our own pages (CSRF).

Fetch Metadata first, ``Origin`` as the fallback (OWASP's order). A request with neither is
no browser's; one that carries its own bearer token rides on nobody's cookie. Any other
``Authorization`` proves nothing: a browser adds what it remembers for a proxy that asks for a
password, also to another site's request.
"""

from typing import Any
from urllib.parse import urlsplit

from litestar import Request

from courtsync_web.accounts.signed_in import bearer_token
from courtsync_web.errors import Problem

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


async def refuse_foreign_origin(request: Request[Any, Any, Any]) -> None:
    """A ``before_request`` hook: raises where another site's page makes the request."""
    if request.method in SAFE_METHODS or bearer_token(request) is not None:
        return
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site in {"same-origin", "none"}:
            return
    else:
        origin = request.headers.get("origin")
        if origin is None or urlsplit(origin).netloc == request.headers.get("host"):
            return
    raise Problem(403, "foreign-origin", "This request came from another site's page.")
