"""A simulated phone: the protocol as docs/protocol.md tells it, with an outbox on the disk."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import httpx

from tests.chaos.network import Network, Unreachable
from tests.chaos.outbox import Op, Outbox

BATCH = 20


@dataclass
class Made:
    """What the phone did, as the checker remembers it: by the true clock."""

    op: Op
    at: int
    exact: bool
    """The phone's clock did not jump afterwards."""
    fence: int | None
    claim_id: str | None


@dataclass
class Phone:
    """One device of one person at one match. ``bug``: how a bad client would be different."""

    name: str
    network: Network
    dice: Random
    folder: Path
    event_id: str
    match_id: int
    person: dict[str, Any]
    bug: str = ""
    skew: int = 0
    made: dict[str, Made] = field(default_factory=dict)
    fences: dict[str, int] = field(default_factory=dict)
    """By the id of a claim op, the fence that the server gave."""
    attention: set[str] = field(default_factory=set)
    """Refused ops that the person sees."""

    def __post_init__(self) -> None:
        self.device_id = f"{self.event_id}-{self.name}"
        self.begin()

    def begin(self) -> None:
        """The app starts: it knows what is in its outbox, and nothing else."""
        self.box = Outbox.opened(self.folder / f"{self.name}.log")
        self.revision = 0
        self.sets: list[list[int]] = [[0, 0]]
        self.before: list[list[list[int]]] = []
        self.claim: dict[str, Any] | None = None
        self.hears = True
        self.attention = {one for one, said in self.box.verdicts.items() if said == "rejected"}
        scores = [op for op in self.box.waiting.values() if op["kind"] == "score"]
        if scores and "fence" in scores[-1]:
            self.claim = {"fence": scores[-1]["fence"]}
        elif scores and "claimId" in scores[-1]:
            self.claim = {"claimId": scores[-1]["claimId"]}

    @property
    def clock(self) -> int:
        return time.time_ns() // 1_000_000 + self.skew

    def jump(self, skew: int) -> None:
        """The clock is set anew: ages of what was done before are wrong from now on."""
        self.skew = skew
        for one in self.made.values():
            one.exact = False

    def op(self, kind: str, **more: Any) -> Op:
        """Something is done: on the disk first."""
        new_id = str(UUID(int=self.dice.getrandbits(128), version=4))
        op = {"id": new_id, "kind": kind, "eventId": self.event_id, "matchId": self.match_id}
        op = self.box.add({**op, "lastUpdated": self.clock, **more})
        under = {name: more.get(name) for name in ("fence", "claimId")}
        at = time.time_ns() // 1_000_000
        self.made[new_id] = Made(op, at, True, under["fence"], under["claimId"])
        return op

    def sit_down(self) -> None:
        """Claim the match, with or without network."""
        claim = self.op("claim", baseRevision=self.revision)
        self.claim = {"claimId": claim["id"]}

    def tap(self, team: int) -> None:
        """A point; claims first where the phone thinks it must."""
        if self.claim is None:
            self.sit_down()
        self.before.append([list(one) for one in self.sets])
        if over(self.sets[-1]):
            self.sets.append([0, 0])
        self.sets[-1][team] += 1
        self.say("point", team=team + 1)

    def undo(self) -> None:
        """The last point was none."""
        if self.claim is None or not self.before:
            return
        self.sets = self.before.pop()
        self.say("undo")

    def say(self, action: str, **more: Any) -> None:
        """The state after it, as one op."""
        waiting = sum(1 for op in self.box.waiting.values() if op["kind"] == "score")
        wire = [
            {"setNumber": number, "team1Score": a, "team2Score": b}
            for number, (a, b) in enumerate(self.sets, start=1)
        ]
        base = {"sets": wire, "status": "in-progress", "baseRevision": self.revision + waiting}
        self.op("score", action=action, **base, **more, **(self.claim or {}))

    def poison(self) -> None:
        """Something that no server can take, from a bug of a former version."""
        if self.dice.random() < 0.5:
            self.op("dance")
        else:
            bad = [{"setNumber": 1, "team1Score": -1, "team2Score": 0}]
            self.op("score", sets=bad, status="in-progress", **(self.claim or {}))

    def get_up(self) -> None:
        """Let go of the match."""
        if self.claim is not None:
            self.op("release", **self.claim)
        self.claim = None

    async def drain(self) -> bool:
        """Peek, send, settle on the verdict. True: something was settled."""
        ops = list(self.box.waiting.values())[: self.dice.randint(1, BATCH)]
        if not ops:
            return False
        if self.bug == "delete-before-send":
            for op in ops:
                self.box.drop(op["id"])
        sent = [self.renamed(op) for op in ops]
        body = {
            "deviceId": self.device_id,
            "sentAt": self.clock,
            "userId": self.person["user"]["id"],
            "ops": sent,
        }
        try:
            answer = await self.network.post("/api/sync", body, self.person["token"])
        except Unreachable:
            return False
        if answer.status_code == 401:
            await self.sign_in_again()
            return False
        return self.settle(ops, answer)

    def renamed(self, op: Op) -> Op:
        """As it is sent: with its own id, unless this client mints one for each attempt."""
        if self.bug != "new-id-on-retry" or op["kind"] != "score":
            return op
        fresh = str(UUID(int=self.dice.getrandbits(128), version=4))
        return {**op, "id": fresh, "deviceSeq": self.dice.getrandbits(50)}

    def settle(self, ops: list[Op], answer: httpx.Response) -> bool:
        """What the answer says about each, and about nothing else."""
        results = results_of(answer)
        if results is None:
            if self.bug == "any-200-settles" and answer.status_code == 200:
                for op in ops:
                    self.box.settle(op["id"], "applied")
            return False
        for op, result in zip(ops, results, strict=True):
            self.hear(op, result)
        return any(result["outcome"] != "retry" for result in results)

    def hear(self, op: Op, result: dict[str, Any]) -> None:
        """One verdict about one op."""
        outcome = result["outcome"]
        if outcome == "retry":
            return
        if op["kind"] == "claim":
            self.hear_of_claim(op, result)
        elif outcome in ("applied", "duplicate") and "score" in result:
            self.revision = max(self.revision, result["score"]["revision"])
        elif outcome == "conflict" or result.get("problem", {}).get("code") == "claim-required":
            self.give_way(result.get("score"))
        if outcome == "rejected" and self.bug == "poison-dropped":
            self.box.drop(op["id"])
            return
        self.box.settle(op["id"], "applied" if outcome == "duplicate" else outcome)
        if outcome == "rejected":
            self.attention.add(op["id"])

    def hear_of_claim(self, op: Op, result: dict[str, Any]) -> None:
        mine = self.claim is not None and self.claim.get("claimId") == op["id"]
        if result["outcome"] in ("applied", "duplicate"):
            self.fences[op["id"]] = result["claim"]["fence"]
            if mine:
                self.claim = {"fence": result["claim"]["fence"]}
        elif mine:
            self.give_way(None)

    def give_way(self, score: dict[str, Any] | None) -> None:
        """Somebody else keeps the score: show theirs."""
        self.claim = None
        self.before.clear()
        if score is not None:
            self.revision = max(self.revision, score["revision"])
            self.sets = [[one["team1Score"], one["team2Score"]] for one in score["sets"]] or [
                [0, 0]
            ]

    async def sign_in_again(self) -> None:
        """The access token has run out: the refresh token gets another."""
        try:
            answer = await self.network.through(
                "/api/auth/refresh", {}, self.person["refreshToken"]
            )
        except Unreachable:
            return
        if answer.status_code == 200:
            self.person |= answer.json()


def results_of(answer: httpx.Response) -> list[dict[str, Any]] | None:
    """The verdicts, if this is an answer of ours at all."""
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if answer.status_code != 200 or kind != "application/json" or answer.json().get("v") != 1:
        return None
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


def over(points: list[int]) -> bool:
    """Is this set decided, by the plain rule?"""
    return max(points) >= 25 and abs(points[0] - points[1]) >= 2
