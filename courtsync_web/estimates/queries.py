"""Today's matches with their scores, read at once, and what they say about the rest of the day."""

from typing import Any

from sqlalchemy import and_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.clock import venue_day
from courtsync_web.estimates.habits import RALLY
from courtsync_web.estimates.outlook import outlook
from courtsync_web.estimates.slots import Estimate, Played, Slot
from courtsync_web.events.formats_in_force import (
    PLACES,
    joined_to_formats,
    read_stored,
    wire_format,
)
from courtsync_web.events.models import Event, Match
from courtsync_web.scoring.models import Score, ScoreUpdate
from courtsync_web.volleyball.formats import DEFAULT, PRESETS, Format, FormatError

FOLLOWED = 6
"""Updates from which on a finished match was followed; fewer make a result that was typed in."""
SLOT = 3_600_000
"""How long a match is given that the schedule gives no end."""

COLUMNS = (
    col(Match.match_id),
    col(Match.court_id),
    col(Match.team1_id),
    col(Match.team2_id),
    col(Match.starts_at),
    col(Match.ends_at),
    col(Score.status),
    col(Score.sets),
    col(Score.sets_won1),
    col(Score.sets_won2),
    col(Score.revision),
    col(Score.changed_at),
    col(ScoreUpdate.happened_at),
    col(ScoreUpdate.state),
)


async def estimates_of(session: AsyncSession, event: Event, now: int) -> dict[int, Estimate]:
    """When each match of the venue's today begins, by id; other days begin as printed."""
    return outlook(await slots_of(session, event, now), now)


async def slots_of(session: AsyncSession, event: Event, now: int) -> list[Slot]:
    """Today's matches that have a time, as the schedule and their scores tell."""
    today = venue_day(now, event.timezone).isoformat()
    statement: Any = joined_to_formats(select(*COLUMNS, *PLACES).select_from(Match))
    statement = (
        statement.outerjoin(
            Score,
            and_(
                col(Score.event_id) == col(Match.event_id),
                col(Score.match_id) == col(Match.match_id),
            ),
        )
        .outerjoin(
            ScoreUpdate,
            and_(
                col(ScoreUpdate.event_id) == col(Score.event_id),
                col(ScoreUpdate.match_id) == col(Score.match_id),
                col(ScoreUpdate.revision) == 1,
            ),
        )
        .where(
            col(Match.event_id) == event.id,
            col(Match.day) == today,
            col(Match.starts_at).is_not(None),
            col(Match.vanished_at).is_(None),
        )
    )
    return [slot_of(row) for row in await session.exec(statement)]


def slot_of(row: Any) -> Slot:
    match_id, court_id, team1, team2, starts_at, ends_at, *score = row[: len(COLUMNS)]
    return Slot(
        match_id=match_id,
        court_id=court_id,
        teams=tuple(team for team in (team1, team2) if team is not None),
        starts_at=starts_at,
        ends_at=starts_at + SLOT if ends_at is None else ends_at,
        format=format_of(wire_format(*row[len(COLUMNS) :])),
        played=played_of(*score),
    )


def format_of(wire: dict[str, Any]) -> Format:
    """The format in force; one that this version cannot read is taken for the usual one."""
    try:
        return read_stored(wire)
    except FormatError:
        return PRESETS[DEFAULT]


def played_of(
    status: str | None,
    sets: list[Any] | None,
    won1: int,
    won2: int,
    revision: int,
    changed_at: int,
    first_at: int | None,
    first_state: dict[str, Any] | None,
) -> Played | None:
    """A score as estimating sees it; none before the first point."""
    if status is None or status == "not-started" or sets is None:
        return None
    over = status == "completed"
    followed = first_at is not None and (not over or revision >= FOLLOWED)
    # A correction by the desk comes later than the last ball.
    ended_at = sets[-1][2] if over and followed and sets else None
    return Played(
        points=tuple((one, two) for one, two, _ in sets),
        won=(won1, won2),
        running=bool(sets) and not over and sets[-1][2] is None,
        over=over,
        changed_at=changed_at if ended_at is None else min(changed_at, ended_at),
        begun_at=begun_at(first_at or 0, first_state or {}) if followed else None,
        waited=max(0, len(sets) - 1),
    )


def begun_at(first_at: int, first_state: dict[str, Any]) -> int:
    """The first ball: when the first update was made, less what a late scorer had missed."""
    rallies: int = sum(one + two for one, two, _ in first_state.get("sets", ()))
    return first_at - round(RALLY * rallies)
