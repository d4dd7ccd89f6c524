"""Is the process alive, and can it work."""

from litestar import Response, get, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from sqlalchemy import text

from courtsync_web.db import Database
from courtsync_web.errors import Problem


@route(
    "/healthz",
    http_method=[HttpMethod.GET, HttpMethod.HEAD],
    opt={"exclude_from_auth": True},
    sync_to_thread=False,
)
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@get("/readyz", opt={"exclude_from_auth": True})
async def readyz(db: NamedDependency[Database]) -> Response[dict[str, str]]:
    """The database answers too."""
    try:
        async with db.read() as session:
            connection = await session.connection()
            await connection.execute(text("SELECT 1"))
    except Exception as error:
        raise Problem(503, "not-ready", "The database does not answer.") from error
    return Response({"status": "ready"})


routes = [healthz, readyz]
