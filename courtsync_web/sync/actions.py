"""A batch is settled deed by deed: each with its effect and its verdict, or not at all."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from sqlalchemy.exc import SQLAlchemyError

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database, Transaction
from courtsync_web.errors import Problem
from courtsync_web.live.bus import Bus
from courtsync_web.scoring.verdicts import Known, verdict_row
from courtsync_web.sync.answers import kept_answer, put_off, retold
from courtsync_web.sync.doing import Doing
from courtsync_web.sync.reading import Given, Place, read_ops
from courtsync_web.sync.wire import ScoreOp, SyncIn, SyncResult

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Ops in one transaction. While it runs nobody else is served: this is some 15 ms."""
PASSING = {408, 425, 429}
"""Refusals that may be none later, like every fault of the server's own."""


async def settle(db: Database, bus: Bus, person: Person, batch: SyncIn) -> list[SyncResult]:
    """One verdict per op, in order; all durable on return.

    Raises 409 ``wrong-person`` if the outbox is somebody else's than the session.
    """
    if batch.user_id not in (None, person.id):
        raise Problem(409, "wrong-person", "Somebody else is signed in now. Nothing was sent.")
    given = read_ops(batch)
    delivery = Delivery(bus, person, batch, now_ms())
    results: list[SyncResult] = []
    for start in range(0, len(given), AT_ONCE):
        some = given[start : start + AT_ONCE]
        results += await db.write_together(partial(delivery.settle, given=some))
    return results


def runs_of(given: Sequence[Given]) -> Iterator[list[Given]]:
    """Ops that can be judged together: scores of one event in a row; everything else by itself."""

    def together(numbered: tuple[int, Given]) -> str | int:
        number, one = numbered
        return one.op.event_id if isinstance(one.op, ScoreOp) else number

    for _, run in groupby(enumerate(given), together):
        yield [one for _, one in run]


class Delivery:
    """One batch on its way: whose it is, and which matches have to wait."""

    def __init__(self, bus: Bus, person: Person, batch: SyncIn, now: int) -> None:
        self.bus = bus
        self.person = person
        self.device_id = batch.device_id
        self.sent_at = batch.sent_at
        self.now = now
        self._waiting: set[Place] = set()
        """Matches of which an op was put off: those behind it keep their order."""

    async def settle(self, tx: Transaction, given: Sequence[Given]) -> list[SyncResult]:
        """The next ops of the batch, in one transaction."""
        doing = Doing(tx, self.person, self.device_id, self.sent_at, self.now)
        await doing.open({one.op.event_id for one in given if one.op is not None})
        results: list[SyncResult] = []
        for run in runs_of(given):
            results += await self.settle_run(doing, run)
        for event_id, seq in doing.changed.items():
            tx.after_commit(partial(self.bus.ring, event_id, seq))
        return results

    async def settle_run(self, doing: Doing, run: list[Given]) -> list[SyncResult]:
        """Verdicts on ops that are judged together. What cannot be stored is put off, alone."""
        try:
            async with doing.tx.session.begin_nested():
                await doing.begin(run)
                results = [await self.verdict(doing, one) for one in run]
                await doing.write()
                return results
        except SQLAlchemyError:
            log.exception("ops of a batch could not be stored")
        if len(run) > 1:
            return [one for given in run for one in await self.settle_run(doing, [given])]
        return [self.put_off(run[0], Problem(503, "busy", "This could not be stored now."))]

    async def verdict(self, doing: Doing, given: Given) -> SyncResult:
        """What becomes of one op: what was said before, or what follows from it now."""
        if given.place in self._waiting:
            return self.put_off(given, Problem(425, "waits", "One before it comes first."))
        known = doing.known(given)
        if known is not None:
            return await self.again(doing, given, known)
        try:
            result = await doing.do(given)
        except Problem as problem:
            if problem.status in PASSING or problem.status >= 500:
                return self.put_off(given, problem)
            result = SyncResult(given.id, "rejected", problem=problem.document())
        self.keep(doing, given, result)
        return result

    def put_off(self, given: Given, problem: Problem) -> SyncResult:
        if given.place is not None:
            self._waiting.add(given.place)
        return put_off(given, problem)

    async def again(self, doing: Doing, given: Given, known: Known) -> SyncResult:
        return await retold(doing.tx.session, self.person, given, known)

    def keep(self, doing: Doing, given: Given, result: SyncResult) -> None:
        """Remember what is said, so that it is said again; a refusal as well."""
        deed = given.deed
        if deed is None:
            return
        if result.problem is not None and result.problem["code"] == "seq-reused":
            deed = replace(deed, device_seq=None)  # the number stays with its first id
        doing.remember(
            verdict_row(
                deed,
                self.person,
                self.now,
                result.outcome,
                problem=result.problem,
                answer=kept_answer(result),
            )
        )
