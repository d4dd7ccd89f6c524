"""One update's way into a match's score: who may, who wins, and what is written."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from courtsync_web.accounts.people import Person
from courtsync_web.db import Transaction
from courtsync_web.errors import Problem, not_found
from courtsync_web.events.actions import LockedEvent
from courtsync_web.events.formats_in_force import read_stored
from courtsync_web.figures import OUTBOX_AGE
from courtsync_web.happenings import Happening
from courtsync_web.scoring.authority import Authority, authority_over
from courtsync_web.scoring.evidence import count_behind, evidence_of
from courtsync_web.scoring.judgement import (
    checked_or_refused,
    detail_of,
    rows_of,
    why_it_loses,
    without_format,
)
from courtsync_web.scoring.lease import ASK_AGAIN_AFTER, LEASE, REFUSAL_TIME, forget_asking
from courtsync_web.scoring.queries import document_of, score_of
from courtsync_web.scoring.records import Accepted, happenings_of, history_row, score_row
from courtsync_web.scoring.scorers import (
    provenance_of,
    refuse_outside_court,
    refuse_outsiders,
)
from courtsync_web.scoring.sheet import Lease, Sheet, Standing, Table
from courtsync_web.scoring.updates import ScoreDocument, ScoreUpdateIn
from courtsync_web.scoring.verdicts import (
    Deed,
    Known,
    verdict_row,
)
from courtsync_web.volleyball.check import Checked


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on one update. ``outcome``: applied, duplicate, conflict or rejected."""

    outcome: str
    score: ScoreDocument | None = None
    problem: Problem | None = None
    first: bool = False
    """It was the match's first score."""


class Recorder:
    """Updates on their way into one event, judged in memory. Who made it also commits."""

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
        self.changed: int | None = None
        """The number of the event's last change by this batch."""
        self.news: list[Happening] = []

    async def open(self, deeds: Sequence[Deed], verdicts: dict[str, Known] | None = None) -> None:
        """Read once what these deeds need. The event is locked already.

        ``verdicts``: what was said before about their ids, where the caller knows it.
        """
        self.sheet = Sheet(self.event.id, self.event.seq)
        ids = [deed.id for deed in deeds if deed.id and verdicts is None]
        matches = [deed.match_id for deed in deeds if deed.match_id is not None]
        await self.sheet.read(await self.session.connection(), matches, ids)
        self.sheet.verdicts |= verdicts or {}

    async def write(self) -> None:
        """What has been decided so far becomes rows, and is told."""
        await self.sheet.write(await self.session.connection())
        await self.tell()

    async def tell(self) -> None:
        """What it means, once it is written."""
        for happening in self.news:
            await self.tx.tell(happening)
        self.news.clear()

    def known(self, deed: Deed) -> Known | None:
        """What was said about this id before."""
        return self.sheet.verdicts.get(deed.id.lower())

    def remember(self, deed: Deed, outcome: Outcome) -> None:
        """So that it is said again, whenever it is asked."""
        problem = outcome.problem.document() if outcome.problem else None
        answer = without_format(outcome.score)
        self.sheet.remember(
            verdict_row(
                deed, self.person, self.now, outcome.outcome, problem=problem, answer=answer
            )
        )

    async def decide(self, update: ScoreUpdateIn, deed: Deed) -> Outcome:
        """Appended, or kept as a conflict. Raises what makes the update impossible."""
        table = self.sheet.tables.get(update.match_id)
        if table is None:
            raise not_found("match")
        at = self.time_of(update.last_updated)
        OUTBOX_AGE.observe((self.now - (at or self.now)) / 1000)
        claim = self.sheet.verdicts.get((deed.claim_id or "").lower())
        evidence = evidence_of(deed, self.person, update.fence, at, claim)
        authority = await authority_over(self.session, table, self.person, deed, evidence, self.now)
        refuse_outside_court(table, self.person)
        if authority.claim is not None:  # under a claim of the past, what it allowed counts
            refuse_outsiders(self.event, table, self.person)
        return await self.judge(update, deed, table, authority)

    async def judge(
        self, update: ScoreUpdateIn, deed: Deed, table: Table, authority: Authority
    ) -> Outcome:
        """Who wins, by what is known of both."""
        checked = checked_or_refused(read_stored(table.format), update)
        former = table.score
        happened_at = authority.clamp(self.time_of(update.last_updated), self.now)
        reason = why_it_loses(update, former, authority, happened_at, self.person.id)
        if reason == "older" and await self.follows_own(table, deed):
            reason = None
        if reason is not None:
            return await self.keep_conflict(update, deed, table, authority, happened_at, reason)
        accepted = self.accepted(update, former, checked, authority, happened_at)
        table.shown = self.append(table, accepted)
        table.last_deed = deed
        if authority.claim is not None:
            self.renew(authority.claim, happened_at)
        return Outcome("applied", table.shown, first=former is None)

    async def follows_own(self, table: Table, deed: Deed) -> bool:
        """Is the score that stands of the same phone, and from before? Then clocks say nothing."""
        if deed.device_id is None:
            return False
        if table.last_deed is not None:  # all of one batch are of one phone, in its order
            before, mine = table.last_deed.device_seq, deed.device_seq
            return before is None or mine is None or before < mine
        before = await count_behind(self.session, table, deed.device_id, self.person.id)
        return before is not None and deed.device_seq is not None and before < deed.device_seq

    def append(self, table: Table, accepted: Accepted) -> ScoreDocument:
        """The match's next state, under the event's next number."""
        event_id, revision = self.event.id, table.score.revision + 1 if table.score else 1
        self.sheet.seq += 1
        self.changed = self.sheet.seq
        self.news += happenings_of(event_id, table.score, accepted)
        row = score_row(event_id, revision, self.sheet.seq, accepted)
        self.sheet.keep(table, row, history_row(event_id, revision, self.sheet.seq, accepted))
        return document_of(row, self.person.display_name, table.format)

    def renew(self, lease: Lease, happened_at: int) -> None:
        """Scoring renews the claim, and who scores after being asked is there: the takeover is
        refused, as by hand. A point from before the question, that only now has come through,
        refuses nothing.
        """
        if lease.expires_at <= self.now:  # it had run out: others see it differently now
            lease.seq = self.sheet.seq
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
        deed: Deed,
        table: Table,
        authority: Authority,
        happened_at: int,
        reason: str,
    ) -> Outcome:
        """The update loses: keep it whole, and tell its sender what stands."""
        self.sheet.keep_conflict(
            {
                "event_id": self.event.id,
                "match_id": update.match_id,
                "update_id": update.update_id,
                "author_id": self.person.id,
                "body": msgspec.to_builtins(update),
                "reason": reason,
                "fence": authority.fence,
                "log": authority.log(deed.device_id),
                "won_revision": table.score.revision if table.score else 0,
                "happened_at": happened_at,
                "arrived_at": self.now,
            }
        )
        problem = Problem(
            409, "conflict", "A later score stands. Yours is kept for the organizer to compare."
        )
        if table.score is not None and table.shown is None:
            table.shown = await score_of(self.session, self.event.id, update.match_id)
        return Outcome("conflict", table.shown, problem)

    def time_of(self, device_time: int | None) -> int | None:
        """When something happened, by the server's clock: arrival minus its age."""
        if device_time is None:
            return None
        age = 0 if self.sent_at is None else max(0, self.sent_at - device_time)
        happened = device_time if self.sent_at is None else self.now - age
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
