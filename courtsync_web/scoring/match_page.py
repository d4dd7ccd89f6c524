"""The match page: a scoreboard anyone may open, how the match went, and who keeps its score."""

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Template

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.cards import Moment
from courtsync_web.events.expected import expect, running
from courtsync_web.events.pages import writes_twelve_hours
from courtsync_web.events.queries import event_for
from courtsync_web.scoring.match_view import TRUST, MatchView, match_view
from courtsync_web.web.page import fragment, page
from courtsync_web.web.params import EventId, MatchId

AnyRequest = Request[Any, Any, Any]


@get("/events/{event_id:str}/matches/{match_id:int}", include_in_schema=False)
async def match_page(
    request: AnyRequest,
    event_id: EventId,
    match_id: MatchId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    recent: NamedDependency[RecentEstimates],
) -> Template:
    """One match: score, sets, rallies, and the way to keep its score."""
    view = await view_of(request, event_id, match_id, db, viewer, recent)
    return page(
        "scoring/match.html",
        viewer,
        view=view,
        trust=TRUST,
        now=view.moment.now,
        running=running(view.card.late_by),
    )


@get("/f/events/{event_id:str}/matches/{match_id:int}/story", include_in_schema=False)
async def story_fragment(
    request: AnyRequest,
    event_id: EventId,
    match_id: MatchId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
) -> Template:
    """The charts and rallies alone, for a page that missed some."""
    view = await view_of(request, event_id, match_id, db, viewer)
    return fragment("scoring/story.html", viewer, view=view)


async def view_of(
    request: AnyRequest,
    event_id: str,
    match_id: int,
    db: Database,
    viewer: Person | None,
    recent: RecentEstimates | None = None,
) -> MatchView:
    """``recent`` none: without estimates."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        moment = Moment(now_ms(), event.timezone, writes_twelve_hours(request))
        view = await match_view(session, event, match_id, viewer, moment)
        if recent is not None:
            shown = [card for card in (view.card, view.next) if card is not None]
            expect(shown, await recent.of(session, event, moment.now), moment)
        return view


routes = [match_page, story_fragment]
