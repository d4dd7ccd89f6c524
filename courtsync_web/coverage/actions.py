"""Changes of a coverage plan.

``replace_plan`` and ``merge_plan`` work inside a caller's write transaction; of each match the
latest choice stands, whichever device made it.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.coverage.documents import PlanChanges, PlanDocument
from courtsync_web.coverage.models import PlannedMatch
from courtsync_web.coverage.queries import plan_of
from courtsync_web.db import Database, Transaction
from courtsync_web.errors import FieldError, Problem
from courtsync_web.events.models import Match
from courtsync_web.events.queries import Open, event_for
from courtsync_web.latest import keep_latest


async def change_plan(
    db: Database, person: Person, event_id: str, selected: Sequence[int]
) -> PlanDocument:
    """Make ``selected`` the whole plan, after everything chosen so far.

    Raises 404, and 422 ``validation`` that names the matches the event does not have.
    """
    async with db.write() as tx:
        event = await event_for(tx.session, event_id, person)
        at = max(now_ms(), await last_choice(tx.session, person.id, event.id) + 1)
        await replace_plan(tx, person, event, selected, at)
        return await plan_of(tx.session, event.id, person.id)


async def replace_plan(
    tx: Transaction, person: Person, event: Open, selected: Sequence[int], at: int
) -> None:
    """Of every match that was not chosen about after ``at``: in the plan only if ``selected``."""
    await refuse_unknown(tx.session, event.id, selected, "selectedMatches")
    await choose(tx, person, event, set(selected), planned=True, at=at)
    planned = await tx.session.exec(
        select(col(PlannedMatch.match_id)).where(
            col(PlannedMatch.user_id) == person.id,
            col(PlannedMatch.event_id) == event.id,
            col(PlannedMatch.planned),
        )
    )
    await choose(tx, person, event, set(planned) - set(selected), planned=False, at=at)


async def merge_plan(
    tx: Transaction, person: Person, event: Open, changes: PlanChanges, at: int
) -> None:
    """What one of the person's devices added and removed at the instant ``at``.

    Raises 422 ``validation`` for an added match that the event does not have; one that is gone
    can be removed. What is added and removed at once is removed.
    """
    await refuse_unknown(tx.session, event.id, changes.added, "added")
    added = set(changes.added) - set(changes.removed)
    await choose(tx, person, event, added, planned=True, at=at)
    await choose(tx, person, event, set(changes.removed), planned=False, at=at)


async def choose(
    tx: Transaction,
    person: Person,
    event: Open,
    matches: Collection[int],
    *,
    planned: bool,
    at: int,
) -> None:
    rows = [
        {
            "user_id": person.id,
            "event_id": event.id,
            "match_id": match_id,
            "planned": planned,
            "changed_at": at,
        }
        for match_id in sorted(matches)  # in one order: two writers then never wait for each other
    ]
    await keep_latest(tx.session, PlannedMatch, rows)


async def refuse_unknown(
    session: AsyncSession, event_id: str, matches: Sequence[int], field: str
) -> None:
    known = set(await session.exec(select(col(Match.match_id)).where(Match.event_id == event_id)))
    errors = [
        FieldError(f"/{field}/{index}", f"The event has no match {match_id}.")
        for index, match_id in enumerate(matches)
        if match_id not in known
    ]
    if errors:
        raise Problem(422, "validation", "The plan names matches that are not there.", errors)


async def last_choice(session: AsyncSession, person_id: str, event_id: str) -> int:
    """When the person last chose anything in this plan; 0 for never."""
    found = await session.exec(
        select(func.max(PlannedMatch.changed_at)).where(
            PlannedMatch.user_id == person_id, PlannedMatch.event_id == event_id
        )
    )
    return found.one() or 0
