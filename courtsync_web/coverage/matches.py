"""The event's matches as planning sees them: where, whose, and when they will really be played."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.coverage.clashes import SLOT
from courtsync_web.coverage.route import Stop
from courtsync_web.estimates.slots import Estimate
from courtsync_web.events.models import Match
from courtsync_web.events.names import Names
from courtsync_web.events.walking import Place, place_of
from courtsync_web.scoring.models import Score

STILL_ON = 5 * 60_000
"""A match that outlasts what was expected of it goes on for so long from now."""
STATUS = {"in-progress": "live", "completed": "over"}

COLUMNS = (
    col(Match.match_id),
    col(Match.court_id),
    col(Match.division_id),
    col(Match.team1_id),
    col(Match.team2_id),
    col(Match.team1_text),
    col(Match.team2_text),
    col(Match.day),
    col(Match.starts_at),
    col(Match.ends_at),
    col(Score.status),
    col(Score.changed_at),
)


@dataclass(frozen=True, slots=True)
class Planable:
    """A match that one may plan. Times are instants; without a printed start it has none."""

    match_id: int
    court_id: int | None
    division_id: int | None
    pair: tuple[int | None, int | None]
    """The teams, as far as they are known."""
    sides: tuple[str, str]
    """Names of the teams, or what the schedule prints instead."""
    day: str
    printed: int | None
    start: int | None
    earliest: int | None
    latest: int | None
    end: int | None
    status: str
    """upcoming, live or over."""
    changed_at: int | None
    """When its score last changed."""

    def is_ahead(self, now: int) -> bool:
        """Whether it is still to come or under way."""
        return self.status != "over" and (self.end is None or self.end > now)

    @property
    def teams(self) -> list[int]:
        """The teams that are known."""
        return [team for team in self.pair if team is not None]

    def stop(self, names: Names) -> Stop | None:
        """As a place to be at; none without a time."""
        if self.start is None or self.earliest is None or self.latest is None or self.end is None:
            return None
        place = court_place(self.court_id, names)
        return Stop(self.match_id, place, self.start, self.earliest, self.latest, self.end)


async def planables(
    session: AsyncSession,
    event_id: str,
    names: Names,
    estimates: Mapping[int, Estimate],
    now: int,
) -> dict[int, Planable]:
    """All matches of the schedule by id, in order of their printed start."""
    same_score = and_(
        col(Score.event_id) == col(Match.event_id), col(Score.match_id) == col(Match.match_id)
    )
    statement: Any = (
        select(*COLUMNS)
        .select_from(Match)
        .outerjoin(Score, same_score)
        .where(col(Match.event_id) == event_id, col(Match.vanished_at).is_(None))
        .order_by(col(Match.starts_at).is_(None), col(Match.starts_at), col(Match.match_id))
    )
    rows = await session.exec(statement)
    return {row[0]: planable(row, names, estimates.get(row[0]), now) for row in rows}


def planable(row: Any, names: Names, estimate: Estimate | None, now: int) -> Planable:
    (
        match_id,
        court_id,
        division_id,
        team1,
        team2,
        text1,
        text2,
        day,
        printed,
        ends,
        score,
        changed,
    ) = row
    status = STATUS.get(score, "upcoming")
    start = estimate.start if estimate else printed
    lasts = SLOT if printed is None or ends is None else ends - printed
    end = None if start is None else start + lasts
    if end is not None and status == "live":
        end = max(end, now + STILL_ON)
    return Planable(
        match_id=match_id,
        court_id=court_id,
        division_id=division_id,
        pair=(team1, team2),
        sides=(called(team1, text1, names), called(team2, text2, names)),
        day=day or "",
        printed=printed,
        start=start,
        earliest=estimate.earliest if estimate else start,
        latest=estimate.latest if estimate else start,
        end=end,
        status=status,
        changed_at=changed,
    )


def called(team_id: int | None, text: str, names: Names) -> str:
    team = None if team_id is None else names.teams.get(team_id)
    return team[0] if team else text or "To be decided"


def court_place(court_id: int | None, names: Names) -> Place:
    """Where a court is, for walking; a match without one is nowhere in particular."""
    court = names.courts.get(court_id) if court_id is not None else None
    return place_of(court[0]) if court else Place("", None, "")
