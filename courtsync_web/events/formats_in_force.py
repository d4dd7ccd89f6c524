"""Which format a match is played by: its own, else its stage's, division's, event's."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import and_
from sqlalchemy import select as select_columns
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.events.models import Division, Event, Match, Stage
from courtsync_web.volleyball.formats import DEFAULT, PRESETS, Format, format_to_wire, read_format

Stored = dict[str, Any] | None
"""A format as the tables keep it: the whole wire object."""

DEFAULT_WIRE: dict[str, Any] = dict(format_to_wire(PRESETS[DEFAULT]))
PLACES = (col(Match.format), col(Stage.format), col(Division.format), col(Event.format))
"""Where a match's format may be written, nearest first; the order of :func:`wire_format`."""


def joined_to_formats(statement: Any) -> Any:
    """A statement that already has ``match``, joined to the other :data:`PLACES`."""
    return (
        statement.join(Event, col(Event.id) == col(Match.event_id))
        .outerjoin(
            Stage,
            and_(
                col(Stage.event_id) == col(Match.event_id),
                col(Stage.stage_id) == col(Match.stage_id),
            ),
        )
        .outerjoin(
            Division,
            and_(
                col(Division.event_id) == col(Match.event_id),
                col(Division.division_id) == col(Match.division_id),
            ),
        )
    )


def wire_format(match: Stored, stage: Stored, division: Stored, event: Stored) -> dict[str, Any]:
    """The format in force, as it goes over the wire."""
    return match or stage or division or event or DEFAULT_WIRE


async def wire_formats_of(
    session: AsyncSession, event_id: str, matches: Collection[int] | None = None
) -> dict[int, dict[str, Any]]:
    """The format in force of every match of an event, or of these, as it goes over the wire."""
    wanted = joined_to_formats(select_columns(col(Match.match_id), *PLACES).select_from(Match))
    wanted = wanted.where(col(Match.event_id) == event_id)
    if matches is not None:
        wanted = wanted.where(col(Match.match_id).in_(matches))
    return {match_id: wire_format(*places) for match_id, *places in await session.exec(wanted)}


async def formats_of(
    session: AsyncSession, event_id: str, matches: Collection[int] | None = None
) -> dict[int, Format]:
    """The same for the rules."""
    wires = await wire_formats_of(session, event_id, matches)
    return {match_id: read_stored(wire) for match_id, wire in wires.items()}


def read_stored(wire: dict[str, Any]) -> Format:
    """A stored format for the rules; an event has a handful, so each is read once."""
    return read_text(msgspec.json.encode(wire, order="deterministic"))


@lru_cache(maxsize=512)
def read_text(text: bytes) -> Format:
    return read_format(msgspec.json.decode(text))
