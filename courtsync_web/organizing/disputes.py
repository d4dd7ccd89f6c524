"""Conflicts as the organizer settles them: what lost beside what stands."""

from dataclasses import dataclass
from itertools import zip_longest

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.clock import venue_day
from courtsync_web.events.cards import Card, Moment, card_of
from courtsync_web.events.models import Event, Match
from courtsync_web.events.names import Names, names_of
from courtsync_web.events.views import match_rows
from courtsync_web.events.words import clock_time, day_in_words
from courtsync_web.scoring.queries import conflicts_of, scores_of
from courtsync_web.scoring.updates import ConflictDocument, ScoreDocument

WHY = {
    "older": "It was made before the score that stands.",
    "fenced": "Somebody else had taken over the match.",
    "official": "It was published after the scorer's.",
    "late": "It was kept without network while somebody else had the match.",
}
NAMELESS = {"official": "the results desk"}
Points = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SetBeside:
    """One set as it stands and as it was sent; none where a side has no such set."""

    number: int
    stands: Points | None
    lost: Points | None

    @property
    def differs(self) -> bool:
        return self.stands != self.lost


@dataclass(frozen=True, slots=True)
class Dispute:
    """A log that lost, in words: one update, or all that one phone made under one claim."""

    id: int
    """Of its last update: what its author's score had come to."""
    match_id: int
    teams: tuple[str, str]
    court: str
    sets: list[SetBeside]
    stands: str
    lost: str
    author: str
    at: str
    updates: int
    why: str


async def disputes_of(session: AsyncSession, event: Event, moment: Moment) -> list[Dispute]:
    """What is not settled yet, the newest first."""
    logs = unsettled(await conflicts_of(session, event.id, author_id=None))
    ids = {log[-1].match_id for log in logs}
    if not ids:
        return []
    names = await names_of(session, event.id)
    rows = await match_rows(session, event.id, col(Match.match_id).in_(ids))
    cards = {row[0]: card_of(row, names, moment) for row in rows}
    scores = {score.match_id: score for score in await scores_of(session, event.id, matches=ids)}
    return [
        dispute_of(log, card, scores.get(card.match_id), names, moment)
        for log in logs
        if (card := cards.get(log[-1].match_id)) is not None
    ]


def unsettled(conflicts: list[ConflictDocument]) -> list[list[ConflictDocument]]:
    """Logs that nobody has decided about as they are now; each in its order.

    One of a log was used, or its last set aside: until something newer comes, that is that.
    ``conflicts`` are the newest first, and so are the logs.
    """
    logs: dict[object, list[ConflictDocument]] = {}
    for one in conflicts:
        key = (one.match_id, one.author, one.log) if one.log else one.id
        logs.setdefault(key, []).insert(0, one)
    return [
        log
        for log in logs.values()
        if log[-1].set_aside_at is None
        and log[-1].arrived_at > max(one.restored_at or 0 for one in log)
    ]


def dispute_of(
    log: list[ConflictDocument],
    card: Card,
    score: ScoreDocument | None,
    names: Names,
    moment: Moment,
) -> Dispute:
    """One log beside the score that stands."""
    last = log[-1]
    sent = [(one["team1Score"], one["team2Score"]) for one in last.update.get("sets", [])]
    stands = [(one.team1_score, one.team2_score) for one in score.sets] if score else []
    pairs = enumerate(zip_longest(stands, sent), start=1)
    return Dispute(
        id=last.id,
        match_id=last.match_id,
        teams=(card.one.name, card.two.name),
        court=(names.courts.get(card.court_id or 0) or ("",))[0],
        sets=[SetBeside(number, one, other) for number, (one, other) in pairs],
        stands=sets_in_words(stands),
        lost=sets_in_words(sent),
        author=last.author or NAMELESS.get(last.reason, "somebody who has left"),
        at=span_in_words(log, moment),
        updates=len(log),
        why=WHY.get(last.reason, ""),
    )


def sets_in_words(sets: list[Points]) -> str:
    """``25–20, 3–4``."""
    return ", ".join(f"{one}–{two}" for one, two in sets) or "0–0"


def span_in_words(log: list[ConflictDocument], moment: Moment) -> str:
    """When it was made: ``Sat, Jan 31, 9:12 AM``, and until when if it took a while."""
    begins = instant_in_words(log[0].happened_at, moment)
    ends = clock_time(log[-1].happened_at, moment.zone, moment.twelve)
    return begins if begins.endswith(ends) else f"{begins} to {ends}"


def instant_in_words(ms: int, moment: Moment) -> str:
    """``Sat, Jan 31, 9:12 AM`` at the venue."""
    day = day_in_words(venue_day(ms, moment.zone).isoformat())
    return f"{day}, {clock_time(ms, moment.zone, moment.twelve)}"
