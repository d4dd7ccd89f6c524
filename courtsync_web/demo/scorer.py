"""A scorer: claims a match, plays it point by point, signs it off, lets go."""

import uuid
from dataclasses import dataclass
from random import Random
from typing import Any

from courtsync_web.clock import now_ms
from courtsync_web.demo.phone import Json, Phone, SignedOut, Stopped
from courtsync_web.demo.table import Action, Table, resumed
from courtsync_web.volleyball.formats import read_format
from courtsync_web.volleyball.rules import RuleBroken, State

SCORER = "Scorer "
"""What simulated scorers' names begin with."""
WARM_UP = 240.0
"""Seconds from a match's printed start to its first rally."""
LATEST = 40 * 60.0
"""Seconds after the start up to which a scorer who sits down late asks for the score so far."""


class Lost(Exception):
    """The match is somebody else's now, or cannot be scored on."""


@dataclass(slots=True)
class Scorer:
    """A guest with a phone at one score table. ``speed`` 20 plays a match in three minutes."""

    phone: Phone
    event_id: str
    speed: float

    async def keep_score(self, match: Json) -> bool:
        """Play a match to its end. False: it could not be claimed, or was lost on the way.

        Raises ``Stopped`` when the simulation ends (the claim is let go of first) and
        ``SignedOut`` when the server no longer knows the guest.
        """
        claim = f"/api/events/{self.event_id}/claims/{match['matchId']}"
        answer = await self.phone.send("POST", claim, {})
        if answer.status_code not in (200, 201):
            self.phone.counts["taken"] += 1
            return False
        self.phone.counts["claimed"] += 1
        try:
            await self._play(match)
            self.phone.counts["finished"] += 1
        except (Lost, RuleBroken):
            self.phone.counts["lost"] += 1
            return False
        finally:
            await self._let_go(claim)
        return True

    async def _play(self, match: Json) -> None:
        rng: Random = self.phone.rng
        match_id = match["matchId"]
        score = await self.phone.get(f"{self._scores}/{match_id}")
        table = Table(
            read_format(match["format"]),
            rng,
            chance=rng.uniform(0.42, 0.58),
            before=list(resumed(score)) if score else (),
        )
        revision = score["revision"] if score else 0
        late = (now_ms() - match["startsAt"]) / 1000 - WARM_UP
        if score is None and 0 < late < LATEST:
            table.catch_up(late)
            revision = await self._send(match_id, {"type": "correction"}, table.state, 0)
        while not table.over:
            pause, action = table.next()
            await self.phone.rest(pause / self.speed)
            revision = await self._send(match_id, action, table.tap(action), revision)

    @property
    def _scores(self) -> str:
        return f"/api/events/{self.event_id}/scores"

    async def _send(self, match_id: int, action: Action, state: State, revision: int) -> int:
        """Post one update until it has its verdict; the revision it became."""
        body = update(match_id, action, state, revision)
        answer = await self.phone.send("POST", self._scores, body)
        if not answer.is_success:
            raise Lost(answer.text)
        self.phone.counts["updates"] += 1
        self.phone.counts[str(action["type"])] += 1
        became: int = answer.json()["revision"]
        return became

    async def _let_go(self, claim: str) -> None:
        """Release the claim; at the very end of a simulation one attempt has to do."""
        try:
            await self.phone.send("DELETE", claim)
        except (SignedOut, Stopped):
            return


def update(match_id: int, action: Action, state: State, base_revision: int) -> dict[str, Any]:
    """``POST …/scores``: what was tapped, and the whole state after it."""
    return {
        "matchId": match_id,
        "sets": [
            {
                "setNumber": one.set_number,
                "team1Score": one.team1_score,
                "team2Score": one.team2_score,
            }
            for one in state.sets
        ],
        "status": state.status,
        "updateId": str(uuid.uuid4()),
        "lastUpdated": now_ms(),
        "baseRevision": base_revision,
        "action": action["type"],
        "team": action.get("team"),
        "serving": state.serving,
        "timeouts": list(state.timeouts),
    }
