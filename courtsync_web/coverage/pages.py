"""The Coverage page: a photographer's day at an event."""

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.coverage.device import OwnPlan, plan_in
from courtsync_web.coverage.own import own_plan_of
from courtsync_web.coverage.view import coverage_view
from courtsync_web.db import Database
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.cards import Moment
from courtsync_web.events.pages import writes_twelve_hours
from courtsync_web.events.queries import event_for
from courtsync_web.web.page import page
from courtsync_web.web.params import EventId

AnyRequest = Request[Any, Any, Any]


@get("/events/{event_id:str}/coverage", include_in_schema=False)
async def coverage_page(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    recent: NamedDependency[RecentEstimates],
) -> Template:
    """My plan: what to do now, what clashes, my day court by court, and whom it misses."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        plan = await own_plan(session, request, event.id, viewer)
        moment = Moment(now_ms(), event.timezone, writes_twelve_hours(request))
        asked = request.query_params.get("day", "")
        view = await coverage_view(session, event, plan, asked, moment, recent)
    return page("coverage/plan.html", viewer, view=view, event=event, now=moment.now)


async def own_plan(
    session: AsyncSession, request: AnyRequest, event_id: str, viewer: Person | None
) -> OwnPlan:
    """The person's plan; of somebody who has not signed in, what the device tells."""
    if viewer is None:
        return plan_in(request.cookies.get("plan", ""))
    return await own_plan_of(session, event_id, viewer)


routes = (coverage_page,)
