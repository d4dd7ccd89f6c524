"""Settling a conflict: the update that lost becomes the score after all, or what stands is kept."""

import msgspec
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.models import User
from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem, not_found
from courtsync_web.events.actions import lock_event, next_seq
from courtsync_web.events.formats_in_force import formats_of
from courtsync_web.events.models import Event
from courtsync_web.events.queries import event_for
from courtsync_web.live.bus import Bus
from courtsync_web.scoring.lease import holder_at
from courtsync_web.scoring.models import Claim, Conflict, Score
from courtsync_web.scoring.queries import conflict_document, score_of
from courtsync_web.scoring.records import Accepted, append
from courtsync_web.scoring.scorers import (
    match_in,
    provenance_of,
    refuse_outsiders,
    runs,
)
from courtsync_web.scoring.updates import ConflictDocument, ScoreDocument, ScoreUpdateIn
from courtsync_web.volleyball.check import check_score
from courtsync_web.volleyball.formats import Format


async def restore_conflict(
    db: Database, bus: Bus, event_id: str, conflict_id: int, person: Person
) -> ScoreDocument:
    """Append the kept update as the newest state, in the organizer's name.

    The score that stood stays in the history. The organizer settles any conflict; the present
    scorer of the match their own. Raises 403 for everybody else.
    """
    now = now_ms()
    async with db.write() as tx:
        event = await event_for(tx.session, event_id, person)
        await lock_event(tx.session, event_id)
        conflict = await conflict_to_settle(tx.session, event, conflict_id, person, now)
        update = msgspec.convert(conflict.body, ScoreUpdateIn)
        former = await tx.session.get(Score, (event_id, conflict.match_id))
        formats = await formats_of(tx.session, event_id, (conflict.match_id,))
        seq = await next_seq(tx.session, event_id)
        accepted = restored(
            update, formats[conflict.match_id], former, now, provenance_of(event, person), person.id
        )
        await append(tx, event_id, former, accepted, seq)
        conflict.restored_at = now
        tx.session.add(conflict)
        await tx.session.flush()
        score = await score_of(tx.session, event_id, conflict.match_id)
        tx.after_commit(lambda: bus.ring(event_id, seq))
    assert score is not None
    return score


async def set_aside(
    db: Database, event_id: str, conflict_id: int, person: Person
) -> ConflictDocument:
    """Keep what stands: nobody is asked about this conflict again. It stays, and can be restored.

    A log is set aside by its last update; what comes to it later is asked about anew. Who may is
    as in :func:`restore_conflict`. Doing it again changes nothing.
    """
    now = now_ms()
    async with db.write() as tx:
        event = await event_for(tx.session, event_id, person)
        await lock_event(tx.session, event_id)
        conflict = await conflict_to_settle(tx.session, event, conflict_id, person, now)
        conflict.set_aside_at = conflict.set_aside_at or now
        tx.session.add(conflict)
        author = await tx.session.get(User, conflict.author_id) if conflict.author_id else None
        return conflict_document(conflict, author.display_name if author else None)


async def conflict_to_settle(
    session: AsyncSession, event: Event, conflict_id: int, person: Person, now: int
) -> Conflict:
    """Raises 404 where there is none, 403 for whoever may not settle it."""
    conflict = await session.get(Conflict, conflict_id)
    if conflict is None or conflict.event_id != event.id:
        raise not_found("conflict")
    claim = await session.get(Claim, (event.id, conflict.match_id))
    own = conflict.author_id == person.id and holder_at(claim, now) == person.id
    if not own and not runs(event, person):
        raise Problem(
            403,
            "forbidden",
            "The organizer settles conflicts; who keeps the score settles their own.",
        )
    refuse_outsiders(event, await match_in(session, event.id, conflict.match_id), person)
    return conflict


def restored(
    update: ScoreUpdateIn,
    format_: Format,
    former: Score | None,
    now: int,
    provenance: str,
    author_id: str,
) -> Accepted:
    sets = [(item.set_number, item.team1_score, item.team2_score) for item in update.sets]
    checked = check_score(format_, sets, update.status, update.outcome)
    return Accepted(
        match_id=update.match_id,
        status=update.status,
        sets=[
            [item.team1_score, item.team2_score, (item.completed_at or now) if over else None]
            for item, over in zip(update.sets, checked.over, strict=True)
        ],
        serving=update.serving,
        timeouts=list(update.timeouts or [0, 0]),
        checked=checked,
        action="correction",
        happened_at=now,
        arrived_at=now,
        provenance=provenance,
        author_id=author_id,
        detail={"reason": "restored from a conflict"},
        base_revision=former.revision if former else None,
    )
