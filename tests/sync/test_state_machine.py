"""Phones come and go in any order: what PITFALLS asks of the end is true after every step.

Everything happens twice, in a hall of exact clocks and in one where each phone's is an hour
wrong: both must tell the same story.
"""

import asyncio
import copy
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.migrate import migrate
from courtsync_web.scoring.lease import LEASE, REFUSAL_TIME
from tests.sync.phones import Hall, Op, Phone
from tests.world import EVENT, FIRST, RIVAL, SAM, build_world

HOUR = 3_600_000
SKEWS = {SAM: HOUR, RIVAL: -HOUR}
WHO = st.sampled_from((SAM, RIVAL))


class Pair:
    """One person's phone, in both halls; the outbox is the same but for the clock."""

    def __init__(self, exact: Phone, skewed: Phone) -> None:
        self.exact, self.skewed = exact, skewed
        skewed.device_id = exact.device_id
        self.waiting: list[Op] = []
        self.done: dict[str, str] = {}
        self.made: list[Op] = []
        self.last: list[Op] = []
        self.under: dict[str, Any] | None = None
        self.points = [(0, 0)]
        self.revision = 0

    def keep(self, op: Op) -> Op:
        self.waiting.append(op)
        self.made.append(op)
        return op


class Halls(RuleBasedStateMachine):
    """Two scorers of one match."""

    template: Path

    @initialize()
    def doors_open(self) -> None:
        self.runner = asyncio.Runner()
        self.patch = pytest.MonkeyPatch()
        self.folder = Path(tempfile.mkdtemp(prefix="courtsync-halls-"))
        self.halls = [self.runner.run(self.hall(name)) for name in ("exact", "skewed")]
        exact, skewed = self.halls
        self.phones = {
            person: Pair(exact.phone(person), skewed.phone(person, skew=SKEWS[person]))
            for person in SKEWS
        }
        self.revision = 0

    async def hall(self, name: str) -> Hall:
        db = Database(f"sqlite:///{shutil.copy(self.template, self.folder / name)}")
        await build_world(db)
        return Hall(db, self.patch)

    def teardown(self) -> None:
        for hall in self.halls:
            self.runner.run(hall.db.close())
        self.patch.undo()
        self.runner.close()
        shutil.rmtree(self.folder)

    def wait(self, milliseconds: int) -> None:
        now = self.halls[0].now + milliseconds
        for hall in self.halls:
            hall.now = now

    @rule(who=WHO)
    def sits_down(self, who: Person) -> None:
        """With or without network: it is an op like any other."""
        pair = self.phones[who]
        claim = pair.keep(pair.exact.claim(baseRevision=pair.revision))
        pair.under = {"claimId": claim["id"]}

    @rule(who=WHO, team=st.sampled_from((0, 1)), after=st.sampled_from((1, 5_000)))
    def records(self, who: Person, team: int, after: int) -> None:
        self.wait(after)
        pair = self.phones[who]
        one, two = pair.points[-1]
        pair.points.append((one + (team == 0), two + (team == 1)))
        self.say(pair, "point")

    @rule(who=WHO)
    def takes_back(self, who: Person) -> None:
        pair = self.phones[who]
        if len(pair.points) > 1:
            pair.points.pop()
            self.say(pair, "undo")

    def say(self, pair: Pair, action: str) -> None:
        ahead = sum(op["kind"] == "score" for op in pair.waiting)
        base = {"baseRevision": pair.revision + ahead, "action": action}
        pair.keep(pair.exact.score(pair.points[-1], **base, **(pair.under or {})))

    @rule(who=WHO, most=st.integers(1, 8), heard=st.booleans())
    def delivers(self, who: Person, most: int, heard: bool) -> None:
        """A batch arrives; its answer may get lost."""
        pair = self.phones[who]
        pair.last = pair.waiting[:most]
        results = self.both(pair, pair.last)
        if heard:
            for op, result in zip(pair.last, results, strict=True):
                if result.outcome != "retry":
                    pair.waiting.remove(op)
                    pair.done[op["id"]] = result.outcome
                if result.score is not None:
                    pair.revision = max(pair.revision, result.score.revision)

    @rule(who=WHO)
    def arrives_again(self, who: Person) -> None:
        """A request that had been under way for long."""
        if self.phones[who].last:
            self.both(self.phones[who], self.phones[who].last)

    @rule(who=WHO)
    def the_last_first(self, who: Person) -> None:
        """Two requests overtake each other."""
        pair = self.phones[who]
        if len(pair.waiting) > 1:
            self.both(pair, pair.waiting[:1])
            self.both(pair, pair.waiting[:2][::-1])

    @rule()
    def leases_run_out(self) -> None:
        self.wait(2 * LEASE)

    @rule(who=WHO)
    def takes_over(self, who: Person) -> None:
        """The other is not there to refuse."""

        async def take(hall: Hall) -> None:
            try:
                await hall.claims.ask_takeover(EVENT, FIRST, who)
            except Problem:
                return

        for hall in self.halls:
            self.runner.run(take(hall))
        self.wait(REFUSAL_TIME + 1)
        for hall in self.halls:
            self.runner.run(hall.claims.settle_takeover(EVENT, FIRST))
            hall.claims.close()

    def both(self, pair: Pair, ops: list[Op]) -> list[Any]:
        """The same batch in both halls, each by its own clock: the same verdicts."""
        by_skewed = copy.deepcopy(ops)
        for op in by_skewed:
            op["lastUpdated"] += pair.skewed.skew
        exact = self.runner.run(pair.exact.send(*ops))
        skewed = self.runner.run(pair.skewed.send(*by_skewed))
        assert [one.outcome for one in exact] == [one.outcome for one in skewed]
        return exact

    @invariant()
    def both_halls_tell_one_story(self) -> None:
        first, second = (self.runner.run(hall.history()).items for hall in self.halls)
        assert [(one.update_id, one.at) for one in first] == [
            (one.update_id, one.at) for one in second
        ]

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        counted = [one.update_id for one in self.runner.run(self.halls[0].history()).items]
        kept = [one.update["updateId"] for one in self.runner.run(self.halls[0].conflicts())]
        assert len(counted) == len(set(counted))
        assert len(kept) == len(set(kept))
        assert not set(counted) & set(kept)
        for pair in self.phones.values():
            waiting = {op["id"] for op in pair.waiting}
            for op in pair.made:
                said = pair.done.get(op["id"])
                assert said is not None or op["id"] in waiting
                if op["kind"] == "score" and said in ("applied", "duplicate"):
                    assert op["id"] in counted
                if op["kind"] == "score" and said == "conflict":
                    assert op["id"] in kept

    @invariant()
    def what_shows_is_the_last_of_the_log_and_never_goes_back(self) -> None:
        items = self.runner.run(self.halls[0].history()).items
        assert [one.revision for one in items] == list(range(1, len(items) + 1))
        assert all(former.seq < later.seq for former, later in pairwise(items))
        shown = self.runner.run(self.halls[0].points())
        last = [(one.team1_score, one.team2_score) for one in items[-1].sets] if items else []
        assert shown == last
        assert len(items) >= self.revision
        self.revision = len(items)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_any_order_of_things(tmp_path: Path) -> None:
    Halls.template = tmp_path / "template.db"
    migrate(f"sqlite:///{Halls.template}")
    run = settings(
        max_examples=10, stateful_step_count=25, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    machine = type("Machine", (Halls,), {})
    machine.TestCase.settings = run  # type: ignore[attr-defined]
    machine.TestCase().runTest()  # type: ignore[attr-defined]
