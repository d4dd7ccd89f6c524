"""The one way a score changes: :func:`record_updates`.

For each update, in the device's order and in one transaction: a known id is a duplicate and
changes nothing; without the claim it is refused; what cannot be volleyball is refused; what
is older than the score it would replace is kept as a conflict; everything else is appended
to the match's history and becomes its score. Then, after the commit, the doorbell.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database, Transaction
from courtsync_web.errors import Problem, not_found
from courtsync_web.events.actions import LockedEvent, locked_event_for
from courtsync_web.events.formats_in_force import read_stored, wire_formats_of
from courtsync_web.happenings import Happening
from courtsync_web.live.bus import Bus
from courtsync_web.scoring.authority import Authority, authority_over
from courtsync_web.scoring.judgement import (
    checked_or_refused,
    detail_of,
    hash_of,
    problem_from,
    rows_of,
    why_it_loses,
    without_format,
)
from courtsync_web.scoring.lease import ASK_AGAIN_AFTER, LEASE, REFUSAL_TIME, forget_asking
from courtsync_web.scoring.models import Conflict
from courtsync_web.scoring.queries import document_of, score_of
from courtsync_web.scoring.records import Accepted, happenings_of, history_row, score_row
from courtsync_web.scoring.scorers import (
    provenance_of,
    refuse_outside_court,
    refuse_outsiders,
)
from courtsync_web.scoring.sheet import Known, Lease, Sheet, Standing, Table
from courtsync_web.scoring.updates import ScoreDocument, ScoreUpdateIn
from courtsync_web.volleyball.check import Checked


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on one update. ``outcome``: applied, duplicate, conflict or rejected."""

    outcome: str
    score: ScoreDocument | None = None
    problem: Problem | None = None
    first: bool = False
    """It was the match's first score."""


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
        outcomes = await recorder.record_all(updates)
        if recorder.changed:
            tx.after_commit(lambda: bus.ring(event_id, recorder.sheet.seq))
        return outcomes

    return await db.write_together(record)


class Recorder:
    """One batch of updates on its way into one event."""

    sheet: Sheet

    def __init__(
        self, tx: Transaction, event: LockedEvent, person: Person, now: int, sent_at: int | None
    ) -> None:
        self.tx = tx
        self.session = tx.session
        self.event = event
        self.person = person
        self.now = now
        self.sent_at = sent_at
        self.changed = False
        self.news: list[Happening] = []

    async def record_all(self, updates: Sequence[ScoreUpdateIn]) -> list[Outcome]:
        """A verdict on each, in order. What they need is read once, what follows written once."""
        self.sheet = Sheet(self.event.id, self.event.seq)
        connection = await self.session.connection()
        ids = [one.update_id.lower() for one in updates if one.update_id is not None]
        await self.sheet.read(connection, [one.match_id for one in updates], ids)
        outcomes = [await self.record(update) for update in updates]
        await self.write()
        return outcomes

    async def write(self) -> None:
        """What has been decided so far becomes rows, and is told."""
        await self.sheet.write(await self.session.connection())
        for happening in self.news:
            await self.tx.tell(happening)
        self.news.clear()

    async def record(self, update: ScoreUpdateIn) -> Outcome:
        """One update's verdict; a bad one never stops the rest."""
        body_hash = hash_of(self.event.id, update)
        if update.update_id is not None:
            known = self.sheet.verdicts.get(update.update_id.lower())
            if known is not None:
                return await self.again(known, body_hash)
        try:
            table = self.sheet.tables.get(update.match_id)
            if table is None:
                raise not_found("match")
            authority = await authority_over(
                self.session, table, self.person, update.fence, self.time_of(update), self.now
            )
            refuse_outside_court(table, self.person)
            if authority.claim is not None:  # under a claim of the past, what it allowed counts
                refuse_outsiders(self.event, table, self.person)
            outcome = await self.judge(update, table, authority)
        except Problem as problem:
            return Outcome("rejected", problem=problem)
        self.remember(update, body_hash, outcome)
        return outcome

    async def again(self, known: Known, body_hash: str) -> Outcome:
        """The same id once more: the same answer, unless it now says something else."""
        if known.body_hash != body_hash or known.author_id != self.person.id:
            return Outcome(
                "rejected",
                problem=Problem(409, "id-reused", "This update id was used for another update."),
            )
        formats = await wire_formats_of(self.session, self.event.id, (known.match_id,))
        told = (known.answer or {}) | {"format": formats[known.match_id]}
        score = msgspec.convert(told, ScoreDocument)
        if known.outcome == "applied":
            return Outcome("duplicate", score, first=score.revision == 1)
        return Outcome(known.outcome, score, problem_from(known.problem or {}))

    async def judge(self, update: ScoreUpdateIn, table: Table, authority: Authority) -> Outcome:
        """Conflict, or appended. Raises what makes the update impossible."""
        checked = checked_or_refused(read_stored(table.format), update)
        former = table.score
        happened_at = authority.clamp(self.time_of(update), self.now)
        reason = why_it_loses(update, former, authority, happened_at, self.person.id)
        if former is not None and reason is not None:
            return await self.keep_conflict(update, former, authority, happened_at, reason)
        accepted = self.accepted(update, former, checked, authority, happened_at)
        score = self.append(table, accepted)
        if authority.claim is not None:
            self.renew(authority.claim, happened_at)
        return Outcome("applied", score, first=former is None)

    def append(self, table: Table, accepted: Accepted) -> ScoreDocument:
        """The match's next state, under the event's next number."""
        event_id, revision = self.event.id, table.score.revision + 1 if table.score else 1
        self.changed = True
        self.sheet.seq += 1
        self.news += happenings_of(event_id, table.score, accepted)
        row = score_row(event_id, revision, self.sheet.seq, accepted)
        self.sheet.keep(table, row, history_row(event_id, revision, self.sheet.seq, accepted))
        return document_of(row, self.person.display_name, table.format)

    def renew(self, lease: Lease, happened_at: int) -> None:
        """Scoring renews the claim, and who scores after being asked is there: the takeover is
        refused, as by hand. A point from before the question, that only now has come through,
        refuses nothing.
        """
        lease.expires_at = max(lease.expires_at, self.now + LEASE)
        asked_at = (lease.asked_until or 0) - REFUSAL_TIME
        if lease.asked_by_id is not None and happened_at >= asked_at:
            forget_asking(lease)
            lease.refused_until = self.now + ASK_AGAIN_AFTER
            lease.seq = self.sheet.seq
        self.sheet.keep_lease(lease)

    async def keep_conflict(
        self,
        update: ScoreUpdateIn,
        former: Standing,
        authority: Authority,
        happened_at: int,
        reason: str,
    ) -> Outcome:
        """The update loses: keep it whole, and tell its sender what stands."""
        self.session.add(
            Conflict(
                event_id=self.event.id,
                match_id=update.match_id,
                update_id=update.update_id,
                author_id=self.person.id,
                body=msgspec.to_builtins(update),
                reason=reason,
                fence=authority.fence,
                won_revision=former.revision,
                happened_at=happened_at,
                arrived_at=self.now,
            )
        )
        problem = Problem(
            409, "conflict", "A later score stands. Yours is kept for the organizer to compare."
        )
        await self.write()  # what stands may come from this very batch
        score = await score_of(self.session, self.event.id, update.match_id)
        return Outcome("conflict", score, problem)

    def remember(self, update: ScoreUpdateIn, body_hash: str, outcome: Outcome) -> None:
        if update.update_id is None:
            return
        self.sheet.remember(
            {
                "event_id": self.event.id,
                "update_id": update.update_id.lower(),
                "match_id": update.match_id,
                "author_id": self.person.id,
                "body_hash": body_hash,
                "outcome": outcome.outcome,
                "problem": outcome.problem.document() if outcome.problem else None,
                "answer": without_format(outcome.score),
                "created_at": self.now,
            }
        )

    def time_of(self, update: ScoreUpdateIn) -> int | None:
        """When the update happened, by the server's clock: arrival minus its age."""
        if update.last_updated is None:
            return None
        age = 0 if self.sent_at is None else max(0, self.sent_at - update.last_updated)
        happened = update.last_updated if self.sent_at is None else self.now - age
        return min(happened, self.now)

    def accepted(
        self,
        update: ScoreUpdateIn,
        former: Standing | None,
        checked: Checked,
        authority: Authority,
        happened_at: int,
    ) -> Accepted:
        return Accepted(
            match_id=update.match_id,
            status=update.status,
            sets=rows_of(update, former, checked, happened_at),
            serving=update.serving,
            timeouts=list(update.timeouts or [0, 0]),
            checked=checked,
            action=update.action or "correction",
            happened_at=happened_at,
            arrived_at=self.now,
            provenance=provenance_of(self.event, self.person),
            author_id=self.person.id,
            detail=detail_of(update),
            update_id=update.update_id,
            base_revision=update.base_revision,
            fence=authority.fence,
        )
