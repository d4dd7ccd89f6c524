"""The pools of an event: their finished matches read, and ranked."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.events.documents import PoolDocument, StandingDocument
from courtsync_web.events.models import Event, Match, Stage, Team
from courtsync_web.events.standings import Result, Standing, criteria_of, ranked
from courtsync_web.scoring.models import Score


async def pools_of(
    session: AsyncSession, event_id: str, *, division_id: int | None = None
) -> list[PoolDocument]:
    """Every pool with its teams in order; ``division_id`` narrows."""
    pools = await pools_with_stages(session, event_id, division_id=division_id)
    return [document for _, document in pools]


async def pools_with_stages(
    session: AsyncSession, event_id: str, *, division_id: int | None = None
) -> list[tuple[int, PoolDocument]]:
    """The same, each with its stage's id.

    Only finished matches count. The order is computed from scores until the desk has ranked
    the pool; then the desk's own stands.
    """
    stages = await pool_stages(session, event_id, division_id)
    statement: Any = (
        select_columns(
            col(Match.stage_id),
            col(Match.team1_id),
            col(Match.team2_id),
            col(Score.status),
            col(Score.winner),
            col(Score.sets),
        )
        .select_from(Match)
        .outerjoin(
            Score,
            and_(
                col(Score.event_id) == col(Match.event_id),
                col(Score.match_id) == col(Match.match_id),
            ),
        )
        .where(
            col(Match.event_id) == event_id,
            col(Match.stage_id).in_([stage.stage_id for stage in stages]),
            col(Match.vanished_at).is_(None),
        )
        .order_by(col(Match.starts_at), col(Match.match_id))
    )
    played: dict[int, list[Any]] = {stage.stage_id: [] for stage in stages}
    for stage_id, *match in await session.exec(statement):
        played[stage_id].append(match)
    names = await team_names(session, event_id)
    stored = select(col(Event.pool_criteria)).where(col(Event.id) == event_id)
    criteria = criteria_of((await session.exec(stored)).one())
    return [
        (stage.stage_id, pool_document(stage, played[stage.stage_id], names, criteria))
        for stage in stages
    ]


async def pool_stages(
    session: AsyncSession, event_id: str, division_id: int | None
) -> Sequence[Stage]:
    wanted = [col(Stage.event_id) == event_id, col(Stage.kind) == "pool"]
    if division_id is not None:
        wanted.append(col(Stage.division_id) == division_id)
    statement = select(Stage).where(*wanted).order_by(col(Stage.position), col(Stage.stage_id))
    return (await session.exec(statement)).all()


async def team_names(session: AsyncSession, event_id: str) -> dict[int, str]:
    rows = await session.exec(
        select(col(Team.team_id), col(Team.name)).where(col(Team.event_id) == event_id)
    )
    return {row[0]: row[1] for row in rows}


def pool_document(
    stage: Stage, matches: list[Any], names: dict[int, str], criteria: Sequence[str]
) -> PoolDocument:
    """One pool. Matches are ``[team1, team2, status, winner, sets]``."""
    standings = in_desk_order(ranked(*entered(stage, matches, names), criteria), stage)
    decided = bool(matches) and all(match[2] == "completed" for match in matches)
    return PoolDocument(
        pool=stage.name,
        round=stage.round,
        division_id=stage.division_id,
        finished=stage.finished or decided,
        teams=[standing_document(standing, names) for standing in standings],
    )


def entered(
    stage: Stage, matches: list[Any], names: dict[int, str]
) -> tuple[list[int], list[Result]]:
    """Who is in the pool, by name, and what has been decided between them."""
    teams = {team_id for team_id, _ in stage.ranks or ()}
    results = []
    for team1, team2, status, winner, sets in matches:
        teams |= {team1, team2}
        if status == "completed" and team1 in names and team2 in names:
            results.append(Result(team1, team2, winner, [(one[0], one[1]) for one in sets]))
    known = [team_id for team_id in teams if team_id in names]
    return sorted(known, key=lambda team_id: (names[team_id], team_id)), results


def in_desk_order(standings: list[Standing], stage: Stage) -> list[Standing]:
    """The desk's ranks instead of ours, once it has ranked the pool."""
    desk = {team_id: rank for team_id, rank in stage.ranks or () if rank is not None}
    if not stage.finished or any(standing.team_id not in desk for standing in standings):
        return standings
    for standing in standings:
        standing.rank = desk[standing.team_id]
    return sorted(standings, key=lambda standing: standing.rank)


def standing_document(standing: Standing, names: dict[int, str]) -> StandingDocument:
    return StandingDocument(
        team_id=standing.team_id,
        name=names[standing.team_id],
        rank=standing.rank,
        matches_won=standing.matches_won,
        matches_lost=standing.matches_lost,
        sets_won=standing.sets_won,
        sets_lost=standing.sets_lost,
        points_for=standing.points_for,
        points_against=standing.points_against,
    )
