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
from courtsync_web.coverage.crew.taking import follow_plan
from courtsync_web.coverage.documents import PlanChanges, PlanDocument
from courtsync_web.coverage.models import PlannedMatch, PlanSetting, ShotMatch
from courtsync_web.coverage.queries import plan_of, setting_of
from courtsync_web.db import Database, Transaction
from courtsync_web.errors import FieldError, Problem
from courtsync_web.events.models import Match
from courtsync_web.events.queries import Open, event_for
from courtsync_web.happenings import PlanChanged
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
    await follow_plan(tx.session, event.id, person.id)
    await tx.tell(PlanChanged(event_id=event.id, at=now_ms(), user_id=person.id))


async def merge_plan(
    tx: Transaction, person: Person, event: Open, changes: PlanChanges, at: int
) -> None:
    """What one of the person's devices did to the plan at the instant ``at``.

    Raises 422 ``validation`` for an added or shot match that the event does not have; one that
    is gone can be removed. What is added and removed at once is removed.
    """
    await refuse_unknown(tx.session, event.id, changes.added, "added")
    await refuse_unknown(tx.session, event.id, changes.shot, "shot")
    removed, unshot = set(changes.removed), set(changes.unshot)
    shot = set(changes.shot) - unshot
    await choose(tx, person, event, {*changes.added, *shot} - removed, planned=True, at=at)
    await choose(tx, person, event, removed, planned=False, at=at)
    await tick(tx, person, event, shot, shot=True, at=at)
    await tick(tx, person, event, unshot, shot=False, at=at)
    if changes.stay is not None or changes.aim is not None:
        await set_plan(tx, person, event, changes, at)
    await follow_plan(tx.session, event.id, person.id)
    await tx.tell(PlanChanged(event_id=event.id, at=now_ms(), user_id=person.id))


async def choose(
    tx: Transaction,
    person: Person,
    event: Open,
    matches: Collection[int],
    *,
    planned: bool,
    at: int,
) -> None:
    rows = [row | {"planned": planned} for row in rows_of(person, event, matches, at)]
    await keep_latest(tx.session, PlannedMatch, rows)


async def tick(
    tx: Transaction, person: Person, event: Open, matches: Collection[int], *, shot: bool, at: int
) -> None:
    rows = [row | {"shot": shot} for row in rows_of(person, event, matches, at)]
    await keep_latest(tx.session, ShotMatch, rows)


def rows_of(
    person: Person, event: Open, matches: Collection[int], at: int
) -> list[dict[str, int | str]]:
    """In one order: two writers then never wait for each other."""
    return [
        {"user_id": person.id, "event_id": event.id, "match_id": match_id, "changed_at": at}
        for match_id in sorted(matches)
    ]


async def set_plan(
    tx: Transaction, person: Person, event: Open, changes: PlanChanges, at: int
) -> None:
    """How long to stay and whom to cover; what is not said stays as it is."""
    former = await setting_of(tx.session, event.id, person.id)
    row = {
        "user_id": person.id,
        "event_id": event.id,
        "stay": changes.stay or former.stay,
        "aim": changes.aim or former.aim,
        "changed_at": at,
    }
    await keep_latest(tx.session, PlanSetting, [row])


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
