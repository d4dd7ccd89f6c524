"""Crews over JSON."""

from typing import Any

from litestar import Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Keys
from courtsync_web.coverage.crew import actions
from courtsync_web.coverage.crew.documents import CrewDocument, CrewIn, JoinIn, TakeIn
from courtsync_web.coverage.crew.queries import crew_document
from courtsync_web.db import Database
from courtsync_web.events.queries import event_for
from courtsync_web.organizing.addresses import address_of
from courtsync_web.settings import Settings
from courtsync_web.web.documented import problems
from courtsync_web.web.json_only import json_only
from courtsync_web.web.params import EventId, MatchId

AnyRequest = Request[Any, Any, Any]
CREW = "/api/events/{event_id:str}/crew"
MATCH = CREW + "/matches/{match_id:int}"
LARGEST_BODY = 4096
NO_STORE = {"Cache-Control": "no-store"}
"""Answers that hold a link which lets somebody in stay in no cache."""


async def told(
    request: AnyRequest,
    event_id: str,
    db: Database,
    keys: Keys,
    settings: Settings,
    person: Person,
) -> Response[CrewDocument]:
    address = address_of(request, settings)
    async with db.read() as session:
        event = await event_for(session, event_id, person)
        found = await crew_document(session, event.id, person.id, keys, address)
    return Response(found, status_code=200, headers=NO_STORE)


@get(CREW, responses=problems(400, 401, 404))
async def get_crew(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
) -> Response[CrewDocument]:
    """My crew: who is in it, and who has which match."""
    return await told(request, event_id, db, keys, settings, person)


@post(
    CREW,
    status_code=200,
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=problems(400, 401, 404, 409, 413, 415),
)
async def post_crew(
    request: AnyRequest,
    event_id: EventId,
    data: JSONBody[CrewIn],
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
) -> Response[CrewDocument]:
    """Make a crew. What I have planned is mine in it."""
    await actions.make_crew(db, keys, person, event_id, data.name)
    return await told(request, event_id, db, keys, settings, person)


@post(
    CREW + "/join",
    status_code=200,
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=problems(400, 401, 404, 409, 413, 415),
)
async def join_crew(
    request: AnyRequest,
    event_id: EventId,
    data: JSONBody[JoinIn],
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
) -> Response[CrewDocument]:
    """Join a crew by its link's code."""
    await actions.join_crew(db, person, event_id, data.code)
    return await told(request, event_id, db, keys, settings, person)


@delete(CREW, responses=problems(400, 401, 404))
async def leave_crew(
    event_id: EventId, db: NamedDependency[Database], person: NamedDependency[Person]
) -> None:
    """Leave my crew; my plan stays mine."""
    await actions.leave_crew(db, person, event_id)


@post(CREW + "/link", status_code=200, responses=problems(400, 401, 404))
async def renew_link(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
) -> Response[CrewDocument]:
    """Give my crew a new link; the former one leads nowhere any more."""
    await actions.change_link(db, keys, person, event_id, withdrawn=False)
    return await told(request, event_id, db, keys, settings, person)


@delete(CREW + "/link", responses=problems(400, 401, 404))
async def withdraw_link(
    event_id: EventId,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    person: NamedDependency[Person],
) -> None:
    """Withdraw my crew's link: nobody joins any more."""
    await actions.change_link(db, keys, person, event_id, withdrawn=True)


@put(
    MATCH,
    guards=[json_only],
    request_max_body_size=LARGEST_BODY,
    responses=problems(400, 401, 404, 409, 413, 415),
)
async def take_match(
    request: AnyRequest,
    event_id: EventId,
    match_id: MatchId,
    data: JSONBody[TakeIn],
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
) -> Response[CrewDocument]:
    """Take a match. Where another of my crew has it, that is 409 ``taken``, unless I take it
    over; then it leaves their plan."""
    await actions.take_match(db, person, event_id, match_id, take_over=data.take_over)
    return await told(request, event_id, db, keys, settings, person)


@delete(MATCH, responses=problems(400, 401, 404))
async def leave_match(
    event_id: EventId,
    match_id: MatchId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> None:
    """Leave a match to the others: it leaves my plan."""
    await actions.leave_match(db, person, event_id, match_id)


routes = (
    get_crew,
    post_crew,
    join_crew,
    leave_crew,
    renew_link,
    withdraw_link,
    take_match,
    leave_match,
)
