"""Phones in a hall: they do something, keep it, and hand it over when they like."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.scoring import actions
from courtsync_web.scoring import claims as claims_module
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.queries import claim_of, conflicts_of, history_of, score_of
from courtsync_web.scoring.updates import ClaimDocument, ConflictDocument, History
from courtsync_web.sync import actions as sync_actions
from courtsync_web.sync.actions import settle
from courtsync_web.sync.wire import SyncIn, SyncResult
from tests.world import EVENT, FIRST, Bell

Op = dict[str, Any]


class Hall:
    """The server's side, with a clock that the test turns."""

    def __init__(self, db: Database, patch: pytest.MonkeyPatch) -> None:
        self.db = db
        self.bell = Bell()
        self.claims = Claims(db, self.bell)
        self.now = now_ms()
        for module in (actions, claims_module, sync_actions):
            patch.setattr(module, "now_ms", lambda: self.now)

    def phone(self, person: Person, *, skew: int = 0) -> "Phone":
        return Phone(self, person, skew)

    async def points(self, match_id: int = FIRST) -> list[tuple[int, int]]:
        """The score everybody sees, set by set; empty while there is none."""
        async with self.db.read() as session:
            score = await score_of(session, EVENT, match_id)
        return [(one.team1_score, one.team2_score) for one in score.sets] if score else []

    async def history(self, match_id: int = FIRST) -> History:
        async with self.db.read() as session:
            return await history_of(session, EVENT, match_id, limit=1000, offset=0)

    async def conflicts(self) -> list[ConflictDocument]:
        """The oldest first."""
        async with self.db.read() as session:
            return (await conflicts_of(session, EVENT, author_id=None))[::-1]

    async def claim(self, match_id: int = FIRST) -> ClaimDocument:
        async with self.db.read() as session:
            return await claim_of(session, EVENT, match_id, self.now)


@dataclass
class Phone:
    """One device of one person, whose clock may be wrong by ``skew`` ms."""

    hall: Hall
    person: Person
    skew: int = 0
    device_id: str = field(default_factory=lambda: str(uuid4()))
    counted: int = 0

    @property
    def clock(self) -> int:
        return self.hall.now + self.skew

    def op(self, kind: str, **more: Any) -> Op:
        """Something done now, by this phone's clock."""
        self.counted += 1
        return {
            "id": str(uuid4()),
            "deviceSeq": self.counted,
            "kind": kind,
            "eventId": EVENT,
            "matchId": FIRST,
            "lastUpdated": self.clock,
            **more,
        }

    def claim(self, **more: Any) -> Op:
        return self.op("claim", **more)

    def score(self, *sets: tuple[int, int], **more: Any) -> Op:
        """``score((25, 20), (3, 1))``: the state after what was done."""
        wire = [
            {"setNumber": number, "team1Score": a, "team2Score": b}
            for number, (a, b) in enumerate(sets, start=1)
        ]
        return self.op("score", sets=wire, status="in-progress", **more)

    async def send(self, *ops: Any, **more: Any) -> list[SyncResult]:
        """Hand ops over in one batch."""
        batch = {"deviceId": self.device_id, "sentAt": self.clock, "ops": list(ops), **more}
        return await settle(
            self.hall.db, self.hall.bell, self.person, msgspec.convert(batch, SyncIn)
        )

    async def sends(self, *ops: Any) -> list[str]:
        """Hand ops over, and say what became of each in a word."""
        return [result.outcome for result in await self.send(*ops)]


def codes(results: list[SyncResult]) -> list[str | None]:
    """Why each was refused or put off; none where it was not."""
    return [result.problem["code"] if result.problem else None for result in results]
