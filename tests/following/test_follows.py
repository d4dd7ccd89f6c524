"""Following teams: by anyone signed in, over all events, from several devices."""

from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest

from courtsync_web.accounts import api as accounts_api
from courtsync_web.accounts.actions import create_user
from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.events.models import Event, Team
from courtsync_web.events.queries import event_for
from courtsync_web.following import api
from courtsync_web.following.actions import merge_follow
from courtsync_web.following.queries import followers_of, follows_of, teams_followed
from tests.small_house import small_house
from tests.world import EVENT, RIVAL, SAM, build_world

FOLLOWS = "/api/me/follows"
HARBOR, FALCON = 1, 2


@pytest.fixture
async def web(db: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A guest's browser, in a house with one event."""
    await build_world(db)
    house = small_house(db, *api.routes, *accounts_api.routes)
    transport = httpx.ASGITransport(app=cast(Any, house))
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as caller:
        await caller.post("/api/auth/guest", json={})
        yield caller


async def followed(web: httpx.AsyncClient) -> list[tuple[str, int, str]]:
    teams = (await web.get(FOLLOWS)).json()["teams"]
    return [(team["eventId"], team["teamId"], team["name"]) for team in teams]


async def merged(
    db: Database, person: Person, team_id: int, at: int, *, following: bool = True
) -> None:
    async with db.write() as tx:
        event = await event_for(tx.session, EVENT, person)
        await merge_follow(tx, person, event, team_id, following=following, at=at)


async def at_cup(db: Database, person: Person) -> frozenset[int]:
    async with db.read() as session:
        return await teams_followed(session, person, EVENT)


async def test_a_guest_follows_teams_and_lets_one_go(web: httpx.AsyncClient) -> None:
    for team in (HARBOR, FALCON, HARBOR):
        assert (await web.put(f"{FOLLOWS}/{EVENT}/{team}")).status_code == 204
    assert await followed(web) == [
        (EVENT, FALCON, "Falcon 15 Blue"),
        (EVENT, HARBOR, "Harbor 15 Gold"),
    ]
    assert (await web.delete(f"{FOLLOWS}/{EVENT}/{FALCON}")).status_code == 204
    assert (await web.delete(f"{FOLLOWS}/{EVENT}/{FALCON}")).status_code == 204
    assert await followed(web) == [(EVENT, HARBOR, "Harbor 15 Gold")]


async def test_who_has_the_list_gets_no_second_copy(web: httpx.AsyncClient) -> None:
    first = await web.get(FOLLOWS)
    again = await web.get(FOLLOWS, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert first.json() == {"teams": [], "updatedAt": None}


async def test_a_team_or_an_event_that_is_not_there_is_not_followed(
    web: httpx.AsyncClient,
) -> None:
    for where in (f"{EVENT}/99", "elsewhere/1"):
        answer = await web.put(f"{FOLLOWS}/{where}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert await followed(web) == []


async def test_a_private_event_of_others_is_not_there(db: Database, web: httpx.AsyncClient) -> None:
    await web.put(f"{FOLLOWS}/{EVENT}/{HARBOR}")
    async with db.write() as tx:
        event = await tx.session.get_one(Event, EVENT)
        event.visibility = "private"
        tx.session.add(event)
    assert (await web.put(f"{FOLLOWS}/{EVENT}/{FALCON}")).status_code == 404
    assert await followed(web) == [], "and what was followed shows nothing of it"


async def test_nobody_follows_nothing(web: httpx.AsyncClient) -> None:
    web.cookies.clear()
    assert (await web.get(FOLLOWS)).status_code == 401
    assert (await web.put(f"{FOLLOWS}/{EVENT}/{HARBOR}")).status_code == 401


async def test_of_two_devices_the_later_choice_stands(db: Database) -> None:
    await build_world(db)
    await merged(db, SAM, HARBOR, at=200)
    await merged(db, SAM, HARBOR, at=100, following=False)
    assert await at_cup(db, SAM) == {HARBOR}, "an older choice arrived late"
    await merged(db, SAM, HARBOR, at=200, following=False)
    assert await at_cup(db, SAM) == {HARBOR}, "in a tie what is there stands"
    await merged(db, SAM, HARBOR, at=300, following=False)
    assert await at_cup(db, SAM) == frozenset()


async def test_a_team_that_is_gone_can_still_be_let_go_of(db: Database) -> None:
    await build_world(db)
    await merged(db, SAM, HARBOR, at=100)
    async with db.write() as tx:
        await tx.session.delete(await tx.session.get_one(Team, (EVENT, HARBOR)))
    async with db.read() as session:
        assert (await follows_of(session, SAM)).teams == []
    with pytest.raises(Problem, match="not-found"):
        await merged(db, SAM, HARBOR, at=200)
    await merged(db, SAM, HARBOR, at=200, following=False)
    assert await at_cup(db, SAM) == frozenset()


async def test_who_follows_a_team_can_be_told(db: Database) -> None:
    await build_world(db)
    await merged(db, SAM, HARBOR, at=100)
    await merged(db, RIVAL, HARBOR, at=100)
    await merged(db, RIVAL, FALCON, at=100)
    await merged(db, RIVAL, FALCON, at=200, following=False)
    async with db.read() as session:
        found = await followers_of(session, EVENT, [HARBOR, FALCON])
    assert found == {HARBOR: sorted((SAM.id, RIVAL.id))}


async def test_an_account_takes_a_guests_teams_along(db: Database, web: httpx.AsyncClient) -> None:
    jo = await create_user(db, email="jo@example.org", password="correct horse", role="spectator")
    await merged(db, jo, HARBOR, at=100, following=False)
    await merged(db, jo, FALCON, at=2**52)
    await web.put(f"{FOLLOWS}/{EVENT}/{HARBOR}")
    await web.put(f"{FOLLOWS}/{EVENT}/{FALCON}")
    await web.delete(f"{FOLLOWS}/{EVENT}/{FALCON}")
    await web.put(f"{FOLLOWS}/{EVENT}/3")
    await web.post("/api/auth/login", json={"email": "jo@example.org", "password": "correct horse"})
    assert await at_cup(db, jo) == {HARBOR, FALCON, 3}, "of each team the later choice"
