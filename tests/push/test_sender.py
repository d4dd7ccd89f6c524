"""What is due is sent once, sealed and signed; every answer of a push service has its meaning."""

import asyncio
import logging
from typing import Any

import pytest
from sqlmodel import col, select

from courtsync_web.clock import now_ms
from courtsync_web.events.models import Team
from courtsync_web.push.courier import AT_ONCE, Courier, Fate, Message
from courtsync_web.push.jobs import activation, due, row, self_test
from courtsync_web.push.kinds import HOUR, MINUTE
from courtsync_web.push.ledger import claim
from courtsync_web.push.models import PushJob, PushPreference, PushSubscription
from courtsync_web.push.sealing import LARGEST, sealed
from courtsync_web.push.sender import Pace, Sender
from courtsync_web.push.services import Services
from courtsync_web.push.vapid import Vapid
from tests.push.browser import Browser
from tests.push.conftest import Post
from tests.push.service import PushService
from tests.world import EVENT, FIRST, RIVAL, SAM, SECOND


async def owe(post: Post, **more: Any) -> None:
    """Sam is to be told about the first match's start."""
    job = row(
        SAM.id, "matchSoon", event_id=EVENT, match_id=FIRST, occasion=7, reason="self",
        due_at=post.now, expires_at=post.now + 15 * MINUTE, now=post.now,
    )  # fmt: skip
    async with post.db.write() as tx:
        await due(tx.session, job | more)


async def owe_tests(post: Post, number: int) -> None:
    """Sam has asked for so many tests, each of which is sent."""
    async with post.db.write() as tx:
        await due(tx.session, *(self_test(SAM.id, post.now - one) for one in range(number)))


async def the_job(post: Post) -> PushJob:
    [job] = await post.jobs()
    return job


async def test_a_job_reaches_all_devices_once(post: Post) -> None:
    phone, tablet = await post.subscribed(SAM), await post.subscribed(SAM)
    await owe(post)
    await owe(post)
    await post.send_all()
    await post.send_all()
    for browser in (phone, tablet):
        [one] = post.service.to(browser)
        assert set(one.payload) == {"title", "body", "tag", "url", "kind"}
        assert one.payload["url"] == f"/events/{EVENT}/matches/{FIRST}"
        assert one.payload["tag"] == f"{EVENT}.{FIRST}"
        assert "Harbor 15 Gold – Falcon 15 Blue" in one.payload["body"]
        assert (one.headers["ttl"], one.headers["urgency"]) == ("900", "high")
    job = await the_job(post)
    assert (job.state, job.title) == ("sent", one.payload["title"])
    assert len(post.service.signatures) == 1, "signed once for the origin"


@pytest.mark.parametrize(
    ("first", "later", "tag", "title"),
    [
        ("matchSoon", "matchMoved", f"{EVENT}.{FIRST}", "Court 1: now expected"),
        ("refDuty", "dutyMoved", f"{EVENT}.{FIRST}.duty", "Ref duty on Court 1: now expected"),
    ],
)
async def test_what_moves_takes_the_reminders_place_without_a_buzz(
    post: Post, first: str, later: str, tag: str, title: str
) -> None:
    phone = await post.subscribed(SAM)
    for kind in (first, later):
        await owe(post, kind=kind, facts={"expected": post.now + 10 * MINUTE})
        await post.send_all()
    loud, quiet = post.service.to(phone)
    assert (loud.payload["kind"], loud.payload["tag"]) == (first, tag)
    assert (quiet.payload["kind"], quiet.payload["tag"]) == (first, tag)
    assert ("silent" in loud.payload, quiet.payload["silent"]) == (False, True)
    assert quiet.headers["topic"] == loud.headers["topic"]
    assert quiet.payload["title"].startswith(title)


async def test_what_is_late_is_dropped_and_counted(post: Post) -> None:
    await post.subscribed(SAM)
    await owe(post)
    post.now += 15 * MINUTE
    await post.send_all()
    job = await the_job(post)
    assert (job.state, job.why_dropped) == ("dropped", "late")
    assert post.sender.told["matchSoon", "late"] == 1
    assert post.service.asked == []


async def test_who_has_no_device_is_told_nothing(post: Post) -> None:
    await post.subscribed(SAM, active=False)
    await owe(post)
    await post.send_all()
    assert (await the_job(post)).why_dropped == "nobody"
    assert post.service.asked == []


@pytest.mark.parametrize("status", [404, 410])
async def test_a_device_that_is_gone_is_forgotten(post: Post, status: int) -> None:
    gone, there = await post.subscribed(SAM), await post.subscribed(SAM)
    post.service.script[gone.name] = [status]
    await owe(post)
    await post.send_all()
    assert await devices(post) == [there.name.ljust(32, "0")]
    assert (await the_job(post)).state == "sent"


async def devices(post: Post) -> list[str]:
    async with post.db.read() as session:
        return list(await session.exec(select(col(PushSubscription.id))))


@pytest.mark.parametrize("status", [401, 403])
async def test_a_refusal_of_our_key_raises_an_alarm_and_forgets_nobody(
    post: Post, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    phone, tablet = await post.subscribed(SAM), await post.subscribed(SAM)
    post.service.script |= {phone.name: [status], tablet.name: [status]}
    await owe(post)
    with caplog.at_level(logging.ERROR):
        await post.send_all()
    assert "VAPID" in caplog.text
    assert phone.name not in caplog.text
    assert len(await devices(post)) == 2
    job = await the_job(post)
    assert (job.state, job.due_at > post.now + 5 * MINUTE) == ("due", True)


async def test_the_one_that_failed_is_tried_again_and_the_other_is_not(post: Post) -> None:
    phone, tablet = await post.subscribed(SAM), await post.subscribed(SAM)
    post.service.script[phone.name] = [500, 502]
    await owe(post)
    for _ in range(3):
        await post.send_all()
        post.now += MINUTE
    assert len(post.service.to(phone)) == len(post.service.to(tablet)) == 1
    job = await the_job(post)
    assert (job.state, job.attempts) == ("sent", 3)


async def test_retry_after_is_obeyed(post: Post) -> None:
    phone = await post.subscribed(SAM)
    post.service.script[phone.name] = [(429, {"Retry-After": "120"})]
    await owe(post)
    await post.send_all()
    job = await the_job(post)
    assert (job.state, job.due_at) == ("due", post.now + 120_000)
    post.now += MINUTE
    await post.send_all()
    assert len(post.service.asked) == 1


async def test_one_whose_device_is_turned_away_keeps_nobody_else_from_hearing(post: Post) -> None:
    worn, phone = await post.subscribed(RIVAL), await post.subscribed(SAM)
    post.service.script[worn.name] = [403]
    await owe(post, user_id=RIVAL.id)
    await post.send_all()
    await owe(post)
    await post.send_all()
    assert len(post.service.to(phone)) == 1


async def test_what_one_device_had_was_sent_though_the_other_never_took_it(post: Post) -> None:
    phone, tablet = await post.subscribed(SAM), await post.subscribed(SAM)
    post.service.script[tablet.name] = [500] * 20
    await owe(post)
    for _ in range(20):
        await post.send_all()
        post.now += MINUTE
    assert len(post.service.to(phone)) == 1
    assert ((await the_job(post)).state, (await the_job(post)).why_dropped) == ("sent", "")


async def test_a_browser_that_was_given_a_lost_key_is_passed_over(post: Post) -> None:
    phone = await post.subscribed(SAM)
    async with post.db.write() as tx:
        row = await tx.session.get_one(PushSubscription, phone.name.ljust(32, "0"))
        row.key_id = "another"
        tx.session.add(row)
    await owe(post)
    await post.send_all()
    assert post.service.asked == []
    assert (await the_job(post)).why_dropped == "nobody"


async def test_what_stood_in_line_too_long_is_due_again_and_was_no_attempt(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courtsync_web.push.courier.IN_LINE", 0.02)
    phone = await post.subscribed(SAM)
    places = post.courier._places[post.service.origin]
    for _ in range(AT_ONCE):
        await places.acquire()
    await owe(post)
    await post.send_all()
    job = await the_job(post)
    assert (job.state, job.attempts, post.service.asked) == ("due", 0, [])
    for _ in range(AT_ONCE):
        places.release()
    post.now = job.due_at
    await post.send_all()
    assert len(post.service.to(phone)) == 1


async def test_too_large_is_our_fault_and_not_tried_again(post: Post) -> None:
    phone = await post.subscribed(SAM)
    post.service.script[phone.name] = [413]
    await owe(post)
    await post.send_all()
    job = await the_job(post)
    assert (job.state, job.why_dropped) == ("dropped", "too-large")
    assert len(await devices(post)) == 1


async def test_a_service_that_hangs_is_left_after_a_while(post: Post) -> None:
    phone = await post.subscribed(SAM)
    post.service.script[phone.name] = ["hang"]
    await owe(post)
    await post.send_all()
    assert (await the_job(post)).state == "due"
    post.now += MINUTE
    await post.send_all()
    assert len(post.service.to(phone)) == 1


async def test_a_redirect_is_not_followed(post: Post) -> None:
    phone, elsewhere = await post.subscribed(SAM), post.service.browser()
    where = f"http://127.0.0.1:{post.service.port}/send/{elsewhere.name}"
    for status in (301, 302, 307, 308):
        post.service.script[phone.name].append((status, {"Location": where}))
    await owe_tests(post, 4)
    await post.send_all()
    assert {path.rpartition("/")[2] for path in post.service.asked} == {phone.name}
    assert {job.why_dropped for job in await post.jobs()} == {"refused"}


async def test_a_service_that_is_down_is_left_alone(post: Post) -> None:
    phones = [await post.subscribed(SAM) for _ in range(7)]
    for phone in phones:
        post.service.script[phone.name] = [500] * 3
    await owe(post)
    await post.send_all()
    asked = len(post.service.asked)
    assert asked >= 5
    post.now += 10_000
    await post.send_all()
    assert len(post.service.asked) == asked, "the circuit is open"


async def test_no_more_than_a_few_posts_at_once(post: Post) -> None:
    for _ in range(20):
        await post.subscribed(SAM)
    await owe(post)
    await post.send_all()
    assert len(post.service.received) == 20
    assert post.service.most_at_once <= 8


async def test_of_several_senders_one_sends(post: Post) -> None:
    await post.subscribed(SAM)
    await owe_tests(post, 20)
    others = [Sender(post.db, post.courier, clock=lambda: post.now) for _ in range(3)]
    await asyncio.gather(*(one.send_due() for one in (*others, post.sender)))
    await post.send_all()
    assert len(post.service.received) == 20


async def test_what_is_due_a_little_later_is_sent_then_though_nobody_rings(post: Post) -> None:
    await post.subscribed(SAM)
    post.now = now_ms()
    await owe(post, due_at=post.now + 300)
    sender = Sender(post.db, post.courier, Pace(idle=60_000))
    working = asyncio.create_task(sender.work())
    await post.service.wait_for(lambda: len(post.service.received) == 1)
    assert now_ms() >= post.now + 300
    working.cancel()


async def test_what_a_dead_sender_held_is_sent_after_its_lease(post: Post) -> None:
    phone = await post.subscribed(SAM)
    await owe(post)
    assert len(await claim(post.db, now=post.now, lease=2_000, at_most=9)) == 1
    await post.send_all()
    assert post.service.asked == []
    post.now += 2_001
    await post.send_all()
    assert len(post.service.to(phone)) == 1


async def test_quiet_hours_hold_back_what_keeps_and_drop_what_does_not(post: Post) -> None:
    await post.subscribed(SAM)
    async with post.db.write() as tx:
        tx.session.add(PushPreference(
            user_id=SAM.id, lead_minutes=15, quiet_from=0, quiet_to=1439, timezone="UTC"
        ))  # fmt: skip
    end = (post.now // 86_400_000) * 86_400_000 + 1439 * MINUTE
    post.now = end - 2 * HOUR
    await owe(post)
    await owe(post, match_id=SECOND, occasion=8, expires_at=post.now + 12 * HOUR)
    async with post.db.write() as tx:
        await due(tx.session, self_test(SAM.id, post.now))
    await post.send_all()
    assert [one.payload["kind"] for one in post.service.received] == ["test"]
    by_occasion = {job.occasion: job for job in await post.jobs()}
    assert by_occasion[7].why_dropped == "quiet"
    assert (by_occasion[8].state, by_occasion[8].due_at) == ("due", end)


async def test_the_first_push_proves_the_device(post: Post) -> None:
    phone = await post.subscribed(SAM, active=False)
    await post.subscribed(SAM)
    async with post.db.write() as tx:
        subscription = await tx.session.get_one(PushSubscription, phone.name.ljust(32, "0"))
        await due(tx.session, activation(subscription, post.now))
    await post.send_all()
    [one] = post.service.received
    assert one.browser == phone.name
    assert (one.payload["kind"], one.payload["token"]) == ("activate", f"token-{phone.name}")


async def test_names_of_any_length_fit(post: Post) -> None:
    phone = await post.subscribed(SAM)
    async with post.db.write() as tx:
        for team_id in (1, 2):
            team = await tx.session.get_one(Team, (EVENT, team_id))
            team.name = "🏐" * 160
            tx.session.add(team)
    await owe(post)
    await post.send_all()
    assert len(post.service.to(phone)) == 1


def test_a_payload_has_at_most_two_kilobytes() -> None:
    keys = Browser().subscription()["keys"]
    sealed(keys["p256dh"], keys["auth"], {"title": "x" * (LARGEST - 12)})
    with pytest.raises(ValueError, match="2049 bytes"):
        sealed(keys["p256dh"], keys["auth"], {"title": "x" * (LARGEST - 11)})


async def test_a_name_that_leads_home_is_not_posted_to(service: PushService, vapid: Vapid) -> None:
    async def home(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    courier = Courier(vapid, Services(), resolve=home, patience=1)
    answer = await courier.carry(
        "https://fcm.googleapis.com/fcm/send/x", Message(b"x", 60, "high", "t")
    )
    assert answer.fate is Fate.UNWANTED
    await courier.close()
