"""What happens is told in the transaction that makes it so, to whoever listens."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.db import Database
from courtsync_web.events.models import Event
from courtsync_web.happenings import (
    Happening,
    MatchCalled,
    MatchFinal,
    MatchStarted,
    ScheduleChanged,
    SetWon,
)
from courtsync_web.schedule.apply import apply
from courtsync_web.schedule.document import read_document
from courtsync_web.scoring.actions import record_updates
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.updates import ScoreUpdateIn, SetScore
from tests.schedule.test_document import small
from tests.world import EVENT, FIRST, OWNER, SAM, Bell, build_world

Score = Callable[..., Awaitable[Any]]


@pytest.fixture
def heard(db: Database) -> list[Happening]:
    """Everything that is told from now on."""
    kept: list[Happening] = []

    async def hear(_session: AsyncSession, happening: Happening) -> None:
        kept.append(happening)

    db.when_told(hear)
    return kept


@pytest.fixture
async def score(db: Database) -> Score:
    """Sam, who has claimed the first match, sends a score."""
    await build_world(db)
    await Claims(db, Bell()).claim(EVENT, FIRST, SAM)

    async def send(*sets: tuple[int, int], status: str = "in-progress") -> None:
        update = ScoreUpdateIn(
            match_id=FIRST,
            status=status,  # type: ignore[arg-type]  # one of the three words
            sets=[
                SetScore(set_number=number, team1_score=a, team2_score=b)
                for number, (a, b) in enumerate(sets, 1)
            ],
        )
        [outcome] = await record_updates(db, Bell(), SAM, EVENT, [update])
        assert outcome.outcome == "applied"

    return send


async def test_a_match_is_called_once_before_it_begins(
    db: Database, heard: list[Happening]
) -> None:
    await build_world(db)
    claims = Claims(db, Bell())
    for _ in range(2):
        await claims.claim(EVENT, FIRST, SAM)
    assert [(type(one), one.event_id) for one in heard] == [(MatchCalled, EVENT)]


async def test_start_sets_and_end_are_told_once_each(score: Score, heard: list[Happening]) -> None:
    await score((1, 0))
    await score((24, 20))
    await score((25, 20))
    await score((25, 20), (0, 1))
    await score((25, 20), (18, 25), (3, 2))
    await score((25, 20), (18, 25), (15, 2), status="completed")
    await score((25, 20), (18, 25), (15, 3), status="completed")
    assert [type(one) for one in heard] == [MatchStarted, SetWon, SetWon, MatchFinal]
    _, first, second, final = heard
    assert isinstance(first, SetWon)
    assert isinstance(second, SetWon)
    assert isinstance(final, MatchFinal)
    assert (first.number, first.points, first.sets_won) == (1, (25, 20), (1, 0))
    assert (second.number, second.points, second.sets_won) == (2, (18, 25), (1, 1))
    assert (final.winner, final.sets_won, final.sets[2]) == (1, (2, 1), (15, 2))


async def test_whoever_cannot_write_what_follows_undoes_the_whole(
    db: Database, score: Score
) -> None:
    async def fail(session: AsyncSession, _happening: Happening) -> None:
        event = await session.get_one(Event, EVENT)
        event.name = "half"
        session.add(event)
        await session.flush()
        raise RuntimeError("the disk is full")

    db.when_told(fail)
    with pytest.raises(RuntimeError):
        await score((1, 0))
    async with db.read() as session:
        names = await session.exec(select(col(Event.name)).where(Event.id == EVENT))
        assert names.one() != "half"


async def test_a_schedule_tells_which_matches_it_moves(
    db: Database, heard: list[Happening]
) -> None:
    await build_world(db)
    before = small()
    first = {name: value for name, value in before["matches"][0].items() if name != "result"}
    moved = first | {"start": "2026-01-31T09:00:00", "end": "2026-01-31T10:00:00"}
    for now, matches in ((1, [first]), (2, [moved])):
        async with db.write() as tx:
            draft = read_document(before | {"eventId": "cup", "matches": matches})
            await apply(tx, Bell(), draft, event_id="cup", owner=OWNER, now=now)
    [change] = heard
    assert isinstance(change, ScheduleChanged)
    [move] = change.moves
    assert (change.at, move.match_id, move.gone) == (2, moved["matchId"], False)
    assert move.starts_at != move.starts_before
