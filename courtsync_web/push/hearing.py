"""What happens at an event, turned into jobs, in the transaction it happens in."""

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
    PlanChanged,
    ScheduleChanged,
    SetWon,
)
from courtsync_web.push.audience import followers, planners, reminded, ringers, tell
from courtsync_web.push.kinds import HOUR, MATCH_FINAL, MATCH_SOON, MINUTE, SET_WON, Kind
from courtsync_web.push.moves import hear_moves
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
        unless=lambda user_id: reminded(
            user_id, happening.event_id, happening.match_id, match.starts_at
        ),
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


def everyone(event_id: str, match_id: int, match: Playing, *, planned: bool = True) -> list[Any]:
    """Everybody whom the match itself concerns."""
    people = [followers(event_id, match.teams), ringers(event_id, match_id)]
    return [*people, planners(event_id, match_id)] if planned else people
