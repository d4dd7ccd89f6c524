"""How long it takes from hall to hall: the organizer's table, from which photographers are told
when to leave."""

from itertools import combinations
from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template
from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.events.models import Court, Event, Walk
from courtsync_web.events.walking import ELSEWHERE
from courtsync_web.events.words import hall_and_number
from courtsync_web.numbers import whole_number
from courtsync_web.organizing.organizers import event_run_by
from courtsync_web.web.page import page
from courtsync_web.web.params import EventId

AnyRequest = Request[Any, Any, Any]
PAGE = "/events/{event_id:str}/organize/walks"
LONGEST = 60
"""Minutes; whoever walks longer drives."""
MOST_HALLS = 12

Pair = tuple[str, str]


@get(PAGE, include_in_schema=False)
async def walks_page(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> Template:
    """The table, a line for each two halls."""
    async with db.read() as session:
        event = await event_run_by(session, event_id, person)
        return await shown(session, event, person, saved="saved" in request.query_params)


@post(PAGE, status_code=303, include_in_schema=False)
async def save_walks(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    person: NamedDependency[Person],
) -> Redirect | Template:
    """Save the whole table; an empty field means that nobody has told."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    async with db.write() as tx:
        event = await event_run_by(tx.session, event_id, person)
        try:
            walks = walks_from(form, await pairs_of(tx.session, event.id))
        except Problem as problem:
            return await shown(tx.session, event, person, problem=problem)
        await tx.session.exec(delete(Walk).where(col(Walk.event_id) == event.id))
        tx.session.add_all(
            [
                Walk(event_id=event.id, hall=one, other=other, minutes=minutes)
                for (one, other), minutes in walks.items()
            ]
        )
    return Redirect(f"/events/{event_id}/organize/walks?saved=1", status_code=303)


def walks_from(form: dict[str, str], pairs: list[Pair]) -> dict[Pair, int]:
    """Minutes by pair of halls. Raises 422."""
    walks = {}
    for number, pair in enumerate(pairs):
        text = form.get(f"walk-{number}", "").strip()
        if not text:
            continue
        minutes = whole_number(text, 0, LONGEST)
        if minutes is None:
            raise Problem(422, "validation", f"Give whole minutes from 0 to {LONGEST}.")
        walks[pair] = minutes
    return walks


async def pairs_of(session: AsyncSession, event_id: str) -> list[Pair]:
    """Every two halls of an event, by name."""
    names = await session.exec(select(col(Court.name)).where(col(Court.event_id) == event_id))
    halls = sorted({hall for hall, _ in map(hall_and_number, names) if hall})
    return list(combinations(halls[:MOST_HALLS], 2))


async def shown(
    session: AsyncSession,
    event: Event,
    person: Person,
    *,
    saved: bool = False,
    problem: Problem | None = None,
) -> Template:
    known = await session.exec(select(Walk).where(col(Walk.event_id) == event.id))
    minutes = {(one.hall, one.other): one.minutes for one in known}
    return page(
        "push/walks.html",
        person,
        status=problem.status if problem else 200,
        event=event,
        walks=[(*pair, minutes.get(pair, "")) for pair in await pairs_of(session, event.id)],
        longest=LONGEST,
        untold=ELSEWHERE,
        saved=saved,
        refusal=problem.detail if problem else None,
    )


routes = (walks_page, save_walks)
