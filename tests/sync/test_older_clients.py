"""What a phone kept two versions ago still counts, and only once."""

from typing import Any

from courtsync_web.scoring.actions import record_updates
from tests.scoring.test_record_updates import update
from tests.sync.phones import Hall, Op, Phone
from tests.world import EVENT, SAM


def bare(phone: Phone, points: int) -> Op:
    """Schema 1: the body of the single call, with its event."""
    op = phone.score((points, 0))
    fields = {name: op[name] for name in ("matchId", "sets", "status", "lastUpdated")}
    return {"eventId": EVENT, "updateId": op["id"], "schema": 1, **fields}


def entry(phone: Phone, points: int) -> Op:
    """Schema 2: an entry of the outbox as it lies in IndexedDB."""
    op = phone.score((points, 0))
    body = {name: op[name] for name in ("matchId", "sets", "status", "lastUpdated")}
    return {
        "place": op["deviceSeq"],
        "id": op["id"],
        "person": SAM.id,
        "match": f"{SAM.id}/{EVENT}/{op['matchId']}",
        "eventId": EVENT,
        "at": op["lastUpdated"],
        "n": points,
        "body": body | {"updateId": op["id"], "action": "point", "team": 1},
        "schema": 2,
    }


async def test_ops_of_three_versions_in_one_batch(hall: Hall) -> None:
    phone = hall.phone(SAM)
    await phone.send(phone.claim())
    ops = [bare(phone, 1), entry(phone, 2), phone.score((3, 0))]
    assert await phone.sends(*ops) == ["applied"] * 3
    assert await phone.sends(*ops) == ["duplicate"] * 3
    assert [item.action for item in (await hall.history()).items] == [
        "correction", "point", "correction",
    ]  # fmt: skip


async def test_a_batch_may_name_the_schema_for_all_its_ops(hall: Hall) -> None:
    phone = hall.phone(SAM)
    await phone.send(phone.claim())
    ops: list[dict[str, Any]] = [bare(phone, 1), bare(phone, 2)]
    for op in ops:
        del op["schema"]
    results = await phone.send(*ops, schema=1)
    assert [result.outcome for result in results] == ["applied", "applied"]
    assert await phone.sends(ops[0]) == ["rejected"], "today's shape is another one"


async def test_a_score_sent_by_the_single_call_and_again_in_a_batch_is_one(hall: Hall) -> None:
    phone = hall.phone(SAM)
    await phone.send(phone.claim())
    op = phone.score((1, 0))
    single = update((1, 0), updateId=op["id"], lastUpdated=op["lastUpdated"])
    [first] = await record_updates(hall.db, hall.bell, SAM, EVENT, [single])
    [again] = await phone.send(op)
    assert (first.outcome, again.outcome) == ("applied", "duplicate")
    assert again.score == first.score


async def test_what_no_version_ever_wrote_is_refused(hall: Hall) -> None:
    phone = hall.phone(SAM)
    odd = [{**phone.score((1, 0)), "schema": value} for value in (0, 2, 99, "3", True, None, -5)]
    outcomes = [result.outcome for result in await phone.send(*odd)]
    assert set(outcomes) == {"rejected"}
