"""An event's matches of these hours with what is expected of them, as the rounds see them."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import and_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.events.models import Court, Event, Match
from courtsync_web.events.walking import Place, place_of
from courtsync_web.push.kinds import HOUR, MINUTE
from courtsync_web.scoring.models import Claim, Score

BEHIND, AHEAD = 12 * HOUR, 5 * HOUR
"""Milliseconds around now in which matches matter: a court may run half a day late."""
UNSEEN = 15 * MINUTE
"""So long after its expected start a match without a score is played without a scorer."""
GRACE = 5 * MINUTE
"""After the latest expected start a reminder is useless."""


class Expected(Protocol):
    """When a match is expected to start."""

    @property
    def start(self) -> int: ...
    @property
    def latest(self) -> int: ...


Estimator = Callable[[AsyncSession, Event, int], Awaitable[Mapping[int, Expected]]]
"""An event's matches by id, as they are expected at an instant; those it leaves out are expected
as printed."""


@dataclass(frozen=True, slots=True)
class Fixture:
    """A match with its printed and expected times."""

    match_id: int
    court_id: int | None
    place: Place
    team1_id: int | None
    team2_id: int | None
    work_team_id: int | None
    printed: int
    lasts: int
    start: int
    latest: int
    begun: bool
    over: bool
    called: bool

    def end(self, now: int) -> int:
        """When it is expected to be over; it runs as long as it runs."""
        return max(self.start + self.lasts, now if self.begun and not self.over else 0)

    def is_unseen(self, now: int) -> bool:
        """It should be on by now, or long over, and nobody tells."""
        return now > (self.start + self.lasts + HOUR if self.begun else self.start + UNSEEN)


@dataclass(frozen=True, slots=True)
class Today:
    """All of them, by id, and how many unfinished ones are before each on its court; none where
    that cannot be told."""

    fixtures: dict[int, Fixture]
    ahead: dict[int, int | None]

    def coming(self) -> list[Fixture]:
        return [one for one in self.fixtures.values() if not one.begun]


async def today_of(session: AsyncSession, event: Event, now: int, estimate: Estimator) -> Today:
    expected = await estimate(session, event, now)
    same_score = and_(
        col(Score.event_id) == col(Match.event_id), col(Score.match_id) == col(Match.match_id)
    )
    same_claim = and_(
        col(Claim.event_id) == col(Match.event_id), col(Claim.match_id) == col(Match.match_id)
    )
    same_court = and_(
        col(Court.event_id) == col(Match.event_id), col(Court.court_id) == col(Match.court_id)
    )
    statement: Any = (
        select(
            Match, col(Score.status), col(Claim.holder_id), col(Claim.expires_at), col(Court.name)
        )
        .outerjoin(Score, same_score)
        .outerjoin(Claim, same_claim)
        .outerjoin(Court, same_court)
        .where(
            col(Match.event_id) == event.id,
            col(Match.starts_at).between(now - BEHIND, now + AHEAD),
            col(Match.vanished_at).is_(None),
        )
    )
    fixtures = {}
    for match, status, holder, until, court in await session.exec(statement):
        held = holder is not None and until > now
        fixtures[match.match_id] = fixture(match, status, held, court or "", expected)
    return Today(fixtures, ahead_of(fixtures.values(), now))


def fixture(
    match: Match, status: str | None, held: bool, court: str, expected: Mapping[int, Expected]
) -> Fixture:
    assert match.starts_at is not None
    found = expected.get(match.match_id)
    return Fixture(
        match_id=match.match_id,
        court_id=match.court_id,
        place=place_of(court),
        team1_id=match.team1_id,
        team2_id=match.team2_id,
        work_team_id=match.work_team_id,
        printed=match.starts_at,
        lasts=max(0, (match.ends_at or match.starts_at + HOUR) - match.starts_at),
        start=found.start if found else match.starts_at,
        latest=found.latest if found else match.starts_at,
        begun=status in ("in-progress", "completed"),
        over=status == "completed",
        called=held,
    )


def ahead_of(fixtures: Iterable[Fixture], now: int) -> dict[int, int | None]:
    """For each match: how many on its court are to be finished before it; none: nobody keeps the
    score of one of these, so nobody knows when it is over."""
    courts: dict[int | None, list[Fixture]] = defaultdict(list)
    for one in sorted(fixtures, key=lambda one: (one.printed, one.match_id)):
        courts[one.court_id].append(one)
    ahead: dict[int, int | None] = {}
    for court in courts.values():
        last_begun = max((place for place, one in enumerate(court) if one.begun), default=-1)
        open_: int | None = 0
        for place, one in enumerate(court):
            ahead[one.match_id] = open_
            if open_ is not None and not one.over and place >= last_begun:
                open_ = None if one.is_unseen(now) else open_ + 1
    return ahead


async def as_printed(_session: AsyncSession, _event: Event, _now: int) -> Mapping[int, Expected]:
    """Nothing is known but the schedule."""
    return {}
