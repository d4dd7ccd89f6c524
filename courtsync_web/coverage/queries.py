"""Reading coverage plans."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.coverage.clashes import clashes, span_of
from courtsync_web.coverage.documents import PlanDocument
from courtsync_web.coverage.models import PlannedMatch, PlanSetting, ShotMatch
from courtsync_web.coverage.stays import Stay
from courtsync_web.events.models import Match, Team

FOLLOWED = "followed"
"""Whom to cover before anything is said: the teams one follows; all, where one follows none."""
NO_CLUB = frozenset({FOLLOWED, "all"})


async def plan_of(session: AsyncSession, event_id: str, person_id: str) -> PlanDocument:
    """A person's plan for an event; empty where there is none."""
    rows = await planned_rows(session, event_id, person_id)
    teams = {team for row in rows for team in (row.team1_id, row.team2_id) if team is not None}
    spans = [span_of(row.match_id, row.starts_at, row.ends_at) for row in rows]
    mine = (col(PlannedMatch.user_id) == person_id, col(PlannedMatch.event_id) == event_id)
    last = select(func.max(col(PlannedMatch.changed_at))).where(*mine).scalar_subquery()
    total = select(func.count()).where(col(Team.event_id) == event_id).scalar_subquery()
    updated_at, teams_total = (await session.exec(select(last, total))).one()  # type: ignore[call-overload]  # a Core select
    setting = await setting_of(session, event_id, person_id)
    shot = await matches_shot(session, event_id, person_id)
    return PlanDocument(
        event_id=event_id,
        selected_matches=[row.match_id for row in rows],
        updated_at=updated_at,
        conflicts=[list(pair) for pair in clashes(span for span in spans if span)],
        teams_covered=len(teams),
        teams_total=teams_total,
        shot=[row.match_id for row in rows if row.match_id in shot],
        stay=setting.stay,
        aim=setting.aim,
        aim_teams=await teams_of_club(session, event_id, setting.aim),
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """How a person means to cover an event; what it is before they say so."""

    stay: Stay = Stay.WHOLE
    aim: str = FOLLOWED


async def setting_of(session: AsyncSession, event_id: str, person_id: str) -> Setting:
    """What the person chose, else what is usual."""
    kept = await session.get(PlanSetting, (person_id, event_id))
    return Setting() if kept is None else Setting(Stay(kept.stay), kept.aim)


async def teams_of_club(session: AsyncSession, event_id: str, aim: str) -> list[int]:
    """The teams of the club that an aim names; none where it names no club."""
    if aim in NO_CLUB or abs(int(aim)) >= 2**63:
        return []
    statement: Any = (
        select(col(Team.team_id))
        .where(col(Team.event_id) == event_id, col(Team.club_id) == int(aim))
        .order_by(col(Team.team_id))
    )
    return list((await session.exec(statement)).scalars())


async def matches_shot(session: AsyncSession, event_id: str, person_id: str) -> frozenset[int]:
    """Ids of the matches that a person has ticked off."""
    statement: Any = select(col(ShotMatch.match_id)).where(
        col(ShotMatch.event_id) == event_id,
        col(ShotMatch.user_id) == person_id,
        col(ShotMatch.shot),
    )
    return frozenset((await session.exec(statement)).scalars())


async def planned_rows(session: AsyncSession, event_id: str, person_id: str) -> list[Any]:
    """Ids, teams and times of the planned matches that the schedule still names, by start."""
    statement: Any = (
        select(
            col(Match.match_id),
            col(Match.team1_id),
            col(Match.team2_id),
            col(Match.starts_at),
            col(Match.ends_at),
        )
        .join(
            PlannedMatch,
            and_(
                col(PlannedMatch.event_id) == col(Match.event_id),
                col(PlannedMatch.match_id) == col(Match.match_id),
            ),
        )
        .where(
            col(Match.event_id) == event_id,
            col(Match.vanished_at).is_(None),
            col(PlannedMatch.user_id) == person_id,
            col(PlannedMatch.planned),
        )
        .order_by(col(Match.starts_at).is_(None), col(Match.starts_at), col(Match.match_id))
    )
    return list(await session.exec(statement))


async def matches_planned(session: AsyncSession, event_id: str, person_id: str) -> frozenset[int]:
    """Ids of the matches in a person's plan."""
    return frozenset(row.match_id for row in await planned_rows(session, event_id, person_id))


async def planners_of(
    session: AsyncSession, event_id: str, match_ids: list[int]
) -> dict[int, list[str]]:
    """Ids of the people in whose plans these matches are, by match; others are left out."""
    rows: Any = await session.exec(
        select(col(PlannedMatch.match_id), col(PlannedMatch.user_id))  # type: ignore[call-overload]  # a Core select
        .where(
            col(PlannedMatch.event_id) == event_id,
            col(PlannedMatch.match_id).in_(match_ids),
            col(PlannedMatch.planned),
        )
        .order_by(col(PlannedMatch.user_id))
    )
    found: dict[int, list[str]] = {}
    for match_id, user_id in rows:
        found.setdefault(match_id, []).append(user_id)
    return found
