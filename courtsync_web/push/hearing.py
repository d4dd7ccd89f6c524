"""What happens at an event, turned into jobs, in the transaction it happens in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.events.models import Match
from courtsync_web.happenings import (
    Happening,
    MatchCalled,
    MatchFinal,
    MatchStarted,
    Move,
    PlanChanged,
    ScheduleChanged,
    SetWon,
)
from courtsync_web.push.audience import followers, planners, ringers, tell
from courtsync_web.push.kinds import HOUR, MATCH_FINAL, MATCH_SOON, MINUTE, SCHEDULE, SET_WON, Kind
from courtsync_web.push.plans import hear_clashes, hear_plan

CALLED_EARLY = 45 * MINUTE
"""A claim longer before the printed start says nothing yet: somebody tries things out."""
YESTERDAYS = 10 * HOUR
"""After its printed start a match is no news, however late its score arrives."""


async def hear(session: AsyncSession, happening: Happening) -> None:
    """Write the jobs that follow from a happening."""
    match happening:
        case MatchCalled() | MatchStarted():
            await hear_beginning(session, happening)
        case SetWon():
            facts = {"set": happening.number, "points": happening.points,
                     "setsWon": happening.sets_won}  # fmt: skip
            await hear_result(session, SET_WON, happening, happening.number, facts)
        case MatchFinal():
            facts = {"sets": happening.sets, "setsWon": happening.sets_won,
                     "winner": happening.winner}  # fmt: skip
            await hear_result(session, MATCH_FINAL, happening, 0, facts)
        case ScheduleChanged():
            await hear_moves(session, happening)
            await hear_clashes(session, happening)
        case PlanChanged():
            await hear_plan(session, happening)
        case _:
            pass


@dataclass(frozen=True, slots=True)
class Playing:
    """The little that matters of a match's row."""

    starts_at: int
    teams: tuple[int | None, int | None]


async def playing(session: AsyncSession, event_id: str, match_id: int) -> Playing | None:
    """A match with a printed time; none where it has no time or is not there."""
    statement: Any = select(col(Match.starts_at), col(Match.team1_id), col(Match.team2_id)).where(
        col(Match.event_id) == event_id, col(Match.match_id) == match_id
    )
    row = (await session.exec(statement)).first()
    return Playing(row[0], (row[1], row[2])) if row and row[0] is not None else None


async def hear_beginning(session: AsyncSession, happening: MatchCalled | MatchStarted) -> None:
    """Who was not reminded yet is told now: the court runs earlier than anybody expected."""
    match = await playing(session, happening.event_id, happening.match_id)
    began = isinstance(happening, MatchStarted)
    far = YESTERDAYS if began else CALLED_EARLY
    if match is None or abs(match.starts_at - happening.at) > far:
        return
    await tell(
        session,
        MATCH_SOON,
        everyone(happening.event_id, happening.match_id, match),
        event_id=happening.event_id,
        match_id=happening.match_id,
        occasion=match.starts_at,
        now=happening.at,
        expires_at=happening.at + MATCH_SOON.useful,
        facts={"said": "started" if began else "called"},
    )


async def hear_result(
    session: AsyncSession,
    kind: Kind,
    happening: SetWon | MatchFinal,
    occasion: int,
    facts: dict[str, Any],
) -> None:
    match = await playing(session, happening.event_id, happening.match_id)
    if match is None or happening.at - match.starts_at > YESTERDAYS:
        return
    await tell(
        session,
        kind,
        everyone(happening.event_id, happening.match_id, match, planned=False),
        event_id=happening.event_id,
        match_id=happening.match_id,
        occasion=occasion,
        now=happening.at,
        expires_at=happening.at + kind.useful,
        facts=facts,
    )


async def hear_moves(session: AsyncSession, happening: ScheduleChanged) -> None:
    """Moves of matches that are still to come; a small one is for the reminder to follow."""
    for move in happening.moves:
        before, after = move.starts_before, move.starts_at
        latest = max(before or 0, after or 0)
        if latest < happening.at or not worth_telling(move):
            continue
        teams = await teams_of(session, happening.event_id, move.match_id)
        await tell(
            session,
            SCHEDULE,
            [
                followers(happening.event_id, teams),
                ringers(happening.event_id, move.match_id),
                planners(happening.event_id, move.match_id),
            ],
            event_id=happening.event_id,
            match_id=move.match_id,
            occasion=happening.seq,
            now=happening.at,
            expires_at=min(latest, happening.at + SCHEDULE.useful),
            facts={
                "from": before,
                "to": after,
                "courtFrom": move.court_before,
                "court": move.court_id,
                "gone": move.gone,
            },
        )


SMALL_MOVE = 5 * MINUTE


def worth_telling(move: Move) -> bool:
    """Another court, gone, or at least some minutes earlier or later."""
    if move.gone or move.court_before != move.court_id:
        return True
    if move.starts_before is None or move.starts_at is None:
        return move.starts_before != move.starts_at
    return abs(move.starts_at - move.starts_before) >= SMALL_MOVE


async def teams_of(session: AsyncSession, event_id: str, match_id: int) -> Sequence[int | None]:
    """The teams that play and the one that works."""
    statement: Any = select(
        col(Match.team1_id), col(Match.team2_id), col(Match.work_team_id)
    ).where(col(Match.event_id) == event_id, col(Match.match_id) == match_id)
    return (await session.exec(statement)).first() or ()


def everyone(event_id: str, match_id: int, match: Playing, *, planned: bool = True) -> list[Any]:
    """Everybody whom the match itself concerns."""
    people = [followers(event_id, match.teams), ringers(event_id, match_id)]
    return [*people, planners(event_id, match_id)] if planned else people
