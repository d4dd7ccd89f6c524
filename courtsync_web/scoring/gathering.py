"""Score updates of one event that came at the same moment: read once, judged one by one, written
once.

They share what they ask and what they write, not their fate: what the database will not keep of
one sender is undone and answered for that sender alone. Who concerns the same match, or uses the
same id, comes in a later round, which finds the former one's rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Self

from courtsync_web.accounts.people import Person
from courtsync_web.db import Transaction
from courtsync_web.errors import Problem, not_found
from courtsync_web.events.actions import LockedEvent, locked_event
from courtsync_web.events.queries import may_see
from courtsync_web.live.bus import Bus
from courtsync_web.scoring.recorder import Outcome, Recorder
from courtsync_web.scoring.sheet import Sheet
from courtsync_web.scoring.updates import ScoreUpdateIn
from courtsync_web.scoring.verdicts import (
    Deed,
    Known,
    hash_of,
    problem_from,
    refuse_other_use,
    score_again,
)

Answer = list[Outcome] | Exception


@dataclass(frozen=True, slots=True)
class Sending:
    """What one scorer sent at once, in their order."""

    person: Person
    updates: Sequence[ScoreUpdateIn]
    deeds: Sequence[Deed]
    arrived_at: int
    sent_at: int | None

    @classmethod
    def of(
        cls,
        person: Person,
        event_id: str,
        updates: Sequence[ScoreUpdateIn],
        arrived_at: int,
        sent_at: int | None,
    ) -> Self:
        deeds = [
            Deed(one.update_id or "", event_id, one.match_id, hash_of(event_id, one))
            for one in updates
        ]
        return cls(person, updates, deeds, arrived_at, sent_at)

    def concerns(self) -> set[int | str | None]:
        """The matches and ids that nobody else of its round may touch."""
        ids = {deed.id.lower() for deed in self.deeds if deed.id}
        return {deed.match_id for deed in self.deeds} | ids


async def record_gathered(
    bus: Bus, event_id: str, tx: Transaction, sendings: Sequence[Sending]
) -> list[Answer]:
    """An answer for each sender. Durable with the transaction."""
    event = await locked_event(tx.session, event_id)
    if event is None:
        return [not_found("event") for _ in sendings]
    before, answers = event.seq, list[Answer]()
    for some in rounds_of(sendings):
        answers += await record_round(tx, event, some)
    if event.seq != before:
        tx.after_commit(partial(bus.ring, event_id, event.seq))
    return answers


def rounds_of(sendings: Sequence[Sending]) -> Iterator[list[Sending]]:
    """In their order, as many at a time as do not concern each other."""
    some: list[Sending] = []
    taken: set[int | str | None] = set()
    for one in sendings:
        concerned = one.concerns()
        if taken & concerned:
            yield some
            some, taken = [], set()
        some.append(one)
        taken |= concerned
    if some:
        yield some


async def record_round(
    tx: Transaction, event: LockedEvent, some: Sequence[Sending]
) -> list[Answer]:
    """All of a round, or, where that cannot be kept, each by itself."""
    sheet = Sheet(event.id, event.seq)
    try:
        async with tx.session.begin_nested():
            answers = await recorded(tx, event, sheet, some)
    except Exception as error:  # noqa: BLE001  # it is answered with what it raised
        if len(some) == 1:
            return [error]
    else:
        event.seq = sheet.seq
        return answers
    return [answer for one in some for answer in await record_round(tx, event, [one])]


async def recorded(
    tx: Transaction, event: LockedEvent, sheet: Sheet, some: Sequence[Sending]
) -> list[Answer]:
    """Verdicts on a round. What they need is read once, what follows written once."""
    connection = await tx.session.connection()
    deeds = [deed for one in some for deed in one.deeds]
    matches = [deed.match_id for deed in deeds if deed.match_id is not None]
    await sheet.read(connection, matches, [deed.id for deed in deeds if deed.id])
    recorders = [Recorder(tx, event, one.person, one.arrived_at, one.sent_at) for one in some]
    answers: list[Answer] = []
    for recorder, one in zip(recorders, some, strict=True):
        recorder.sheet = sheet
        answers.append(await verdicts(recorder, one))
    await sheet.write(connection)
    for recorder in recorders:
        await recorder.tell()
    return answers


async def verdicts(recorder: Recorder, sending: Sending) -> Answer:
    """A verdict on each of one sender's updates; for whom there is no such event, that."""
    if not may_see(recorder.event, recorder.person):
        return not_found("event")
    both = zip(sending.updates, sending.deeds, strict=True)
    return [await record(recorder, update, deed) for update, deed in both]


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
