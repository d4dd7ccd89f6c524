"""Photographers who share the work: who has what, without doubles."""

from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from courtsync_web.accounts import api as accounts_api
from courtsync_web.accounts import my_api
from courtsync_web.coverage import api as plans_api
from courtsync_web.coverage.crew import api
from courtsync_web.coverage.planner import Planner
from courtsync_web.coverage.proposing import api as proposing_api
from courtsync_web.db import Database
from tests.coverage.test_proposals import DAY, LAST, LATER, early_morning, world
from tests.small_house import small_house
from tests.world import EVENT, FIRST, SECOND

__all__ = ["early_morning", "world"]
CREW = f"/api/events/{EVENT}/crew"
PLAN = f"/api/events/{EVENT}/coverage-plans"


@pytest.fixture
def house(db: Database, world: None) -> Litestar:
    routes = (*api.routes, *plans_api.routes, *proposing_api.routes, *accounts_api.routes,
              *my_api.routes)  # fmt: skip
    return small_house(db, *routes, planner=Planner())


async def somebody(house: Litestar, name: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=cast(Any, house))
    caller = httpx.AsyncClient(transport=transport, base_url="http://courtsync.test")
    await caller.post("/api/auth/guest", json={"displayName": name})
    return caller


@pytest.fixture
async def sam(house: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    caller = await somebody(house, "Sam")
    yield caller
    await caller.aclose()


@pytest.fixture
async def robin(house: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    caller = await somebody(house, "Robin")
    yield caller
    await caller.aclose()


def code_in(crew: dict[str, Any]) -> str:
    return str(crew["link"]).partition("#crew=")[2]


async def crew_of_two(sam: httpx.AsyncClient, robin: httpx.AsyncClient) -> dict[str, Any]:
    made = (await sam.post(CREW, json={"name": "  Harbor   photo "})).json()
    answer = await robin.post(CREW + "/join", json={"code": code_in(made)})
    assert answer.status_code == 200, answer.text
    crew: dict[str, Any] = answer.json()
    return crew


async def plan(who: httpx.AsyncClient, *matches: int) -> None:
    assert (await who.put(PLAN, json={"selectedMatches": matches})).status_code == 200


async def planned(who: httpx.AsyncClient) -> set[int]:
    return set((await who.get(PLAN)).json()["selectedMatches"])


async def has(who: httpx.AsyncClient) -> dict[int, str]:
    return {one["matchId"]: one["photographer"] for one in (await who.get(CREW)).json()["matches"]}


async def test_whoever_has_the_link_joins_and_all_see_who_has_what(
    sam: httpx.AsyncClient, robin: httpx.AsyncClient
) -> None:
    assert (await sam.get(CREW)).json()["name"] is None
    await plan(sam, FIRST)
    await plan(robin, FIRST, SECOND)
    crew = await crew_of_two(sam, robin)
    assert crew["name"] == "Harbor photo"
    assert [one["displayName"] for one in crew["members"]] == ["Sam", "Robin"]
    assert [one["me"] for one in crew["members"]] == [False, True]
    assert await has(sam) == {FIRST: "Sam", SECOND: "Robin"}, "who was first"
    await plan(sam, FIRST, LATER)
    await plan(robin, SECOND, LATER)
    assert (await has(robin))[LATER] == "Sam"
    await plan(sam, FIRST)
    assert LATER not in await has(sam), "free, until somebody plans it"
    assert "email" not in (await sam.get(CREW)).text


async def test_taking_what_another_has_is_deliberate(
    sam: httpx.AsyncClient, robin: httpx.AsyncClient
) -> None:
    await crew_of_two(sam, robin)
    await plan(sam, FIRST)
    refused = await robin.put(f"{CREW}/matches/{FIRST}", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "taken")
    assert refused.json()["photographer"] == "Sam"
    assert await planned(robin) == set()
    over = await robin.put(f"{CREW}/matches/{FIRST}", json={"takeOver": True})
    assert over.status_code == 200
    assert await has(sam) == {FIRST: "Robin"}
    assert (await planned(sam), await planned(robin)) == (set(), {FIRST})
    assert (await robin.delete(f"{CREW}/matches/{FIRST}")).status_code == 204
    assert await has(sam) == {}
    assert await planned(robin) == set()


async def test_a_link_that_was_withdrawn_or_renewed_leads_nowhere(
    sam: httpx.AsyncClient, robin: httpx.AsyncClient
) -> None:
    former = code_in((await sam.post(CREW, json={})).json())
    renewed = code_in((await sam.post(CREW + "/link")).json())
    assert former != renewed
    for code in (former, "nonsense", "0" * 26):
        assert (await robin.post(CREW + "/join", json={"code": code})).status_code == 404
    assert (await sam.delete(CREW + "/link")).status_code == 204
    assert (await sam.get(CREW)).json()["link"] is None
    assert (await robin.post(CREW + "/join", json={"code": renewed})).status_code == 404


async def test_a_code_of_another_event_opens_nothing_here(
    sam: httpx.AsyncClient, robin: httpx.AsyncClient
) -> None:
    code = code_in((await sam.post(CREW, json={})).json())
    answer = await robin.post("/api/events/elsewhere/crew/join", json={"code": code})
    assert answer.status_code == 404


async def test_who_is_in_no_crew_sees_and_changes_nothing(
    sam: httpx.AsyncClient, robin: httpx.AsyncClient
) -> None:
    await sam.post(CREW, json={})
    await plan(sam, FIRST)
    assert (await robin.get(CREW)).json()["members"] == []
    answers = [
        await robin.put(f"{CREW}/matches/{FIRST}", json={"takeOver": True}),
        await robin.delete(f"{CREW}/matches/{FIRST}"),
        await robin.post(CREW + "/link"),
        await robin.delete(CREW + "/link"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert (await robin.delete(CREW)).status_code == 204, "gone is gone"
    assert await planned(sam) == {FIRST}


async def test_one_is_in_one_crew_and_leaving_frees_what_one_had(
    sam: httpx.AsyncClient, robin: httpx.AsyncClient
) -> None:
    crew = await crew_of_two(sam, robin)
    assert (await robin.post(CREW, json={})).json()["code"] == "in-a-crew"
    again = await robin.post(CREW + "/join", json={"code": code_in(crew)})
    assert len(again.json()["members"]) == 2
    await plan(robin, FIRST)
    assert (await robin.delete(CREW)).status_code == 204
    assert await has(sam) == {}
    assert await planned(robin) == {FIRST}, "one's plan stays"
    await plan(sam, FIRST)
    assert await has(sam) == {FIRST: "Sam"}
    assert (await sam.delete(CREW)).status_code == 204
    assert (await robin.post(CREW + "/join", json={"code": code_in(crew)})).status_code == 404


async def test_who_is_erased_leaves_the_crew(
    sam: httpx.AsyncClient, robin: httpx.AsyncClient
) -> None:
    await crew_of_two(sam, robin)
    await plan(robin, FIRST)
    assert (await robin.request("DELETE", "/api/me", json={})).status_code == 204
    crew = (await sam.get(CREW)).json()
    assert [one["displayName"] for one in crew["members"]] == ["Sam"]
    assert crew["matches"] == []


async def test_the_autopilot_shares_a_day_among_the_crew(
    sam: httpx.AsyncClient, robin: httpx.AsyncClient
) -> None:
    await crew_of_two(sam, robin)
    wishes = {"day": DAY, "crew": True, "teams": [1, 2, 3, 4, 5, 6]}
    for who, other in ((sam, "Robin"), (robin, "Sam")):
        answer = (await who.post(PLAN + "/proposal", json=wishes)).json()
        ids = [one["matchId"] for one in answer["matches"]]
        assert len(set(ids)) == len(ids), "nobody twice"
        assert {one["photographer"] for one in answer["matches"]} == {None, other}
        assert answer["teamsCovered"] == 5
    mine = {one["matchId"] for one in answer["matches"] if one["photographer"] is None}
    assert set(answer["added"]) == mine
    await plan(sam, FIRST)
    alone = (await robin.post(PLAN + "/proposal", json=wishes | {"crew": False})).json()
    assert FIRST not in [one["matchId"] for one in alone["matches"]]
    assert alone["teamsCovered"] == 5, "what Sam sees is seen"
    assert LAST in [one["matchId"] for one in alone["matches"]]
