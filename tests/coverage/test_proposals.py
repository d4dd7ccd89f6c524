"""The autopilot asked over JSON: what it proposes, why, and what it changes in my plan."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, cast

import httpx
import pytest

from courtsync_web.accounts import api as accounts_api
from courtsync_web.clock import wall_to_ms
from courtsync_web.coverage import api as plans_api
from courtsync_web.coverage.planner import Planner
from courtsync_web.coverage.proposing import api
from courtsync_web.db import Database
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.estimates.slots import Estimate
from courtsync_web.events.models import Team
from tests.small_house import small_house
from tests.world import EVENT, FIRST, SECOND, ZONE, build_world, match

PROPOSAL = f"/api/events/{EVENT}/coverage-plans/proposal"
PLAN = f"/api/events/{EVENT}/coverage-plans"
LATER, LAST = -103, -104
DAY = "2026-01-31"


def at(clock: str) -> int:
    return wall_to_ms(datetime.fromisoformat(f"{DAY}T{clock}"), ZONE)


@pytest.fixture(autouse=True)
def early_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day has not begun."""
    set_clock(monkeypatch, "07:00")


def set_clock(monkeypatch: pytest.MonkeyPatch, clock: str) -> None:
    monkeypatch.setattr(api, "now_ms", lambda: at(clock))


@pytest.fixture
async def world(db: Database) -> None:
    """Two matches at eight; at nine the second two again; a fifth team plays at ten."""
    await build_world(db)
    async with db.write() as tx:
        tx.session.add(Team(event_id=EVENT, team_id=5, name="Pine 15", division_id=15))
        tx.session.add(Team(event_id=EVENT, team_id=6, name="Oak 15", division_id=15))
        await tx.session.flush()
        for match_id, court, teams, clock in (
            (LATER, -1, (4, 3), "09:00"),
            (LAST, -2, (5, 3), "10:00"),
        ):
            one = match(match_id, court, *teams)
            one.starts_at, one.ends_at = at(clock), at(clock) + 3_600_000
            tx.session.add(one)


@pytest.fixture
async def web(db: Database, world: None) -> AsyncIterator[httpx.AsyncClient]:
    """A guest's browser."""
    house = small_house(db, *api.routes, *plans_api.routes, *accounts_api.routes, planner=Planner())
    transport = httpx.ASGITransport(app=cast(Any, house))
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as caller:
        await caller.post("/api/auth/guest", json={})
        yield caller


async def asked(web: httpx.AsyncClient, **wishes: Any) -> dict[str, Any]:
    answer = await web.post(PROPOSAL, json={"day": DAY} | wishes)
    assert answer.status_code == 200, answer.text
    proposal: dict[str, Any] = answer.json()
    return proposal


def ids(proposal: dict[str, Any]) -> list[int]:
    return [one["matchId"] for one in proposal["matches"]]


async def test_most_teams_are_seen_and_every_choice_is_explained(web: httpx.AsyncClient) -> None:
    proposal = await asked(web)
    assert ids(proposal) == [FIRST, LATER, LAST]
    assert (proposal["teamsCovered"], proposal["teamsWanted"]) == (5, 6)
    assert proposal["mostPossible"]
    assert proposal["clashes"] == []
    last = proposal["matches"][-1]
    assert "only chance to see Pine 15 on this day" in last["reasons"]
    assert "1 min walk from your match before" in last["reasons"]
    assert last["place"] == "Court 2"
    reasons = {one["name"]: one["reason"] for one in proposal["uncovered"]}
    assert reasons == {"Oak 15": "has no match on this day"}
    assert sorted(proposal["added"]) == sorted(ids(proposal))


async def test_ten_minutes_each_see_two_matches_of_one_hour(web: httpx.AsyncClient) -> None:
    proposal = await asked(web, stay="short", mustMatches=[FIRST, SECOND], teams=[])
    assert set(ids(proposal)) == {FIRST, SECOND}
    assert proposal["clashes"] == []
    assert any("come at" in reason for reason in proposal["matches"][1]["reasons"])


async def test_what_is_planned_stays_unless_it_may_go(web: httpx.AsyncClient) -> None:
    await web.put(PLAN, json={"selectedMatches": [FIRST, SECOND]})
    kept = await asked(web, teams=[5])
    assert set(ids(kept)) == {FIRST, SECOND, LAST}
    assert [sorted(pair) for pair in kept["clashes"]] == [sorted((FIRST, SECOND))]
    assert kept["added"] == [LAST]
    anew = await asked(web, teams=[1, 2, 5], keep=False)
    assert set(ids(anew)) == {FIRST, LAST}
    assert anew["clashes"] == []
    [dropped] = anew["dropped"]
    assert dropped["matchId"] == SECOND
    assert dropped["reason"] == "clashes with 8:00 AM Court 1, which covers 2 teams"


async def test_wishes_are_kept(web: httpx.AsyncClient) -> None:
    must = await asked(web, mustTeams=[4])
    assert ids(must) == [FIRST, LATER, LAST]
    assert "Elm 15 must be seen" in must["matches"][1]["reasons"]
    asked_for = await asked(web, teams=[5], mustMatches=[FIRST])
    assert ids(asked_for) == [FIRST, LAST]
    assert "you asked for it" in asked_for["matches"][0]["reasons"]
    free = await asked(web, breaks=[{"from": at("07:30"), "to": at("08:40")}])
    assert ids(free) == [LATER, LAST]
    reasons = {one["name"]: one["reason"] for one in free["uncovered"]}
    assert reasons["Harbor 15 Gold"] == "plays only while you have a break"


async def test_later_in_the_day_only_what_can_still_be_seen(
    web: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await web.put(PLAN, json={"selectedMatches": [FIRST, LAST]})
    set_clock(monkeypatch, "09:30")
    proposal = await asked(web, keep=False)
    assert ids(proposal) == [LAST]
    assert "already in your plan" in proposal["matches"][0]["reasons"]
    assert proposal["added"] == proposal["dropped"] == []
    assert proposal["teamsCovered"] == 4, "two of them in what is past"
    reasons = {one["reason"] for one in proposal["uncovered"]}
    assert "its last match began at 9:00 AM" in reasons


async def test_who_has_not_signed_in_sends_what_they_planned(web: httpx.AsyncClient) -> None:
    web.cookies.clear()
    proposal = await asked(web, planned=[SECOND], teams=[5])
    assert set(ids(proposal)) == {SECOND, LAST}
    assert proposal["added"] == [LAST]


async def test_wishes_that_cannot_be_are_named(web: httpx.AsyncClient) -> None:
    for wishes, pointer in (
        ({"teams": [99]}, "/teams/0"),
        ({"mustTeams": [1, 99]}, "/mustTeams/1"),
        ({"mustMatches": [4711]}, "/mustMatches/0"),
        ({"day": "2026-03-01"}, "/day"),
        ({"breaks": [{"from": 5, "to": 5}]}, "/breaks/0"),
    ):
        answer = await web.post(PROPOSAL, json=wishes)
        assert (answer.status_code, answer.json()["code"]) == (422, "validation")
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_what_are_no_wishes_is_refused(web: httpx.AsyncClient) -> None:
    no_wishes: list[Any] = [
        {"more": 1},
        {"stay": "forever"},
        {"mostPerHour": 0},
        {"mustTeams": [1] * 201},
        {"breaks": [{"from": 1, "to": 2}] * 7},
        {"day": "today"},
        [],
    ]
    for wishes in no_wishes:
        answer = await web.post(PROPOSAL, json=wishes)
        assert answer.status_code in {400, 422}, answer.text
        assert answer.headers["content-type"] == "application/problem+json"


async def test_a_private_event_is_nobody_s_business(
    web: httpx.AsyncClient,
) -> None:
    assert (
        await web.post("/api/events/elsewhere/coverage-plans/proposal", json={})
    ).status_code == 404


async def test_when_a_court_runs_late_a_new_plan_says_what_it_changed_and_why(
    db: Database, world: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both fit by the printed times: nine o'clock on one court, ten on the other."""
    set_clock(monkeypatch, "08:30")
    late = {LATER: Estimate(at("09:40"), at("09:40"), at("09:40"), 40 * 60_000)}
    house = small_house(
        db, *api.routes, *accounts_api.routes, planner=Planner(), recent=Expected(late)
    )
    transport = httpx.ASGITransport(app=cast(Any, house))
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as web:
        plan = {"planned": [LATER, LAST], "teams": [3, 4, 5]}
        kept = await asked(web, **plan)
        assert kept["clashes"] == [[LATER, LAST]], "what must stay stays, and is named"
        anew = await asked(web, **plan, keep=False, mustTeams=[5])
    assert ids(anew) == [LAST]
    assert "already in your plan" in anew["matches"][0]["reasons"]
    [dropped] = anew["dropped"]
    assert dropped["matchId"] == LATER
    assert dropped["reason"] == (
        "runs 40 min late and clashes with 10:00 AM Court 2, which covers 2 teams"
    )


class Expected(RecentEstimates):
    """Estimates that were made up."""

    def __init__(self, estimates: dict[int, Estimate]) -> None:
        super().__init__()
        self._estimates = estimates

    async def of(self, *_: object) -> dict[int, Estimate]:
        return self._estimates
