"""Sign-ins this process has just looked up, so that the next request need not ask again.

What is known is forgotten as soon as a transaction of this process has written to a table the
question reads (``Database.when_written``; the tables are taken from the question itself, so a
new one cannot be forgotten). Those who come while one question is asked are asked about together
in the next. Other processes learn of a change when their knowledge runs out.
"""

import asyncio
import time
from dataclasses import dataclass

from sqlmodel import col

from courtsync_web.accounts.models import Session
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Claims
from courtsync_web.db import Database
from courtsync_web.organizing.standing import sign_ins, signed_in

SECONDS = 2.0
"""How long another process' change (a role, a revoked code) may go unnoticed here."""
TOGETHER = 200
"""Sign-ins in one question at most."""
MOST = 4096
"""Sign-ins remembered at once: more than score and watch at the largest event."""


@dataclass(frozen=True, slots=True)
class Known:
    """Whom a sign-in speaks for, as of the moment it was asked."""

    person: Person
    forgotten_at: float
    """On the monotonic clock."""

    def is_good(self, now: int) -> bool:
        """A court's code may end before what is known of it is forgotten."""
        court = self.person.court
        return time.monotonic() < self.forgotten_at and (court is None or now < court.expires_at)


@dataclass(frozen=True, slots=True)
class Asking:
    """A request that waits to hear whom its sign-in speaks for."""

    key: tuple[str, str]
    now: int
    future: asyncio.Future[Person | None]


class KnownSessions:
    """One process' sign-ins of the last two seconds."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[tuple[str, str], Known] = {}
        self._waiting: list[Asking] = []
        self._looking: asyncio.Task[None] | None = None
        self._era = 0
        """Rises at every change: an answer read before it is not kept after it."""
        db.when_written(sign_ins(), self.forget)

    async def person_of(self, claims: Claims, now: int) -> Person | None:
        """Whom an access token speaks for at ``now``; none: its session has ended."""
        key = claims.sid, claims.sub
        known = self._known.get(key)
        if known is not None and known.is_good(now):
            return known.person
        mine = Asking(key, now, asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        return await mine.future

    async def _look(self) -> None:
        """One question after another, as long as somebody waits."""
        while self._waiting:
            some, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            try:
                found = await self._ask(some)
            except Exception as error:  # noqa: BLE001  # whoever waits is told, whatever it was
                for one in some:
                    if not one.future.done():
                        one.future.set_exception(error)
                continue
            for one in some:
                if not one.future.done():
                    one.future.set_result(found.get(one.key))

    async def _ask(self, some: list[Asking]) -> dict[tuple[str, str], Person]:
        """Whom these sign-ins speak for; those that have ended are not there."""
        era, asked_at = self._era, time.monotonic()
        these = col(Session.id).in_({one.key[0] for one in some})
        async with self._db.read() as session:
            people = await signed_in(session, max(one.now for one in some), these)
        found = {(one.session_id or "", one.id): one for one in people}
        if era == self._era:
            for key in found.keys() & {one.key for one in some}:
                self._keep(key, Known(found[key], asked_at + SECONDS))
        return found

    def forget(self) -> None:
        """Ask about everybody anew."""
        self._era += 1
        self._known.clear()

    def _keep(self, key: tuple[str, str], known: Known) -> None:
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = known
