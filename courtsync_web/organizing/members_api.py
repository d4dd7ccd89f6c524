"""An event's members over JSON."""

from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import not_found
from courtsync_web.live.bus import Bus
from courtsync_web.organizing import invitations, members
from courtsync_web.organizing.addresses import address_of
from courtsync_web.organizing.documents import (
    Acceptance,
    MemberDocument,
    MemberEntry,
    MembershipDocument,
)
from courtsync_web.organizing.models import Invitation
from courtsync_web.organizing.organizers import event_run_by
from courtsync_web.organizing.queries import invited_document, member_of, members_of
from courtsync_web.settings import Settings
from courtsync_web.web.documented import problems
from courtsync_web.web.json_only import json_only
from courtsync_web.web.params import EventId, RowId

AnyRequest = Request[Any, Any, Any]
MEMBERS = "/api/events/{event_id:str}/members"
NO_STORE = {"Cache-Control": "no-store"}
"""Answers that hold links which let somebody in stay in no cache."""


@get(MEMBERS, responses=problems(400, 401, 403, 404))
async def get_members(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
) -> Response[list[MemberDocument]]:
    """Who works at the event, by name, then who is invited (organizer)."""
    async with db.read() as session:
        event = await event_run_by(session, event_id, person)
        address = address_of(request, settings)
        found = await members_of(session, event.id, keys, address, now_ms())
    return Response(found, headers=NO_STORE)


@post(
    MEMBERS,
    guards=[json_only],
    request_max_body_size=4096,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422),
)
async def post_member(
    request: AnyRequest,
    event_id: EventId,
    data: JSONBody[MemberEntry],
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
) -> Response[MemberDocument]:
    """Take somebody in by e-mail address, or change what a member is (organizer).

    Where there is no account with the address, or no address is given, it is an invitation:
    a link for the organizer to pass on, good once and for two weeks.
    """
    taken = await members.take_in(db, keys, event_id, person, role=data.role, email=data.email)
    if isinstance(taken, Invitation):
        document = invited_document(taken, keys, address_of(request, settings))
    else:
        async with db.read() as session:
            found = await member_of(session, event_id, taken.user_id)
        if found is None:  # gone again meanwhile
            raise not_found("member")
        document = found
    return Response(document, status_code=201, headers=NO_STORE)


@delete(MEMBERS + "/{user_id:str}", responses=problems(400, 401, 403, 404))
async def delete_member(
    event_id: EventId,
    user_id: RowId,
    db: NamedDependency[Database],
    bus: NamedDependency[Bus],
    person: NamedDependency[Person],
) -> None:
    """Remove a member (organizer), or leave oneself."""
    await members.let_go(db, bus, event_id, person, user_id)


@delete(
    "/api/events/{event_id:str}/invitations/{invitation_id:str}",
    responses=problems(400, 401, 403, 404),
)
async def delete_invitation(
    event_id: EventId,
    invitation_id: RowId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> None:
    """Withdraw an invitation: its link leads nowhere any more (organizer)."""
    await invitations.withdraw(db, event_id, person, invitation_id)


@post(
    "/api/invitations/accept",
    status_code=200,
    guards=[json_only],
    request_max_body_size=4096,
    responses=problems(400, 401, 403, 404, 413, 415),
)
async def accept_invitation(
    data: JSONBody[Acceptance], db: NamedDependency[Database], person: NamedDependency[Person]
) -> MembershipDocument:
    """Become what an invitation says. It needs an account, and it works once."""
    event, role = await invitations.accept(db, person, data.code)
    return MembershipDocument(event.id, event.name, role)


routes = (get_members, post_member, delete_member, delete_invitation, accept_invitation)
