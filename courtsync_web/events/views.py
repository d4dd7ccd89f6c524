"""Reading the matches that a page shows, with score and claim beside them."""

from typing import Any

from sqlalchemy import and_, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.events.cards import Card, Moment, card_of
from courtsync_web.events.models import Match
from courtsync_web.events.names import Names
from courtsync_web.scoring.models import Claim, Score

COLUMNS = (
    col(Match.match_id),
    col(Match.name),
    col(Match.division_id),
    col(Match.stage_id),
    col(Match.court_id),
    col(Match.team1_id),
    col(Match.team2_id),
    col(Match.work_team_id),
    col(Match.team1_text),
    col(Match.team2_text),
    col(Match.work_team_text),
    col(Match.starts_at),
    col(Match.ends_at),
    col(Match.vanished_at),
    col(Score.status),
    col(Score.sets),
    col(Score.winner),
    col(Score.outcome),
    col(Score.serving),
    col(Score.provenance),
    col(Score.revision),
    col(Score.changed_at),
    col(Claim.holder_id),
    col(Claim.expires_at),
)


async def match_rows(session: AsyncSession, event_id: str, *conditions: Any) -> list[Any]:
    """The matches that fit, with score and claim beside them, in order of start."""
    same_score = and_(
        col(Score.event_id) == col(Match.event_id), col(Score.match_id) == col(Match.match_id)
    )
    same_claim = and_(
        col(Claim.event_id) == col(Match.event_id), col(Claim.match_id) == col(Match.match_id)
    )
    statement: Any = (
        select(*COLUMNS)
        .select_from(Match)
        .outerjoin(Score, same_score)
        .outerjoin(Claim, same_claim)
        .where(col(Match.event_id) == event_id, *conditions)
        .order_by(col(Match.starts_at), col(Match.match_id))
    )
    return list(await session.exec(statement))


async def cards_of_day(
    session: AsyncSession, event_id: str, names: Names, day: str, moment: Moment, *, untimed: bool
) -> list[Card]:
    """The cards of one venue day, by start, then by court in human order.

    ``untimed`` adds the matches that have no time yet ("to follow"): they end the last day.
    """
    here = col(Match.day) == day
    if untimed:
        here = or_(here, col(Match.day).is_(None))
    rows = await match_rows(session, event_id, here)
    return in_order([card_of(row, names, moment) for row in rows], names)


def in_order(cards: list[Card], names: Names) -> list[Card]:
    """By start, then by court in human order; cards without a start come last."""
    far = 1 << 62

    def key(card: Card) -> tuple[int, int, int]:
        court = names.courts.get(card.court_id or 0)
        start = card.starts_at
        return (far if start is None else start, court[1] if court else far, -card.match_id)

    cards.sort(key=key)
    for order, card in enumerate(cards):
        card.order = order
    return cards
