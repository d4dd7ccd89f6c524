"""Coverage plans over JSON."""

from typing import Any

from litestar import Request, Response, delete, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from courtsync_web.accounts.people import Person
from courtsync_web.coverage.actions import change_plan
from courtsync_web.coverage.documents import PlanDocument, PlanIn
from courtsync_web.coverage.queries import plan_of
from courtsync_web.db import Database
from courtsync_web.events.queries import event_for
from courtsync_web.web.documented import not_modified, problems
from courtsync_web.web.etags import with_etag
from courtsync_web.web.json_only import json_only
from courtsync_web.web.params import EventId

PLANS = "/api/events/{event_id:str}/coverage-plans"
LARGEST_BODY = 256 * 1024
"""Bytes: the most matches, with the longest ids."""


@get(PLANS, responses=problems(400, 401, 404) | not_modified())
async def get_plan(
    request: Request[Any, Any, Any],
    event_id: EventId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> Response[PlanDocument]:
    """My plan for the event: empty before I choose a match."""
    async with db.read() as session:
        event = await event_for(session, event_id, person)
        return with_etag(request, await plan_of(session, event.id, person.id))


@put(
    PLANS,
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=problems(400, 401, 404, 413, 415, 422),
)
async def put_plan(
    event_id: EventId,
    data: JSONBody[PlanIn],
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> PlanDocument:
    """Make these matches my plan."""
    return await change_plan(db, person, event_id, data.selected_matches)


@delete(PLANS, responses=problems(400, 401, 404))
async def delete_plan(
    event_id: EventId, db: NamedDependency[Database], person: NamedDependency[Person]
) -> None:
    """Clear my plan."""
    await change_plan(db, person, event_id, [])


routes = (get_plan, put_plan, delete_plan)
