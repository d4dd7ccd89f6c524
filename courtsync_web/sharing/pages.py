"""A plan to read: by a link that was given out, and as the sheet one prints for the day."""

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Template

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.coverage.pages import own_plan
from courtsync_web.coverage.queries import matches_planned
from courtsync_web.db import Database
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.cards import Moment
from courtsync_web.events.models import Event
from courtsync_web.events.pages import writes_twelve_hours
from courtsync_web.events.queries import event_for, may_see
from courtsync_web.sharing.links import Kind, Opened, opened
from courtsync_web.sharing.plan_view import PlanView, plan_view
from courtsync_web.web.page import fragment, page
from courtsync_web.web.params import EventId, LinkCode

AnyRequest = Request[Any, Any, Any]
UNLISTED = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
"""The address is a key: it is told to nobody else."""


@get("/p/{code:str}", include_in_schema=False)
async def shared_plan(
    request: AnyRequest,
    code: LinkCode,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    recent: NamedDependency[RecentEstimates],
) -> Template:
    """Somebody's plan, for whoever has the link: to read, with live scores."""
    link, view = await look(request, code, db, recent)
    answer = page(
        "sharing/plan.html",
        viewer,
        view=view,
        event=link.event,
        owner=link.name,
        code=code,
        live=may_see(link.event, viewer),
        now=view.now,
    )
    answer.headers.update(UNLISTED)
    return answer


@get("/f/p/{code:str}", include_in_schema=False)
async def shared_plan_fragment(
    request: AnyRequest,
    code: LinkCode,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    recent: NamedDependency[RecentEstimates],
) -> Template:
    """Its days alone, for a page that is open."""
    link, view = await look(request, code, db, recent)
    live = may_see(link.event, viewer)
    return fragment("sharing/days.html", viewer, view=view, event=link.event, live=live)


@get("/events/{event_id:str}/coverage/sheet", include_in_schema=False)
async def day_sheet(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    recent: NamedDependency[RecentEstimates],
) -> Template:
    """My plan on paper; ``?day=`` prints one day alone."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        plan = await own_plan(session, request, event.id, viewer)
        view = await plan_view(session, event, plan.planned, moment_of(request, event), recent)
    day = request.query_params.get("day", "")
    return page("sharing/sheet.html", viewer, view=view, event=event, day=day, now=view.now)


async def look(
    request: AnyRequest, code: str, db: Database, recent: RecentEstimates
) -> tuple[Opened, PlanView]:
    """What a link shows. Raises 404."""
    async with db.read() as session:
        link = await opened(session, code, Kind.PLAN)
        planned = await matches_planned(session, link.event.id, link.user_id)
        moment = moment_of(request, link.event)
        return link, await plan_view(session, link.event, planned, moment, recent)


def moment_of(request: AnyRequest, event: Event) -> Moment:
    return Moment(now_ms(), event.timezone, writes_twelve_hours(request))


routes = (shared_plan, shared_plan_fragment, day_sheet)
