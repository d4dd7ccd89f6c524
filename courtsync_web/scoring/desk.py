"""Scoring and claiming over a WebSocket: the same doors and limits as the single calls."""

from typing import Any, TypeVar

import msgspec

from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.limits import rates
from courtsync_web.limits.buckets import Charge
from courtsync_web.limits.rates import LimitClass
from courtsync_web.limits.refusal import too_many
from courtsync_web.limits.tally import Tally
from courtsync_web.live.bus import Bus
from courtsync_web.scoring.actions import record_updates
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.updates import Camel, Id, Instant, ScoreUpdateIn
from courtsync_web.web.faults import fault_of
from courtsync_web.web.strict_request import named

Message = TypeVar("Message", bound=Camel)
LIMITS = {
    "score-update": rates.POST_SCORE,
    "claim": rates.POST_CLAIM,
    "release": rates.DELETE_CLAIM,
}


class ClaimMessage(Camel, forbid_unknown_fields=True):
    """``claim``: the match, and until when."""

    match_id: Id
    update_id: str | None = None
    expires_at: Instant | None = None


class ReleaseMessage(Camel, forbid_unknown_fields=True):
    """``release``: the match."""

    match_id: Id
    update_id: str | None = None


class ScoringDesk:
    """What a scorer does on a WebSocket. ``tally`` none: nothing is limited."""

    kinds = frozenset(LIMITS)

    def __init__(self, db: Database, bus: Bus, claims: Claims, tally: Tally | None) -> None:
        self.db = db
        self.bus = bus
        self.claims = claims
        self.tally = tally

    async def act(
        self, event_id: str, person: Person, kind: str, body: dict[str, Any]
    ) -> dict[str, Any]:
        """Do it; what the acknowledgement says. Raises :class:`Problem`."""
        await self._count(LIMITS[kind], person)
        if kind == "score-update":
            return await self._score(event_id, person, read(body, ScoreUpdateIn))
        if kind == "claim":
            asked = read(body, ClaimMessage)
            claim, _ = await self.claims.claim(event_id, asked.match_id, person, asked.expires_at)
            return {"outcome": "applied", "claim": claim}
        await self.claims.release(event_id, read(body, ReleaseMessage).match_id, person)
        return {"outcome": "applied"}

    async def _score(self, event_id: str, person: Person, update: ScoreUpdateIn) -> dict[str, Any]:
        [outcome] = await record_updates(self.db, self.bus, person, event_id, [update])
        if outcome.problem is not None:
            if outcome.score is not None:
                outcome.problem.extra["score"] = outcome.score
            raise outcome.problem
        return {"outcome": outcome.outcome, "score": outcome.score}

    async def _count(self, limit: LimitClass, person: Person) -> None:
        """Against the same bucket as the single call's."""
        if self.tally is None or limit.per_person is None:
            return
        key = f"{limit.name}:person:{person.id}"
        taken = await self.tally.take([Charge(key, limit.per_person, limit.strict)])
        if not taken.allowed:
            raise too_many(taken.wait)


def read(body: dict[str, Any], kind: type[Message]) -> Message:
    """A message's fields as what they should be, strictly."""
    try:
        return msgspec.convert(body, kind)
    except msgspec.ValidationError as error:
        fault = fault_of(named(str(error)))
        raise Problem(400, "validation", "Some of this cannot be used.", [fault]) from None
