"""The Coverage page: a photographer's day at an event."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Template

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.queries import event_for
from courtsync_web.web.page import page
from courtsync_web.web.params import EventId


@get("/events/{event_id:str}/coverage", include_in_schema=False)
async def coverage_page(
    event_id: EventId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
) -> Template:
    """My plan: what to do now, what clashes, my day court by court, and whom it misses."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        return page("coverage/plan.html", viewer, event=event, now=now_ms())


routes = (coverage_page,)
