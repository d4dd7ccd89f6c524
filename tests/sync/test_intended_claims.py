"""Somebody starts to keep score without network: it counts, or both logs are kept whole."""

import pytest
from sqlmodel import select

from courtsync_web.scoring.conflicts import restore_conflict
from courtsync_web.scoring.lease import LEASE
from courtsync_web.scoring.models import Conflict
from tests.sync.phones import Hall, Op, Phone, codes
from tests.world import EVENT, FIRST, OWNER, RIVAL, SAM

MINUTE = 60_000


def log_of(phone: Phone, points: int) -> list[Op]:
    """A claim made now, and points a minute apart."""
    claim = phone.claim(baseRevision=0)
    ops = [claim]
    for n in range(1, points + 1):
        phone.hall.now += MINUTE
        ops.append(phone.score((n, 0), claimId=claim["id"], baseRevision=n - 1, action="point"))
    return ops


@pytest.mark.parametrize("skew", [0, -3_600_000, 3_600_000])
async def test_nobody_else_was_there_so_all_of_it_counts(hall: Hall, skew: int) -> None:
    phone = hall.phone(SAM, skew=skew)
    began = hall.now
    ops = log_of(phone, 20)
    hall.now += 3 * LEASE
    assert set(await phone.sends(*ops)) == {"applied"}
    items = (await hall.history()).items
    assert [item.sets[0].team1_score for item in items] == list(range(1, 21))
    assert [item.at for item in items] == [began + n * MINUTE for n in range(1, 21)]
    assert (await hall.claim()).claimed_by == SAM.id


async def test_somebody_else_was_there_so_both_logs_are_kept_whole(hall: Hall) -> None:
    away = hall.phone(SAM)
    ops = log_of(away, 5)
    there = hall.phone(RIVAL)
    assert set(await there.sends(there.claim(), there.score((0, 7)))) == {"applied"}
    before, history = await hall.claim(), await hall.history()
    results = await away.send(*ops)
    assert [result.outcome for result in results] == ["rejected", *["conflict"] * 5]
    assert codes(results)[0] == "claimed-by-other"
    assert (await hall.claim(), await hall.history()) == (before, history)
    kept = await hall.conflicts()
    assert [one.update["sets"][0]["team1Score"] for one in kept] == [1, 2, 3, 4, 5]
    assert {(one.reason, one.log) for one in kept} == {("late", ops[0]["id"])}
    again = await away.send(*ops)
    assert [one.outcome for one in again] == [one.outcome for one in results]
    assert len(await hall.conflicts()) == 5


async def test_who_scored_and_went_makes_it_late_too(hall: Hall) -> None:
    away, there = hall.phone(SAM), hall.phone(RIVAL)
    ops = log_of(away, 2)
    await there.send(there.claim(), there.score((0, 3)), there.op("release"))
    results = await away.send(*ops)
    assert codes(results) == ["scored-meanwhile", "conflict", "conflict"]
    assert await hall.points() == [(0, 3)]


async def test_who_only_sat_there_and_went_takes_nothing_away(hall: Hall) -> None:
    away, there = hall.phone(SAM), hall.phone(RIVAL)
    ops = log_of(away, 2)
    await there.send(there.claim(), there.op("release"))
    assert set(await away.sends(*ops)) == {"applied"}
    assert await hall.points() == [(2, 0)]


async def test_a_phone_that_names_no_claim_is_understood(hall: Hall) -> None:
    away, there = hall.phone(SAM), hall.phone(RIVAL)
    ops = log_of(away, 3)
    for op in ops:
        op.pop("claimId", None)
    await there.send(there.claim(), there.score((0, 1)))
    assert await away.sends(*ops) == ["rejected", "conflict", "conflict", "conflict"]
    assert {one.log for one in await hall.conflicts()} == {ops[0]["id"]}


async def test_late_points_stay_late_when_their_scorer_sits_down_again(hall: Hall) -> None:
    away, there = hall.phone(SAM), hall.phone(RIVAL)
    ops = log_of(away, 3)
    await there.send(there.claim(), there.score((0, 9)))
    await away.send(*ops[:2])
    await there.send(there.op("release"))
    hall.now += MINUTE
    await hall.claims.claim(EVENT, FIRST, SAM)
    assert await away.sends(*ops[2:]) == ["conflict", "conflict"]
    assert await hall.points() == [(0, 9)]
    assert await away.sends(away.score((1, 9), baseRevision=1)) == ["applied"]


async def test_the_organizer_restores_the_last_of_a_log(hall: Hall) -> None:
    away, there = hall.phone(SAM), hall.phone(RIVAL)
    ops = log_of(away, 4)
    await there.send(there.claim(), there.score((0, 2)))
    await away.send(*ops)
    last = (await hall.conflicts())[-1]
    score = await restore_conflict(hall.db, hall.bell, EVENT, last.id, OWNER)
    assert score.sets[0].team1_score == 4
    assert await hall.points() == [(4, 0)]


async def test_a_lease_that_ran_out_unnoticed_goes_on(hall: Hall) -> None:
    phone = hall.phone(SAM)
    [claim] = await phone.send(phone.claim())
    assert claim.claim is not None
    fence = claim.claim.fence
    hall.now += 2 * LEASE
    points = [phone.score((n, 0), fence=fence) for n in (1, 2)]
    hall.now += LEASE
    assert await phone.sends(*points) == ["applied", "applied"]
    now_held = await hall.claim()
    assert (now_held.claimed_by, now_held.fence) == (SAM.id, fence)
    assert now_held.seq > claim.claim.seq, "everybody hears that the match is kept again"


async def test_a_lease_that_ran_out_and_was_taken_is_gone(hall: Hall) -> None:
    phone, there = hall.phone(SAM), hall.phone(RIVAL)
    [claim] = await phone.send(phone.claim())
    assert claim.claim is not None
    hall.now += 2 * LEASE
    await there.send(there.claim())
    late = phone.score((1, 0), fence=claim.claim.fence)
    assert await phone.sends(late) == ["conflict"], "kept, though nothing stands yet"
    assert await hall.points() == []
    async with hall.db.read() as session:
        [row] = (await session.exec(select(Conflict))).all()
    assert (row.reason, row.won_revision, row.fence) == ("late", 0, claim.claim.fence)
    assert row.log == f"{phone.device_id}/{claim.claim.fence}"


async def test_a_release_ends_only_the_claim_it_means(hall: Hall) -> None:
    phone, there = hall.phone(SAM), hall.phone(RIVAL)
    [claim] = await phone.send(phone.claim())
    assert claim.claim is not None
    hall.now += 2 * LEASE
    await there.send(there.claim())
    assert await phone.sends(phone.op("release", fence=claim.claim.fence)) == ["applied"]
    assert (await hall.claim()).claimed_by == RIVAL.id
    assert await phone.sends(phone.op("release")) == ["rejected"]


async def test_clocks_that_jump_do_not_part_a_phones_own_points(hall: Hall) -> None:
    phone = hall.phone(SAM)
    claim = phone.claim()
    first = phone.score((1, 0), claimId=claim["id"])
    phone.skew = -3_600_000
    second = phone.score((2, 0), claimId=claim["id"])
    phone.skew = 3_600_000
    third = phone.score((3, 0), claimId=claim["id"])
    hall.now += MINUTE
    assert await phone.sends(claim, first, second, third) == ["applied"] * 4
    assert await hall.points() == [(3, 0)]


async def test_points_under_a_claim_of_before_do_not_slip_in_behind_ones_own(hall: Hall) -> None:
    phone, there = hall.phone(SAM), hall.phone(RIVAL)
    claim = phone.claim()
    old = phone.score((1, 0), claimId=claim["id"])
    await phone.send(claim, phone.op("release", claimId=claim["id"]))
    await there.send(there.claim(), there.score((0, 5)), there.op("release"))
    hall.now += MINUTE
    again = phone.claim(baseRevision=1)
    await phone.send(again, phone.score((1, 5), claimId=again["id"], baseRevision=1))
    assert await phone.sends(old) == ["conflict"]
    assert await hall.points() == [(1, 5)]
