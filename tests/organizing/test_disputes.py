"""Two logs of one match beside each other, and one button for each of them that lost."""

import pytest

from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.cards import Moment
from courtsync_web.events.models import Event
from courtsync_web.organizing.disputes import Dispute, disputes_of
from courtsync_web.scoring.conflicts import restore_conflict
from tests.sync.phones import Hall
from tests.world import EVENT, OWNER, RIVAL, SAM, ZONE, Bell, build_world


@pytest.fixture
async def hall(db: Database, monkeypatch: pytest.MonkeyPatch) -> Hall:
    await build_world(db)
    return Hall(db, monkeypatch)


async def shown(hall: Hall) -> list[Dispute]:
    async with hall.db.read() as session:
        event = await session.get(Event, EVENT)
        assert event is not None
        return await disputes_of(session, event, Moment(now_ms(), ZONE, twelve=True))


async def test_a_late_log_is_one_dispute_shown_set_by_set(hall: Hall) -> None:
    away, there = hall.phone(SAM), hall.phone(RIVAL)
    claim = away.claim()
    late = [away.score((24, 20), claimId=claim["id"]), away.score((25, 20), claimId=claim["id"])]
    late.append(away.score((25, 20), (2, 1), claimId=claim["id"]))
    await there.send(there.claim(), there.score((25, 19)))
    await away.send(claim, *late)
    [one] = await shown(hall)
    assert (one.updates, one.author, one.lost) == (3, "Sam", "25–20, 2–1")
    assert [(each.stands, each.lost, each.differs) for each in one.sets] == [
        ((25, 19), (25, 20), True),
        (None, (2, 1), True),
    ]
    score = await restore_conflict(hall.db, Bell(), EVENT, one.id, OWNER)
    assert [each.team1_score for each in score.sets] == [25, 2]
    assert await shown(hall) == []


async def test_what_comes_after_the_choice_is_asked_about_again(hall: Hall) -> None:
    away, there = hall.phone(SAM), hall.phone(RIVAL)
    claim = away.claim()
    late = [away.score((n, 0), claimId=claim["id"]) for n in (1, 2)]
    await there.send(there.claim(), there.score((0, 1)))
    await away.send(claim, late[0])
    [one] = await shown(hall)
    hall.now += 1_000
    await restore_conflict(hall.db, Bell(), EVENT, one.id, OWNER)
    hall.now = now_ms() + 60_000
    await away.send(late[1])
    assert [each.lost for each in await shown(hall)] == ["2–0"]
