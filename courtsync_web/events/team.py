"""A team at an event: what it plays next, when it works, and how it did."""

from dataclasses import dataclass, field

from sqlalchemy import or_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.clock import venue_day
from courtsync_web.errors import not_found
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.cards import Card, Moment, card_of
from courtsync_web.events.documents import PoolDocument
from courtsync_web.events.expected import expect
from courtsync_web.events.models import Event, Match
from courtsync_web.events.names import names_of
from courtsync_web.events.pools import pools_of
from courtsync_web.events.views import in_order, match_rows
from courtsync_web.events.words import day_in_words

DONE = frozenset({"final", "result"})


@dataclass(slots=True)
class TeamDay:
    """A venue day of the team: matches it plays and matches it works, in order."""

    words: str
    cards: list[Card] = field(default_factory=list)


@dataclass(slots=True)
class TeamView:
    """All that the team page shows."""

    event: Event
    team_id: int
    name: str
    division: str
    color: str
    division_id: int | None
    club: str
    club_id: int | None
    record: str
    """``3 won, 1 lost``; empty before the first result."""
    upcoming: list[Card]
    """What is on now, or else comes next: one match, and the work duty beside it."""
    days: list[TeamDay]
    pools: list[PoolDocument]
    changed_at: int | None


async def team_view(
    session: AsyncSession, event: Event, team_id: int, moment: Moment, recent: RecentEstimates
) -> TeamView:
    """A team's page; 404 where the event has no such team."""
    names = await names_of(session, event.id)
    if team_id not in names.teams:
        raise not_found("team")
    name, club_id, division_id = names.teams[team_id]
    involved = or_(
        col(Match.team1_id) == team_id,
        col(Match.team2_id) == team_id,
        col(Match.work_team_id) == team_id,
    )
    rows = await match_rows(session, event.id, involved)
    cards = in_order([card_of(row, names, moment) for row in rows], names)
    expect(cards, await recent.of(session, event, moment.now), moment)
    pools = await pools_of(session, event.id, division_id=division_id) if division_id else []
    division, color = names.divisions.get(division_id or 0, ("", ""))
    return TeamView(
        event=event,
        team_id=team_id,
        name=name,
        division=division,
        color=color,
        division_id=division_id,
        club=names.clubs.get(club_id or 0, ""),
        club_id=club_id,
        record=record_of(cards, team_id),
        upcoming=coming_up(cards, team_id),
        days=by_day(cards, event.timezone),
        pools=[pool for pool in pools if any(team.team_id == team_id for team in pool.teams)],
        changed_at=max((card.changed_at for card in cards if card.changed_at), default=None),
    )


def record_of(cards: list[Card], team_id: int) -> str:
    """Matches won and lost so far."""
    won = lost = 0
    for card in cards:
        for own, other in ((card.one, card.two), (card.two, card.one)):
            if own.team_id == team_id:
                won += own.won
                lost += other.won
    return f"{won} won, {lost} lost" if won or lost else ""


def plays(card: Card, team_id: int) -> bool:
    """Whether the team plays this match, rather than working it."""
    return team_id in (card.one.team_id, card.two.team_id)


def coming_up(cards: list[Card], team_id: int) -> list[Card]:
    """The running match or the next one, and the next work duty unless it comes after that."""
    ahead = [card for card in cards if card.status not in DONE and not card.vanished]
    playing = next((card for card in ahead if card.status == "live" and plays(card, team_id)), None)
    playing = playing or next((card for card in ahead if plays(card, team_id)), None)
    working = next((card for card in ahead if not plays(card, team_id)), None)
    return [card for card in ahead if card in (playing, working)]


def by_day(cards: list[Card], zone: str) -> list[TeamDay]:
    days: dict[str, TeamDay] = {}
    for card in cards:
        day = "" if card.starts_at is None else venue_day(card.starts_at, zone).isoformat()
        if day not in days:
            days[day] = TeamDay(day_in_words(day) if day else "Time to follow")
        days[day].cards.append(card)
    return list(days.values())
