"""An event's schedule over JSON: made, replaced, taken home as a file."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.events.described import Download, ScheduleBody
from courtsync_web.events.documents import EventDocument
from courtsync_web.events.queries import event_document, event_for, organizes, owns
from courtsync_web.live.bus import Bus
from courtsync_web.schedule.apply import apply
from courtsync_web.schedule.document import read_document
from courtsync_web.schedule.draft import BadSchedule, Draft
from courtsync_web.schedule.export import document
from courtsync_web.schedule.export_files import table
from courtsync_web.schedule.preview import Preview
from courtsync_web.sharing.calendars import calendar
from courtsync_web.web.documented import not_modified, problems
from courtsync_web.web.etags import with_etag
from courtsync_web.web.json_only import json_only
from courtsync_web.web.params import EventId

AnyRequest = Request[Any, Any, Any]
NAMED_FAULTS = 1000
"""Faults in one answer; whoever has more has the wrong file."""


@post("/api/events", guards=[json_only], responses=problems(400, 401, 403, 409, 413, 415, 422))
async def create_event(
    data: ScheduleBody,
    db: NamedDependency[Database],
    bus: NamedDependency[Bus],
    person: NamedDependency[Person],
) -> Response[EventDocument]:
    """A new event from a schedule document (docs/importing.md). Organizers only."""
    organizers_only(person)
    draft = await read(data)
    event_id = draft.event.event_id
    async with db.write() as tx:
        await apply(tx, bus, draft, event_id=event_id, owner=person, now=now_ms(), must_be_new=True)
    async with db.read() as session:
        created = await event_document(session, await event_for(session, event_id, person))
    return Response(created, status_code=201, headers={"Location": f"/api/events/{event_id}"})


@put(
    "/api/events/{event_id:str}/schedule",
    guards=[json_only],
    responses=problems(400, 401, 403, 404, 413, 415, 422),
)
async def replace_schedule(
    event_id: EventId,
    data: ScheduleBody,
    db: NamedDependency[Database],
    bus: NamedDependency[Bus],
    person: NamedDependency[Person],
) -> Preview:
    """Replace the schedule; scores, claims and plans stay. Answers what changed. Organizer only."""
    async with db.read() as session:
        event = await event_for(session, event_id, person)
    if not organizes(event, person):
        raise Problem(403, "not-owner", "Only the event's organizer may change its schedule.")
    draft = await read(data, event_id=event_id)
    owner = person if owns(event, person) else None  # it stays whose it is
    async with db.write() as tx:
        applied = await apply(tx, bus, draft, event_id=event_id, owner=owner, now=now_ms())
    return applied.preview


def organizers_only(person: Person) -> None:
    if person.role != "organizer":
        raise Problem(403, "organizers-only", "Only organizers make events.")


async def read(given: dict[str, Any], *, event_id: str | None = None) -> Draft:
    """The document as a draft, read beside the event loop: a large one takes a second.

    Raises 422 ``validation`` that names every fault, up to a thousand.
    """
    try:
        return await asyncio.to_thread(read_document, given, event_id=event_id)
    except BadSchedule as bad:
        number = len(bad.problems)
        detail = f"Nothing was changed: the schedule has {number} fault{'s' * (number != 1)}."
        raise Problem(422, "validation", detail, bad.problems[:NAMED_FAULTS]) from None


async def json_file(session: AsyncSession, event_id: str) -> bytes:
    return msgspec.json.encode(await document(session, event_id))


async def csv_file(session: AsyncSession, event_id: str) -> bytes:
    return (await table(session, event_id)).encode()


FILES: dict[str, tuple[str, Callable[[AsyncSession, str], Awaitable[bytes]]]] = {
    "json": ("application/json", json_file),
    "csv": ("text/csv", csv_file),
    "ics": ("text/calendar", calendar),
}


@get(
    "/api/events/{event_id:str}/export",
    operation_class=Download,
    responses=problems(400, 404) | not_modified(),
)
async def export(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
    file_format: Annotated[Literal["json", "csv", "ics"], QueryParameter(name="format")] = "json",
) -> Response[bytes]:
    """The schedule as a file: a schedule document, a table, or a calendar."""
    media_type, written = FILES[file_format]
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        body = await written(session, event.id)
    disposition = f'attachment; filename="{event.id}.{file_format}"'
    return with_etag(
        request, body, media_type=media_type, headers={"Content-Disposition": disposition}
    )


routes = (create_event, replace_schedule, export)
