"""Sign-ins this process has just looked up, so that the next request need not ask again.

What is known is forgotten as soon as a transaction of this process has written to a table the
question reads (``Database.when_written``; the tables are taken from the question itself, so a
new one cannot be forgotten). Other processes learn of a change when their knowledge runs out.
"""

import time
from dataclasses import dataclass

from sqlmodel import col

from courtsync_web.accounts.models import Session, User
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Claims
from courtsync_web.db import Database
from courtsync_web.organizing.standing import sign_ins, signed_in

SECONDS = 2.0
"""How long another process' change (a role, a revoked code) may go unnoticed here."""
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


class KnownSessions:
    """One process' sign-ins of the last two seconds."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[tuple[str, str], Known] = {}
        self._era = 0
        """Rises at every change: an answer read before it is not kept after it."""
        db.when_written(sign_ins(), self.forget)

    async def person_of(self, claims: Claims, now: int) -> Person | None:
        """Whom an access token speaks for at ``now``; none: its session has ended."""
        key = claims.sid, claims.sub
        known = self._known.get(key)
        if known is not None and known.is_good(now):
            return known.person
        era, asked_at = self._era, time.monotonic()
        this_one = col(Session.id) == claims.sid, col(User.id) == claims.sub
        async with self._db.read() as session:
            found = await signed_in(session, now, *this_one)
        if not found:
            return None
        if era == self._era:
            self._keep(key, Known(found[0], asked_at + SECONDS))
        return found[0]

    def forget(self) -> None:
        """Ask about everybody anew."""
        self._era += 1
        self._known.clear()

    def _keep(self, key: tuple[str, str], known: Known) -> None:
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = known
