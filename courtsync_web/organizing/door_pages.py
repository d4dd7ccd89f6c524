"""What opens when a court's code is scanned: the court, its match, one field, one button.

A GET only looks: a messenger that previews the link signs nobody in and uses nothing up.
"""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Struct

from courtsync_web.accounts.api import device_of
from courtsync_web.accounts.cookies import set_cookies
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem, not_found
from courtsync_web.events.cards import Moment
from courtsync_web.events.models import Event
from courtsync_web.events.pages import writes_twelve_hours
from courtsync_web.organizing import codes
from courtsync_web.organizing.court import Table, table_of
from courtsync_web.scoring.scorers import may_score, reaches
from courtsync_web.settings import Settings
from courtsync_web.web.page import page
from courtsync_web.web.params import LinkCode

AnyRequest = Request[Any, Any, Any]
DOOR = "/c/{code:str}"
DISCREET = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}
"""The address is the key: it is told to nobody, and kept nowhere."""


class Arrival(Struct):
    """Who comes, and which match they mean; none: the one that is on."""

    name: str = ""
    match: int | None = None


@get(DOOR, include_in_schema=False)
async def door_page(
    request: AnyRequest,
    code: LinkCode,
    db: NamedDependency[Database],
    viewer: NamedDependency[Person | None],
) -> Template:
    """Which court this is, and which match is on it."""
    event, table = await behind(request, db, code)
    return shown(viewer, event, table, code, Arrival(viewer.display_name if viewer else ""))


@post(DOOR, status_code=303, include_in_schema=False)
async def enter(
    request: AnyRequest,
    code: LinkCode,
    data: URLEncodedBody[Arrival],
    db: NamedDependency[Database],
    keys: NamedDependency[Keys],
    settings: NamedDependency[Settings],
    viewer: NamedDependency[Person | None],
) -> Response[Any]:
    """Sign in under the name, and go straight to the pad."""
    event, table = await behind(request, db, code)
    try:
        sign_in = await codes.sign_in_at_court(
            db, keys, typed=code, display_name=data.name, device=device_of(request)
        )
    except Problem as problem:
        if problem.status != 422:
            raise discreetly(problem) from None
        return shown(viewer, event, table, code, data, problem)
    response = Redirect(pad_of(event, table, data.match), status_code=303, headers=DISCREET)
    set_cookies(response, sign_in, request, settings)
    return response


async def behind(request: AnyRequest, db: Database, code: str) -> tuple[Event, Table]:
    """The event and the court a code opens. Raises as :func:`codes.good_code` does."""
    now = now_ms()
    async with db.read() as session:
        try:
            row = codes.good_code(await codes.find_code(session, code), now)
            event = await session.get(Event, row.event_id)
            if event is None:
                raise not_found("event")
            moment = Moment(now, event.timezone, writes_twelve_hours(request))
            return event, await table_of(session, event, row.court_id, moment)
        except Problem as problem:
            raise discreetly(problem) from None


def discreetly(problem: Problem) -> Problem:
    """A refusal that keeps the address to itself, too."""
    problem.headers |= DISCREET
    return problem


def shown(
    viewer: Person | None,
    event: Event,
    table: Table,
    code: str,
    filled: Arrival,
    problem: Problem | None = None,
) -> Template:
    answer = page(
        "organizing/door.html",
        viewer,
        status=problem.status if problem else 200,
        event=event,
        table=table,
        code=code,
        filled=filled,
        wrong=problem.errors[0].detail if problem and problem.errors else None,
        pad=pad_of(event, table, None),
        already=may_go_on(viewer, event, table),
    )
    answer.headers.update(DISCREET)
    return answer


def may_go_on(viewer: Person | None, event: Event, table: Table) -> bool:
    """Whether this phone may score here as it is: another name would only be in the way."""
    if viewer is None or not reaches(viewer, event.id, table.court_id):
        return False
    return (viewer.court is not None or event.scoring_policy != "open") and may_score(event, viewer)


def pad_of(event: Event, table: Table, match_id: int | None) -> str:
    """The pad of the match meant, if it is on this court; else of the one that is on."""
    known = {card.match_id for card in table.others}
    if table.now is not None:
        match_id = match_id if match_id in known else table.now.match_id
    if match_id is None:
        return f"/events/{event.id}"
    return f"/events/{event.id}/matches/{match_id}/score"


routes = (door_page, enter)
