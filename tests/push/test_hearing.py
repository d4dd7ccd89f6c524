"""What happens becomes one push for everyone who wants it, in the transaction it happens in."""

from typing import Any

import pytest

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.coverage.models import PlannedMatch
from courtsync_web.events.models import Event, Match
from courtsync_web.following.models import Follow
from courtsync_web.happenings import (
    Happening,
    MatchFinal,
    MatchStarted,
    Move,
    ScheduleChanged,
    SetWon,
)
from courtsync_web.organizing.models import Member
from courtsync_web.push.documents import PreferencesIn, TeamChoices
from courtsync_web.push.kinds import HOUR, MINUTE
from courtsync_web.push.preferences import change_preferences, ring_match, ring_team
from courtsync_web.scoring.claims import Claims
from tests.push.conftest import Post, follow
from tests.world import COACH, EVENT, FIRST, OWNER, RIVAL, SAM, SECOND, Bell, match


@pytest.fixture
async def today(post: Post) -> Post:
    """The world's matches start in ten minutes."""
    async with post.db.write() as tx:
        for match_id in (FIRST, SECOND):
            match = await tx.session.get_one(Match, (EVENT, match_id))
            match.starts_at, match.ends_at = post.now + 10 * MINUTE, post.now + 70 * MINUTE
            tx.session.add(match)
    return post


async def tell(post: Post, happening: Happening) -> None:
    async with post.db.write() as tx:
        await tx.tell(happening)
    await post.send_all()


def final(post: Post, match_id: int = FIRST) -> MatchFinal:
    return MatchFinal(
        event_id=EVENT, at=post.now, match_id=match_id, winner=1, sets_won=(2, 0),
        sets=((25, 20), (25, 18)),
    )  # fmt: skip


def set_won(post: Post, number: int = 1) -> SetWon:
    return SetWon(
        event_id=EVENT, at=post.now, match_id=FIRST, number=number, points=(25, 20),
        sets_won=(1, 0),
    )  # fmt: skip


async def titles(post: Post, *people: Person) -> list[tuple[str, str]]:
    names = {one.id: one.display_name for one in people}
    return sorted((names.get(job.user_id, "?"), job.title) for job in await post.jobs())


async def test_a_result_goes_to_followers_and_ringers_once(today: Post) -> None:
    for person in (SAM, COACH, RIVAL, OWNER):
        await today.subscribed(person)
    await follow(today.db, SAM, 1)
    await follow(today.db, SAM, 2)
    await ring_match(today.db, COACH, EVENT, FIRST, on=True)
    await follow(today.db, RIVAL, 3)
    for _ in range(2):
        await tell(today, final(today))
    title = "Final: Harbor 15 Gold – Falcon 15 Blue 2–0"
    assert await titles(today, SAM, COACH) == [("Coach", title), ("Sam", title)]
    assert {job.reason for job in await today.jobs()} == {"team", "match"}
    assert [one.payload["body"] for one in today.service.received] == ["25–20, 25–18 · Court 1"] * 2


async def test_without_a_device_nothing_is_written(today: Post) -> None:
    await today.subscribed(SAM, active=False)
    await follow(today.db, SAM, 1)
    await tell(today, final(today))
    assert await today.jobs() == []


async def test_sets_are_told_to_those_who_want_them(today: Post) -> None:
    await today.subscribed(SAM)
    await follow(today.db, SAM, 1)
    await tell(today, set_won(today))
    assert await today.jobs() == [], "not by default"
    await change_preferences(today.db, SAM, PreferencesIn(kinds={"setWon": True}))
    await tell(today, set_won(today))
    [one] = today.service.received
    assert one.payload["title"] == "Set 1: Harbor 15 Gold – Falcon 15 Blue 25–20"


@pytest.mark.parametrize(
    "change",
    [
        {"muted_events": [EVENT]},
        {"kinds": {"matchFinal": False}},
        {"teams": [TeamChoices(EVENT, 1, bell=False)]},
        {"teams": [TeamChoices(EVENT, 1, kinds={"matchFinal": False})]},
    ],
)
async def test_every_way_to_hear_nothing(today: Post, change: dict[str, Any]) -> None:
    await today.subscribed(SAM)
    await follow(today.db, SAM, 1)
    await change_preferences(today.db, SAM, PreferencesIn(**change))
    await tell(today, final(today))
    assert await today.jobs() == []


async def test_a_team_may_differ_from_the_rest(today: Post) -> None:
    await today.subscribed(SAM)
    await follow(today.db, SAM, 1)
    await change_preferences(
        today.db,
        SAM,
        PreferencesIn(
            kinds={"matchFinal": False},
            teams=[TeamChoices(EVENT, 1, kinds={"matchFinal": True})],
        ),
    )
    await tell(today, final(today))
    assert len(today.service.received) == 1


async def test_ringing_a_team_follows_it(today: Post) -> None:
    await today.subscribed(SAM)
    await ring_team(today.db, SAM, EVENT, 1, on=True)
    await tell(today, final(today))
    await ring_team(today.db, SAM, EVENT, 1, on=False)
    await ring_match(today.db, SAM, EVENT, SECOND, on=True)
    await ring_match(today.db, SAM, EVENT, SECOND, on=False)
    await tell(today, final(today, SECOND))
    assert len(today.service.received) == 1


async def test_yesterdays_result_is_no_news(today: Post) -> None:
    await today.subscribed(SAM)
    await follow(today.db, SAM, 1)
    late = MatchFinal(
        event_id=EVENT, at=today.now + 12 * HOUR, match_id=FIRST, winner=None, sets_won=(1, 1),
        sets=(),
    )  # fmt: skip
    await tell(today, late)
    assert await today.jobs() == []


async def test_a_claim_calls_the_match_and_the_start_does_not_again(today: Post) -> None:
    await today.subscribed(SAM)
    await follow(today.db, SAM, 1)
    claims = Claims(today.db, Bell())
    await claims.claim(EVENT, FIRST, COACH)
    today.now = max(today.now, now_ms())
    await today.send_all()
    [one] = today.service.received
    assert (one.payload["kind"], one.payload["title"]) == ("matchSoon", "Called on Court 1")
    await claims.release(EVENT, FIRST, COACH)
    await claims.claim(EVENT, FIRST, RIVAL)
    await today.send_all()
    assert len(today.service.received) == 1


async def test_who_was_reminded_is_not_called_again_though_the_time_moved_a_little(
    today: Post,
) -> None:
    await today.subscribed(SAM)
    await follow(today.db, SAM, 1)
    await Claims(today.db, Bell()).claim(EVENT, FIRST, COACH)
    async with today.db.write() as tx:
        match = await tx.session.get_one(Match, (EVENT, FIRST))
        match.starts_at = (match.starts_at or 0) + 3 * MINUTE
        tx.session.add(match)
    await tell(today, MatchStarted(event_id=EVENT, at=today.now, match_id=FIRST))
    today.now = max(today.now, now_ms())
    await today.send_all()
    assert len(today.service.received) == 1


async def test_a_result_takes_the_place_of_a_set_that_could_not_be_told(today: Post) -> None:
    phone = await today.subscribed(SAM)
    await follow(today.db, SAM, 1)
    await change_preferences(today.db, SAM, PreferencesIn(kinds={"setWon": True}))
    today.service.script[phone.name] = [500]
    await tell(today, set_won(today))
    today.now += 3_000
    await tell(today, final(today))
    today.now += MINUTE
    await today.send_all()
    assert [one.payload["kind"] for one in today.service.received] == ["matchFinal"]
    assert {job.why_dropped for job in await today.jobs()} == {"", "replaced"}


@pytest.mark.parametrize("change", ["mute", "kind", "unfollow", "private"])
async def test_what_waited_is_sent_only_if_it_is_still_wanted(today: Post, change: str) -> None:
    phone = await today.subscribed(SAM)
    await follow(today.db, SAM, 1)
    today.service.script[phone.name] = [500]
    await tell(today, final(today))
    await change_of_mind(today, change)
    today.now += 5 * MINUTE
    await today.send_all()
    assert today.service.received == []
    assert [job.why_dropped for job in await today.jobs()] == ["unwanted"]


async def test_what_waited_and_is_wanted_is_sent(today: Post) -> None:
    phone = await today.subscribed(SAM)
    await follow(today.db, SAM, 1)
    today.service.script[phone.name] = [500]
    await tell(today, final(today))
    today.now += 5 * MINUTE
    await today.send_all()
    assert len(today.service.received) == 1


async def test_a_private_event_tells_its_own_people_only(today: Post) -> None:
    for person in (SAM, OWNER, COACH):
        await today.subscribed(person)
        await follow(today.db, person, 1)
    async with today.db.write() as tx:
        tx.session.add(Member(event_id=EVENT, user_id=COACH.id, role="coach", added_at=1))
    await change_of_mind(today, "private")
    await tell(today, final(today))
    assert {job.user_id for job in await today.jobs()} == {OWNER.id, COACH.id}


async def change_of_mind(today: Post, change: str) -> None:
    """Sam, or the organizer, decides otherwise."""
    if change == "mute":
        await change_preferences(today.db, SAM, PreferencesIn(muted_events=[EVENT]))
    elif change == "kind":
        await change_preferences(today.db, SAM, PreferencesIn(kinds={"matchFinal": False}))
    async with today.db.write() as tx:
        if change == "unfollow":
            await tx.session.delete(await tx.session.get_one(Follow, (SAM.id, EVENT, 1)))
        elif change == "private":
            event = await tx.session.get_one(Event, EVENT)
            event.visibility = "private"
            tx.session.add(event)


async def test_a_moved_match_is_told_to_players_workers_and_planners(today: Post) -> None:
    for person in (SAM, COACH):
        await today.subscribed(person)
    await follow(today.db, SAM, 1)
    async with today.db.write() as tx:
        tx.session.add(PlannedMatch(
            user_id=COACH.id, event_id=EVENT, match_id=FIRST, planned=True, changed_at=1
        ))  # fmt: skip
    before = today.now + 10 * MINUTE
    moves = (
        move(FIRST, before, before + HOUR, court=-2),
        move(SECOND, before, before + 4 * MINUTE),
    )
    await tell(today, ScheduleChanged(event_id=EVENT, at=today.now, seq=3, moves=moves))
    assert len(today.service.received) == 2
    assert all("Now on Court 2" in one.payload["title"] for one in today.service.received)
    assert all(one.payload["title"].startswith("New time") for one in today.service.received)


async def test_who_has_many_moved_matches_is_told_of_all_at_once(today: Post) -> None:
    await today.subscribed(SAM)
    await follow(today.db, SAM, 1)
    numbers = range(500, 512)
    async with today.db.write() as tx:
        tx.session.add_all([match(number, -1, 1, 2) for number in numbers])
    before = today.now + HOUR
    moves = tuple(move(one, before, before + (one - 490) * MINUTE) for one in numbers)
    await tell(today, ScheduleChanged(event_id=EVENT, at=today.now, seq=3, moves=moves))
    [one] = today.service.received
    assert one.payload["title"] == "12 of your matches have moved"
    assert one.payload["body"].startswith("First ")
    assert one.payload["url"] == "/my-teams"
    [job] = await today.jobs()
    assert job.expires_at == max(one.starts_at or 0 for one in moves), "the last is of use longest"


def move(match_id: int, before: int, after: int, court: int = -1) -> Move:
    return Move(
        match_id=match_id, starts_before=before, starts_at=after, court_before=-1, court_id=court
    )
