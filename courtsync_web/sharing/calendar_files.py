"""Addresses that calendars ask: public ones, and private links that need no sign-in."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.errors import not_found
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.pages import writes_twelve_hours
from courtsync_web.events.queries import event_for
from courtsync_web.organizing.addresses import address_of
from courtsync_web.settings import Settings
from courtsync_web.sharing.calendars import Book, Calendars
from courtsync_web.sharing.links import Kind, opened
from courtsync_web.web.etags import with_etag
from courtsync_web.web.params import EventId, TeamId, query_id

AnyRequest = Request[Any, Any, Any]
LinkFile = Annotated[str, PathParameter(pattern=r"^[0-9A-Za-z._-]{1,80}$")]


@get("/events/{event_id:str}/calendar.ics", include_in_schema=False)
async def event_calendar(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    recent: NamedDependency[RecentEstimates],
    settings: NamedDependency[Settings],
) -> Response[bytes]:
    """Every match of an event."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        book = await calendars(request, session, settings, recent, event.id).of_event(event)
    return await filed(request, book, event.id)


@get("/events/{event_id:str}/teams/{team_id:int}/calendar.ics", include_in_schema=False)
async def team_calendar(
    request: AnyRequest,
    event_id: EventId,
    team_id: TeamId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    recent: NamedDependency[RecentEstimates],
    settings: NamedDependency[Settings],
) -> Response[bytes]:
    """A team's matches, and its work duties as entries of their own."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        reading = calendars(request, session, settings, recent, event.id)
        book = await reading.of_team(event, team_id)
    return await filed(request, book, f"team-{team_id}")


@get("/cal/{file:str}", include_in_schema=False)
async def linked_calendar(
    request: AnyRequest,
    file: LinkFile,
    db: NamedDependency[Database],
    recent: NamedDependency[RecentEstimates],
    settings: NamedDependency[Settings],
    team: Annotated[int | None, query_id("team")] = None,
) -> Response[bytes]:
    """What a private link shows: a plan, or a private event, of it perhaps one team."""
    async with db.read() as session:
        link = await opened(session, file.removesuffix(".ics"), Kind.CALENDAR, Kind.EVENT)
        event = link.event
        reading = calendars(request, session, settings, recent, event.id)
        if link.kind is Kind.CALENDAR:
            if team is not None:
                raise not_found("team")
            book = await reading.of_plan(event, link.user_id)
        elif team is not None:
            book = await reading.of_team(event, team)
        else:
            book = await reading.of_event(event)
    return await filed(request, book, event.id)


def calendars(
    request: AnyRequest,
    session: AsyncSession,
    settings: Settings,
    recent: RecentEstimates,
    event_id: str,
) -> Calendars:
    address = address_of(request, settings)
    return Calendars(
        session,
        recent,
        lambda match_id: address(f"/events/{event_id}/matches/{match_id}"),
        twelve=writes_twelve_hours(request),
    )


async def filed(request: AnyRequest, book: Book, name: str) -> Response[bytes]:
    """The answer: 304 for whoever has it already."""
    disposition = f'inline; filename="{name}.ics"'
    return with_etag(
        request,
        await book.file(),
        media_type="text/calendar",
        headers={"Content-Disposition": disposition, "X-Robots-Tag": "noindex"},
    )


routes = (event_calendar, team_calendar, linked_calendar)
