"""Finding an event by whatever a person has at hand, and what is on today."""

from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import venue_day
from courtsync_web.events.models import Event
from courtsync_web.events.queries import EVENT_ID_SHAPE, listed_for, may_see
from courtsync_web.events.words import dates_in_words
from courtsync_web.schedule.aes.keys import NotAnEvent, event_key
from courtsync_web.scoring.models import Score

LONGEST_QUERY = 500
"""Characters of an address with its tracking."""
EVENT_PATHS = frozenset({"event", "events"})
DEMO = "demo"
"""Id of the demo tournament."""
MOST_FOUND = 20
MOST_RECENT = 12


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in a list."""

    id: str
    name: str
    location: str
    dates: str
    start: str
    live: int
    """Matches being played now."""
    running: bool
    """Today is one of its days, at the venue."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a text led to: one event for certain, some by name, or a link nobody imported yet."""

    exact: str | None
    events: list[EventLine]
    unknown_link: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """The home page's events."""

    running: list[EventLine]
    others: list[EventLine]
    demo: bool
    """Whether the demo tournament is loaded."""


async def find(session: AsyncSession, viewer: Person | None, text: str, now: int) -> Found:
    """The event meant by a name, an address of ours, an AES link, a key or an id."""
    for event_id in candidates(text):
        event = await session.get(Event, event_id)
        if event is not None and may_see(event, viewer):
            return Found(event.id, [])
    if "://" in text or text.count("/") > 1:
        return Found(None, [], unknown_link=True)
    name = func.lower(col(Event.name))
    named = [name.contains(word, autoescape=True) for word in text.lower().split()]
    lines = await event_lines(session, viewer, now, *named)
    return Found(None, lines[:MOST_FOUND], unknown_link=not lines and is_aes(text))


def candidates(text: str) -> list[str]:
    """The event ids a text may stand for."""
    found = [text]
    with suppress(ValueError):  # not everything typed is an address
        path = urlsplit(text if "://" in text else f"https://{text}").path.split("/")
        found += [unquote(after) for before, after in pairwise(path) if before in EVENT_PATHS]
        found.append(event_key(text))
    return [event_id for event_id in dict.fromkeys(found) if EVENT_ID_SHAPE.fullmatch(event_id)]


def is_aes(text: str) -> bool:
    """Whether a text is an AES key rather than a name."""
    try:
        return event_key(text) == text and len(text) > 12
    except NotAnEvent:
        return False


async def running_now(session: AsyncSession, viewer: Person | None, now: int) -> Listing:
    """Events of today first, those with matches on first; then the others, newest first."""
    lines = await event_lines(session, viewer, now)
    running = sorted((line for line in lines if line.running or line.live), key=lambda e: -e.live)
    others = [line for line in lines if not (line.running or line.live)]
    return Listing(running, others[:MOST_RECENT], any(line.id == DEMO for line in lines))


async def event_lines(
    session: AsyncSession, viewer: Person | None, now: int, *wanted: ColumnElement[bool]
) -> list[EventLine]:
    """Events the viewer may see listed, the latest first, with their live matches counted."""
    playing = (
        select(col(Score.event_id), func.count().label("live"))
        .where(col(Score.status) == "in-progress")
        .group_by(col(Score.event_id))
        .subquery()
    )
    statement: Any = (
        select(
            col(Event.id),
            col(Event.name),
            col(Event.location),
            col(Event.start_date),
            col(Event.end_date),
            col(Event.timezone),
            func.coalesce(playing.c.live, 0),
        )
        .outerjoin(playing, playing.c.event_id == col(Event.id))
        .where(listed_for(viewer), *wanted)
        .order_by(col(Event.start_date).desc(), col(Event.name))
        .limit(200)
    )
    return [
        EventLine(
            event_id,
            name,
            location,
            dates_in_words(start, end),
            start,
            live,
            start <= venue_day(now, zone).isoformat() <= end,
        )
        for event_id, name, location, start, end, zone, live in await session.exec(statement)
    ]
