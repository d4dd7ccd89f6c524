"""The route that serves built assets: servestatic below ``/static``."""

from typing import Any

from litestar import asgi
from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send
from servestatic import ServeStaticASGI

from courtsync_web.web.assets import PREFIX, Assets

A_YEAR = 31_536_000


def static_route(assets: Assets) -> ASGIRouteHandler:
    """Everything under ``/static/``; all of it is named by content, so all is immutable."""

    async def missing(_scope: Any, _receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 404, "headers": headers})
        await send({"type": "http.response.body", "body": b"No such file.\n"})

    files = ServeStaticASGI(
        missing,
        root=assets.folder,
        prefix=PREFIX,
        max_age=A_YEAR,
        allow_all_origins=False,
        immutable_file_test=lambda _path, _url: True,
    )

    @asgi("/static", is_mount=True, copy_scope=False, opt={"exclude_from_auth": True})
    async def static(scope: Scope, receive: Receive, send: Send) -> None:
        # A mount hides its own prefix from the path; the names of the files begin with it.
        path = scope["raw_path"].decode("latin-1").partition("?")[0]
        await files({**scope, "path": path}, receive, send)

    return static
