"""An event's settings, members and court codes over JSON."""

from typing import Any

from litestar import Request, Response, patch
from litestar.di import NamedDependency
from litestar.params import JSONBody

from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.events.documents import EventDocument
from courtsync_web.events.queries import event_document, event_for
from courtsync_web.live.bus import Bus
from courtsync_web.organizing import codes_api, members_api
from courtsync_web.organizing.documents import EventChange
from courtsync_web.organizing.settings import change_event
from courtsync_web.web.documented import problems
from courtsync_web.web.etags import with_etag
from courtsync_web.web.json_only import json_only
from courtsync_web.web.params import EventId

AnyRequest = Request[Any, Any, Any]


@patch(
    "/api/events/{event_id:str}",
    guards=[json_only],
    request_max_body_size=4096,
    responses=problems(400, 401, 403, 404, 413, 415, 422),
)
async def patch_event(
    request: AnyRequest,
    event_id: EventId,
    data: JSONBody[EventChange],
    db: NamedDependency[Database],
    bus: NamedDependency[Bus],
    person: NamedDependency[Person],
) -> Response[EventDocument]:
    """Change who may keep score, who may look, the name or the place (organizer).

    Claims of people whom a new policy shuts out end at once; what they scored stays.
    """
    await change_event(db, bus, event_id, person, data)
    async with db.read() as session:
        event = await event_for(session, event_id, person)
        return with_etag(request, await event_document(session, event))


routes = (patch_event, *members_api.routes, *codes_api.routes)
