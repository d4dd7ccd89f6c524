"""The organizer's page of an event: who may score and look, what to settle, where to go on."""

from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Struct, ValidationError, convert
from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.events.cards import Moment
from courtsync_web.events.models import Court, Event, Match
from courtsync_web.events.pages import writes_twelve_hours
from courtsync_web.events.standings import criteria_of
from courtsync_web.events.tables import CRITERIA
from courtsync_web.live.bus import Bus
from courtsync_web.organizing.disputes import disputes_of
from courtsync_web.organizing.documents import EventChange
from courtsync_web.organizing.models import CourtCode, Member
from courtsync_web.organizing.organizers import event_run_by
from courtsync_web.organizing.settings import change_event
from courtsync_web.scoring.conflicts import restore_conflict, set_aside
from courtsync_web.web.page import page
from courtsync_web.web.params import ConflictId, EventId

AnyRequest = Request[Any, Any, Any]
HUB = "/events/{event_id:str}/organize"
POLICIES = (
    ("open", "Anyone", "Whoever gives a name may keep score. Claims keep them apart."),
    ("members", "Members", "Only people you add: scorers, coaches, media, organizers."),
    ("codes", "Court codes", "Only who scans the code at the court, and you."),
)
VISIBILITIES = (
    ("public", "Everyone", "Listed, and found by name."),
    ("unlisted", "Whoever has the link", "Not listed."),
    ("private", "Members only", "Nobody else sees that it exists."),
)


class Settings(Struct):
    """The settings form; every field of it is sent."""

    name: str = ""
    location: str = ""
    policy: str = ""
    visibility: str = ""
    ranking: list[str] = []


@get(HUB, include_in_schema=False)
async def hub_page(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> Template:
    """Everything an organizer sets and settles."""
    return await shown(request, db, event_id, person)


@post(HUB, status_code=303, include_in_schema=False)
async def save_settings(
    request: AnyRequest,
    event_id: EventId,
    data: URLEncodedBody[Settings],
    db: NamedDependency[Database],
    bus: NamedDependency[Bus],
    person: NamedDependency[Person],
) -> Redirect | Template:
    """Save the settings form."""
    typed: dict[str, str | list[str]] = {
        "name": data.name,
        "location": data.location,
        "scoringPolicy": data.policy,
        "visibility": data.visibility,
    }
    if ranking := [one for one in data.ranking if one]:
        typed["poolCriteria"] = ranking
    try:
        await change_event(db, bus, event_id, person, convert(typed, EventChange))
    except ValidationError:
        problem = Problem(422, "validation", "Give the event a name of up to 200 characters.")
        return await shown(request, db, event_id, person, filled=data, problem=problem)
    except Problem as problem:
        if problem.status != 422:
            raise
        return await shown(request, db, event_id, person, filled=data, problem=problem)
    return Redirect(f"/events/{event_id}/organize?saved=1", status_code=303)


@post(HUB + "/conflicts/{conflict_id:int}/restore", status_code=303, include_in_schema=False)
async def use_this_one(
    event_id: EventId,
    conflict_id: ConflictId,
    db: NamedDependency[Database],
    bus: NamedDependency[Bus],
    person: NamedDependency[Person],
) -> Redirect:
    """The update that lost becomes the score after all."""
    await restore_conflict(db, bus, event_id, conflict_id, person)
    return Redirect(f"/events/{event_id}/organize#conflicts", status_code=303)


@post(HUB + "/conflicts/{conflict_id:int}/set-aside", status_code=303, include_in_schema=False)
async def keep_what_stands(
    event_id: EventId,
    conflict_id: ConflictId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> Redirect:
    """The conflict leaves the list, and the score stays as it is."""
    await set_aside(db, event_id, conflict_id, person)
    return Redirect(f"/events/{event_id}/organize#conflicts", status_code=303)


async def shown(
    request: AnyRequest,
    db: Database,
    event_id: str,
    person: Person,
    *,
    filled: Settings | None = None,
    problem: Problem | None = None,
) -> Template:
    """The page, with what was typed and what was wrong with it."""
    async with db.read() as session:
        event = await event_run_by(session, event_id, person)
        moment = Moment(now_ms(), event.timezone, writes_twelve_hours(request))
        disputes = await disputes_of(session, event, moment)
        counts = await counts_of(session, event, moment.now)
    ranking = list(criteria_of(event.pool_criteria))
    stored = Settings(event.name, event.location, event.scoring_policy, event.visibility, ranking)
    return page(
        "organizing/hub.html",
        person,
        status=problem.status if problem else 200,
        event=event,
        filled=filled or stored,
        problem=problem,
        saved="saved" in request.query_params,
        policies=POLICIES,
        visibilities=VISIBILITIES,
        ranking=[*(filled or stored).ranking, "", "", "", ""],
        rankings=CRITERIA,
        disputes=disputes,
        counts=counts,
    )


async def counts_of(session: AsyncSession, event: Event, now: int) -> dict[str, int]:
    """How many matches, courts, courts with a good code, and members there are."""

    def number(column: Any, *wanted: Any) -> Any:
        return select(func.count(func.distinct(column))).where(*wanted).scalar_subquery()

    good = (col(CourtCode.revoked_at).is_(None), col(CourtCode.expires_at) > now)
    statement: Any = select(
        number(col(Match.match_id), col(Match.event_id) == event.id),
        number(col(Court.court_id), col(Court.event_id) == event.id),
        number(col(CourtCode.court_id), col(CourtCode.event_id) == event.id, *good),
        number(col(Member.user_id), col(Member.event_id) == event.id),
    )
    row = (await session.exec(statement)).one()
    return dict(zip(("matches", "courts", "coded", "members"), row, strict=True))


routes = (hub_page, save_settings, use_this_one, keep_what_stands)
