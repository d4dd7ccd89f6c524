"""The names behind an event's ids, read once for a whole page."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.events.models import Club, Court, Division, Stage, Team
from courtsync_web.events.words import hall_and_number, safe_color


@dataclass(slots=True)
class Names:
    """Everything an event's matches refer to, by id."""

    teams: dict[int, tuple[str, int | None, int | None]] = field(default_factory=dict)
    """``name, clubId, divisionId``."""
    clubs: dict[int, str] = field(default_factory=dict)
    divisions: dict[int, tuple[str, str]] = field(default_factory=dict)
    """``name, colour``."""
    courts: dict[int, tuple[str, int, str, str]] = field(default_factory=dict)
    """``name, position, hall, number``."""
    stages: dict[int, tuple[str, str]] = field(default_factory=dict)
    """``name, kind``."""


async def names_of(session: AsyncSession, event_id: str) -> Names:
    """Five small reads, whatever the number of matches."""

    async def rows(*columns: Any, order: Any = None) -> Any:
        statement: Any = select(*columns).where(columns[0].class_.event_id == event_id)
        return await session.exec(statement.order_by(order) if order is not None else statement)

    teams = await rows(col(Team.team_id), col(Team.name), col(Team.club_id), col(Team.division_id))
    clubs = await rows(col(Club.club_id), col(Club.name), order=col(Club.name))
    divisions = await rows(
        col(Division.division_id),
        col(Division.name),
        col(Division.color),
        order=col(Division.position),
    )
    courts = await rows(
        col(Court.court_id), col(Court.name), col(Court.position), order=col(Court.position)
    )
    stages = await rows(col(Stage.stage_id), col(Stage.name), col(Stage.kind))
    return Names(
        teams={row[0]: (row[1], row[2], row[3]) for row in teams},
        clubs={row[0]: row[1] for row in clubs},
        divisions={row[0]: (row[1], safe_color(row[2])) for row in divisions},
        courts={row[0]: (row[1], row[2], *hall_and_number(row[1])) for row in courts},
        stages={row[0]: (row[1], row[2]) for row in stages},
    )
