"""Is the process alive, and can it work."""

import asyncio

from litestar import Response, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from sqlalchemy import text

from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.supervised import Supervised

PATIENCE = 3.0
"""Seconds for the database to answer."""


@route(
    "/healthz",
    http_method=[HttpMethod.GET, HttpMethod.HEAD],
    opt={"exclude_from_auth": True},
    sync_to_thread=False,
)
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@route(
    "/readyz",
    http_method=[HttpMethod.GET, HttpMethod.HEAD],
    opt={"exclude_from_auth": True},
)
async def readyz(
    db: NamedDependency[Database], supervised: NamedDependency[Supervised]
) -> Response[dict[str, str]]:
    """The database answers in time, and so does every background task, the bus among them."""
    try:
        async with asyncio.timeout(PATIENCE), db.read() as session:
            connection = await session.connection()
            await connection.execute(text("SELECT 1"))
    except Exception as error:
        raise Problem(503, "not-ready", "The database does not answer.") from error
    if down := supervised.down():
        raise Problem(503, "not-ready", f"Not working: {', '.join(down)}.")
    return Response({"status": "ready"})


routes = [healthz, readyz]
