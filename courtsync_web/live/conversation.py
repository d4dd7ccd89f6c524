"""What a client says on its WebSocket, and what it is answered."""

import logging
import time
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import msgspec

from courtsync_web.accounts.known_sessions import KnownSessions
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.sessions import refused
from courtsync_web.accounts.tokens import Claims, Keys, TokenFault, read_access_token
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem, sign_in_first
from courtsync_web.events.queries import event_for
from courtsync_web.limits.rates import STREAM
from courtsync_web.limits.refusal import too_many
from courtsync_web.limits.tally import Tally
from courtsync_web.limits.turnstile import charges_of

log = logging.getLogger(__name__)

RATE = 20.0
"""Messages a second that one socket may send for long; more than any thumb."""
BURST = 60
"""Messages it may send at once: a full outbox."""


@runtime_checkable  # Litestar checks what it hands to a handler
class Desk(Protocol):
    """Does what somebody who follows may also do; the live side knows no more of it."""

    kinds: frozenset[str]

    async def act(
        self, event_id: str, person: Person, kind: str, body: dict[str, Any]
    ) -> dict[str, Any]:
        """Do it, durably; what the acknowledgement says. Raises :class:`Problem`."""


@dataclass(frozen=True, slots=True)
class House:
    """What all conversations share."""

    db: Database
    known: KnownSessions
    keys: Keys
    desk: Desk
    tally: Tally | None
    """None where requests are not limited."""

    async def count_arrival(self, scope: Any) -> None:
        """A WebSocket counts like any other stream when it begins."""
        if self.tally is not None:
            taken = await self.tally.take(charges_of(STREAM, scope))
            if not taken.allowed:
                raise too_many(taken.wait)


class TooMany(Exception):
    """The client talks faster than anybody listens."""


class Conversation:
    """One client's side: who it is, and how fast it talks."""

    __slots__ = ("_full_at", "claims", "event_id", "house")

    def __init__(self, house: House, event_id: str, claims: Claims | None) -> None:
        self.house = house
        self.event_id = event_id
        self.claims = claims
        self._full_at = 0.0

    async def person(self) -> Person | None:
        """Whom its token stands for, now; raises where it is no longer good."""
        if self.claims is None:
            return None
        if self.claims.exp * 1000 <= now_ms():
            raise refused(TokenFault.EXPIRED)
        person = await self.house.known.person_of(self.claims, now_ms())
        if person is None:
            raise refused(TokenFault.ENDED)
        return person

    async def why_not(self) -> Problem | None:
        """Why this person may not follow this event; none: they may."""
        try:
            person = await self.person()
            async with self.house.db.read() as session:
                await event_for(session, self.event_id, person)
        except Problem as problem:
            return problem
        return None

    async def answer(self, text: str) -> bytes:
        """One message's answer, as JSON. Raises :class:`TooMany`."""
        self._count()
        update_id = None
        try:
            message = read(text)
            update_id = message.get("updateId")
            said = await self._do(str(message.pop("type", "")), message)
        except Problem as problem:
            said = error(problem)
        except Exception:
            log.exception("live: a message could not be answered")
            fault = Problem(500, "internal", "Something went wrong on our side.")
            said = error(fault)
        if isinstance(update_id, str):
            said["updateId"] = update_id
        return msgspec.json.encode(said)

    async def _do(self, kind: str, message: dict[str, Any]) -> dict[str, Any]:
        if kind == "ping":
            return {"type": "pong", "serverTime": now_ms()}
        if kind == "auth":
            return await self._sign_in(message.get("token"))
        if kind not in self.house.desk.kinds:
            raise Problem(400, "validation", "There is no such type of message.")
        person = await self.person()
        if person is None:
            raise sign_in_first()
        done = await self.house.desk.act(self.event_id, person, kind, message)
        return {"type": "ack"} | done

    async def _sign_in(self, token: object) -> dict[str, Any]:
        claims = read_access_token(self.house.keys, token if isinstance(token, str) else "")
        if isinstance(claims, TokenFault):
            raise refused(claims)
        former, self.claims = self.claims, claims
        try:
            person = await self.person()
        except Problem:
            self.claims = former
            raise
        name = person.display_name if person else ""
        return {"type": "ack", "outcome": "signed-in", "displayName": name}

    def _count(self) -> None:
        """A bucket that holds a burst and leaks at the rate."""
        now = time.monotonic()
        self._full_at = max(self._full_at, now) + 1 / RATE
        if self._full_at - now > BURST / RATE:
            raise TooMany


def read(text: str) -> dict[str, Any]:
    """A JSON object, or a problem."""
    try:
        message = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise Problem(400, "validation", "A message is a JSON object with a type.")
    return message


def error(problem: Problem) -> dict[str, Any]:
    """A problem as a message; ``retryAfter`` in seconds, as there are no headers here."""
    wait = problem.headers.get("Retry-After")
    said = problem.document() | {"type": "error"}
    return said | {"retryAfter": int(wait)} if wait else said
