"""A draft as the rows it should become, and the rows that are stored now: the two alike.

``Rows`` is ``kind → id → columns``, under the columns' own names, so that what must change is
a plain comparison.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from courtsync_web.clock import wall_to_ms
from courtsync_web.events.models import Club, Court, Division, Event, Match, Stage, Team
from courtsync_web.schedule.draft import Draft, DraftMatch

Row = dict[str, Any]
Rows = dict[str, dict[int, Row]]

MODELS: dict[str, type[SQLModel]] = {
    "division": Division,
    "club": Club,
    "team": Team,
    "court": Court,
    "stage": Stage,
    "match": Match,
}
"""Every kind of thing a schedule names, in the order in which they refer to each other."""


def table_of(kind: str) -> Table:
    """The table of a kind."""
    table: Table = SQLModel.metadata.tables[kind]
    return table


def key_of(kind: str) -> str:
    """Name of a kind's own id column."""
    return f"{kind}_id"


async def stored_event(
    connection: AsyncConnection, event_id: str, *, lock: bool = False
) -> Row | None:
    """The event's own row. ``lock`` keeps other imports out until the commit."""
    table = table_of_event()
    statement = select(table).where(table.c.id == event_id)
    statement = statement.with_for_update() if lock else statement
    found = (await connection.execute(statement)).mappings().first()
    return dict(found) if found else None


def table_of_event() -> Table:
    """The table of events."""
    table: Table = SQLModel.metadata.tables[str(Event.__tablename__)]
    return table


async def stored_rows(connection: AsyncConnection, event_id: str) -> Rows:
    """Everything that the event's schedule has in the database."""
    rows: Rows = {}
    for kind in MODELS:
        table = table_of(kind)
        columns = [column for column in table.columns if column.name != "event_id"]
        found = await connection.execute(select(*columns).where(table.c.event_id == event_id))
        rows[kind] = {row[key_of(kind)]: dict(row) for row in found.mappings()}
    return rows


def wanted_rows(draft: Draft, zone: str) -> Rows:
    """What a draft wants stored, its wall clock times as instants in ``zone``.

    All columns but ``position``, which depends on what else is stored (``places``).
    """
    return {
        "division": {
            one.division_id: {
                "division_id": one.division_id,
                "name": one.name,
                "code": one.code,
                "color": one.color,
                "format": one.format,
            }
            for one in draft.divisions
        },
        "club": {one.club_id: {"club_id": one.club_id, "name": one.name} for one in draft.clubs},
        "team": {
            one.team_id: {
                "team_id": one.team_id,
                "name": one.name,
                "code": one.code,
                "club_id": one.club_id,
                "division_id": one.division_id,
            }
            for one in draft.teams
        },
        "court": {
            one.court_id: {
                "court_id": one.court_id,
                "name": one.name,
                "video_link": one.video_link,
            }
            for one in draft.courts
        },
        "stage": {
            one.stage_id: {
                "stage_id": one.stage_id,
                "division_id": one.division_id,
                "round": one.round,
                "name": one.name,
                "kind": one.kind,
                "format": one.format,
                "finished": one.finished,
                "ranks": one.ranks,
            }
            for one in draft.stages
        },
        "match": {one.match_id: match_row(one, zone) for one in draft.matches},
    }


def match_row(match: DraftMatch, zone: str) -> Row:
    return {
        "match_id": match.match_id,
        "name": match.name,
        "division_id": match.division_id,
        "stage_id": match.stage_id,
        "court_id": match.court_id,
        "team1_id": match.team1.team_id,
        "team2_id": match.team2.team_id,
        "work_team_id": match.work_team.team_id,
        "team1_text": match.team1.text,
        "team2_text": match.team2.text,
        "work_team_text": match.work_team.text,
        "day": match.start.date().isoformat() if match.start else None,
        "starts_at": instant(match.start, zone),
        "ends_at": instant(match.end, zone),
        "format": match.format,
        "vanished_at": None,
    }


def instant(wall: datetime | None, zone: str) -> int | None:
    """A wall clock time at the venue as an instant."""
    return None if wall is None else wall_to_ms(wall, zone)
