"""My teams: one page for all that followed teams do, whoever keeps the list."""

from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from courtsync_web.db import Database
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.following.device import teams_in
from courtsync_web.following.my_teams import MyTeams, my_teams
from courtsync_web.following.together import Busy, clashes_of, free_from
from tests.events.world import (
    FALCON,
    FINAL,
    GULL,
    HARBOR,
    HERON,
    IBIS,
    OPENER,
    SECOND,
    THIRD,
    ZONE,
    store_harbor,
    wall,
)

MINUTE = 60_000
TEN = wall("2026-01-31T10:00:00")


async def seen(db: Database, *team_ids: int, at: str = "2026-01-31T09:20:00") -> MyTeams:
    async with db.read() as session:
        teams = [(HARBOR, team_id) for team_id in team_ids]
        return await my_teams(session, teams, None, wall(at), RecentEstimates(), twelve=True)


def shown(entries: Any) -> list[int]:
    return [entry.card.match_id for entry in entries]


async def test_what_is_live_next_and_over(db: Database) -> None:
    await store_harbor(db)
    view = await seen(db, GULL, FALCON)
    assert [team.name for team in view.teams] == ["Falcon 14", "Gull 14"]
    assert shown(view.live) == [THIRD]
    assert shown(view.coming) == [FINAL]
    assert shown(view.results) == [OPENER]
    assert view.teams[0].record == "1 won, 0 lost"
    assert view.coming[0].day_words == "Sun, Feb 1"
    assert not view.several_events


async def test_a_work_duty_is_told_apart_and_its_result_is_not_ours(db: Database) -> None:
    await store_harbor(db)
    view = await seen(db, IBIS)
    assert shown(view.results) == [SECOND], "the match it worked is not among its results"


async def test_a_team_and_an_event_that_are_not_there_are_left_out(db: Database) -> None:
    await store_harbor(db)
    async with db.read() as session:
        teams = [("elsewhere", 1), (HARBOR, 4711), (HARBOR, HERON)]
        view = await my_teams(session, teams, None, TEN, RecentEstimates(), twelve=True)
    assert [team.name for team in view.teams] == ["Heron 14"]


async def test_a_private_event_is_for_its_people(db: Database) -> None:
    await store_harbor(db, visibility="private")
    assert (await seen(db, FALCON)).teams == []


async def test_nobody_followed_is_an_empty_page(db: Database) -> None:
    await store_harbor(db)
    assert (await seen(db)).teams == []


def test_a_device_tells_its_teams_in_a_cookie() -> None:
    told = "lakeside~12.lakeside~-4.lakeside~12.nonsense.~1.cup~99999999999999999999.a%7E1"
    assert teams_in(told) == [("lakeside", 12), ("lakeside", -4), ("a", 1)]
    assert teams_in("") == []


@pytest.fixture
async def web(app: Litestar, settings: Any) -> AsyncIterator[httpx.AsyncClient]:
    await store_harbor(app.state.db)
    transport = httpx.ASGITransport(app=cast(Any, app))
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as caller:
        yield caller


async def test_the_page_needs_no_account(web: httpx.AsyncClient) -> None:
    assert "Follow a team" in (await web.get("/my-teams")).text
    page = await web.get("/my-teams", headers={"Cookie": f"follows={HARBOR}~{FALCON}"})
    assert page.status_code == 200
    assert "Falcon 14" in page.text
    assert f'data-match="{OPENER}"' in page.text


async def test_an_accounts_teams_and_the_devices_are_one_list(web: httpx.AsyncClient) -> None:
    await web.post("/api/auth/guest", json={})
    await web.put(f"/api/me/follows/{HARBOR}/{HERON}")
    web.cookies.set("follows", f"{HARBOR}~{FALCON}.{HARBOR}~{HERON}")
    page = (await web.get("/my-teams")).text
    assert page.count('data-follow="') == 2


def busy(team: str, begins: int, ends: int, *, works: bool = False) -> Busy:
    """Minutes after ten."""
    return Busy(TEN + begins * MINUTE, TEN + ends * MINUTE, team, "Court 1", ZONE, works)


def test_two_of_my_teams_at_once_are_a_clash_and_one_after_the_other_are_not() -> None:
    both = clashes_of([busy("A", 0, 60), busy("B", 30, 90), busy("C", 88, 120)], TEN, twelve=True)
    assert [(one.first.team, one.second.team, one.at) for one in both] == [("A", "B", "10:30 AM")]


def test_what_is_over_clashes_no_more() -> None:
    assert clashes_of([busy("A", 0, 60), busy("B", 30, 90)], TEN + 61 * MINUTE, twelve=True) == []


@pytest.mark.parametrize(
    ("duties", "words"),
    [
        ([busy("A", 50, 110)], "now until 10:50 AM"),
        ([busy("A", 30, 90), busy("B", 85, 120)], "from 12:00 PM"),
        ([busy("A", 30, 60), busy("B", 110, 150)], "11:00 AM to 11:50 AM"),
        ([busy("A", -90, -30)], ""),
        ([], ""),
    ],
)
def test_the_next_forty_minutes_that_are_free(duties: list[Busy], words: str) -> None:
    assert free_from(duties, TEN, twelve=True) == words
