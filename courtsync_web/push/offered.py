"""What the page of notifications lists by name: tournaments to mute, and matches rung for."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import and_, or_, select, union
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.coverage.models import PlannedMatch
from courtsync_web.events.models import Court, Event, Match, Team
from courtsync_web.events.queries import may_see
from courtsync_web.events.words import clock_time, day_in_words
from courtsync_web.following.models import Follow
from courtsync_web.push.kinds import HOUR
from courtsync_web.push.models import PushBell, PushMute
from courtsync_web.scoring.models import Score

NAMELESS = "A tournament that is no longer open to you"
OVER = 24 * HOUR
"""After its start a match without a result is thought to be over."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A match whose bell is on, in words."""

    event_id: str
    event: str
    match_id: int
    teams: str
    when: str


async def events_to_mute(session: AsyncSession, person: Person) -> list[tuple[str, str]]:
    """Id and name of every event that concerns a person, and of those muted already.

    The latest first. What is muted stays listed whatever has become of it, but without a name
    where the person may no longer know it.
    """
    mine: Any = union(
        *(
            select(col(table.event_id)).where(col(table.user_id) == person.id, *conditions)
            for table, *conditions in (
                (Follow, col(Follow.following)),
                (PlannedMatch, col(PlannedMatch.planned)),
                (PushBell,),
                (PushMute,),
            )
        )
    )
    muted: Any = select(col(PushMute.event_id)).where(col(PushMute.user_id) == person.id)
    statement: Any = (
        select(Event, col(Event.id).in_(muted))
        .where(col(Event.id).in_(mine))
        .order_by(col(Event.start_date).desc(), col(Event.name), col(Event.id))
    )
    return [
        (event.id, event.name if may_see(event, person) else NAMELESS)
        for event, is_muted in await session.exec(statement)
        if is_muted or may_see(event, person)
    ]


async def matches_rung(
    session: AsyncSession, person: Person, now: int, *, twelve: bool
) -> list[list[Rung]]:
    """The matches to come or on whose bells are on, by start: a list for each event.

    ``twelve``: whether the reader writes 8:00 PM rather than 20:00.
    """
    one: Any = aliased(Team)
    two: Any = aliased(Team)
    columns: Any = (Event, Match, one.name, two.name, col(Court.name))
    statement: Any = (
        select(*columns)
        .select_from(PushBell)
        .join(Event, col(Event.id) == col(PushBell.event_id))
        .join(Match, of_event(Match.match_id, col(PushBell.match_id)))
        .outerjoin(one, and_(one.event_id == col(Match.event_id), one.team_id == Match.team1_id))
        .outerjoin(two, and_(two.event_id == col(Match.event_id), two.team_id == Match.team2_id))
        .outerjoin(Court, of_event(Court.court_id, col(Match.court_id)))
        .outerjoin(Score, of_event(Score.match_id, col(Match.match_id)))
        .where(
            col(PushBell.user_id) == person.id,
            col(Match.vanished_at).is_(None),
            or_(col(Score.status).is_(None), col(Score.status) != "completed"),
            or_(col(Match.starts_at).is_(None), col(Match.starts_at) > now - OVER),
        )
        .order_by(
            col(Event.start_date), col(Event.id),
            col(Match.starts_at).is_(None), col(Match.starts_at), col(Match.match_id),
        )
    )  # fmt: skip
    rows = [row for row in await session.exec(statement) if may_see(row[0], person)]
    rung = [described(*row, twelve=twelve) for row in rows]
    return [list(ones) for _, ones in groupby(rung, key=lambda match: match.event_id)]


def of_event(column: Any, is_: Any) -> Any:
    """A row of the bell's own event."""
    return and_(column.class_.event_id == col(PushBell.event_id), column == is_)


def described(
    event: Event, match: Match, one: str | None, two: str | None, court: str | None, *, twelve: bool
) -> Rung:
    teams = (one or match.team1_text, two or match.team2_text)
    when = "time to follow"
    if match.starts_at is not None:
        day = f"{day_in_words(match.day)}, " if match.day else ""
        when = day + clock_time(match.starts_at, event.timezone, twelve)
    return Rung(
        event.id,
        event.name,
        match.match_id,
        " – ".join(name or "To be decided" for name in teams),
        f"{when} · {court}" if court else when,
    )
