"""JSON only: a body of another content type could have been sent by another site's form."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from courtsync_web.errors import Problem


async def json_only(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A guard: a body must be ``application/json``; without a body no type is needed.

    A top-level form always names its type, also with nothing in it, so it never passes.
    Asynchronous, because Litestar runs any other guard in a thread.
    """
    content_type = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
    has_body = (
        connection.headers.get("content-length", "0") != "0"
        or "transfer-encoding" in connection.headers
    )
    if content_type != "application/json" and (content_type or has_body):
        raise Problem(415, "unsupported-media-type", "Send JSON (application/json).")
