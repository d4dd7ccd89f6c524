"""My teams: what they do now and next, over all events, and where two of them collide."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import venue_day
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.cards import Card, Moment, card_of
from courtsync_web.events.expected import expect
from courtsync_web.events.models import Event, Match
from courtsync_web.events.names import Names, names_of
from courtsync_web.events.queries import may_see
from courtsync_web.events.team import DONE, coming_up, plays, record_of
from courtsync_web.events.views import in_order, match_rows
from courtsync_web.events.words import day_in_words
from courtsync_web.following.device import Teams
from courtsync_web.following.together import Busy, Clash, clashes_of, free_from

RESULTS = 6
COMING = 14


@dataclass(slots=True)
class FollowedTeam:
    """One team with its next match and duty."""

    event: Event
    team_id: int
    name: str
    division: str
    color: str
    record: str
    upcoming: list[Card]


@dataclass(slots=True)
class Entry:
    """A card with whose it is: one followed team, or two that meet."""

    event: Event
    card: Card
    teams: list[str]
    works: bool
    """They work this match rather than playing it."""
    day: str
    """``2026-01-31``; empty for today, or without a time."""

    @property
    def day_words(self) -> str:
        """``Sat, Jan 31``."""
        return day_in_words(self.day) if self.day else ""


@dataclass(slots=True)
class MyTeams:
    """All that the page shows."""

    teams: list[FollowedTeam] = field(default_factory=list)
    live: list[Entry] = field(default_factory=list)
    coming: list[Entry] = field(default_factory=list)
    results: list[Entry] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    free: str = ""
    """When nobody needs to be anywhere for forty minutes, in words; empty without a match today."""
    several_events: bool = False


async def my_teams(
    session: AsyncSession,
    teams: Teams,
    viewer: Person | None,
    now: int,
    recent: RecentEstimates,
    *,
    twelve: bool,
) -> MyTeams:
    """The page of whoever follows ``teams``; teams that are not there, or not theirs to see, are
    left out."""
    view = MyTeams()
    for event in await events_of(session, teams, viewer):
        ids = [team_id for event_id, team_id in teams if event_id == event.id]
        moment = Moment(now, event.timezone, twelve)
        await add_event(session, view, event, ids, moment, recent)
    view.several_events = len({team.event.id for team in view.teams}) > 1
    view.live.sort(key=when)
    view.coming.sort(key=when)
    view.results.sort(key=when, reverse=True)
    busy = [busy_of(entry) for entry in view.live + view.coming if entry.card.starts_at]
    view.clashes = clashes_of([one for one in busy if not one.works], now, twelve=twelve)
    view.free = free_from(busy, now, twelve=twelve)
    del view.coming[COMING:], view.results[RESULTS:]
    return view


async def events_of(session: AsyncSession, teams: Teams, viewer: Person | None) -> list[Event]:
    """The events of these teams, the latest first."""
    wanted = {event_id for event_id, _ in teams}
    found = await session.exec(
        select(Event)
        .where(col(Event.id).in_(wanted))
        .order_by(col(Event.start_date).desc(), col(Event.id))
    )
    return [event for event in found if may_see(event, viewer)]


async def add_event(
    session: AsyncSession,
    view: MyTeams,
    event: Event,
    ids: list[int],
    moment: Moment,
    recent: RecentEstimates,
) -> None:
    """One event's part of everything."""
    names = await names_of(session, event.id)
    ids = [team_id for team_id in ids if team_id in names.teams]
    cards = await cards_of_teams(session, event, ids, names, moment)
    expect(cards, await recent.of(session, event, moment.now), moment)
    for team_id in sorted(ids, key=lambda one: names.teams[one][0]):
        view.teams.append(followed_team(event, team_id, names, cards))
    for card in cards:
        entry = entry_of(event, card, ids, names, moment)
        if card.status == "live":
            view.live.append(entry)
        elif card.status not in DONE:
            view.coming.append(entry)
        elif not entry.works:
            view.results.append(entry)


async def cards_of_teams(
    session: AsyncSession, event: Event, ids: list[int], names: Names, moment: Moment
) -> list[Card]:
    columns: list[Any] = [col(Match.team1_id), col(Match.team2_id), col(Match.work_team_id)]
    involved = or_(*(column.in_(ids) for column in columns))
    rows = await match_rows(session, event.id, involved, col(Match.vanished_at).is_(None))
    return in_order([card_of(row, names, moment) for row in rows], names)


def followed_team(event: Event, team_id: int, names: Names, cards: list[Card]) -> FollowedTeam:
    name, _, division_id = names.teams[team_id]
    division, color = names.divisions.get(division_id or 0, ("", ""))
    own = [card for card in cards if plays(card, team_id) or card.work_id == team_id]
    record = record_of(own, team_id)
    return FollowedTeam(event, team_id, name, division, color, record, coming_up(own, team_id))


def entry_of(event: Event, card: Card, ids: list[int], names: Names, moment: Moment) -> Entry:
    playing = [side.name for side in (card.one, card.two) if side.team_id in ids]
    day = "" if card.starts_at is None else venue_day(card.starts_at, event.timezone).isoformat()
    today = venue_day(moment.now, event.timezone).isoformat()
    return Entry(
        event,
        card,
        playing or [names.teams[card.work_id or 0][0]],
        works=not playing,
        day="" if day == today else day,
    )


def when(entry: Entry) -> int:
    """Its start, as expected; matches without a time come last."""
    card = entry.card
    return card.expected_at or card.starts_at or 1 << 62


def busy_of(entry: Entry) -> Busy:
    """When the teams of an entry keep those who follow them."""
    card = entry.card
    begins = when(entry)
    lasts = (card.ends_at or 0) - (card.starts_at or 0)
    place = f"{card.hall} {card.court}".strip()
    return Busy(
        begins,
        begins + (lasts if lasts > 0 else 3_600_000),
        " and ".join(entry.teams),
        place,
        entry.event.timezone,
        works=entry.works,
    )
