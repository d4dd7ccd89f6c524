"""Events and schedules over JSON."""

from typing import Annotated, Any, Literal

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.events import schedule_api
from courtsync_web.events.documents import (
    EventDocument,
    EventSummary,
    MatchDocument,
    PoolList,
    TeamDocument,
)
from courtsync_web.events.match_list import Narrowed, matches_of
from courtsync_web.events.models import Event
from courtsync_web.events.pools import pools_of
from courtsync_web.events.queries import event_document, event_for, events_seen_by, teams_of
from courtsync_web.remembered import EVENTS, SCORES, Remembered, with_copy
from courtsync_web.web.documented import not_modified, problems
from courtsync_web.web.etags import with_etag
from courtsync_web.web.params import EventId, query_id

AnyRequest = Request[Any, Any, Any]
Day = Annotated[
    str | None,
    QueryParameter(name="day", pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", required=False),
]
Status = Literal["not-started", "in-progress", "completed"]


@get("/api/events", responses=problems() | not_modified())
async def list_events(
    request: AnyRequest, db: NamedDependency[Database], viewer: NamedDependency[Person | None]
) -> Response[list[EventSummary]]:
    """Public events and your own, the latest first."""
    async with db.read() as session:
        return with_etag(request, await events_seen_by(session, viewer))


@get("/api/events/{event_id:str}", responses=problems(400, 404) | not_modified())
async def get_event(
    request: AnyRequest,
    event_id: EventId,
    remembered: NamedDependency[Remembered],
    viewer: NamedDependency[Person | None],
) -> Response[EventDocument]:
    """An event with its clubs, divisions, courts and play days."""
    copy = await remembered.copy(event_id, viewer, "event", EVENTS, event_document)
    return with_copy(request, copy, "event")


@get("/api/events/{event_id:str}/matches", responses=problems(400, 404) | not_modified())
async def get_matches(
    request: AnyRequest,
    event_id: EventId,
    remembered: NamedDependency[Remembered],
    viewer: NamedDependency[Person | None],
    day: Day = None,
    team_id: Annotated[int | None, query_id("teamId")] = None,
    club_id: Annotated[int | None, query_id("clubId")] = None,
    division_id: Annotated[int | None, query_id("divisionId")] = None,
    court_id: Annotated[int | None, query_id("courtId")] = None,
    status: Annotated[Status | None, QueryParameter(name="status", required=False)] = None,
) -> Response[list[MatchDocument]]:
    """Matches by start, then by court; every given parameter narrows."""
    narrowed = Narrowed(day, team_id, club_id, division_id, court_id, status)

    async def read(session: AsyncSession, event: Event) -> list[MatchDocument]:
        return await matches_of(session, event, narrowed)

    copy = await remembered.copy(event_id, viewer, ("matches", narrowed), SCORES, read)
    return with_copy(request, copy, "match")


@get("/api/events/{event_id:str}/teams", responses=problems(400, 404) | not_modified())
async def get_teams(
    request: AnyRequest,
    event_id: EventId,
    remembered: NamedDependency[Remembered],
    viewer: NamedDependency[Person | None],
) -> Response[list[TeamDocument]]:
    """The event's teams, by name."""

    async def read(session: AsyncSession, event: Event) -> list[TeamDocument]:
        return await teams_of(session, event.id)

    copy = await remembered.copy(event_id, viewer, "teams", EVENTS, read)
    return with_copy(request, copy, "team")


@get("/api/events/{event_id:str}/standings", responses=problems(400, 404) | not_modified())
async def get_standings(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    division_id: Annotated[int | None, query_id("divisionId")] = None,
) -> Response[PoolList]:
    """Pools in order, computed from scores; once the desk has ranked a pool, its order stands."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        pools = await pools_of(session, event.id, division_id=division_id)
    return with_etag(request, PoolList(pools))


routes = (
    list_events,
    get_event,
    get_matches,
    get_teams,
    get_standings,
    *schedule_api.routes,
)
