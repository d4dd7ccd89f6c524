"""Conflicts over JSON: updates that lost, whole, and how to settle one."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.events.queries import event_for
from courtsync_web.live.bus import Bus
from courtsync_web.scoring.conflicts import restore_conflict, set_aside
from courtsync_web.scoring.queries import conflicts_of
from courtsync_web.scoring.scorers import runs
from courtsync_web.scoring.updates import ConflictDocument, ScoreDocument
from courtsync_web.web.documented import not_modified, problems
from courtsync_web.web.etags import with_etag
from courtsync_web.web.params import ConflictId, EventId

AnyRequest = Request[Any, Any, Any]


@get("/api/events/{event_id:str}/conflicts", responses=problems(400, 401, 404) | not_modified())
async def get_conflicts(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> Response[list[ConflictDocument]]:
    """Updates that lost against a later one: the organizer sees all, others their own."""
    async with db.read() as session:
        event = await event_for(session, event_id, person)
        author_id = None if runs(event, person) else person.id
        conflicts = await conflicts_of(session, event.id, author_id=author_id)
    return with_etag(request, conflicts)


@post(
    "/api/events/{event_id:str}/conflicts/{conflict_id:int}/restore",
    status_code=200,
    responses=problems(400, 401, 403, 404, 422),
)
async def post_restore(
    event_id: EventId,
    conflict_id: ConflictId,
    db: NamedDependency[Database],
    bus: NamedDependency[Bus],
    person: NamedDependency[Person],
) -> ScoreDocument:
    """Make the losing update the score after all (organizer)."""
    return await restore_conflict(db, bus, event_id, conflict_id, person)


@post(
    "/api/events/{event_id:str}/conflicts/{conflict_id:int}/set-aside",
    status_code=200,
    responses=problems(400, 401, 403, 404),
)
async def post_set_aside(
    event_id: EventId,
    conflict_id: ConflictId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> ConflictDocument:
    """Keep what stands: the conflict is settled, and stays restorable (organizer)."""
    return await set_aside(db, event_id, conflict_id, person)


routes = [get_conflicts, post_restore, post_set_aside]
