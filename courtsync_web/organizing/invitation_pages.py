"""What opens when somebody follows an invitation: what it is, and one button."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem, not_found
from courtsync_web.events.models import Event
from courtsync_web.organizing import invitations
from courtsync_web.organizing.door_pages import DISCREET, discreetly
from courtsync_web.organizing.members_page import WORDS
from courtsync_web.web.page import page
from courtsync_web.web.params import LinkCode

INVITATION = "/i/{code:str}"


@get(INVITATION, include_in_schema=False)
async def invitation_page(
    code: LinkCode, db: NamedDependency[Database], viewer: NamedDependency[Person | None]
) -> Template:
    """To which event, as what. Looking accepts nothing."""
    async with db.read() as session:
        row = await invitations.open_invitation(session, code, now_ms())
        event = await session.get(Event, row.event_id) if row else None
    if row is None or event is None:
        raise discreetly(not_found("invitation"))
    answer = page(
        "organizing/invitation.html",
        viewer,
        event=event,
        code=code,
        role=WORDS[row.role][0],
        hint=WORDS[row.role][1],
        may_accept=viewer is not None and not viewer.is_guest,
    )
    answer.headers.update(DISCREET)
    return answer


@post(INVITATION, status_code=303, include_in_schema=False)
async def accept_invitation(
    code: LinkCode, db: NamedDependency[Database], person: NamedDependency[Person]
) -> Response[Any]:
    """Accept, and go to the event."""
    try:
        event, role = await invitations.accept(db, person, code)
    except Problem as problem:
        raise discreetly(problem) from None
    to = f"/events/{event.id}" + ("/organize" if role == "organizer" else "")
    return Redirect(to, status_code=303, headers=DISCREET)


routes = (invitation_page, accept_invitation)
