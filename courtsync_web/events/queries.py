"""Finding events and their facts, always through the person who asks."""

import re
from typing import Any, Protocol

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.errors import not_found
from courtsync_web.events.documents import (
    ClubDocument,
    CourtDocument,
    DivisionDocument,
    EventDocument,
    EventSummary,
    PlayDay,
    TeamDocument,
)
from courtsync_web.events.formats_in_force import wire_format
from courtsync_web.events.models import EVENT_ID, Club, Court, Division, Event, Match, Team
from courtsync_web.events.standings import criteria_of

EVENT_ID_SHAPE = re.compile(rf"[A-Za-z0-9_-]{{1,{EVENT_ID}}}")
LISTED = 500
"""Events in one list; more than anybody reads."""


async def event_for(session: AsyncSession, event_id: str, viewer: Person | None) -> Event:
    """The event, if there is one and ``viewer`` may see it; else 404, whichever it was."""
    event = await session.get(Event, event_id) if EVENT_ID_SHAPE.fullmatch(event_id) else None
    if event is None or not may_see(event, viewer):
        raise not_found("event")
    return event


class Open(Protocol):
    """An event as far as it says who may look and who runs it."""

    id: str
    owner_id: str | None
    visibility: str


def may_see(event: Open, viewer: Person | None) -> bool:
    """Public and unlisted events are for whoever has the address, private ones for their people."""
    if event.visibility != "private" or owns(event, viewer):
        return True
    return viewer is not None and viewer.is_of(event.id)


def owns(event: Open, viewer: Person | None) -> bool:
    """Whether the event is ``viewer``'s own."""
    return viewer is not None and event.owner_id == viewer.id


def organizes(event: Open, viewer: Person | None) -> bool:
    """Whether ``viewer`` runs the event: its owner, or whom the owner made an organizer too."""
    if owns(event, viewer):
        return True
    return viewer is not None and viewer.roles.get(event.id) == "organizer"


def listed_for(viewer: Person | None) -> ColumnElement[bool]:
    """Which events a list shows to ``viewer``: public ones, and those that are theirs."""
    public: ColumnElement[bool] = col(Event.visibility) == "public"
    if viewer is None:
        return public
    return or_(public, col(Event.owner_id) == viewer.id, col(Event.id).in_(viewer.event_ids))


async def events_seen_by(session: AsyncSession, viewer: Person | None) -> list[EventSummary]:
    """Public events and one's own, the latest first."""
    statement = (
        select(Event)
        .where(listed_for(viewer))
        .order_by(col(Event.start_date).desc(), col(Event.name), col(Event.id))
        .limit(LISTED)
    )
    return [summary(event) for event in await session.exec(statement)]


def summary(event: Event) -> EventSummary:
    """An event in a list."""
    return EventSummary(
        event_id=event.id,
        name=event.name,
        timezone=event.timezone,
        location=event.location,
        start_date=event.start_date,
        end_date=event.end_date,
        visibility=event.visibility,
    )


async def event_document(session: AsyncSession, event: Event) -> EventDocument:
    """The event with its clubs, divisions, courts and play days."""
    days = await play_days(session, event.id)
    matches, teams = (
        await session.exec(
            select(
                select(func.count()).where(col(Match.event_id) == event.id).scalar_subquery(),
                select(func.count()).where(col(Team.event_id) == event.id).scalar_subquery(),
            )
        )
    ).one()
    return EventDocument(
        event_id=event.id,
        name=event.name,
        timezone=event.timezone,
        location=event.location,
        start_date=event.start_date,
        end_date=event.end_date,
        visibility=event.visibility,
        scoring_policy=event.scoring_policy,
        pool_criteria=list(criteria_of(event.pool_criteria)),
        format=wire_format(None, None, None, event.format),
        seq=event.seq,
        schedule_seq=event.schedule_seq,
        updated_at=event.updated_at,
        days=days,
        match_count=matches,
        team_count=teams,
        clubs=await clubs_of(session, event.id),
        divisions=await divisions_of(session, event.id),
        courts=await courts_of(session, event.id),
    )


async def play_days(session: AsyncSession, event_id: str) -> list[PlayDay]:
    rows = await session.exec(
        select(col(Match.day), func.count())
        .where(col(Match.event_id) == event_id, col(Match.day).is_not(None))
        .group_by(col(Match.day))
        .order_by(col(Match.day))
    )
    return [PlayDay(day or "", number) for day, number in rows]


async def clubs_of(session: AsyncSession, event_id: str) -> list[ClubDocument]:
    rows = await session.exec(
        select(col(Club.club_id), col(Club.name))
        .where(col(Club.event_id) == event_id)
        .order_by(col(Club.name), col(Club.club_id))
    )
    return [ClubDocument(*row) for row in rows]


async def divisions_of(session: AsyncSession, event_id: str) -> list[DivisionDocument]:
    rows = await session.exec(
        select(
            col(Division.division_id), col(Division.name), col(Division.color), col(Division.format)
        )
        .where(col(Division.event_id) == event_id)
        .order_by(col(Division.position), col(Division.division_id))
    )
    return [DivisionDocument(*row) for row in rows]


async def courts_of(session: AsyncSession, event_id: str) -> list[CourtDocument]:
    rows = await session.exec(
        select(col(Court.court_id), col(Court.name), col(Court.video_link))
        .where(col(Court.event_id) == event_id)
        .order_by(col(Court.position), col(Court.court_id))
    )
    return [CourtDocument(*row) for row in rows]


async def teams_of(session: AsyncSession, event_id: str) -> list[TeamDocument]:
    """The event's teams with their clubs' and divisions' names."""
    statement: Any = (
        select_columns(
            col(Team.team_id),
            col(Team.name),
            col(Team.code),
            col(Team.club_id),
            col(Club.name),
            col(Team.division_id),
            col(Division.name),
        )
        .select_from(Team)
        .outerjoin(
            Club, (col(Club.event_id) == event_id) & (col(Club.club_id) == col(Team.club_id))
        )
        .outerjoin(
            Division,
            (col(Division.event_id) == event_id)
            & (col(Division.division_id) == col(Team.division_id)),
        )
        .where(col(Team.event_id) == event_id)
        .order_by(col(Team.name), col(Team.team_id))
    )
    rows = await session.exec(statement)
    return [
        TeamDocument(
            team_id=team_id,
            name=name,
            code=code,
            club_id=club_id,
            club_name=club_name,
            division_id=division_id,
            division_name=division_name,
        )
        for team_id, name, code, club_id, club_name, division_id, division_name in rows
    ]
