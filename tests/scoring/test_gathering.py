"""Scorers who come at the same moment share a transaction, and nothing of each other's fate."""

import asyncio
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.models import User
from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.events.models import Event
from courtsync_web.happenings import Happening, MatchStarted
from courtsync_web.live.bus import Bus
from courtsync_web.scoring.actions import record_updates
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.queries import history_of, score_of
from courtsync_web.scoring.recorder import Outcome
from tests.scoring.test_record_updates import new_id, update
from tests.world import EVENT, FIRST, OWNER, RIVAL, SAM, SECOND, Bell, build_world


@pytest.fixture
async def bell(db: Database) -> Bell:
    """Sam keeps the first match, Rival the second."""
    await build_world(db)
    claims = Claims(db, Bell())
    await claims.claim(EVENT, FIRST, SAM)
    await claims.claim(EVENT, SECOND, RIVAL)
    return Bell()


async def send(db: Database, bus: Bus, who: Person, match_id: int, points: int, **more: Any) -> Any:
    one = update((points, 0), match_id=match_id, **more)
    [outcome] = await record_updates(db, bus, who, EVENT, [one])
    return outcome


async def points(db: Database, match_id: int) -> int | None:
    async with db.read() as session:
        score = await score_of(session, EVENT, match_id)
    return score.sets[-1].team1_score if score else None


def said(outcome: Any) -> str:
    assert isinstance(outcome, Outcome)
    return outcome.problem.code if outcome.problem else outcome.outcome


async def test_each_is_answered_for_themselves(db: Database, bell: Bell) -> None:
    answers = await asyncio.gather(
        send(db, bell, SAM, FIRST, 1),
        send(db, bell, RIVAL, SECOND, 2),
        send(db, bell, SAM, SECOND, 9),
        send(db, bell, RIVAL, 12345, 9),
        send(db, bell, SAM, FIRST, 2),
    )
    expected = ["applied", "applied", "claim-required", "not-found", "applied"]
    assert [said(one) for one in answers] == expected
    assert (await points(db, FIRST), await points(db, SECOND)) == (2, 2)
    seqs = [one.score.seq for one in answers if one.score]
    assert len(set(seqs)) == 3
    assert answers[4].score.revision == 2
    assert bell.rings[-1] == (EVENT, max(seqs))


async def test_the_same_id_at_the_same_moment_counts_once(db: Database, bell: Bell) -> None:
    same = new_id()
    answers = await asyncio.gather(
        *(send(db, bell, SAM, FIRST, 1, updateId=same) for _ in range(3)),
        send(db, bell, RIVAL, SECOND, 1, updateId=same.upper()),
    )
    assert [said(one) for one in answers] == ["applied", "duplicate", "duplicate", "id-reused"]
    async with db.read() as session:
        assert (await history_of(session, EVENT, FIRST, limit=9, offset=0)).total == 1


async def test_what_cannot_be_kept_of_one_is_undone_for_that_one(db: Database, bell: Bell) -> None:
    async def hear(session: AsyncSession, happening: Happening) -> None:
        if isinstance(happening, MatchStarted) and happening.match_id == SECOND:
            session.add(User(id=SAM.id, display_name="Sam twice", role="fan", created_at=0))
            await session.flush()

    db.when_told(hear)
    answers: Any = await asyncio.gather(
        send(db, bell, SAM, FIRST, 1),
        send(db, bell, RIVAL, SECOND, 1),
        send(db, bell, SAM, FIRST, 2),
        return_exceptions=True,
    )
    assert isinstance(answers[1], IntegrityError)
    assert [said(one) for one in (answers[0], answers[2])] == ["applied", "applied"]
    assert (await points(db, FIRST), await points(db, SECOND)) == (2, None)
    assert answers[2].score.seq == answers[0].score.seq + 1  # no number is lost


async def test_whom_an_event_is_hidden_from_hears_so_beside_those_who_see_it(
    db: Database, bell: Bell
) -> None:
    async with db.write() as tx:
        event = await tx.session.get(Event, EVENT)
        assert event is not None
        event.visibility = "private"
        tx.session.add(event)
    answers = await asyncio.gather(
        send(db, bell, OWNER, FIRST, 1), send(db, bell, SAM, FIRST, 1), return_exceptions=True
    )
    assert said(answers[0]) == "claim-required"
    assert isinstance(answers[1], Problem)
    assert answers[1].status == 404


async def test_an_event_that_is_not_there_is_nobodys(db: Database, bell: Bell) -> None:
    answers = await asyncio.gather(
        *(record_updates(db, bell, SAM, "NOWHERE", [update((1, 0))]) for _ in range(2)),
        record_updates(db, bell, SAM, "no\0where", [update((1, 0))]),
        return_exceptions=True,
    )
    assert [isinstance(one, Problem) and one.status for one in answers] == [404, 404, 404]
