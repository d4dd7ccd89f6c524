"""What the guards of one request cost: who asks, and whether it may ask so often."""

import asyncio
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from litestar.types import ASGIApp

from courtsync_web.accounts.actions import sign_in_guest
from courtsync_web.accounts.known_sessions import KnownSessions
from courtsync_web.accounts.signed_in import SignedIn
from courtsync_web.accounts.tokens import Keys
from courtsync_web.db import Database
from courtsync_web.limits.memory import MemoryTally
from courtsync_web.limits.rates import LimitClass, equal
from courtsync_web.limits.redis_tally import RedisTally
from courtsync_web.limits.tally import Tally
from courtsync_web.limits.turnstile import Turnstile
from courtsync_web.migrate import migrate
from courtsync_web.web.route_table import limit_of
from tests.bench.figures import milliseconds_since, percentile, table
from tests.servers.redis import NoRedis, private_redis

REQUESTS = 3000
NEVER_EMPTY = equal("bench", 1_000_000, 1)


def measure() -> None:
    """The guards alone, around a handler that does nothing."""
    rows = asyncio.run(rows_of("in memory", MemoryTally()))
    try:
        with private_redis() as redis:
            rows += asyncio.run(rows_of("on Redis", RedisTally(redis.url)))
    except NoRedis as error:
        print(error)
    table(
        f"Guards of one request, ms, {REQUESTS} requests one by one",
        ("limits", "who asks", "median", "95 %"),
        rows,
    )


async def rows_of(where: str, tally: Tally) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'bench.db'}"
        await asyncio.to_thread(migrate, url)
        db, keys = Database(url), Keys.of(b"a key of the benchmark alone, long enough")
        guest = await sign_in_guest(db, keys, display_name="Bench", device="")
        rows = []
        guards = SignedIn(Turnstile(tally, generous)(nothing), known=KnownSessions(db), keys=keys)
        for who, token in (("nobody", ""), ("a guest", guest.token)):
            times = await timed(guards, token)
            rows.append((where, who, *(f"{percentile(times, share):.3f}" for share in (0.5, 0.95))))
        await db.close()
        await tally.close()
        return rows


async def nothing(*_: object) -> None:
    """A handler that costs nothing."""


def generous(path: str, method: str) -> LimitClass | None:
    """Looked up as ever, and never refused: a refusal would be cheaper than a request."""
    return limit_of(path, method) and NEVER_EMPTY


async def timed(guards: ASGIApp, token: str) -> list[float]:
    """Milliseconds of each request."""
    times = []
    for _ in range(REQUESTS):
        scope = request_scope(token)
        began = time.perf_counter()
        await guards(scope, cast(Any, None), cast(Any, None))
        times.append(milliseconds_since(began))
    return times


def request_scope(token: str) -> Any:
    """A request as the router hands it to the guards."""
    bearer = [(b"authorization", f"Bearer {token}".encode())] if token else []
    return {
        "type": "http",
        "method": "GET",
        "path": "/api/events/cup/matches",
        "path_template": "/api/events/{event_id}/matches",
        "query_string": b"",
        "headers": [(b"host", b"bench"), (b"accept", b"application/json"), *bearer],
        "client": ("192.0.2.7", 50_000),
        "state": {},
        "route_handler": SimpleNamespace(opt={}),
    }
