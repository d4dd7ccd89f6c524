"""Which match the table of a court should score."""

from dataclasses import dataclass

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.errors import not_found
from courtsync_web.events.cards import Card, Moment, card_of
from courtsync_web.events.models import Court, Event, Match
from courtsync_web.events.names import names_of
from courtsync_web.events.views import in_order, match_rows

HOUR = 3_600_000
LATE = 90 * 60_000
"""Milliseconds after its printed end in which a match of a court that runs late may still come."""
RECENT = 6 * HOUR
OVER = frozenset({"final", "result"})
FEW = 4
"""Other matches to choose from; more is a schedule, and that is on the event's page."""


@dataclass(frozen=True, slots=True)
class Table:
    """A court's table: the match to score now, and its neighbours for whoever knows better."""

    court_id: int
    court: str
    now: Card | None
    others: list[Card]


async def table_of(session: AsyncSession, event: Event, court_id: int, moment: Moment) -> Table:
    """The table of a court as it is at this moment; 404 where the event has no such court."""
    court = await session.get(Court, (event.id, court_id))
    if court is None:
        raise not_found("court")
    cards = await cards_on(session, event, court_id, moment)
    chosen = match_for_now(cards, moment.now)
    return Table(court_id, court.name, chosen, neighbours(cards, chosen))


async def cards_on(
    session: AsyncSession, event: Event, court_id: int, moment: Moment
) -> list[Card]:
    """The court's matches in the order they are played."""
    names = await names_of(session, event.id)
    rows = await match_rows(
        session, event.id, col(Match.court_id) == court_id, col(Match.vanished_at).is_(None)
    )
    return in_order([card_of(row, names, moment) for row in rows], names)


def match_for_now(cards: list[Card], now: int) -> Card | None:
    """The live match; else the next after the last that is over; else the one by time.

    A court on which matches have lately been finished is followed in their order, however
    late it runs; a court nobody has scored yet is where its printed times say.
    """
    for card in reversed(cards):
        if card.status == "live":
            return card
    last = max((place for place, card in enumerate(cards) if card.status in OVER), default=-1)
    coming = cards[last + 1 :]
    followed = last >= 0 and (cards[last].starts_at or 0) > now - RECENT
    patience = LATE if followed else 0
    for card in coming:
        if ends(card) + patience > now:
            return card
    return coming[-1] if coming else None


def next_after(cards: list[Card], match_id: int) -> Card | None:
    """The first match after this one that is not over."""
    places = [place for place, card in enumerate(cards) if card.match_id == match_id]
    coming = cards[places[0] + 1 :] if places else []
    return next((card for card in coming if card.status not in OVER), None)


def neighbours(cards: list[Card], chosen: Card | None) -> list[Card]:
    """The open match before the chosen one, and some after it."""
    still_open = [card for card in cards if card.status not in OVER]
    if chosen is None or chosen not in still_open:
        return still_open[:FEW]
    place = still_open.index(chosen)
    return still_open[max(0, place - 1) : place] + still_open[place + 1 : place + FEW]


def ends(card: Card) -> int:
    """When a match should be over; one without a time may come at any."""
    if card.ends_at is not None:
        return card.ends_at
    return (1 << 62) if card.starts_at is None else card.starts_at + HOUR
