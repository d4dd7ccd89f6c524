"""The matches of an event as JSON shows them, narrowed by what the caller asks for."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.clock import venue
from courtsync_web.events.documents import MatchDocument, Place
from courtsync_web.events.formats_in_force import wire_format
from courtsync_web.events.models import Court, Division, Event, Match, Stage, Team
from courtsync_web.scoring.models import Score

NOT_STARTED = "not-started"

Team1, Team2, WorkTeam = aliased(Team), aliased(Team), aliased(Team)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What to look for; none means any. A team's or club's matches are those it plays."""

    day: str | None = None
    team_id: int | None = None
    club_id: int | None = None
    division_id: int | None = None
    court_id: int | None = None
    status: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same as SQL over :func:`with_names`."""
        plays = or_(col(Match.team1_id) == self.team_id, col(Match.team2_id) == self.team_id)
        club = or_(col(Team1.club_id) == self.club_id, col(Team2.club_id) == self.club_id)
        status = func.coalesce(col(Score.status), NOT_STARTED) == self.status
        asked: list[tuple[object, ColumnElement[bool]]] = [
            (self.day, col(Match.day) == self.day),
            (self.team_id, plays),
            (self.club_id, club),
            (self.division_id, col(Match.division_id) == self.division_id),
            (self.court_id, col(Match.court_id) == self.court_id),
            (self.status, status),
        ]
        return [condition for value, condition in asked if value is not None]


def with_names() -> Any:
    """Matches joined with everything their ids stand for."""

    def beside(table: Any, key: Any, reference: Any) -> tuple[Any, ColumnElement[bool]]:
        same_event = col(table.event_id) == col(Match.event_id)
        return table, and_(same_event, key == reference)

    joined = (
        beside(Team1, col(Team1.team_id), col(Match.team1_id)),
        beside(Team2, col(Team2.team_id), col(Match.team2_id)),
        beside(WorkTeam, col(WorkTeam.team_id), col(Match.work_team_id)),
        beside(Division, col(Division.division_id), col(Match.division_id)),
        beside(Court, col(Court.court_id), col(Match.court_id)),
        beside(Stage, col(Stage.stage_id), col(Match.stage_id)),
        beside(Score, col(Score.match_id), col(Match.match_id)),
    )
    statement = select_columns(
        Match,
        col(Team1.name),
        col(Team2.name),
        col(WorkTeam.name),
        col(Division.name),
        col(Division.format),
        col(Court.name),
        Stage,
        col(Score.status),
    ).select_from(Match)
    for table, condition in joined:
        statement = statement.outerjoin(table, condition)
    return statement


async def matches_of(
    session: AsyncSession, event: Event, narrowed: Narrowed
) -> list[MatchDocument]:
    """Matches by start (those without a time last), then by court in human order."""
    rows = await session.exec(
        with_names()
        .where(col(Match.event_id) == event.id, *narrowed.conditions())
        .order_by(
            col(Match.starts_at).is_(None),
            col(Match.starts_at),
            col(Court.position),
            col(Match.match_id),
        )
    )
    return [match_document(event, row) for row in rows]


def match_document(event: Event, row: Any) -> MatchDocument:
    match, name1, name2, work_name, division, division_format, court, stage, status = row
    return MatchDocument(
        match_id=match.match_id,
        name=match.name,
        status=status or NOT_STARTED,
        division_id=match.division_id,
        division_name=division,
        court_id=match.court_id,
        court_name=court,
        team1_id=match.team1_id,
        team2_id=match.team2_id,
        work_team_id=match.work_team_id,
        team1=place(match.team1_id, name1),
        team2=place(match.team2_id, name2),
        work_team=place(match.work_team_id, work_name),
        team1_text=match.team1_text,
        team2_text=match.team2_text,
        work_team_text=match.work_team_text,
        day=match.day,
        start=wall_clock(match.starts_at, event.timezone),
        end=wall_clock(match.ends_at, event.timezone),
        starts_at=match.starts_at,
        ends_at=match.ends_at,
        pool=stage.name if stage and stage.kind == "pool" else "",
        round=stage.round if stage else "",
        stage=stage.name if stage else "",
        format=wire_format(
            match.format, stage.format if stage else None, division_format, event.format
        ),
        vanished=match.vanished_at is not None,
    )


def place(team_id: int | None, name: str | None) -> Place | None:
    return Place(team_id, name) if team_id is not None and name is not None else None


def wall_clock(ms: int | None, zone: str) -> str | None:
    """An instant as the schedule document writes it: ``2026-01-31T08:00:00``."""
    return None if ms is None else venue(ms, zone).replace(tzinfo=None).isoformat("T", "seconds")
