"""What is in a calendar: an event, a team with its duties, somebody's plan."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.clock import now_ms
from courtsync_web.coverage.models import PlannedMatch
from courtsync_web.errors import not_found
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.cards import Moment, card_of
from courtsync_web.events.expected import expect
from courtsync_web.events.models import DroppedMatch, Event, Match
from courtsync_web.events.names import names_of
from courtsync_web.events.views import in_order, match_rows
from courtsync_web.sharing.entries import Entry, UrlOf, called_off, entries_of
from courtsync_web.sharing.ics import written

SIDES = ("team1_id", "team2_id", "work_team_id")


def nowhere(_match_id: int) -> str:
    """For a file that leaves by the command line: nobody knows our address there."""
    return ""


@dataclass(frozen=True, slots=True)
class Book:
    """A calendar that was read, and is not written yet."""

    event: Event
    name: str
    entries: list[Entry]

    async def file(self) -> bytes:
        """A whole tournament takes most of a second to write: beside the loop."""
        return await asyncio.to_thread(written, self.event, self.name, self.entries)


class Calendars:
    """Reads them; ``url`` leads from an entry to the match's page."""

    def __init__(
        self, session: AsyncSession, recent: RecentEstimates, url: UrlOf, *, twelve: bool = True
    ) -> None:
        self._session = session
        self._recent = recent
        self._url = url
        self._twelve = twelve

    async def of_event(self, event: Event) -> Book:
        """Every match that has a time."""
        return Book(event, event.name, await self._entries(event, [], []))

    async def of_team(self, event: Event, team_id: int) -> Book:
        """What a team plays, and what it works as entries of their own. 404 without the team."""
        names = await names_of(self._session, event.id)
        if team_id not in names.teams:
            raise not_found("team")
        wanted = [
            or_(*(getattr(table, side) == team_id for side in SIDES))
            for table in (Match, DroppedMatch)
        ]
        entries = await self._entries(event, [wanted[0]], [wanted[1]], works_for=team_id)
        return Book(event, f"{names.teams[team_id][0]} · {event.name}", entries)

    async def of_plan(self, event: Event, user_id: str) -> Book:
        """The matches of a coverage plan."""
        planned = (
            select(col(PlannedMatch.match_id))
            .where(
                col(PlannedMatch.event_id) == event.id,
                col(PlannedMatch.user_id) == user_id,
                col(PlannedMatch.planned),
            )
            .scalar_subquery()
        )
        entries = await self._entries(
            event,
            [col(Match.match_id).in_(planned)],
            [col(DroppedMatch.match_id).in_(planned)],
        )
        return Book(event, f"My coverage · {event.name}", entries)

    async def _entries(
        self,
        event: Event,
        wanted: Sequence[ColumnElement[bool]],
        gone: Sequence[ColumnElement[bool]],
        *,
        works_for: int | None = None,
    ) -> list[Entry]:
        names = await names_of(self._session, event.id)
        moment = Moment(now_ms(), event.timezone, self._twelve)
        rows = await match_rows(self._session, event.id, *wanted)
        cards = in_order([card_of(row, names, moment) for row in rows], names)
        expect(cards, await self._recent.of(self._session, event, moment.now), moment)
        dropped: Any = select(DroppedMatch).where(DroppedMatch.event_id == event.id, *gone)
        off = await self._session.exec(dropped.order_by(DroppedMatch.match_id))
        return [
            *entries_of(event, names, cards, self._url, works_for=works_for),
            *called_off(event, off, works_for=works_for),
        ]


async def calendar(session: AsyncSession, event_id: str) -> bytes:
    """An event's file for the command line and the export. Raises 404."""
    event = await session.get(Event, event_id)
    if event is None:
        raise not_found("event")
    book = await Calendars(session, RecentEstimates(), nowhere).of_event(event)
    return await book.file()
