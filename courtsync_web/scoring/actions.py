"""The one way a score changes: :func:`record_updates`.

For each update, in the device's order and in one transaction: a known id is a duplicate and
changes nothing; without the claim it is refused; what cannot be volleyball is refused; what
is older than the score it would replace is kept as a conflict; everything else is appended
to the match's history and becomes its score. Then, after the commit, the doorbell.
"""

from collections.abc import Sequence
from functools import partial

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database, Transaction
from courtsync_web.errors import Problem
from courtsync_web.events.actions import locked_event_for
from courtsync_web.live.bus import Bus
from courtsync_web.scoring.recorder import Outcome, Recorder
from courtsync_web.scoring.updates import ScoreUpdateIn
from courtsync_web.scoring.verdicts import (
    Deed,
    Known,
    hash_of,
    problem_from,
    refuse_other_use,
    score_again,
)


async def record_updates(
    db: Database,
    bus: Bus,
    person: Person,
    event_id: str,
    updates: Sequence[ScoreUpdateIn],
    *,
    sent_at: int | None = None,
) -> list[Outcome]:
    """Record what a scorer did. One verdict per update, in order; all durable on return.

    ``sent_at`` is the device's clock when it sent the batch: an update's age is
    ``sent_at - last_updated``, so a wrong clock does not matter. Raises :class:`Problem`
    only for the event itself (unknown, or not visible to this person).
    """
    now = now_ms()

    async def record(tx: Transaction) -> list[Outcome]:
        event = await locked_event_for(tx.session, event_id, person)
        recorder = Recorder(tx, event, person, now, sent_at)
        outcomes = await record_all(recorder, updates)
        if recorder.changed is not None:
            tx.after_commit(partial(bus.ring, event_id, recorder.changed))
        return outcomes

    return await db.write_together(record)


async def record_all(recorder: Recorder, updates: Sequence[ScoreUpdateIn]) -> list[Outcome]:
    """A verdict on each, in order. What they need is read once, what follows written once."""
    event_id = recorder.event.id
    deeds = [
        Deed(one.update_id or "", event_id, one.match_id, hash_of(event_id, one)) for one in updates
    ]
    await recorder.open(deeds)
    outcomes = [await record(recorder, *one) for one in zip(updates, deeds, strict=True)]
    await recorder.write()
    return outcomes


async def record(recorder: Recorder, update: ScoreUpdateIn, deed: Deed) -> Outcome:
    """A single call's verdict; a refusal is not remembered, so the same id may try again."""
    try:
        known = recorder.known(deed)
        if known is not None:
            return await again(recorder, known, deed)
        outcome = await recorder.decide(update, deed)
    except Problem as problem:
        return Outcome("rejected", problem=problem)
    if deed.id:
        recorder.remember(deed, outcome)
    return outcome


async def again(recorder: Recorder, known: Known, deed: Deed) -> Outcome:
    """The same id once more: the same answer, unless it now says something else."""
    refuse_other_use(known, recorder.person, deed.body_hash)
    problem = problem_from(known.problem) if known.problem else None
    score = await score_again(recorder.session, known)
    if known.outcome == "applied":
        return Outcome("duplicate", score, first=score is not None and score.revision == 1)
    return Outcome(known.outcome, score, problem)
