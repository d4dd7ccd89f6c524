"""Who follows is looked at again: a stream is asked for once and may last all day.

A sign-in that ended or ran out, a membership that was withdrawn, an account that was erased,
an event that was made private: the streams concerned end within seconds, with a word why.
Their pages come back and are let in, or asked who they are, like everybody else.
"""

import asyncio
from collections.abc import Collection
from time import monotonic
from typing import Any

from sqlmodel import col, select

from courtsync_web.accounts.models import Session
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.tokens import Claims
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.models import Event
from courtsync_web.events.queries import may_see
from courtsync_web.live.hub import Hub
from courtsync_web.live.readers import Ticket
from courtsync_web.organizing.standing import sign_ins, signed_in

LOOK_EVERY = 2.0
"""Seconds between looks at the events that are followed."""
PEOPLE_EVERY = 10.0
"""Seconds between looks at everybody signed in, where no change is known; another process'
change goes unnoticed that long."""
AT_ONCE = 500
"""Sign-ins in one question."""


def ticket_of(scope: Any) -> Ticket | None:
    """As whom a request asks."""
    return ticket_for(scope.get("auth")) if scope.get("user") else None


def ticket_for(claims: Any) -> Ticket | None:
    """What an access token is good for."""
    return Ticket(claims.sid, claims.sub, claims.exp) if isinstance(claims, Claims) else None


class Doorkeeper:
    """Looks at all readers of this process' hub."""

    def __init__(self, db: Database, hub: Hub) -> None:
        self.db = db
        self.hub = hub
        self._private: set[str] = set()
        self._people_changed = False
        self._people_seen_at = monotonic()
        db.when_written(sign_ins(), self._note_change)

    def _note_change(self) -> None:
        self._people_changed = True

    async def keep(self) -> None:
        """Rounds without end, for whoever supervises them."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self.look()

    async def look(self) -> None:
        """One round: dismiss whoever may not follow any more."""
        readers = self.hub.readers_by_ticket()
        if not readers:
            return
        async with self.db.read() as session:
            found = await session.exec(select(Event).where(col(Event.id).in_({*readers})))
            events = {event.id: event for event in found}
        private = {event.id for event in events.values() if event.visibility == "private"}
        tickets = {one for of_event in readers.values() for one in of_event if one is not None}
        people = await self._people(tickets, anew=private != self._private)
        self._private = private
        for event_id, of_event in readers.items():
            for ticket, theirs in of_event.items():
                reason = why_not(events.get(event_id), ticket, people)
                for reader in theirs if reason else ():
                    if reader.line.reader is reader:  # on several events: it leaves once
                        reader.dismiss(reason)

    async def _people(
        self, tickets: Collection[Ticket], *, anew: bool
    ) -> dict[Ticket, Person | None] | None:
        """Whom the tickets stand for now; none at all: nothing is known to have changed."""
        is_time = monotonic() - self._people_seen_at > PEOPLE_EVERY
        if not (anew or is_time or self._people_changed):
            return None
        self._people_changed, self._people_seen_at = False, monotonic()
        found: dict[str, Person] = {}
        sessions = [ticket.session_id for ticket in tickets]
        for start in range(0, len(sessions), AT_ONCE):
            wanted = col(Session.id).in_(sessions[start : start + AT_ONCE])
            async with self.db.read() as session:
                people = await signed_in(session, now_ms(), wanted)
            found |= {person.session_id or "": person for person in people}
        return {one: found.get(one.session_id) for one in tickets}


def why_not(
    event: Event | None, ticket: Ticket | None, people: dict[Ticket, Person | None] | None
) -> str:
    """Why a reader must go; empty: it need not."""
    if ticket is not None and ticket.expires_at * 1000 <= now_ms():
        return "token-expired"
    if event is None:
        return "not-found"
    if ticket is None:
        return "" if may_see(event, None) else "not-found"
    if people is None:
        return ""
    person = people.get(ticket)
    if person is None or person.id != ticket.person_id:
        return "signed-out"
    return "" if may_see(event, person) else "not-found"
