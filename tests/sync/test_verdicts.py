"""Every op gets its own verdict, once, and the same whenever it is asked for again."""

from typing import Any
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy.exc import OperationalError

from courtsync_web.errors import Problem
from courtsync_web.scoring.recorder import Recorder
from courtsync_web.sync.actions import AT_ONCE
from courtsync_web.sync.wire import MOST_OPS, SyncIn, SyncResult
from tests.sync.phones import Hall, codes
from tests.world import FIRST, RIVAL, SAM, SECOND


async def test_a_claim_and_what_was_scored_under_it_come_in_one_batch(hall: Hall) -> None:
    phone = hall.phone(SAM)
    claim = phone.claim()
    ops = [phone.score((n, 0), claimId=claim["id"], baseRevision=n - 1) for n in (1, 2, 3)]
    results = await phone.send(claim, *ops)
    assert [result.outcome for result in results] == ["applied"] * 4
    assert results[0].claim is not None
    assert results[0].claim.fence == 1
    assert [result.score and result.score.revision for result in results[1:]] == [1, 2, 3]
    assert [result.id for result in results] == [claim["id"], *(op["id"] for op in ops)]
    assert await hall.points() == [(3, 0)]
    assert hall.bell.rings[-1][1] == (await hall.claim()).seq + 3


async def test_the_same_batch_again_says_the_same_and_changes_nothing(hall: Hall) -> None:
    phone = hall.phone(SAM)
    ops = [phone.claim(), phone.score((1, 0)), phone.score((2, 0)), phone.op("release")]
    first = await phone.send(*ops)
    hall.now += 3_600_000
    again = await phone.send(*ops)
    assert [result.outcome for result in again] == ["duplicate"] * 4
    assert [one.score for one in again] == [one.score for one in first]
    assert [one.claim for one in again] == [one.claim for one in first]
    assert (await hall.history()).total == 2


async def test_a_refusal_is_remembered_too(hall: Hall) -> None:
    phone = hall.phone(SAM)
    point = phone.score((1, 0))
    [first] = await phone.send(point)
    await phone.send(phone.claim())
    [again] = await phone.send(point)
    assert first.outcome == "rejected"
    assert again.problem == first.problem
    assert first.problem is not None
    assert first.problem["code"] == "claim-required"
    assert await hall.points() == []


BAD: list[Any] = [
    "a word",
    None,
    [],
    {},
    {"kind": "score"},
    {"id": str(uuid4()), "kind": "dance", "eventId": "lakeside", "deviceSeq": 1},
    {"id": str(uuid4()), "kind": ["score"], "eventId": "lakeside", "deviceSeq": 1},
    {"id": 17, "kind": "release", "eventId": "lakeside", "deviceSeq": 1, "matchId": FIRST},
    {"id": "no-uuid", "kind": "release", "eventId": "lakeside", "deviceSeq": 1, "matchId": FIRST},
    {"id": str(uuid4()), "kind": "release", "eventId": "../x", "deviceSeq": 1, "matchId": FIRST},
    {"id": str(uuid4()), "kind": "release", "eventId": "gone", "deviceSeq": 991, "matchId": FIRST},
    {"id": str(uuid4()), "kind": "release", "eventId": "lakeside", "deviceSeq": 992, "matchId": 4},
    {"id": str(uuid4()), "kind": "release", "eventId": "lakeside", "deviceSeq": -1, "matchId": 4},
    {"id": str(uuid4()), "kind": "claim", "eventId": "lakeside", "deviceSeq": 1, "matchId": "x"},
]


async def test_a_bad_op_never_stops_the_rest(hall: Hall) -> None:
    phone = hall.phone(SAM)
    first, last = phone.claim(), phone.score((1, 0))
    impossible = phone.score((-1, 0))
    unknown = phone.score((1, 0), winner=1)
    results = await phone.send(first, *BAD, impossible, unknown, last)
    assert results[0].outcome == results[-1].outcome == "applied"
    refused = results[1:-1]
    assert {result.outcome for result in refused} == {"rejected"}
    assert {code for code in codes(refused) if code != "not-found"} == {"validation"}
    assert [one.id for one in refused[5:10]] == [
        BAD[5]["id"], BAD[6]["id"], None, "no-uuid", BAD[9]["id"],
    ]  # fmt: skip
    assert await hall.points() == [(1, 0)]


async def test_what_cannot_be_read_says_where_and_is_remembered(hall: Hall) -> None:
    phone = hall.phone(SAM)
    wrong = phone.score((1, 0)) | {"sets": [{"setNumber": 1, "team1Score": "1"}]}
    [first] = await phone.send(wrong)
    assert first.problem is not None
    assert first.problem["errors"][0]["pointer"].startswith("/sets/0")
    [again] = await phone.send(wrong)
    assert again == first
    await phone.send(phone.claim())
    [mended] = await phone.send(wrong | {"sets": []})
    assert codes([mended]) == ["id-reused"]


async def test_the_same_id_with_another_body_or_from_another_person_is_refused(hall: Hall) -> None:
    phone = hall.phone(SAM)
    claim, point = phone.claim(), phone.score((1, 0))
    await phone.send(claim, point)
    other = hall.phone(RIVAL)
    changed = point | {"sets": [{"setNumber": 1, "team1Score": 9, "team2Score": 0}]}
    for results in (
        await phone.send(changed),
        await phone.send(point | {"eventId": "elsewhere"}),
        await phone.send(claim | {"baseRevision": 3}),
        await other.send(point),
        await other.send(claim),
    ):
        assert [result.outcome for result in results] == ["rejected"]
        assert codes(results) == ["id-reused"]
        assert results[0].score is None
    assert await hall.points() == [(1, 0)]


async def test_a_number_of_the_device_stands_for_one_deed(hall: Hall) -> None:
    phone = hall.phone(SAM)
    claim = phone.claim()
    await phone.send(claim)
    doubled = phone.score((1, 0), deviceSeq=claim["deviceSeq"])
    results = await phone.send(doubled, phone.score((2, 0)))
    assert codes(results) == ["seq-reused", None]
    assert codes(await phone.send(doubled)) == ["seq-reused"]


async def test_another_persons_outbox_is_not_judged_at_all(hall: Hall) -> None:
    sams = hall.phone(SAM)
    ops = [sams.claim(), sams.score((1, 0))]
    borrowed = hall.phone(RIVAL)
    with pytest.raises(Problem) as problem:
        await borrowed.send(*ops, userId=SAM.id)
    assert (problem.value.status, problem.value.code) == (409, "wrong-person")
    assert await sams.sends(*ops) == ["applied", "applied"]


async def test_one_batch_speaks_of_several_matches(hall: Hall) -> None:
    phone = hall.phone(SAM)
    there = {"matchId": SECOND}
    ops = [phone.claim(), phone.claim(**there), phone.score((1, 0)), phone.score((0, 4), **there)]
    assert await phone.sends(*ops) == ["applied"] * 4
    assert (await hall.points(), await hall.points(SECOND)) == ([(1, 0)], [(0, 4)])


async def test_a_full_batch_keeps_its_order(hall: Hall) -> None:
    phone = hall.phone(SAM)
    claim = phone.claim()
    ops = [phone.score((n // 4, n % 4), claimId=claim["id"]) for n in range(1, MOST_OPS)]
    assert len(ops) > AT_ONCE
    assert set(await phone.sends(claim, *ops)) == {"applied"}
    states = [(item.sets[0].team1_score, item.sets[0].team2_score) for item in
              (await hall.history()).items]  # fmt: skip
    assert states == [(n // 4, n % 4) for n in range(1, MOST_OPS)]


def test_a_batch_has_no_more_than_a_hundred_ops() -> None:
    batch = {"deviceId": "one", "sentAt": 1, "ops": [{}] * (MOST_OPS + 1)}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(batch, SyncIn)


async def test_what_the_server_could_not_store_is_put_off_with_all_behind_it(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = hall.phone(SAM)
    ops = [phone.claim(), phone.score((1, 0)), phone.score((2, 0)), phone.score((3, 0))]
    elsewhere = phone.claim(matchId=SECOND)
    decide, full = Recorder.decide, True

    async def stumbles(self: Recorder, update: Any, deed: Any) -> Any:
        outcome = await decide(self, update, deed)
        if full and deed.id == ops[2]["id"]:
            raise OperationalError("INSERT", {}, Exception("disk I/O error"))
        return outcome

    monkeypatch.setattr(Recorder, "decide", stumbles)
    results = await phone.send(*ops, elsewhere)
    assert [one.outcome for one in results] == ["applied", "applied", "retry", "retry", "applied"]
    assert codes(results)[2:4] == ["busy", "waits"]
    assert await hall.points() == [(1, 0)], "nothing of it is left behind"
    full = False
    assert await phone.sends(*ops) == ["duplicate", "duplicate", "applied", "applied"]
    assert await hall.points() == [(3, 0)]


async def test_a_score_whose_claim_has_not_arrived_waits_for_it(hall: Hall) -> None:
    phone = hall.phone(SAM)
    claim = phone.claim()
    point = phone.score((1, 0), claimId=claim["id"])
    early: list[SyncResult] = await phone.send(point)
    assert [one.outcome for one in early] == ["retry"]
    assert codes(early) == ["claim-unknown"]
    assert await phone.sends(claim, point) == ["applied", "applied"]
