"""The event page, and its day alone."""

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Template

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events import tables_page
from courtsync_web.events.cards import Moment
from courtsync_web.events.day import DayView, day_view
from courtsync_web.events.filters import filters_of
from courtsync_web.events.queries import event_for, organizes
from courtsync_web.events.team import team_view
from courtsync_web.events.words import twelve_hours
from courtsync_web.web.page import fragment, page
from courtsync_web.web.params import EventId, TeamId

AnyRequest = Request[Any, Any, Any]


@get("/events/{event_id:str}", include_in_schema=False)
async def event_page(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    recent: NamedDependency[RecentEstimates],
) -> Template:
    """A tournament: its day, live first."""
    view = await view_of(request, event_id, db, viewer, recent)
    return page(
        "events/event.html",
        viewer,
        view=view,
        now=view.now,
        organizes=organizes(view.event, viewer),
    )


@get("/f/events/{event_id:str}/day", include_in_schema=False)
async def day_fragment(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    recent: NamedDependency[RecentEstimates],
) -> Template:
    """Live now and the blocks, for a page whose schedule has changed."""
    view = await view_of(request, event_id, db, viewer, recent)
    return fragment("events/day.html", viewer, view=view)


@get("/events/{event_id:str}/teams/{team_id:int}", include_in_schema=False)
async def team_page(
    request: AnyRequest,
    event_id: EventId,
    team_id: TeamId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    recent: NamedDependency[RecentEstimates],
) -> Template:
    """A team: next match, work duties, schedule, results, pool."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        moment = Moment(now_ms(), event.timezone, writes_twelve_hours(request))
        view = await team_view(session, event, team_id, moment, recent)
    return page("events/team.html", viewer, view=view, now=moment.now)


async def view_of(
    request: AnyRequest,
    event_id: str,
    db: Database,
    viewer: Person | None,
    recent: RecentEstimates,
) -> DayView:
    query = request.query_params
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        moment = Moment(now_ms(), event.timezone, writes_twelve_hours(request))
        filters = filters_of(query)
        return await day_view(session, event, query.get("day", ""), filters, moment, recent)


def writes_twelve_hours(request: AnyRequest) -> bool:
    return twelve_hours(request.headers.get("accept-language", ""))


routes = [event_page, day_fragment, team_page, *tables_page.routes]
