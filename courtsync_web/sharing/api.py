"""My links to a plan and its calendars over JSON, and my plan as a file."""

from typing import Annotated, Any, Literal

from litestar import Request, Response, delete, get, put
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter
from msgspec import Struct

from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Keys
from courtsync_web.db import Database
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.described import Download
from courtsync_web.events.queries import event_for
from courtsync_web.organizing.addresses import address_of
from courtsync_web.organizing.links import Door, code_for
from courtsync_web.organizing.queries import AddressOf
from courtsync_web.settings import Settings
from courtsync_web.sharing.calendar_files import calendars, filed
from courtsync_web.sharing.links import Kind, links_of, make_link, withdraw_link
from courtsync_web.sharing.models import SharedLink
from courtsync_web.sharing.plan_table import plan_table
from courtsync_web.web.documented import not_modified, problems
from courtsync_web.web.etags import with_etag
from courtsync_web.web.params import EventId

AnyRequest = Request[Any, Any, Any]
LINKS = "/api/events/{event_id:str}/shared-links"
NO_STORE = {"Cache-Control": "no-store"}


class LinkDocument(Struct, rename="camel"):
    """An address I gave out. ``link`` is null once it can no longer be shown: it still works."""

    kind: Kind
    link: str | None
    created_at: int


@get(LINKS, responses=problems(400, 401, 404))
async def get_links(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
) -> Response[list[LinkDocument]]:
    """The addresses that I gave out for this event."""
    async with db.read() as session:
        event = await event_for(session, event_id, person)
        rows = await links_of(session, person, event.id)
    address = address_of(request, settings)
    return Response([shown(row, keys, address) for row in rows], headers=NO_STORE)


@put(LINKS + "/{kind:str}", responses=problems(400, 401, 404))
async def put_link(
    request: AnyRequest,
    event_id: EventId,
    kind: Annotated[Kind, PathParameter()],
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
) -> Response[LinkDocument]:
    """Make a link of this kind; the same again as long as it is not withdrawn."""
    row = await make_link(db, keys, person, event_id, kind)
    return Response(shown(row, keys, address_of(request, settings)), headers=NO_STORE)


@delete(LINKS + "/{kind:str}", responses=problems(400, 401, 404))
async def delete_link(
    event_id: EventId,
    kind: Annotated[Kind, PathParameter()],
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> None:
    """Withdraw a link: its address leads nowhere from now on."""
    async with db.read() as session:
        await event_for(session, event_id, person)
    await withdraw_link(db, person, event_id, kind)


def shown(row: SharedLink, keys: Keys, address: AddressOf) -> LinkDocument:
    code = code_for(keys, row.key_id, Door.SHARED, row.id)
    path = f"/p/{code}" if row.kind == Kind.PLAN else f"/cal/{code}.ics"
    return LinkDocument(Kind(row.kind), address(path) if code else None, row.created_at)


@get(
    "/api/events/{event_id:str}/coverage-plans/export",
    operation_class=Download,
    responses=problems(400, 401, 404) | not_modified(),
)
async def export_plan(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    recent: NamedDependency[RecentEstimates],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
    file_format: Annotated[Literal["csv", "ics"], QueryParameter(name="format")] = "csv",
) -> Response[bytes]:
    """My plan as a file: a table, or a calendar."""
    async with db.read() as session:
        event = await event_for(session, event_id, person)
        if file_format == "csv":
            body = await plan_table(session, event, person.id)
        else:
            reading = calendars(request, session, settings, recent, event.id)
            book = await reading.of_plan(event, person.id)
    if file_format == "ics":
        return await filed(request, book, f"{event.id}-plan")
    disposition = f'attachment; filename="{event.id}-plan.csv"'
    return with_etag(
        request, body, media_type="text/csv", headers={"Content-Disposition": disposition}
    )


routes = (get_links, put_link, delete_link, export_plan)
