"""What happens, told inside the write transaction that makes it so.

Whoever changes something says what it means in the sport's words: ``await tx.tell(SetWon(…))``.
Whoever wants to know asks ``Database.when_told``, and writes what follows from it (a reminder, a
push) in the same transaction: both become durable together or not at all. Neither side knows the
other; ``app.py`` brings them together.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

Points = tuple[int, int]
"""Of team 1 and team 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that has just become true at an event. ``at``: when, by the server's clock."""

    event_id: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchCalled(Happening):
    """Somebody is at the table: the match was claimed, and has not begun."""

    match_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchStarted(Happening):
    """The first point of a match."""

    match_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWon(Happening):
    """A set has ended and the match goes on."""

    match_id: int
    number: int
    points: Points
    sets_won: Points


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchFinal(Happening):
    """A match has ended. ``winner``: 1, 2, or none where it was split."""

    match_id: int
    sets: tuple[Points, ...]
    sets_won: Points
    winner: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One match of a changed schedule: its start and court, before and after.

    ``gone``: it has left the schedule. ``starts_at`` none: no time is set.
    """

    match_id: int
    starts_before: int | None
    starts_at: int | None
    court_before: int | None
    court_id: int | None
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChanged(Happening):
    """Matches have moved in time or to another court, or have left the schedule."""

    seq: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanged(Happening):
    """A person has changed their coverage plan."""

    user_id: str


Hearer = Callable[[AsyncSession, Happening], Awaitable[None]]
"""Is told of every happening, with the session of the transaction it happens in."""
