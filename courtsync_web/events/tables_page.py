"""Standings and brackets of an event, and the same alone for a page whose matches have ended."""

from typing import Annotated, Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Template

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.cards import Moment
from courtsync_web.events.queries import event_for
from courtsync_web.events.tables import TablesView, tables_view
from courtsync_web.events.words import twelve_hours
from courtsync_web.web.page import fragment, page
from courtsync_web.web.params import EventId, query_id

AnyRequest = Request[Any, Any, Any]
Division = Annotated[int | None, query_id("division")]


@get("/events/{event_id:str}/standings", include_in_schema=False)
async def standings_page(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    division: Division = None,
) -> Template:
    """Pools in order and brackets as trees, a division at a time."""
    view = await view_of(request, event_id, db, viewer, division)
    return page("events/standings.html", viewer, view=view, now=now_ms())


@get("/f/events/{event_id:str}/standings", include_in_schema=False)
async def standings_fragment(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    division: Division = None,
) -> Template:
    """The tables alone."""
    view = await view_of(request, event_id, db, viewer, division)
    return fragment("events/tables.html", viewer, view=view)


async def view_of(
    request: AnyRequest, event_id: str, db: Database, viewer: Person | None, division: int | None
) -> TablesView:
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        twelve = twelve_hours(request.headers.get("accept-language", ""))
        moment = Moment(now_ms(), event.timezone, twelve)
        return await tables_view(session, event, division, moment)


routes = (standings_page, standings_fragment)
