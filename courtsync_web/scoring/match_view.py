"""What the match page shows, gathered from the match's row, score, claim and history."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import venue_day
from courtsync_web.errors import not_found
from courtsync_web.events.cards import Card, Moment, card_of
from courtsync_web.events.formats_in_force import wire_format
from courtsync_web.events.models import Division, Event, Match, Stage
from courtsync_web.events.names import Names, names_of
from courtsync_web.events.views import match_rows
from courtsync_web.events.words import clock_time, day_in_words
from courtsync_web.scoring.queries import claim_of, history_of, score_of
from courtsync_web.scoring.scorers import may_score, reaches
from courtsync_web.scoring.story import SetStory, told_by
from courtsync_web.scoring.updates import ClaimDocument, ScoreDocument

LONGEST_HISTORY = 2000
"""Updates read for the story; five long sets with every undo stay far below."""
TRUST = {
    "official": "Official: kept for the organizer",
    "team": "Kept by a coach, not yet confirmed by the desk",
    "fan": "Kept by a spectator, not yet confirmed by the desk",
}


@dataclass(slots=True)
class MatchView:
    """All that the match page shows."""

    event: Event
    moment: Moment
    card: Card
    court: str
    day: str
    score: ScoreDocument | None
    claim: ClaimDocument
    format: dict[str, Any]
    stories: list[SetStory]
    next: Card | None
    keep: str
    """What the viewer may do about the score: keep, mine, held, sign-in, ask or nothing."""

    @property
    def trust(self) -> str:
        """How far the shown score is to be trusted, in words."""
        return TRUST.get(self.score.provenance, "") if self.score else ""

    @property
    def charts(self) -> list[SetStory]:
        """The sets worth drawing: those told rally by rally, and the one being played."""
        live = self.card.status == "live"
        return [set_ for set_ in self.stories if set_.told or (live and set_ is self.stories[-1])]

    @property
    def digits(self) -> tuple[str, str]:
        """The big numerals: points of the running set, else sets won."""
        if self.score is None:
            return "–", "–"
        if self.card.status == "live" and self.score.sets:
            last = self.score.sets[-1]
            return str(last.team1_score), str(last.team2_score)
        return str(self.score.sets_won[0]), str(self.score.sets_won[1])

    def at(self, ms: int) -> str:
        """An instant on the hall's clock."""
        return clock_time(ms, self.moment.zone, self.moment.twelve)


async def match_view(
    session: AsyncSession, event: Event, match_id: int, viewer: Person | None, moment: Moment
) -> MatchView:
    """The page of one match; 404 where the event has no such match."""
    names = await names_of(session, event.id)
    rows = await match_rows(session, event.id, col(Match.match_id) == match_id)
    if not rows:
        raise not_found("match")
    card = card_of(rows[0], names, moment)
    score = await score_of(session, event.id, match_id)
    claim = await claim_of(session, event.id, match_id, moment.now)
    history = await history_of(session, event.id, match_id, limit=LONGEST_HISTORY, offset=0)
    played_by = score.format if score else await format_of(session, event, match_id)
    following = await next_on_court(session, event.id, card, names, moment)
    return MatchView(
        event=event,
        moment=moment,
        card=card,
        court=(names.courts.get(card.court_id or 0) or ("",))[0],
        day=day_of(card, event),
        score=score,
        claim=claim,
        format=played_by,
        stories=told_by(history.items, starts_of(played_by)),
        next=following,
        keep=keep_of(event, viewer, card, claim),
    )


async def format_of(session: AsyncSession, event: Event, match_id: int) -> dict[str, Any]:
    """The format in force of a match that has no score yet, as a wire object."""
    statement: Any = (
        select(col(Match.format), col(Stage.format), col(Division.format))
        .outerjoin(
            Stage,
            and_(
                col(Stage.event_id) == col(Match.event_id),
                col(Stage.stage_id) == col(Match.stage_id),
            ),
        )
        .outerjoin(
            Division,
            and_(
                col(Division.event_id) == col(Match.event_id),
                col(Division.division_id) == col(Match.division_id),
            ),
        )
        .where(col(Match.event_id) == event.id, col(Match.match_id) == match_id)
    )
    match, stage, division = (await session.exec(statement)).one()
    return wire_format(match, stage, division, event.format)


def starts_of(wire: dict[str, Any]) -> dict[int, int]:
    """The score at which each set starts."""
    most, start = int(wire["setsMax"]), int(wire["start"])
    starts = dict.fromkeys(range(1, most + 1), start)
    if wire["mode"] == "first_to" and most > 1:
        starts[most] = int(wire["startDecider"] or 0)
    return starts


async def next_on_court(
    session: AsyncSession, event_id: str, card: Card, names: Names, moment: Moment
) -> Card | None:
    """The match after this one on the same court, that day."""
    if card.court_id is None or card.starts_at is None:
        return None
    rows = await match_rows(
        session,
        event_id,
        col(Match.court_id) == card.court_id,
        or_(
            col(Match.starts_at) > card.starts_at,
            and_(col(Match.starts_at) == card.starts_at, col(Match.match_id) < card.match_id),
        ),
        col(Match.day) == venue_day(card.starts_at, moment.zone).isoformat(),
        col(Match.vanished_at).is_(None),
    )
    return card_of(rows[0], names, moment) if rows else None


def day_of(card: Card, event: Event) -> str:
    if card.starts_at is None:
        return "Time to follow"
    return day_in_words(venue_day(card.starts_at, event.timezone).isoformat())


def keep_of(event: Event, viewer: Person | None, card: Card, claim: ClaimDocument) -> str:
    """Which way to the scorer's pad the page offers."""
    over = card.status in {"final", "result"} or card.vanished
    if viewer is None:
        open_to_all = event.scoring_policy == "open"
        return "nothing" if over else "sign-in" if open_to_all else "ask"
    if not may_score(event, viewer) or not reaches(viewer, event.id, card.court_id):
        return "nothing" if over else "ask"
    if claim.claimed:
        return "mine" if claim.claimed_by == viewer.id else "held"
    return "correct" if over else "keep"
