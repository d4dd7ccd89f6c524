"""The Coverage page as the server makes it: of an account's plan, and of a device's own."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

import httpx
import pytest

from courtsync_web.clock import wall_to_ms
from courtsync_web.coverage.device import OwnPlan, plan_in
from courtsync_web.coverage.stays import Stay
from courtsync_web.coverage.view import CoverageView, coverage_view
from courtsync_web.db import Database
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.cards import Moment
from courtsync_web.events.models import Club, Event, Team
from courtsync_web.scoring.models import Score
from courtsync_web.settings import Settings
from tests.world import EVENT, FIRST, SECOND, ZONE, build_world, match

PAGE = f"/events/{EVENT}/coverage"
THIRD = -103
"""On the first court at half past nine, between Harbor and Bay."""
SATURDAY = "2026-01-31"


def at(wall: str) -> int:
    return wall_to_ms(datetime.fromisoformat(f"{SATURDAY}T{wall}"), ZONE)


async def fill(db: Database) -> None:
    await build_world(db)
    later = match(THIRD, -1, 1, 3)
    later.starts_at, later.ends_at = at("09:30"), at("10:30")
    async with db.write() as tx:
        tx.session.add(Club(event_id=EVENT, club_id=7, name="Harbor VBC"))
        harbor = await tx.session.get_one(Team, (EVENT, 1))
        harbor.club_id = 7
        tx.session.add_all([harbor, later])


async def seen(db: Database, plan: OwnPlan, wall: str = "07:00", day: str = "") -> CoverageView:
    async with db.read() as session:
        event = await session.get_one(Event, EVENT)
        moment = Moment(at(wall), ZONE)
        return await coverage_view(session, event, plan, day, moment, RecentEstimates())


async def test_a_day_is_told_with_what_clashes_and_whom_it_misses(db: Database) -> None:
    await fill(db)
    view = await seen(db, OwnPlan(planned=frozenset((FIRST, SECOND)), aim="all"))
    assert [entry.match_id for entry in view.entries] == [SECOND, FIRST]
    assert [(one.first.match_id, one.second.match_id) for one in view.clashes] == [(SECOND, FIRST)]
    assert (view.sure_clashes, view.covered, view.wanted) == (
        1, ["Bay 15", "Elm 15", "Falcon 15 Blue", "Harbor 15 Gold"], 4,
    )  # fmt: skip
    view = await seen(db, OwnPlan(planned=frozenset((THIRD,)), aim="all"))
    assert [one.name for one in view.missing] == ["Elm 15", "Falcon 15 Blue"]
    assert [one.match_id for one in view.missing[0].chances] == [SECOND]
    assert view.clashes == []


async def test_whoever_stays_ten_minutes_sees_both(db: Database) -> None:
    await fill(db)
    view = await seen(db, OwnPlan(planned=frozenset((FIRST, SECOND)), stay=Stay.SHORT))
    assert (view.clashes, [entry.walk for entry in view.entries]) == ([], [0, 1])


async def test_what_was_shot_or_is_over_clashes_with_nothing(db: Database) -> None:
    await fill(db)
    both = OwnPlan(planned=frozenset((FIRST, SECOND)))
    assert (await seen(db, replace(both, shot=frozenset((FIRST,))))).clashes == []
    async with db.write() as tx:
        tx.session.add(Score(event_id=EVENT, match_id=SECOND, status="completed", sets=[],
                             sets_won1=2, sets_won2=0, revision=1, seq=1, changed_at=at("08:40"),
                             provenance="fan", timeouts=[0, 0], warnings=[]))  # fmt: skip
    view = await seen(db, both, "08:41")
    assert view.clashes == []
    told = {entry.match_id: entry.status for entry in view.entries}
    assert told == {SECOND: "over", FIRST: "upcoming"}


async def test_the_way_is_told_in_time(db: Database) -> None:
    await fill(db)
    plan = OwnPlan(planned=frozenset((SECOND, THIRD)))
    early, there, leaving, done = [
        (await seen(db, plan, wall)) for wall in ("07:00", "08:20", "09:28", "10:26")
    ]
    assert (early.advice.word, early.to and early.to.match_id) == ("free", SECOND)
    assert (there.advice.word, there.at and there.at.match_id) == ("stay", SECOND)
    assert (leaving.advice.word, leaving.to and leaving.to.match_id) == ("go", THIRD)
    assert leaving.leave_at == "9:29 AM", "a minute to the other court"
    assert done.advice.word == "done"


async def test_a_team_followed_or_a_club_chosen_is_who_counts(db: Database) -> None:
    await fill(db)
    assert (await seen(db, OwnPlan())).wanted == 4, "nobody is followed yet"
    assert (await seen(db, OwnPlan(followed=frozenset((1, 4))))).wanted == 2
    club = await seen(db, OwnPlan(aim="7", followed=frozenset((4,))))
    assert [one.name for one in club.missing] == ["Harbor 15 Gold"]
    assert ("7", "Harbor VBC") in club.aims


@pytest.fixture
async def lakeside(settings: Settings) -> AsyncIterator[None]:
    db = Database(settings.effective_database_url)
    await fill(db)
    yield
    await db.close()


def stops(html: str) -> list[int]:
    here = html.partition('id="stops"')[2].partition("</details>")[0]
    return [int(one) for one in re.findall(r'class="stop" data-match="(-?\d+)"', here)]


async def test_who_never_signed_in_sees_the_devices_own_plan(
    lakeside: None, client: httpx.AsyncClient
) -> None:
    empty = (await client.get(PAGE, params={"day": SATURDAY})).text
    assert stops(empty) == []
    assert "Nothing planned on this day" in empty
    client.cookies.set("plan", f"short~all~{FIRST}.{THIRD}~{FIRST}~1")
    page = await client.get(PAGE, params={"day": SATURDAY})
    assert stops(page.text) == [FIRST, THIRD]
    assert page.headers["cache-control"] == "private, no-cache"
    assert re.search(r'value="short" checked', page.text)


async def test_an_accounts_plan_is_its_own_and_no_cookie_adds_to_it(
    lakeside: None, client: httpx.AsyncClient
) -> None:
    await client.post("/api/auth/guest", json={})
    client.cookies.set("plan", f"short~all~{SECOND}~~")
    await client.put(
        f"/api/events/{EVENT}/coverage-plans", json={"selectedMatches": [FIRST, THIRD]}
    )
    page = (await client.get(PAGE, params={"day": SATURDAY})).text
    assert stops(page) == [FIRST, THIRD]
    await client.put(f"/api/me/follows/{EVENT}/4")
    page = (await client.get(PAGE, params={"day": SATURDAY})).text
    assert re.search(r'data-figure="covered">0<.*?data-figure="wanted">1<', page, re.DOTALL)
    assert "Elm 15" in page.partition('id="missing"')[2].partition("</ul>")[0]


async def test_an_event_that_is_not_there_has_no_plan(client: httpx.AsyncClient) -> None:
    assert (await client.get("/events/nowhere/coverage")).status_code == 404


@pytest.mark.parametrize(
    "cookie", ["", "~", "whole", "x~y~z~-~--", "short~all~1e3.99999999999999999999.²~~", "~" * 99]
)
def test_a_cookie_that_cannot_be_read_is_an_empty_plan(cookie: str) -> None:
    assert plan_in(cookie).planned == frozenset()


def test_a_tick_without_its_match_is_none() -> None:
    plan = plan_in("set~-15~1.2~2.3~-7")
    assert plan == OwnPlan(frozenset((1, 2)), frozenset((2,)), frozenset((-7,)), Stay.SET, "-15")
