"""The matches of a plan as cards."""

from collections.abc import Collection

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.coverage.queries import matches_planned
from courtsync_web.events.cards import Card, Moment, card_of
from courtsync_web.events.models import Event, Match
from courtsync_web.events.names import Names, names_of
from courtsync_web.events.views import in_order, match_rows
from courtsync_web.schedule.store import batches


async def planned_cards(
    session: AsyncSession, event: Event, user_id: str, moment: Moment
) -> list[Card]:
    """In order of start; those that have left the schedule are left out."""
    planned = await matches_planned(session, event.id, user_id)
    return await cards_of(session, event, planned, await names_of(session, event.id), moment)


async def cards_of(
    session: AsyncSession, event: Event, matches: Collection[int], names: Names, moment: Moment
) -> list[Card]:
    """These matches, as far as the schedule names them."""
    cards = []
    for some in batches(sorted(matches)):
        wanted = (col(Match.match_id).in_(some), col(Match.vanished_at).is_(None))
        rows = await match_rows(session, event.id, *wanted)
        cards += [card_of(row, names, moment) for row in rows]
    return in_order(cards, names)
