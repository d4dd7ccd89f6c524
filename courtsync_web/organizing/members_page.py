"""The members of an event, as forms that need no script."""

from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Struct

from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.events.cards import Moment
from courtsync_web.events.pages import writes_twelve_hours
from courtsync_web.events.queries import owns
from courtsync_web.live.bus import Bus
from courtsync_web.organizing import invitations, members
from courtsync_web.organizing.addresses import address_of
from courtsync_web.organizing.disputes import instant_in_words
from courtsync_web.organizing.organizers import event_run_by
from courtsync_web.organizing.queries import members_of
from courtsync_web.organizing.standing import ROLES
from courtsync_web.settings import Settings
from courtsync_web.web.page import page
from courtsync_web.web.params import EventId, RowId

AnyRequest = Request[Any, Any, Any]
MEMBERS = "/events/{event_id:str}/organize/members"
WORDS = {
    "scorer": ("Scorer", "Keeps score at the table; it counts as official."),
    "coach": ("Coach", "Keeps score of their matches."),
    "media": ("Media", "Takes pictures, films, streams."),
    "organizer": ("Organizer", "Does everything you do, but makes no organizers."),
}


class NewMember(Struct):
    """The form: an address is not needed for an invitation."""

    email: str = ""
    role: str = ROLES[0]


@get(MEMBERS, include_in_schema=False)
async def members_page(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
) -> Template:
    """Who works at the event, who is invited, and a form for the next."""
    return await shown(request, db, keys, settings, event_id, person)


@post(MEMBERS, status_code=303, include_in_schema=False)
async def add_member(
    request: AnyRequest,
    event_id: EventId,
    data: URLEncodedBody[NewMember],
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
) -> Redirect | Template:
    """Take somebody in, or make an invitation."""
    role = data.role if data.role in ROLES else ROLES[0]
    try:
        await members.take_in(
            db, keys, event_id, person, role=role, email=data.email.strip() or None
        )
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        return await shown(request, db, keys, settings, event_id, person, data, problem)
    return back(event_id)


@post(MEMBERS + "/{user_id:str}/remove", status_code=303, include_in_schema=False)
async def remove_member(
    event_id: EventId,
    user_id: RowId,
    db: NamedDependency[Database],
    bus: NamedDependency[Bus],
    person: NamedDependency[Person],
) -> Redirect:
    """Let a member go."""
    await members.let_go(db, bus, event_id, person, user_id)
    return Redirect("/") if user_id == person.id else back(event_id)


@post(
    "/events/{event_id:str}/organize/invitations/{invitation_id:str}/withdraw",
    status_code=303,
    include_in_schema=False,
)
async def withdraw_invitation(
    event_id: EventId,
    invitation_id: RowId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> Redirect:
    """Make an invitation's link lead nowhere."""
    await invitations.withdraw(db, event_id, person, invitation_id)
    return back(event_id)


def back(event_id: str) -> Redirect:
    return Redirect(f"/events/{event_id}/organize/members", status_code=303)


async def shown(
    request: AnyRequest,
    db: Database,
    keys: Keys,
    settings: Settings,
    event_id: str,
    person: Person,
    filled: NewMember | None = None,
    problem: Problem | None = None,
) -> Template:
    """The page, with what was typed and what was wrong with it. It holds links: never stored."""
    async with db.read() as session:
        event = await event_run_by(session, event_id, person)
        moment = Moment(now_ms(), event.timezone, writes_twelve_hours(request))
        address = address_of(request, settings)
        people = await members_of(session, event.id, keys, address, moment.now)
    answer = page(
        "organizing/members.html",
        person,
        status=problem.status if problem else 200,
        event=event,
        people=people,
        filled=filled or NewMember(),
        problem=problem,
        roles=[role for role in ROLES if role != "organizer" or owns(event, person)],
        words=WORDS,
        until=lambda ms: instant_in_words(ms, moment),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


routes = (members_page, add_member, remove_member, withdraw_invitation)
