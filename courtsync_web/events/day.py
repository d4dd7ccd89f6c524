"""The event page: its days, Live now, and the blocks of one day."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.clock import venue_day
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.blocks import Block, blocks_of, fold
from courtsync_web.events.cards import Card, Moment
from courtsync_web.events.expected import expect
from courtsync_web.events.filters import Facet, Filters, Removable, facets, removable
from courtsync_web.events.models import Event, Match
from courtsync_web.events.names import names_of
from courtsync_web.events.views import cards_of_day
from courtsync_web.events.words import (
    age_in_words,
    clock_time,
    dates_in_words,
    day_in_words,
    month,
    weekday,
)


@dataclass(frozen=True, slots=True)
class DayTab:
    """A day to choose."""

    day: str
    weekday: str
    """``Sat``; with the month where the days lie in several."""
    number: int
    matches: int
    chosen: bool
    today: bool


@dataclass(slots=True)
class DayView:
    """All that the event page shows of one day."""

    event: Event
    dates: str
    day: str
    day_words: str
    now: int
    clock: str
    days: list[DayTab]
    live: list[Card]
    live_shown: int
    blocks: list[Block]
    total: int
    shown: int
    changed_at: int | None
    age: str
    filters: Filters
    facets: list[Facet]
    removable: list[Removable]


async def day_view(
    session: AsyncSession,
    event: Event,
    asked: str,
    filters: Filters,
    moment: Moment,
    recent: RecentEstimates,
) -> DayView:
    """One day of the event: the one asked for, else today at the venue, else the nearest."""
    counts = await matches_by_day(session, event.id)
    now = moment.now
    today = venue_day(now, event.timezone).isoformat()
    days = sorted(counts) or [event.end_date]
    day = asked if asked in counts else nearest_day(days, today)
    names = await names_of(session, event.id)
    cards = await cards_of_day(session, event.id, names, day, moment, untimed=day == days[-1])
    if day == today:
        expect(cards, await recent.of(session, event, now), moment)
    for card in cards:
        card.hidden = not filters.fit(card)
    live = [card for card in cards if card.status == "live"]
    blocks = blocks_of(cards)
    fold(blocks, now, filtered=filters.any)
    changed_at = max((card.changed_at for card in cards if card.changed_at), default=None)
    return DayView(
        event=event,
        dates=dates_in_words(event.start_date, event.end_date),
        day=day,
        day_words=day_in_words(day),
        now=now,
        clock=clock_time(now, event.timezone, moment.twelve),
        days=day_tabs(counts, day, today),
        live=live,
        live_shown=sum(not card.hidden for card in live),
        blocks=blocks,
        total=len(cards),
        shown=sum(not card.hidden for card in cards),
        changed_at=changed_at,
        age=age_in_words(now - changed_at) if changed_at else "",
        filters=filters,
        facets=facets(cards, names, filters),
        removable=removable(filters, names),
    )


async def matches_by_day(session: AsyncSession, event_id: str) -> dict[str, int]:
    """Play days with their number of matches."""
    statement: Any = (
        select(col(Match.day), func.count())
        .where(col(Match.event_id) == event_id)
        .group_by(col(Match.day))
    )
    return {day: number for day, number in await session.exec(statement) if day is not None}


def nearest_day(days: list[str], today: str) -> str:
    """Today when it is a play day; else the next one to come; else the last."""
    return next((day for day in days if day >= today), days[-1])


def day_tabs(counts: dict[str, int], chosen: str, today: str) -> list[DayTab]:
    several_months = len({day[:7] for day in counts}) > 1
    return [
        DayTab(
            day,
            f"{weekday(day)}, {month(day)}" if several_months else weekday(day),
            int(day[-2:]),
            counts[day],
            day == chosen,
            day == today,
        )
        for day in sorted(counts)
    ]
