"""From a court to the pad of its match: what the table taps when a match is over."""

from typing import Annotated, Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.cards import Moment
from courtsync_web.events.pages import writes_twelve_hours
from courtsync_web.events.queries import event_for
from courtsync_web.organizing.court import cards_on, next_after, table_of
from courtsync_web.web.page import page
from courtsync_web.web.params import CourtId, EventId, query_id

AnyRequest = Request[Any, Any, Any]


@get("/events/{event_id:str}/courts/{court_id:int}/score", include_in_schema=False)
async def score_on_court(
    request: AnyRequest,
    event_id: EventId,
    court_id: CourtId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    after: Annotated[int | None, query_id("after")] = None,
) -> Redirect | Template:
    """To the pad of the match on this court now; with ``after``, of the one that follows it."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        moment = Moment(now_ms(), event.timezone, writes_twelve_hours(request))
        table = await table_of(session, event, court_id, moment)
        card = table.now
        if after is not None:
            card = next_after(await cards_on(session, event, court_id, moment), after)
    if card is None:
        return page("organizing/court_done.html", viewer, event=event, court=table.court)
    pad = f"/events/{event.id}/matches/{card.match_id}/score"
    return Redirect(pad, status_code=303, headers={"Cache-Control": "no-store"})


routes = (score_on_court,)
