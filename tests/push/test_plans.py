"""Coverage plans and the schedule: clashes that a new schedule makes, and reminders that follow
the plan at once."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.coverage.actions import change_plan
from courtsync_web.estimates.slots import Estimate
from courtsync_web.events.models import Court, Event, Match, Walk
from courtsync_web.happenings import Move, ScheduleChanged
from courtsync_web.push.documents import PreferencesIn
from courtsync_web.push.interest import interest_of
from courtsync_web.push.kinds import HOUR, MINUTE
from courtsync_web.push.models import PushJob
from courtsync_web.push.preferences import change_preferences
from courtsync_web.push.pushing import Pushing
from courtsync_web.push.rounds import Rounds
from courtsync_web.push.today import Estimator, as_printed
from courtsync_web.settings import Settings
from courtsync_web.sync.actions import settle
from courtsync_web.sync.wire import SyncIn
from tests.push.conftest import Post
from tests.world import COACH, EVENT, FIRST, SAM, SECOND, Bell

START = 20 * MINUTE


@pytest.fixture
async def plan(post: Post) -> Post:
    """Coach, who has a phone, plans two matches, one after the other."""
    async with post.db.write() as tx:
        for match_id, start in ((FIRST, START), (SECOND, START + HOUR)):
            match = await tx.session.get_one(Match, (EVENT, match_id))
            match.starts_at, match.ends_at = post.now + start, post.now + start + HOUR
            tx.session.add(match)
    await post.subscribed(COACH)
    await change_plan(post.db, COACH, EVENT, [FIRST, SECOND])
    return post


async def moved(post: Post, match_id: int, start: int, court: int | None = None) -> None:
    """The schedule changes: a match begins so many milliseconds from now, perhaps elsewhere."""
    async with post.db.write() as tx:
        match = await tx.session.get_one(Match, (EVENT, match_id))
        before, court_before = match.starts_at, match.court_id
        match.starts_at, match.ends_at = post.now + start, post.now + start + HOUR
        match.court_id = court or match.court_id
        tx.session.add(match)
        await tx.session.flush()
        move = Move(
            match_id=match_id, starts_before=before, starts_at=match.starts_at,
            court_before=court_before, court_id=match.court_id,
        )  # fmt: skip
        await tx.tell(ScheduleChanged(event_id=EVENT, at=post.now, seq=3, moves=(move,)))


async def clashes(post: Post) -> list[PushJob]:
    return [job for job in await post.jobs() if job.kind == "planConflict"]


async def test_a_clash_that_a_new_schedule_makes_is_told_with_it_once(plan: Post) -> None:
    await moved(plan, SECOND, START + 30 * MINUTE)
    [job] = await clashes(plan)
    assert (job.user_id, job.match_id, job.occasion) == (COACH.id, SECOND, FIRST)
    await moved(plan, SECOND, START + 31 * MINUTE)
    await plan.send_all()
    [told] = [one.payload for one in plan.service.received if one.payload["kind"] == "planConflict"]
    assert told["title"] == "Clash in your plan"
    assert "Court 1 Harbor 15 Gold – Falcon 15 Blue will overlap Court 2" in told["body"]
    assert told["url"] == f"/events/{EVENT}/coverage"
    assert told["tag"] == f"{EVENT}.{SECOND}.clash", "beside what is said of the match itself"


async def test_moves_that_leave_time_enough_are_no_clash(plan: Post) -> None:
    await moved(plan, SECOND, START + HOUR - 4 * MINUTE)
    await moved(plan, FIRST, START - 10 * MINUTE)
    assert await clashes(plan) == []


async def test_another_court_may_be_too_far_to_walk(plan: Post) -> None:
    async with plan.db.write() as tx:
        for number, name in ((-8, "North 8"), (-9, "West 9")):
            tx.session.add(Court(event_id=EVENT, court_id=number, name=name))
        tx.session.add(Walk(event_id=EVENT, hall="North", other="West", minutes=9))
    await moved(plan, FIRST, START, court=-8)
    assert await clashes(plan) == []
    await moved(plan, SECOND, START + HOUR, court=-9)
    assert len(await clashes(plan)) == 1


@pytest.mark.parametrize("change", [{"kinds": {"planConflict": False}}, {"muted_events": [EVENT]}])
async def test_who_does_not_want_to_hear_of_clashes_does_not(
    plan: Post, change: dict[str, Any]
) -> None:
    await change_preferences(plan.db, COACH, PreferencesIn(**change))
    await moved(plan, SECOND, START + 30 * MINUTE)
    assert await clashes(plan) == []


async def test_what_is_past_clashes_no_more(plan: Post) -> None:
    plan.now += 3 * HOUR
    await moved(plan, SECOND, START + 30 * MINUTE - 3 * HOUR)
    assert await clashes(plan) == []


def rounds_of(post: Post) -> Rounds:
    return Rounds(post.db, "one", as_printed, clock=lambda: post.now)


async def test_what_has_left_the_plan_is_not_told_and_back_in_it_is(plan: Post) -> None:
    rounds = rounds_of(plan)
    plan.now += 6 * MINUTE
    assert await rounds.go() == 1
    await change_plan(plan.db, COACH, EVENT, [SECOND])
    await plan.send_all()
    [job] = await plan.jobs()
    assert (job.state, job.why_dropped, plan.service.received) == ("dropped", "unplanned", [])
    await change_plan(plan.db, COACH, EVENT, [FIRST, SECOND])
    await plan.send_all()
    await plan.send_all()
    [one] = plan.service.received
    assert one.payload["title"] == "Leave now for Court 1"


async def test_a_clash_with_what_has_left_the_plan_is_none(plan: Post) -> None:
    await moved(plan, SECOND, START + 30 * MINUTE)
    await change_plan(plan.db, COACH, EVENT, [SECOND])
    await plan.send_all()
    assert [one.payload["kind"] for one in plan.service.received] == ["scheduleChanged"]


async def test_what_a_phone_brings_back_changes_the_plan_for_pushes_too(plan: Post) -> None:
    rounds = rounds_of(plan)
    plan.now += 6 * MINUTE
    await rounds.go()
    op = {
        "id": "8e2d7c0e-6a52-4a55-9d7f-0d3d8c7d9e11", "deviceSeq": 1, "kind": "plan",
        "eventId": EVENT, "removed": [FIRST],
    }  # fmt: skip
    batch = SyncIn(device_id="phone", sent_at=plan.now, ops=[op])
    [result] = await settle(plan.db, Bell(), COACH, batch)
    assert result.outcome == "applied"
    [job] = await plan.jobs()
    assert job.why_dropped == "unplanned"


async def test_the_rounds_see_a_new_plan_and_a_walk(plan: Post) -> None:
    async with plan.db.write() as tx:
        tx.session.add(Walk(event_id=EVENT, hall="North", other="West", minutes=9))
    await plan.subscribed(SAM)
    await change_plan(plan.db, SAM, EVENT, [SECOND])
    async with plan.db.read() as session:
        interest = await interest_of(session, EVENT)
    assert interest.plans == {COACH.id: {FIRST, SECOND}, SAM.id: {SECOND}}
    assert interest.walks == {frozenset(("North", "West")): 9}


async def test_a_match_that_comes_into_the_plan_late_is_reminded_of_at_once(
    plan: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courtsync_web.push.rounds.REST", 0)
    pushing = Pushing(plan.db, Settings(_env_file=None, data_dir=tmp_path), as_printed)
    pushing.rounds.clock = lambda: plan.now
    owed, looked = asyncio.Event(), asyncio.Event()
    go = pushing.rounds.go

    async def looking() -> int:
        found = await go()
        looked.set()
        return found

    monkeypatch.setattr(pushing.rounds, "go", looking)
    plan.db.when_written(select(PushJob), owed.set)
    await change_plan(plan.db, COACH, EVENT, [])
    plan.now += 10 * MINUTE
    owed.clear()
    working = asyncio.create_task(pushing.rounds.work())
    await looked.wait()
    await change_plan(plan.db, COACH, EVENT, [FIRST])
    async with asyncio.timeout(10):  # the next round by itself would be in fifteen seconds
        while not await plan.jobs():
            await owed.wait()
            owed.clear()
    working.cancel()
    await pushing.close()


async def test_who_takes_over_the_rounds_reads_what_was_said(plan: Post) -> None:
    plan.now += 6 * MINUTE
    assert await rounds_of(plan).go() == 1
    await plan.send_all()
    plan.now += MINUTE
    heir = Rounds(plan.db, "two", late_by(5), clock=lambda: plan.now)
    assert await heir.go() == 0, "it is not its turn"
    plan.now += 2 * MINUTE
    assert await heir.go() == 1, "the reminder is out; its start has moved"
    again = Rounds(plan.db, "two", late_by(5), clock=lambda: plan.now)
    assert await again.go() == 0
    await plan.send_all()
    assert [one.payload.get("silent", False) for one in plan.service.received] == [False, True]
    assert len({one.headers["topic"] for one in plan.service.received}) == 1
    assert len({one.payload["tag"] for one in plan.service.received}) == 1


async def test_a_reminder_that_could_not_be_sent_says_the_newest_start_when_it_can(
    plan: Post,
) -> None:
    phone = next(iter(plan.service.browsers))
    plan.service.script[phone] = [500]
    plan.now += 6 * MINUTE
    assert await rounds_of(plan).go() == 1
    await plan.send_all()
    plan.now += 3 * MINUTE
    assert await Rounds(plan.db, "two", late_by(20), clock=lambda: plan.now).go() == 1
    await plan.send_all()
    [one] = plan.service.received
    assert not one.payload.get("silent", False), "it is the first that is heard of it"
    assert "expected" in one.payload["body"]
    assert sorted(job.why_dropped for job in await plan.jobs()) == ["", "replaced"]


def late_by(minutes: int) -> Estimator:
    """Both matches are expected so much later than printed."""

    async def estimate(session: AsyncSession, _event: Event, now: int) -> Mapping[int, Estimate]:
        late = {}
        for match_id in (FIRST, SECOND):
            match = await session.get_one(Match, (EVENT, match_id))
            start = (match.starts_at or now) + minutes * MINUTE
            late[match_id] = Estimate(start, start, start)
        return late

    return estimate
