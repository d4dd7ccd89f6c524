"""``POST /api/sync``: what a phone kept while it had no network, handed over at once."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.live.bus import Bus
from courtsync_web.sync.actions import settle
from courtsync_web.sync.wire import LARGEST_BATCH, SyncIn, SyncOut
from courtsync_web.web.documented import problems
from courtsync_web.web.json_only import json_only


@post(
    "/api/sync",
    status_code=200,
    guards=[json_only],
    request_max_body_size=LARGEST_BATCH,
    responses=problems(400, 401, 409, 413, 415),
)
async def post_sync(
    data: JSONBody[SyncIn],
    db: NamedDependency[Database],
    bus: NamedDependency[Bus],
    person: NamedDependency[Person],
) -> SyncOut:
    """Settle a batch: one verdict per op, in order. A bad op never stops the rest.

    Every op is `{id, deviceSeq, kind, eventId, lastUpdated?, fence?, claimId?}` with the fields
    of the single call; `kind` is `score`, `claim` or `release`. An op may be sent as often as
    need be: the same `id` gets the same answer.
    """
    results = await settle(db, bus, person, data)
    return SyncOut(results=results, server_time=now_ms())


routes = [post_sync]
