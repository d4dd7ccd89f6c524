"""Plans and followed teams travel with the scores, and of two devices the later choice stands."""

import msgspec
import pytest
from sqlmodel import select

from courtsync_web.coverage.documents import PlanDocument
from courtsync_web.coverage.queries import plan_of
from courtsync_web.coverage.stays import Stay
from courtsync_web.following.models import Follow
from courtsync_web.sync.wire import PlanOp
from tests.sync.phones import Hall, Op, Phone, codes
from tests.world import EVENT, FIRST, SAM, SECOND


def chosen(phone: Phone, kind: str, **more: object) -> Op:
    op = phone.op(kind, **more)
    del op["matchId"]
    return op


@pytest.mark.parametrize("skew", [0, -3_600_000, 3_600_000])
async def test_two_devices_of_a_person_come_together(hall: Hall, skew: int) -> None:
    one, other = hall.phone(SAM), hall.phone(SAM, skew=skew)
    early = chosen(one, "plan", added=[FIRST, SECOND])
    hall.now += 60_000
    late = chosen(other, "plan", removed=[FIRST])
    hall.now += 60_000
    [removed] = await other.send(late)
    [added] = await one.send(early)
    assert (removed.outcome, added.outcome) == ("applied", "applied")
    assert added.plan is not None
    assert added.plan.selected_matches == [SECOND], "the later choice about FIRST stands"
    [again] = await one.send(early)
    assert (again.outcome, again.plan) == ("duplicate", added.plan)


async def test_a_tick_from_one_phone_and_a_setting_from_another_come_together(hall: Hall) -> None:
    one, other = hall.phone(SAM), hall.phone(SAM)
    ticked = chosen(one, "plan", shot=[FIRST])
    hall.now += 60_000
    await other.send(chosen(other, "plan", stay="short", aim="15", removed=[SECOND]))
    [result] = await one.send(ticked)
    assert result.plan is not None
    plan = result.plan
    assert (plan.selected_matches, plan.shot, plan.stay, plan.aim) == (
        [FIRST], [FIRST], Stay.SHORT, "15",
    )  # fmt: skip
    bad = chosen(one, "plan", stay="forever")
    assert codes(await one.send(bad)) == ["validation"]


def test_an_op_of_an_older_client_is_the_same_by_its_hash_and_its_answer_is_read() -> None:
    op = msgspec.convert(
        {"kind": "plan", "id": "0c1d6f04-6c5d-4c3c-9a52-4c59ff3a3f5e", "deviceSeq": 3,
         "eventId": EVENT, "added": [FIRST]}, PlanOp,
    )  # fmt: skip
    assert {"shot", "unshot", "stay", "aim"}.isdisjoint(
        msgspec.json.decode(msgspec.json.encode(op))
    )
    kept = {"eventId": EVENT, "selectedMatches": [FIRST], "updatedAt": 1, "conflicts": [],
            "teamsCovered": 2, "teamsTotal": 4}  # fmt: skip
    assert msgspec.convert(kept, PlanDocument).shot == []


async def test_the_whole_plan_may_be_sent_as_the_single_call_does(hall: Hall) -> None:
    phone = hall.phone(SAM)
    [result] = await phone.send(chosen(phone, "plan", selectedMatches=[SECOND]))
    assert result.plan is not None
    async with hall.db.read() as session:
        assert await plan_of(session, EVENT, SAM.id) == result.plan


async def test_a_team_is_followed_and_what_is_not_there_is_refused_alone(hall: Hall) -> None:
    phone = hall.phone(SAM)
    follow = chosen(phone, "follow", teamId=1, following=True)
    unknown = chosen(phone, "follow", teamId=99, following=True)
    nothing = chosen(phone, "plan", added=[424242])
    results = await phone.send(nothing, unknown, follow)
    assert codes(results) == ["validation", "not-found", None]
    async with hall.db.read() as session:
        [row] = (await session.exec(select(Follow))).all()
    assert (row.team_id, row.following) == (1, True)
