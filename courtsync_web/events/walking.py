"""How long it takes from one court to another, on foot."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.events.models import Walk
from courtsync_web.events.words import hall_and_number

NEXT_DOOR = 1
"""Minutes to another court of the same hall, if it is near."""
COURTS_A_MINUTE = 12
"""So many courts farther on, a minute more: they lie in two rows, some ten metres apart."""
ELSEWHERE = 3
"""Minutes to another hall where the organizer has told nothing."""

Walks = Mapping[frozenset[str], int]
"""Minutes between two halls, as the organizer gave them."""


async def walks_of(session: AsyncSession, event_id: str) -> dict[frozenset[str], int]:
    """The organizer's table."""
    statement: Any = select(col(Walk.hall), col(Walk.other), col(Walk.minutes)).where(
        col(Walk.event_id) == event_id
    )
    return {frozenset((one, two)): minutes for one, two, minutes in await session.exec(statement)}


@dataclass(frozen=True, slots=True)
class Place:
    """A court as far as walking is concerned."""

    hall: str
    number: int | None
    """None where the court's name has no number."""
    name: str


def place_of(court: str) -> Place:
    """``West 12``: hall ``West``, number 12."""
    hall, number = hall_and_number(court)
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return Place(hall, int(digits) if digits.isdecimal() else None, court)


def minutes_between(one: Place, other: Place, walks: Walks) -> int:
    """Minutes on foot, the same either way; 0 for the same court."""
    if one.name == other.name:
        return 0
    if one.hall != other.hall:
        return walks.get(frozenset((one.hall, other.hall)), ELSEWHERE)
    if one.number is None or other.number is None:
        return NEXT_DOOR
    return NEXT_DOOR + abs(one.number - other.number) // COURTS_A_MINUTE
