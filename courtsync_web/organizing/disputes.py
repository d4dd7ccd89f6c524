"""Conflicts as the organizer settles them: what lost beside what stands."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.clock import venue_day
from courtsync_web.events.cards import Moment, card_of
from courtsync_web.events.models import Event, Match
from courtsync_web.events.names import names_of
from courtsync_web.events.views import match_rows
from courtsync_web.events.words import clock_time, day_in_words
from courtsync_web.scoring.queries import conflicts_of, scores_of

WHY = {
    "older": "It was made before the score that stands.",
    "fenced": "Somebody else had taken over the match.",
}


@dataclass(frozen=True, slots=True)
class Dispute:
    """One update that lost, in words."""

    id: int
    match_id: int
    teams: str
    court: str
    lost: str
    stands: str
    author: str
    at: str
    why: str


async def disputes_of(session: AsyncSession, event: Event, moment: Moment) -> list[Dispute]:
    """What is not settled yet, the newest first."""
    open_ones = [
        one
        for one in await conflicts_of(session, event.id, author_id=None)
        if one.restored_at is None
    ]
    ids = {one.match_id for one in open_ones}
    if not ids:
        return []
    names = await names_of(session, event.id)
    rows = await match_rows(session, event.id, col(Match.match_id).in_(ids))
    cards = {row[0]: card_of(row, names, moment) for row in rows}
    scores = {score.match_id: score for score in await scores_of(session, event.id, matches=ids)}
    return [
        Dispute(
            id=one.id,
            match_id=one.match_id,
            teams=f"{cards[one.match_id].one.name} – {cards[one.match_id].two.name}",
            court=(names.courts.get(cards[one.match_id].court_id or 0) or ("",))[0],
            lost=sets_in_words(one.update.get("sets", [])),
            stands=standing_in_words(scores.get(one.match_id)),
            author=one.author or "somebody who has left",
            at=instant_in_words(one.happened_at, moment),
            why=WHY.get(one.reason, ""),
        )
        for one in open_ones
        if one.match_id in cards
    ]


def standing_in_words(score: Any) -> str:
    """The score that everybody sees."""
    if score is None:
        return "no score"
    return ", ".join(f"{one.team1_score}–{one.team2_score}" for one in score.sets) or "0–0"


def sets_in_words(sets: list[dict[str, Any]]) -> str:
    """Sets as they were sent: ``25–20, 3–4``."""
    return ", ".join(f"{one['team1Score']}–{one['team2Score']}" for one in sets) or "0–0"


def instant_in_words(ms: int, moment: Moment) -> str:
    """``Sat, Jan 31, 9:12 AM`` at the venue."""
    day = day_in_words(venue_day(ms, moment.zone).isoformat())
    return f"{day}, {clock_time(ms, moment.zone, moment.twelve)}"
