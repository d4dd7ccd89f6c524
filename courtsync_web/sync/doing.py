"""What each kind of op does, inside the transaction of the batch it came with."""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import UNSET

from courtsync_web.accounts.people import Person
from courtsync_web.coverage.actions import merge_plan, replace_plan
from courtsync_web.coverage.queries import plan_of
from courtsync_web.db import Transaction
from courtsync_web.errors import Problem
from courtsync_web.events.actions import LockedEvent, locked_event_for, next_seq
from courtsync_web.following.actions import merge_follow
from courtsync_web.scoring.claiming import Made, lease_end, let_go, take_claim
from courtsync_web.scoring.evidence import evidence_of
from courtsync_web.scoring.models import Claim
from courtsync_web.scoring.queries import claim_of
from courtsync_web.scoring.recorder import Recorder
from courtsync_web.scoring.updates import ClaimDocument
from courtsync_web.scoring.verdicts import (
    ADD_VERDICT,
    Deed,
    Known,
    known_again,
    known_verdicts,
    numbers_used,
)
from courtsync_web.sync.answers import of_score
from courtsync_web.sync.reading import Given
from courtsync_web.sync.wire import ClaimOp, FollowOp, Op, PlanOp, ReleaseOp, ScoreOp, SyncResult


class Doing:
    """One transaction's part of a batch. Its events stay locked until the commit."""

    def __init__(
        self, tx: Transaction, person: Person, device_id: str, sent_at: int, now: int
    ) -> None:
        self.tx = tx
        self.person = person
        self.device_id = device_id
        self.sent_at = sent_at
        self.now = now
        self.changed: dict[str, int] = {}
        """Events that have changed, with the number of the last change."""
        self._events: dict[str, LockedEvent | Problem] = {}
        self._desk: Recorder | None = None
        self._judges = False
        """The run is of scores, which are judged in memory."""
        self._known: dict[str, Known] = {}
        self._numbers: set[int] = set()
        self._verdicts: list[dict[str, Any]] = []

    async def open(self, event_ids: Collection[str]) -> None:
        """Look the events up and lock them, in one order for everybody: two batches never
        wait for each other."""
        for event_id in sorted(event_ids):
            try:
                event = await locked_event_for(self.tx.session, event_id, self.person)
                self._events[event_id] = event
            except Problem as problem:
                self._events[event_id] = problem

    async def begin(self, run: Sequence[Given]) -> None:
        """Read what these ops need: earlier verdicts, and for scores their matches."""
        connection = await self.tx.session.connection()
        deeds = [one.deed for one in run if one.deed is not None]
        ids = [one for deed in deeds for one in (deed.id, deed.claim_id) if one]
        numbers = [deed.device_seq for deed in deeds if deed.device_seq is not None]
        self._known = await known_verdicts(connection, ids)
        self._numbers = await numbers_used(connection, self.device_id, numbers)
        self._verdicts = []
        self._desk = None
        op = run[0].op
        self._judges = isinstance(op, ScoreOp)
        event = self._events[op.event_id] if op is not None else None
        if isinstance(event, LockedEvent):
            self._desk = Recorder(self.tx, event, self.person, self.now, self.sent_at)
            if self._judges:
                await self._desk.open(deeds, self._known)

    async def write(self) -> None:
        """What was decided becomes rows, the verdicts along with it."""
        if self._judges and self._desk is not None:
            await self._desk.write()
        if self._desk is not None and self._desk.changed is not None:
            self.changed[self._desk.event.id] = self._desk.event.seq = self._desk.changed
        if self._verdicts:
            await (await self.tx.session.connection()).execute(ADD_VERDICT, self._verdicts)

    def known(self, given: Given) -> Known | None:
        """What was said about the op's id before."""
        return self._known.get(given.deed.id.lower()) if given.deed is not None else None

    def remember(self, verdict: dict[str, Any]) -> None:
        """What is said about an op, from now on."""
        self._verdicts.append(verdict)
        self._known[verdict["update_id"]] = known_again(verdict)
        self._numbers |= {verdict["device_seq"]} - {None}

    async def do(self, given: Given) -> SyncResult:
        """Do what the op says. Raises what makes it impossible, and then has done nothing."""
        op, deed = given.op, given.deed
        if op is None or deed is None:
            raise given.fault or Problem(422, "validation", "This cannot be read.")
        if deed.device_seq in self._numbers:
            raise Problem(409, "seq-reused", "This device has used this number before.")
        event = self._events[op.event_id]
        if isinstance(event, Problem) or self._desk is None:
            raise event if isinstance(event, Problem) else AssertionError(op.event_id)
        if isinstance(op, ScoreOp):
            return of_score(op.id, await self._desk.decide(op.update(), deed))
        async with self.tx.session.begin_nested():
            return await self.do_alone(self._desk, op, deed)

    async def do_alone(self, desk: Recorder, op: Op, deed: Deed) -> SyncResult:
        """What is not a score writes its rows by itself."""
        if isinstance(op, ClaimOp):
            return await self.claim(desk, op)
        if isinstance(op, PlanOp):
            return await self.plan(desk, op)
        if isinstance(op, FollowOp):
            at = desk.time_of(op.last_updated) or self.now
            team, follows = op.team_id, op.following
            await merge_follow(self.tx, self.person, desk.event, team, following=follows, at=at)
            return SyncResult(op.id, "applied")
        assert isinstance(op, ReleaseOp)
        return await self.release(desk, op, deed)

    async def plan(self, desk: Recorder, op: PlanOp) -> SyncResult:
        """What the device changed, match by match; of each the later choice stands."""
        at = desk.time_of(op.last_updated) or self.now
        if op.selected_matches is not None:
            await replace_plan(self.tx, self.person, desk.event, op.selected_matches, at)
        await merge_plan(self.tx, self.person, desk.event, op.changes(), at)
        plan = await plan_of(self.tx.session, desk.event.id, self.person.id)
        return SyncResult(op.id, "applied", plan=plan)

    async def claim(self, desk: Recorder, op: ClaimOp) -> SyncResult:
        """A claim, perhaps made without network: then it counts from when it was made."""
        at = desk.time_of(op.last_updated)
        made = None if at is None else Made(at, op.base_revision)
        claim, _ = await take_claim(
            self.tx, desk.event, op.match_id, self.person, self.now, self.until(op), made
        )
        return SyncResult(op.id, "applied", claim=await self.announced(desk, claim))

    def until(self, op: ClaimOp) -> int:
        """When the claim shall end: as asked by the device's clock, else after the usual lease."""
        asked = None if op.expires_at is UNSET else self.now + op.expires_at - self.sent_at
        made = self.sent_at if op.last_updated is None else op.last_updated
        if op.expires_at is not UNSET and op.expires_at > made and (asked or 0) <= self.now:
            asked = None  # it has run out on the way; who was there goes on
        return lease_end(asked, self.now)

    async def release(self, desk: Recorder, op: ReleaseOp, deed: Deed) -> SyncResult:
        """Letting go. What has ended already, or came too late to begin, is let go of too."""
        claim = self._known.get((deed.claim_id or "").lower())
        evidence = evidence_of(deed, self.person, op.fence, self.now, claim)
        ended = None
        if evidence.refused_claim is None:
            ended = await let_go(
                self.tx.session, desk.event, op.match_id, self.person, self.now, evidence.fence
            )
        if ended is not None:
            return SyncResult(op.id, "applied", claim=await self.announced(desk, ended))
        now_held = await claim_of(self.tx.session, desk.event.id, op.match_id, self.now)
        return SyncResult(op.id, "applied", claim=now_held)

    async def announced(self, desk: Recorder, claim: Claim) -> ClaimDocument:
        """The claim under the number of this change."""
        claim.seq = desk.changed = await next_seq(self.tx.session, claim.event_id)
        self.tx.session.add(claim)
        await self.tx.session.flush()
        return await claim_of(self.tx.session, claim.event_id, claim.match_id, self.now)
