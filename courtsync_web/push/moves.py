"""A changed schedule, told to those whose matches it has moved: each match by itself, or, where
somebody has many, all of them as one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, and_, cast, literal, null, or_, select, union_all
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.coverage.models import PlannedMatch
from courtsync_web.events.models import Match
from courtsync_web.following.models import Follow
from courtsync_web.happenings import Move, ScheduleChanged
from courtsync_web.push.audience import wants
from courtsync_web.push.jobs import Row, insert_new, row
from courtsync_web.push.kinds import MINUTE, SCHEDULE
from courtsync_web.push.models import PushBell

SMALL_MOVE = 5 * MINUTE
FEW = 3
"""Moved matches of which a person is told one by one."""


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom a moved match concerns, and why."""

    user_id: str
    match_id: int
    reason: str
    team_id: int | None


async def hear_moves(session: AsyncSession, happening: ScheduleChanged) -> None:
    """Moves of matches that are still to come; a small one is for the reminder to follow."""
    moves = {
        one.match_id: one
        for one in happening.moves
        if latest(one) >= happening.at and worth_telling(one)
    }
    concerns: dict[str, list[Concern]] = defaultdict(list)
    for one in await concerned(session, happening.event_id, list(moves)):
        concerns[one.user_id].append(one)
    rows = [made for theirs in concerns.values() for made in rows_of(theirs, moves, happening)]
    await insert_new(session, rows)


def latest(move: Move) -> int:
    return max(move.starts_before or 0, move.starts_at or 0)


def worth_telling(move: Move) -> bool:
    """Another court, gone, or at least some minutes earlier or later."""
    if move.gone or move.court_before != move.court_id:
        return True
    if move.starts_before is None or move.starts_at is None:
        return move.starts_before != move.starts_at
    return abs(move.starts_at - move.starts_before) >= SMALL_MOVE


async def concerned(
    session: AsyncSession, event_id: str, match_ids: Sequence[int]
) -> Iterable[Concern]:
    """Everybody who wants to hear of these matches, once for each; of several reasons the first
    counts: a followed team that plays or works, a bell, a plan."""
    if not match_ids:
        return ()
    moved = and_(col(Match.event_id) == event_id, col(Match.match_id).in_(match_ids))
    sides = (Match.team1_id, Match.team2_id, Match.work_team_id)
    follows: Any = select(
        col(Follow.user_id).label("user_id"), col(Match.match_id).label("match_id"),
        col(Follow.team_id).label("team_id"), literal("team").label("reason"),
        literal(0).label("rank"),
    ).join_from(
        Match, Follow,
        and_(
            col(Follow.event_id) == col(Match.event_id),
            or_(*(col(Follow.team_id) == col(side) for side in sides)),
        ),
    ).where(moved, col(Follow.following))  # fmt: skip
    found = union_all(
        follows,
        named(PushBell, "match", 1, event_id, match_ids),
        named(PlannedMatch, "plan", 2, event_id, match_ids).where(col(PlannedMatch.planned)),
    ).subquery()
    people: Any = (
        select(found.c.user_id, found.c.match_id, found.c.reason, found.c.team_id)
        .where(wants(SCHEDULE, event_id, found.c.user_id, found.c.team_id))
        .order_by(found.c.rank)
    )
    first: dict[tuple[str, int], Concern] = {}
    for one in await session.exec(people):
        first.setdefault((one[0], one[1]), Concern(*one))
    return first.values()


def named(table: Any, reason: str, rank: int, event_id: str, match_ids: Sequence[int]) -> Any:
    """Those who have named one of the matches themselves."""
    return select(
        col(table.user_id),
        col(table.match_id),
        cast(null(), BigInteger),
        literal(reason),
        literal(rank),
    ).where(col(table.event_id) == event_id, col(table.match_id).in_(match_ids))


def rows_of(
    concerns: Sequence[Concern], moves: Mapping[int, Move], happening: ScheduleChanged
) -> Iterator[Row]:
    """One person's jobs."""
    if len(concerns) <= FEW:
        for one in concerns:
            move = moves[one.match_id]
            yield job(one, move, happening, latest(move))
        return
    theirs = [moves[one.match_id] for one in concerns]
    soonest = min(concerns, key=lambda one: starts(moves[one.match_id]))
    until = max(latest(one) for one in theirs)
    yield job(soonest, moves[soonest.match_id], happening, until, moves=len(theirs))


def starts(move: Move) -> int:
    """When a match is to start now; as it was where it has no time any more."""
    return move.starts_at or latest(move)


def job(concern: Concern, move: Move, happening: ScheduleChanged, until: int, **more: int) -> Row:
    """What a person is told of a move; from ``until`` on it is of no use."""
    facts = {
        "from": move.starts_before,
        "to": move.starts_at,
        "courtFrom": move.court_before,
        "court": move.court_id,
        "gone": move.gone,
    }
    return row(
        concern.user_id,
        SCHEDULE.name,
        event_id=happening.event_id,
        match_id=concern.match_id,
        occasion=happening.seq,
        reason=concern.reason,
        team_id=concern.team_id,
        facts=facts | more,
        due_at=happening.at,
        expires_at=min(until, happening.at + SCHEDULE.useful),
        now=happening.at,
    )
