"""Two logs of one match beside each other, and one button for each of them that lost."""

import msgspec
import pytest
from sqlalchemy import insert

from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.events.actions import next_seq
from courtsync_web.events.cards import Moment
from courtsync_web.events.models import Event
from courtsync_web.organizing.disputes import Dispute, disputes_of
from courtsync_web.scoring.conflicts import restore_conflict, set_aside
from courtsync_web.scoring.models import Conflict
from courtsync_web.scoring.official import record_official_results
from courtsync_web.scoring.queries import conflicts_of
from tests.sync.phones import Hall
from tests.world import EVENT, FIRST, OWNER, RIVAL, SAM, ZONE, Bell, build_world

KEPT = ("match_id", "reason", "happened_at", "arrived_at", "won_revision")


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


async def test_what_stands_is_kept_and_nobody_is_asked_again(hall: Hall) -> None:
    away, there = hall.phone(SAM), hall.phone(RIVAL)
    claim = away.claim()
    late = [away.score((n, 0), claimId=claim["id"]) for n in (1, 2, 3)]
    await there.send(there.claim(), there.score((0, 1)))
    await away.send(claim, *late[:2])
    [one] = await shown(hall)
    assert (one.stands, one.lost) == ("0–1", "2–0")
    kept = await set_aside(hall.db, EVENT, one.id, OWNER)
    assert kept.author == "Sam"
    assert await shown(hall) == []
    assert await set_aside(hall.db, EVENT, one.id, OWNER) == kept
    score = await restore_conflict(hall.db, Bell(), EVENT, one.id, OWNER)
    assert score.sets[0].team1_score == 2
    hall.now = now_ms() + 60_000
    await away.send(late[2])
    assert [each.lost for each in await shown(hall)] == ["3–0"]


async def test_only_who_may_settle_a_conflict_sets_it_aside(hall: Hall) -> None:
    away, there = hall.phone(SAM), hall.phone(RIVAL)
    claim = away.claim()
    await there.send(there.claim(), there.score((0, 1)))
    await away.send(claim, away.score((1, 0), claimId=claim["id"]))
    [one] = await shown(hall)
    with pytest.raises(Problem, match="The organizer settles conflicts"):
        await set_aside(hall.db, EVENT, one.id, RIVAL)
    with pytest.raises(Problem):
        await set_aside(hall.db, EVENT, one.id + 1, OWNER)
    assert await shown(hall) == [one]


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


async def test_a_long_log_hides_no_former_dispute(hall: Hall) -> None:
    away, there = hall.phone(SAM), hall.phone(RIVAL)
    claim = away.claim()
    await there.send(there.claim(), there.score((0, 1)))
    await away.send(claim, away.score((1, 0), claimId=claim["id"]))
    async with hall.db.write() as tx:
        lost = msgspec.structs.asdict((await conflicts_of(tx.session, EVENT, author_id=None))[0])
        row = {name: lost[name] for name in KEPT} | {"event_id": EVENT, "body": lost["update"]}
        await tx.session.exec(insert(Conflict), params=[row | {"log": "another"}] * 600)
    assert sorted(one.updates for one in await shown(hall)) == [1, 600]


async def test_a_published_result_that_differs_is_the_results_desks(hall: Hall) -> None:
    phone = hall.phone(SAM)
    done = {"status": "completed"}
    await phone.send(phone.claim(), phone.score((25, 19), (25, 0)) | done)
    async with hall.db.write() as tx:
        seq = await next_seq(tx.session, EVENT)
        published = [(FIRST, [(25, 20), (25, 0)], "")]
        await record_official_results(tx, EVENT, published, seq, hall.now)
    [one] = await shown(hall)
    assert (one.author, one.stands, one.lost) == ("the results desk", "25–19, 25–0", "25–20, 25–0")
    assert one.why == "It was published after the scorer's."
