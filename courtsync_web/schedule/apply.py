"""Storing a draft: one transaction, as often as one likes.

Importing again finds the same rows by the same ids and changes only what differs. It writes
nothing about claims and plans, and of scores only published results, through ``scoring``.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import venue_day
from courtsync_web.db import Transaction
from courtsync_web.errors import Problem
from courtsync_web.events.actions import next_seq
from courtsync_web.happenings import ScheduleChanged
from courtsync_web.live.bus import Bus
from courtsync_web.schedule.adopt import adopted
from courtsync_web.schedule.draft import Draft, DraftEvent
from courtsync_web.schedule.dropped import remember_dropped
from courtsync_web.schedule.moves import moves_of
from courtsync_web.schedule.plan import Plan, differing, plan_for
from courtsync_web.schedule.preview import Preview, preview_of
from courtsync_web.schedule.rows import Row, stored_event, stored_rows, wanted_rows
from courtsync_web.schedule.store import change_event, claim_event, execute
from courtsync_web.scoring.official import record_official_results
from courtsync_web.tables import metadata

PRECIOUS = ("score", "claim", "conflict")
"""Tables of ``scoring`` whose rows keep a vanished match from being deleted."""

TABLES = ("csv", "xlsx")
"""Sources that know only what matches mention: no clubs, no team that does not play."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did, and the draft's counts (matches, teams, courts, sets)."""

    preview: Preview
    counts: dict[str, int]


async def preview(session: AsyncSession, draft: Draft, *, event_id: str, now: int) -> Preview:
    """What :func:`apply` would do at this moment. Writes nothing."""
    connection = await session.connection()
    before = await stored_event(connection, event_id)
    plan, draft = await planned(connection, draft, event_id, before, now)
    return preview_of(plan, draft, event_id)


async def apply(
    tx: Transaction,
    bus: Bus,
    draft: Draft,
    *,
    event_id: str,
    owner: Person | None,
    now: int,
    must_be_new: bool = False,
) -> Applied:
    """Store a draft as the event's schedule, all or nothing.

    ``owner`` none: the program itself (the demo). Raises ``Problem``: 403 ``not-owner`` when
    the event is another organizer's, 409 ``event-exists`` when it had to be new.
    """
    connection = await tx.session.connection()
    owner_id = owner.id if owner else None
    is_new = await claim_event(connection, event_id, owner_id, now)
    before = await stored_event(connection, event_id, lock=True)
    if before is None or (must_be_new and not is_new):
        raise Problem(409, "event-exists", f"There is an event {event_id} already.")
    if before["owner_id"] != owner_id and owner_id and before["owner_id"]:
        raise Problem(403, "not-owner", f"Event {event_id} belongs to another organizer.")
    plan, draft = await planned(connection, draft, event_id, None if is_new else before, now)
    upcoming = before["seq"] + 1  # its row is locked, so the next number is surely this one
    if not plan.empty:
        await execute(connection, event_id, plan, now)
        await remember_dropped(connection, event_id, plan)
        facts = {name: after for name, (_, after) in plan.event.items()}
        await change_event(
            connection, event_id, facts | {"schedule_seq": upcoming, "updated_at": now}
        )
    if moves := () if is_new else moves_of(plan):
        await tx.tell(ScheduleChanged(event_id=event_id, at=now, seq=upcoming, moves=moves))
    results = [(one.match_id, one.sets, told(one.outcome)) for one in draft.results]
    new_results = await record_official_results(tx, event_id, results, upcoming, now)
    if new_results or not plan.empty:
        seq = await next_seq(tx.session, event_id)
        tx.after_commit(lambda: bus.ring(event_id, seq))
    return Applied(preview_of(plan, draft, event_id), draft.counts())


def told(outcome: str) -> str:
    """An outcome as ``scoring`` takes it: nothing said means "as the sets say"."""
    return "" if outcome == "undecided" else outcome


async def planned(
    connection: AsyncConnection, draft: Draft, event_id: str, before: Row | None, now: int
) -> tuple[Plan, Draft]:
    """The plan, and the draft with ids as stored wherever it had to make its own."""
    stored = await stored_rows(connection, event_id)
    facts = event_facts(draft, before, now)
    draft = adopted(draft, stored, facts["timezone"])
    plan = plan_for(
        draft,
        event=differing(before, facts) if before else {n: (None, v) for n, v in facts.items()},
        is_new=before is None,
        wanted=wanted_rows(draft, facts["timezone"]),
        stored=stored,
        precious=await precious_matches(connection, event_id),
        incomplete=draft.event.source in TABLES and known_source(before) not in TABLES,
    )
    return plan, draft


async def precious_matches(connection: AsyncConnection, event_id: str) -> set[int]:
    """Matches that people have scored or claimed, ever."""
    found: set[int] = set()
    for name in PRECIOUS:
        table = metadata.tables[name]
        statement = select(table.c.match_id).where(table.c.event_id == event_id).distinct()
        found.update((await connection.execute(statement)).scalars())
    return found


def known_source(before: Row | None) -> str:
    """Where the stored schedule came from; a new event's comes from here."""
    return str(before["source"]) if before else TABLES[0]


def event_facts(draft: Draft, before: Row | None, now: int) -> Row:
    """The event's facts as they should be stored: what the source does not say stays.

    Without its days said, they grow with those of the matches; without any, it is today.
    """
    event, known = draft.event, before or {}
    zone = event.timezone or known.get("timezone") or "UTC"
    days = [match.start.date().isoformat() for match in draft.matches if match.start]
    today = venue_day(now, zone).isoformat()
    starts = [known["start_date"]] if known.get("start_date") else []
    ends = [known["end_date"]] if known.get("end_date") else []
    is_document = event.source == "json"
    return {
        "name": event.name or known.get("name") or event.event_id,
        "timezone": zone,
        "location": event.location or ("" if is_document else known.get("location", "")),
        "start_date": str(event.start_date or min([*starts, *days], default=today)),
        "end_date": str(event.end_date or max([*ends, *days], default=today)),
        "visibility": visibility_of(event, known),
        "source": known.get("source") or event.source,
        "format": event.format or (None if is_document else known.get("format")),
    }


def visibility_of(event: DraftEvent, known: Row) -> str:
    return event.visibility or known.get("visibility") or "public"
