"""The sheet of all courts: looked after on a screen, printed for the walls."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Struct
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.cards import Moment
from courtsync_web.events.models import Event
from courtsync_web.events.pages import writes_twelve_hours
from courtsync_web.events.queries import courts_of
from courtsync_web.live.bus import Bus
from courtsync_web.organizing import codes
from courtsync_web.organizing.addresses import address_of
from courtsync_web.organizing.disputes import instant_in_words
from courtsync_web.organizing.documents import CourtCodeDocument
from courtsync_web.organizing.links import for_reading
from courtsync_web.organizing.organizers import event_run_by
from courtsync_web.organizing.qr import qr_of
from courtsync_web.organizing.queries import AddressOf, codes_of
from courtsync_web.settings import Settings
from courtsync_web.web.page import page
from courtsync_web.web.params import EventId, RowId

AnyRequest = Request[Any, Any, Any]
CODES = "/events/{event_id:str}/organize/codes"
ON_A_PAGE = ("1", "2", "6")


@dataclass(frozen=True, slots=True)
class CourtSheet:
    """One court: its newest good code, if it has one, and what became of all its codes."""

    court_id: int
    court: str
    code: CourtCodeDocument | None
    qr: str | None
    """SVG of our own making, to be shown as it is."""
    typed: str
    """The link as one reads it aloud: no scheme, the code in groups."""
    all: list[CourtCodeDocument]

    @property
    def updates(self) -> int:
        """Points and other updates by everybody who came by this court's codes."""
        return sum(scan.updates for code in self.all for scan in code.scans)


class OneCourt(Struct):
    """For which court to make a new code."""

    court: int


@get(CODES, include_in_schema=False)
async def codes_page(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    person: NamedDependency[Person],
) -> Template:
    """Every court with its code; ``?per=`` says how many a printed page holds."""
    per = request.query_params.get("per", "")
    async with db.read() as session:
        event = await event_run_by(session, event_id, person)
        moment = Moment(now_ms(), event.timezone, writes_twelve_hours(request))
        address = address_of(request, settings)
        sheets = await sheets_of(session, event, keys, address, moment.now)
    answer = page(
        "organizing/codes.html",
        person,
        event=event,
        sheets=sheets,
        missing=sum(sheet.code is None for sheet in sheets),
        per=per if per in ON_A_PAGE else ON_A_PAGE[0],
        choices=ON_A_PAGE,
        until=lambda ms: instant_in_words(ms, moment),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@post(CODES, status_code=303, include_in_schema=False)
async def make_codes(
    event_id: EventId,
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    person: NamedDependency[Person],
) -> Redirect:
    """A code for every court that has none."""
    await codes.make_missing_codes(db, keys, event_id, person)
    return back(event_id)


@post(CODES + "/court", status_code=303, include_in_schema=False)
async def make_one(
    event_id: EventId,
    data: URLEncodedBody[OneCourt],
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    person: NamedDependency[Person],
) -> Redirect:
    """A code for one court."""
    await codes.make_code(db, keys, event_id, person, data.court)
    return back(event_id)


@post(CODES + "/{code_id:str}/revoke", status_code=303, include_in_schema=False)
async def revoke(
    event_id: EventId,
    code_id: RowId,
    db: NamedDependency[Database],
    bus: NamedDependency[Bus],
    person: NamedDependency[Person],
) -> Redirect:
    """Make a code useless at once."""
    await codes.revoke_code(db, bus, event_id, person, code_id)
    return back(event_id)


def back(event_id: str) -> Redirect:
    return Redirect(f"/events/{event_id}/organize/codes", status_code=303)


async def sheets_of(
    session: AsyncSession, event: Event, keys: Keys, address: AddressOf, now: int
) -> list[CourtSheet]:
    """All courts in human order, each with its codes."""
    by_court: dict[int, list[CourtCodeDocument]] = {}
    for code in await codes_of(session, event.id, keys, address, now):
        by_court.setdefault(code.court_id, []).append(code)
    return [
        sheet(court.court_id, court.name, by_court.get(court.court_id, []), address)
        for court in await courts_of(session, event.id)
    ]


def sheet(
    court_id: int, name: str, made: list[CourtCodeDocument], address: AddressOf
) -> CourtSheet:
    good = next((code for code in made if code.link), None)
    if good is None or good.code is None or good.link is None:
        return CourtSheet(court_id, name, None, None, "", made)
    typed = urlsplit(address("/c/")).netloc + "/c/" + for_reading(good.code)
    return CourtSheet(court_id, name, good, qr_of(good.link), typed, made)


routes = (codes_page, make_codes, make_one, revoke)
