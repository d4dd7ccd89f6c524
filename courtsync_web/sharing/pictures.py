"""Preview cards by address: what a messenger shows beside a link."""

import asyncio
from collections import OrderedDict
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from sqlalchemy import or_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms, venue_day
from courtsync_web.db import Database
from courtsync_web.errors import not_found
from courtsync_web.events.cards import Card, Moment, card_of
from courtsync_web.events.models import Event, Match
from courtsync_web.events.names import Names, names_of
from courtsync_web.events.pages import writes_twelve_hours
from courtsync_web.events.queries import event_for
from courtsync_web.events.views import in_order, match_rows
from courtsync_web.events.words import count_of, dates_in_words, day_in_words
from courtsync_web.sharing.entries import DONE
from courtsync_web.sharing.links import Kind, opened
from courtsync_web.sharing.picture import drawn
from courtsync_web.sharing.planned import planned_cards
from courtsync_web.sharing.preview import Preview, of_list, of_match
from courtsync_web.web.etags import REVALIDATE, etag_of, names, with_known_etag
from courtsync_web.web.params import EventId, LinkCode, MatchId, TeamId

AnyRequest = Request[Any, Any, Any]
KEPT = 256
"""Pictures, of some twenty kilobytes each."""


class Pictures:
    """Drawn one at a time, and kept by what they say: a score that stands is drawn once."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._pencil = asyncio.Semaphore(1)

    async def of(self, preview: Preview, etag: str) -> bytes:
        """The picture; whoever waits for the same one meanwhile gets the same."""
        async with self._pencil:
            picture = self._kept.pop(etag, None)
            if picture is None:
                picture = await asyncio.to_thread(drawn, preview)
            self._kept[etag] = picture
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return picture


@get("/events/{event_id:str}/matches/{match_id:int}/card.png", include_in_schema=False)
async def match_picture(
    request: AnyRequest,
    event_id: EventId,
    match_id: MatchId,
    db: NamedDependency[Database],
    pictures: NamedDependency[Pictures],
    viewer: NamedDependency[Person | None],
) -> Response[Any]:
    """A match: teams, sets, how it stands."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        names_there = await names_of(session, event.id)
        only = col(Match.match_id) == match_id
        cards = await cards_for(session, event, names_there, moment_of(request, event), only)
    if not cards:
        raise not_found("match")
    [card] = cards
    court = (names_there.courts.get(card.court_id or 0) or ("",))[0]
    return await shown(request, pictures, of_match(event.name, card, court, day_of(event, card)))


@get("/events/{event_id:str}/teams/{team_id:int}/card.png", include_in_schema=False)
async def team_picture(
    request: AnyRequest,
    event_id: EventId,
    team_id: TeamId,
    db: NamedDependency[Database],
    pictures: NamedDependency[Pictures],
    viewer: NamedDependency[Person | None],
) -> Response[Any]:
    """A team, and what it plays next."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
        names_there = await names_of(session, event.id)
        if team_id not in names_there.teams:
            raise not_found("team")
        plays = or_(col(Match.team1_id) == team_id, col(Match.team2_id) == team_id)
        cards = await cards_for(session, event, names_there, moment_of(request, event), plays)
    name, _, division_id = names_there.teams[team_id]
    division, color = names_there.divisions.get(division_id or 0, ("", ""))
    return await shown(request, pictures, of_list(event.name, name, ahead(cards), division, color))


@get("/events/{event_id:str}/card.png", include_in_schema=False)
async def event_picture(
    request: AnyRequest,
    event_id: EventId,
    db: NamedDependency[Database],
    pictures: NamedDependency[Pictures],
    viewer: NamedDependency[Person | None],
) -> Response[Any]:
    """An event: its name, place and days."""
    async with db.read() as session:
        event = await event_for(session, event_id, viewer)
    dates = dates_in_words(event.start_date, event.end_date)
    return await shown(request, pictures, of_list(dates, event.name, [], event.location))


@get("/p/{code:str}/card.png", include_in_schema=False)
async def plan_picture(
    request: AnyRequest,
    code: LinkCode,
    db: NamedDependency[Database],
    pictures: NamedDependency[Pictures],
) -> Response[Any]:
    """A plan that was shared: whose, and what comes next."""
    async with db.read() as session:
        link = await opened(session, code, Kind.PLAN)
        cards = await planned_cards(
            session, link.event, link.user_id, moment_of(request, link.event)
        )
    foot = count_of(len(cards), "match", "matches")
    said = of_list(link.event.name, f"{link.name}’s coverage", ahead(cards), foot)
    return await shown(request, pictures, said)


async def cards_for(
    session: AsyncSession, event: Event, names_there: Names, moment: Moment, wanted: Any
) -> list[Card]:
    rows = await match_rows(session, event.id, wanted)
    return in_order([card_of(row, names_there, moment) for row in rows], names_there)


def moment_of(request: AnyRequest, event: Event) -> Moment:
    return Moment(now_ms(), event.timezone, writes_twelve_hours(request))


def day_of(event: Event, card: Card) -> str:
    if card.starts_at is None:
        return ""
    return day_in_words(venue_day(card.starts_at, event.timezone).isoformat())


def ahead(cards: list[Card]) -> list[Card]:
    """What is on or comes next; at the end of the day, what was last."""
    coming = [card for card in cards if card.status not in DONE and not card.vanished]
    return coming or cards[-4:]


async def shown(request: AnyRequest, pictures: Pictures, preview: Preview) -> Response[Any]:
    """The picture, or 304; it is drawn only for whoever has it not."""
    etag = etag_of(msgspec.json.encode(preview))
    if names(request.headers.get("if-none-match", ""), etag):
        return Response(None, status_code=304, headers={"ETag": etag, "Cache-Control": REVALIDATE})
    headers = {"Cross-Origin-Resource-Policy": "cross-origin", "X-Robots-Tag": "noindex"}
    picture = await pictures.of(preview, etag)
    return with_known_etag(request, picture, etag, media_type="image/png", headers=headers)


routes = (match_picture, team_picture, event_picture, plan_picture)
