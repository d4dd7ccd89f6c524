"""The rounds: again and again, which reminders are due at the events that are on.

One process at a time does them. What it has said it remembers; whoever comes after it reads the
ledger, and the ledger's key keeps everything once in any case.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.models import Event, Match
from courtsync_web.push.interest import interest_of, reachable
from courtsync_web.push.jobs import insert_new, inserting
from courtsync_web.push.models import PushTurn
from courtsync_web.push.reminders import EVERY, due_reminders
from courtsync_web.push.said import Ledger, said_before
from courtsync_web.push.tidy import tidy
from courtsync_web.push.today import AHEAD, BEHIND, Estimator, today_of

TURN = "rounds"
TURN_LASTS = 90_000
"""Milliseconds; renewed at half of it."""
REST = 1_000
"""Milliseconds between two rounds at least, however many plans change."""
TIDY_EVERY = 600_000


class Rounds:
    """One process's rounds. ``name`` tells it from the others."""

    def __init__(
        self, db: Database, name: str, estimate: Estimator, clock: Callable[[], int] = now_ms
    ) -> None:
        self.db = db
        self.name = name
        self.estimate = estimate
        self.clock = clock
        self._rung = asyncio.Event()
        self._turn_until = 0
        self._said: dict[str, Ledger] = {}
        self._tidied_at = 0

    def ring(self) -> None:
        """A plan has changed: do not wait for the next round."""
        self._rung.set()

    async def work(self) -> None:
        """Do the rounds for ever."""
        while True:
            self._rung.clear()
            await self.go()
            await self.rest()

    async def rest(self) -> None:
        """Until the next round, or until it rings; some rest there is in any case."""
        await asyncio.sleep(REST / 1000)
        with suppress(TimeoutError):
            async with asyncio.timeout((EVERY - REST) / 1000):
                await self._rung.wait()

    async def go(self) -> int:
        """One round; how many reminders became due."""
        now = self.clock()
        async with self.db.read() as session:
            events = await events_on(session, now)
        if not events or not await self.has_turn(now):
            self._said.clear()
            return 0
        made = 0
        for event_id in events:
            made += await self.look_after(event_id, now)
        self._said = {event_id: self._said[event_id] for event_id in events}
        if now - self._tidied_at > TIDY_EVERY:
            self._tidied_at = now
            await tidy(self.db, now)
        return made

    async def look_after(self, event_id: str, now: int) -> int:
        async with self.db.read() as session:
            if event_id not in self._said:
                self._said[event_id] = await said_before(session, event_id, now)
            event = await session.get_one(Event, event_id)
            interest = await interest_of(session, event_id)
            today = await today_of(session, event, now, self.estimate)
        rows = list(due_reminders(event_id, today, interest, self._said[event_id], now))
        if rows:
            async with self.db.write() as tx:
                await insert_new(tx.session, rows)
        return len(rows)

    async def has_turn(self, now: int) -> bool:
        """Whether it is this process's turn; taken, or renewed, where it may be."""
        if self._turn_until - now > TURN_LASTS // 2:
            return True
        async with self.db.write() as tx:
            taken = await tx.session.exec(
                update(PushTurn)
                .where(
                    col(PushTurn.name) == TURN,
                    (col(PushTurn.holder) == self.name) | (col(PushTurn.until) < now),
                )
                .values(holder=self.name, until=now + TURN_LASTS)
            )
            mine = bool(taken.rowcount) or await first_turn(tx.session, self.name, now)
        self._turn_until = now + TURN_LASTS if mine else 0
        return mine


async def first_turn(session: AsyncSession, name: str, now: int) -> bool:
    """The very first turn, of whoever comes first."""
    connection = await session.connection()
    made = await connection.execute(
        inserting(connection.dialect.name, PushTurn)
        .values(name=TURN, holder=name, until=now + TURN_LASTS)
        .on_conflict_do_nothing()
    )
    return bool(made.rowcount)


async def events_on(session: AsyncSession, now: int) -> list[str]:
    """Events with matches in these hours, if anybody can be reached at all."""
    statement: Any = (
        select(col(Match.event_id))
        .where(
            col(Match.starts_at).between(now - BEHIND, now + AHEAD),
            col(Match.vanished_at).is_(None),
            reachable().exists(),
        )
        .distinct()
        .order_by(col(Match.event_id))
    )
    return list((await session.exec(statement)).scalars())
