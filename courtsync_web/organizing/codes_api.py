"""Court codes over JSON: made, listed, revoked, and signed in with."""

from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import UNSET

from courtsync_web.accounts.api import device_of, welcomed
from courtsync_web.accounts.documents import SignedInDocument, signed_in_document
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.live.bus import Bus
from courtsync_web.organizing import codes
from courtsync_web.organizing.addresses import address_of
from courtsync_web.organizing.documents import CourtArrival, CourtCodeDocument, CourtCodeEntry
from courtsync_web.organizing.members_api import NO_STORE
from courtsync_web.organizing.organizers import event_run_by
from courtsync_web.organizing.queries import codes_of
from courtsync_web.settings import Settings
from courtsync_web.web.documented import problems
from courtsync_web.web.json_only import json_only
from courtsync_web.web.params import EventId, RowId

AnyRequest = Request[Any, Any, Any]
CODES = "/api/events/{event_id:str}/court-codes"


@get(CODES, responses=problems(400, 401, 403, 404))
async def get_codes(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
) -> Response[list[CourtCodeDocument]]:
    """All codes of the event by court, with who came by each and how much they scored."""
    async with db.read() as session:
        event = await event_run_by(session, event_id, person)
        address = address_of(request, settings)
        found = await codes_of(session, event.id, keys, address, now_ms())
    return Response(found, headers=NO_STORE)


@post(
    CODES,
    guards=[json_only],
    request_max_body_size=4096,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422),
)
async def post_code(
    request: AnyRequest,
    event_id: EventId,
    data: JSONBody[CourtCodeEntry],
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
) -> Response[CourtCodeDocument]:
    """A code and its link for one court (organizer). It ends a day after the event."""
    until = None if data.expires_at is UNSET else data.expires_at
    row = await codes.make_code(db, keys, event_id, person, data.court_id, until)
    async with db.read() as session:
        address = address_of(request, settings)
        [document] = await codes_of(session, event_id, keys, address, now_ms(), code_id=row.id)
    return Response(document, status_code=201, headers=NO_STORE)


@delete(CODES + "/{code_id:str}", responses=problems(400, 401, 403, 404))
async def delete_code(
    event_id: EventId,
    code_id: RowId,
    db: NamedDependency[Database],
    bus: NamedDependency[Bus],
    person: NamedDependency[Person],
) -> None:
    """Revoke a code: whoever signed in with it is signed out at once (organizer)."""
    await codes.revoke_code(db, bus, event_id, person, code_id)


@post(
    "/api/auth/court-code",
    guards=[json_only],
    request_max_body_size=4096,
    responses=problems(400, 404, 410, 413, 415, 422),
)
async def post_court_code(
    request: AnyRequest,
    data: JSONBody[CourtArrival],
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
) -> Response[SignedInDocument]:
    """Sign in at a court: tokens that claim and score that court's matches, and no others."""
    sign_in = await codes.sign_in_at_court(
        db, keys, typed=data.code, display_name=data.display_name, device=device_of(request)
    )
    return welcomed(signed_in_document(sign_in), sign_in, request, settings, status=201)


routes = (get_codes, post_code, delete_code, post_court_code)
