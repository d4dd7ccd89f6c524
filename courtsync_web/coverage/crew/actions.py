"""Changes of crews: made, joined, left; links renewed and withdrawn; matches taken."""

import secrets

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.models import User
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import now_ms
from courtsync_web.coverage.actions import choose, last_choice
from courtsync_web.coverage.crew.models import Crew, CrewMatch, CrewMember
from courtsync_web.coverage.crew.queries import crew_of, members_in
from courtsync_web.coverage.crew.taking import follow_plan
from courtsync_web.db import Database, Transaction
from courtsync_web.errors import Problem, not_found
from courtsync_web.events.actions import lock_event
from courtsync_web.events.models import Event, Match
from courtsync_web.events.queries import event_for
from courtsync_web.happenings import PlanChanged
from courtsync_web.organizing.links import Door, hash_of, new_door, read_code

MOST_MEMBERS = 20
UNNAMED = "Photo crew"


async def make_crew(db: Database, keys: Keys, person: Person, event_id: str, name: str) -> None:
    """A new crew with the person in it. Raises 404, 409 ``in-a-crew``."""
    async with db.write() as tx:
        event = await locked(tx, event_id, person)
        if await crew_of(tx.session, event.id, person.id):
            raise in_a_crew()
        called = " ".join(name.split()) or UNNAMED
        crew = Crew(id=secrets.token_hex(16), event_id=event.id, name=called, created_at=now_ms())
        open_link(crew, keys)
        tx.session.add(crew)
        await tx.session.flush()
        await come_in(tx.session, crew, person)


async def join_crew(db: Database, person: Person, event_id: str, typed: str) -> None:
    """Come into the crew whose code this is; once more is once.

    Raises 404 for a code that opens no crew of this event (any more), 409 ``in-a-crew`` for
    somebody who is in another, and 409 ``crew-full``.
    """
    code = read_code(typed)
    async with db.write() as tx:
        event = await locked(tx, event_id, person)
        found = select(Crew).where(
            col(Crew.event_id) == event.id, col(Crew.code_hash) == hash_of(code or "")
        )
        crew = (await tx.session.exec(found)).first()
        if crew is None:
            raise not_found("crew with this link")
        mine = await crew_of(tx.session, event.id, person.id)
        if mine is not None and mine.id != crew.id:
            raise in_a_crew()
        if mine is None:
            if await members_in(tx.session, crew.id) >= MOST_MEMBERS:
                raise Problem(409, "crew-full", f"A crew has at most {MOST_MEMBERS} people.")
            await come_in(tx.session, crew, person)


async def leave_crew(db: Database, person: Person, event_id: str) -> None:
    """Go; what one had is free, one's plan stays. The last one closes the door behind them."""
    async with db.write() as tx:
        event = await locked(tx, event_id, person)
        member = await tx.session.get(CrewMember, (event.id, person.id))
        if member is None:
            return
        crew = await tx.session.get_one(Crew, member.crew_id)
        await tx.session.delete(member)
        await tx.session.flush()
        if not await members_in(tx.session, crew.id):
            await tx.session.delete(crew)


async def change_link(
    db: Database, keys: Keys, person: Person, event_id: str, *, withdrawn: bool
) -> None:
    """A new link, or none; the former one leads nowhere at once. Raises 404."""
    async with db.write() as tx:
        event = await locked(tx, event_id, person)
        crew = await my_crew(tx.session, event.id, person)
        if withdrawn:
            crew.link_id = crew.code_hash = crew.key_id = None
        else:
            open_link(crew, keys)
        tx.session.add(crew)


async def take_match(
    db: Database, person: Person, event_id: str, match_id: int, *, take_over: bool
) -> None:
    """Plan a match as the one of the crew who goes there.

    Raises 404, and 409 ``taken`` where another has it, unless it is taken over: then it leaves
    the other's plan.
    """
    async with db.write() as tx:
        event = await locked(tx, event_id, person)
        crew = await my_crew(tx.session, event.id, person)
        if await tx.session.get(Match, (event.id, match_id)) is None:
            raise not_found("match")
        taken = await tx.session.get(CrewMatch, (crew.id, match_id))
        if taken is not None and taken.user_id != person.id:
            other = await tx.session.get_one(User, taken.user_id)
            if not take_over:
                raise taken_by(other.display_name)
            await change_plan_of(tx, event, named(other), match_id, planned=False)
        await change_plan_of(tx, event, person, match_id, planned=True)


async def leave_match(db: Database, person: Person, event_id: str, match_id: int) -> None:
    """Take a match out of one's plan, for whoever else of the crew wants it. Raises 404."""
    async with db.write() as tx:
        event = await locked(tx, event_id, person)
        await my_crew(tx.session, event.id, person)
        await change_plan_of(tx, event, person, match_id, planned=False)


async def change_plan_of(
    tx: Transaction, event: Event, person: Person, match_id: int, *, planned: bool
) -> None:
    at = max(now_ms(), await last_choice(tx.session, person.id, event.id) + 1)
    await choose(tx, person, event, [match_id], planned=planned, at=at)
    await follow_plan(tx.session, event.id, person.id)
    await tx.tell(PlanChanged(event_id=event.id, at=now_ms(), user_id=person.id))


async def locked(tx: Transaction, event_id: str, person: Person) -> Event:
    """The event, if the person may see it; one change of its crews at a time."""
    event = await event_for(tx.session, event_id, person)
    await lock_event(tx.session, event.id)
    return event


async def my_crew(session: AsyncSession, event_id: str, person: Person) -> Crew:
    crew = await crew_of(session, event_id, person.id)
    if crew is None:
        raise not_found("crew of yours")
    return crew


async def come_in(session: AsyncSession, crew: Crew, person: Person) -> None:
    session.add(
        CrewMember(event_id=crew.event_id, user_id=person.id, crew_id=crew.id, joined_at=now_ms())
    )
    await session.flush()
    await follow_plan(session, crew.event_id, person.id)


def open_link(crew: Crew, keys: Keys) -> None:
    crew.link_id, crew.code_hash, crew.key_id = new_door(keys, Door.CREW)


def named(user: User) -> Person:
    return Person(id=user.id, display_name=user.display_name, role=user.role)


def in_a_crew() -> Problem:
    return Problem(409, "in-a-crew", "You are in a crew of this event already. Leave it first.")


def taken_by(name: str) -> Problem:
    return Problem(
        409,
        "taken",
        f"{name} has this match. Take it over if you have agreed on it.",
        extra={"photographer": name},
    )
