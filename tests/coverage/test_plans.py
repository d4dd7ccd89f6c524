"""A coverage plan: chosen match by match, from several devices, with its clashes counted."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, cast

import httpx
import pytest

from courtsync_web.accounts import api as accounts_api
from courtsync_web.accounts.actions import create_user
from courtsync_web.clock import wall_to_ms
from courtsync_web.coverage import api
from courtsync_web.coverage.actions import merge_plan, replace_plan
from courtsync_web.coverage.clashes import clashes, span_of
from courtsync_web.coverage.documents import PlanChanges, PlanDocument
from courtsync_web.coverage.queries import matches_planned, plan_of, planners_of
from courtsync_web.coverage.stays import Stay
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.events.models import Match
from courtsync_web.events.queries import event_for
from tests.small_house import small_house
from tests.world import EVENT, FIRST, RIVAL, SAM, SECOND, ZONE, build_world, match

PLAN = f"/api/events/{EVENT}/coverage-plans"
THIRD = -103
"""On the first court, right after the first."""


@pytest.fixture
async def world(db: Database) -> None:
    """Two matches at eight, and one at nine between the two first teams of each."""
    await build_world(db)
    later = match(THIRD, -1, 1, 3)
    later.starts_at = wall_to_ms(datetime.fromisoformat("2026-01-31T09:00"), ZONE)
    later.ends_at = later.starts_at + 3_600_000
    async with db.write() as tx:
        tx.session.add(later)


@pytest.fixture
async def web(db: Database, world: None) -> AsyncIterator[httpx.AsyncClient]:
    """A guest's browser."""
    house = small_house(db, *api.routes, *accounts_api.routes)
    transport = httpx.ASGITransport(app=cast(Any, house))
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as caller:
        await caller.post("/api/auth/guest", json={})
        yield caller


async def planned(db: Database) -> frozenset[int]:
    async with db.read() as session:
        return await matches_planned(session, EVENT, SAM.id)


async def merged(db: Database, at: int, *, added: Any = (), removed: Any = (), **more: Any) -> None:
    async with db.write() as tx:
        event = await event_for(tx.session, EVENT, SAM)
        await merge_plan(tx, SAM, event, PlanChanges([*added], [*removed], **more), at)


async def replaced(db: Database, at: int, *selected: int) -> None:
    async with db.write() as tx:
        event = await event_for(tx.session, EVENT, SAM)
        await replace_plan(tx, SAM, event, selected, at)


async def test_a_plan_is_empty_before_the_first_choice(web: httpx.AsyncClient) -> None:
    answer = await web.get(PLAN)
    assert answer.json() == {
        "eventId": EVENT, "selectedMatches": [], "updatedAt": None, "conflicts": [],
        "teamsCovered": 0, "teamsTotal": 4, "shot": [], "stay": "whole", "aim": "followed",
        "aimTeams": [],
    }  # fmt: skip


async def test_a_plan_is_written_read_and_cleared(web: httpx.AsyncClient) -> None:
    answer = await web.put(PLAN, json={"selectedMatches": [THIRD, FIRST, SECOND, FIRST]})
    plan = answer.json()
    assert answer.status_code == 200
    assert plan["selectedMatches"] == [SECOND, FIRST, THIRD], "by start, each once"
    assert plan["conflicts"] == [[SECOND, FIRST]], "nine o'clock follows eight without a clash"
    assert (plan["teamsCovered"], plan["teamsTotal"]) == (4, 4)
    copy = await web.get(PLAN)
    assert copy.json() == plan
    same = await web.get(PLAN, headers={"If-None-Match": copy.headers["etag"]})
    assert same.status_code == 304
    assert (await web.put(PLAN, json={"selectedMatches": [FIRST]})).json()["teamsCovered"] == 2
    assert (await web.delete(PLAN)).status_code == 204
    assert (await web.delete(PLAN)).status_code == 204
    assert (await web.get(PLAN)).json()["selectedMatches"] == []


async def test_one_bad_match_changes_nothing(web: httpx.AsyncClient) -> None:
    await web.put(PLAN, json={"selectedMatches": [FIRST]})
    answer = await web.put(PLAN, json={"selectedMatches": [SECOND, 4711]})
    assert (answer.status_code, answer.json()["code"]) == (422, "validation")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/selectedMatches/1"]
    assert (await web.get(PLAN)).json()["selectedMatches"] == [FIRST]


@pytest.mark.parametrize(
    "body",
    [{}, [], {"selectedMatches": "1"}, {"selectedMatches": [1.5]}, {"selectedMatches": [2**63]},
     {"selectedMatches": [], "more": 1}],
)  # fmt: skip
async def test_what_is_no_plan_is_refused(web: httpx.AsyncClient, body: Any) -> None:
    answer = await web.put(PLAN, json=body)
    assert answer.status_code in {400, 422}, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_nobody_has_no_plan(web: httpx.AsyncClient) -> None:
    web.cookies.clear()
    answers = [await web.get(PLAN), await web.put(PLAN, json={"selectedMatches": []}),
               await web.delete(PLAN)]  # fmt: skip
    assert {answer.status_code for answer in answers} == {401}


async def test_what_two_devices_chose_apart_comes_together(db: Database, world: None) -> None:
    await merged(db, 100, added=[FIRST, SECOND])
    await merged(db, 300, added=[THIRD])
    await merged(db, 200, removed=[FIRST, THIRD])
    assert await planned(db) == {SECOND, THIRD}, "the third was chosen after it was removed"
    await merged(db, 300, removed=[THIRD])
    assert await planned(db) == {SECOND, THIRD}, "in a tie what is there stands"


async def test_a_whole_plan_from_yesterday_leaves_what_was_chosen_since(
    db: Database, world: None
) -> None:
    await merged(db, 100, added=[FIRST])
    await merged(db, 300, added=[SECOND])
    await replaced(db, 200, THIRD)
    assert await planned(db) == {SECOND, THIRD}


async def test_an_unknown_match_is_not_added_and_a_gone_one_is_removed(
    db: Database, world: None
) -> None:
    await merged(db, 100, added=[FIRST, SECOND])
    async with db.write() as tx:
        await tx.session.delete(await tx.session.get_one(Match, (EVENT, FIRST)))
    assert await planned(db) == {SECOND}
    with pytest.raises(Problem, match="validation"):
        await merged(db, 200, added=[4711, THIRD])
    await merged(db, 200, removed=[FIRST])
    async with db.write() as tx:
        tx.session.add(match(FIRST, -1, 1, 2))
    assert await planned(db) == {SECOND}


async def test_a_match_that_comes_back_is_in_the_plan_again(db: Database, world: None) -> None:
    await merged(db, 100, added=[FIRST])
    async with db.write() as tx:
        await tx.session.delete(await tx.session.get_one(Match, (EVENT, FIRST)))
    async with db.write() as tx:
        tx.session.add(match(FIRST, -1, 1, 2))
    assert await planned(db) == {FIRST}


async def document(db: Database) -> PlanDocument:
    async with db.read() as session:
        return await plan_of(session, EVENT, SAM.id)


async def test_a_match_that_was_shot_is_in_the_plan_and_stays_shot_however_it_is_planned(
    db: Database, world: None
) -> None:
    await merged(db, 100, shot=[FIRST])
    assert (await document(db)).shot == [FIRST]
    await merged(db, 300, unshot=[FIRST])
    await merged(db, 200, shot=[FIRST, SECOND])
    plan = await document(db)
    assert (plan.selected_matches, plan.shot) == ([SECOND, FIRST], [SECOND]), "of each the later"
    await merged(db, 400, removed=[SECOND])
    assert (await document(db)).shot == [], "what is not planned is not counted"
    await merged(db, 500, added=[SECOND])
    assert (await document(db)).shot == [SECOND]
    with pytest.raises(Problem, match="validation"):
        await merged(db, 600, shot=[4711])


async def test_how_long_one_stays_and_whom_one_covers_are_set_apart(
    db: Database, world: None
) -> None:
    await merged(db, 100, stay=Stay.SHORT)
    await merged(db, 200, aim="15")
    assert ((await document(db)).stay, (await document(db)).aim) == (Stay.SHORT, "15")
    await merged(db, 150, stay=Stay.SET)
    assert (await document(db)).stay == Stay.SHORT, "it was said before"


async def test_in_whose_plans_a_match_is_can_be_told(db: Database, world: None) -> None:
    await merged(db, 100, added=[FIRST, SECOND])
    await merged(db, 200, removed=[SECOND])
    async with db.write() as tx:
        event = await event_for(tx.session, EVENT, RIVAL)
        await merge_plan(tx, RIVAL, event, PlanChanges(added=[FIRST]), 100)
    async with db.read() as session:
        found = await planners_of(session, EVENT, [FIRST, SECOND])
    assert found == {FIRST: sorted((SAM.id, RIVAL.id))}


async def test_an_account_takes_a_guests_plan_along(db: Database, web: httpx.AsyncClient) -> None:
    await create_user(db, email="jo@example.org", password="correct horse", role="media")
    await web.put(PLAN, json={"selectedMatches": [FIRST, THIRD]})
    await web.post("/api/auth/login", json={"email": "jo@example.org", "password": "correct horse"})
    assert (await web.get(PLAN)).json()["selectedMatches"] == [FIRST, THIRD]


def test_what_overlaps_clashes_and_what_follows_does_not() -> None:
    spans = [span_of(1, 0, 60), span_of(2, 60, 120), span_of(3, 30, 90), span_of(4, 0, 200)]
    assert clashes(one for one in spans if one) == [(1, 4), (1, 3), (4, 3), (4, 2), (3, 2)]


def test_a_match_without_a_time_clashes_with_nothing() -> None:
    assert span_of(1, None, None) is None
    assert span_of(1, 0, None) == span_of(1, 0, 3_600_000)
