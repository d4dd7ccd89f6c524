"""Scores and claims over HTTP: what a program may send, and what it is told."""

from typing import Any

import httpx
import pytest
from litestar import Litestar

from tests.world import EVENT, FIRST, build_world

CLAIM = f"/api/events/{EVENT}/claims/{FIRST}"
SCORES = f"/api/events/{EVENT}/scores"


@pytest.fixture
async def sam(app: Litestar, client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A guest in the small world."""
    await build_world(app.state.db)
    answer = await client.post("/api/auth/guest", json={"displayName": "Sam"})
    client.cookies.clear()
    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return client


def body(**more: Any) -> dict[str, Any]:
    sets = [{"setNumber": 1, "team1Score": 1, "team2Score": 0}]
    return {"matchId": FIRST, "sets": sets, "status": "in-progress", **more}


async def test_a_claim_needs_no_body(sam: httpx.AsyncClient) -> None:
    assert (await sam.post(CLAIM)).status_code == 201
    assert (await sam.post(CLAIM, json={})).status_code == 200
    assert (await sam.post(f"{CLAIM}/takeover")).status_code == 201
    assert (await sam.delete(CLAIM)).status_code == 204


async def test_the_first_score_is_201_and_the_next_200(sam: httpx.AsyncClient) -> None:
    await sam.post(CLAIM)
    assert (await sam.post(SCORES, json=body())).status_code == 201
    assert (await sam.post(SCORES, json=body())).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"matchId": str(FIRST)}, "/matchId"),
        ({"matchId": float(FIRST) + 0.5}, "/matchId"),
        ({"matchId": 2**70}, "/matchId"),
        ({"status": 1}, "/status"),
        ({"status": "finished"}, "/status"),
        ({"sets": [{"setNumber": "1", "team1Score": 1, "team2Score": 0}]}, "/sets/0/setNumber"),
        ({"sets": [{"setNumber": 1, "team1Score": 1}]}, "/sets/0/team2Score"),
        ({"sets": "25-20"}, "/sets"),
        ({"updateId": "not-a-uuid"}, "/updateId"),
        ({"winner": 1}, "/winner"),
        ({"lastUpdated": "now"}, "/lastUpdated"),
    ],
)
async def test_a_wrong_type_is_named_by_its_place(
    sam: httpx.AsyncClient, wrong: dict[str, Any], pointer: str
) -> None:
    await sam.post(CLAIM)
    answer = await sam.post(SCORES, json=body(**wrong))
    assert answer.status_code == 400
    document = answer.json()
    assert document["code"] == "validation"
    assert [error["pointer"] for error in document["errors"]] == [pointer]
    assert (await sam.get(f"{SCORES}/{FIRST}")).status_code == 404, "nothing changed"


async def test_an_impossible_score_is_422_and_says_where(sam: httpx.AsyncClient) -> None:
    await sam.post(CLAIM)
    sets = [{"setNumber": 1, "team1Score": 120, "team2Score": 0}]
    answer = await sam.post(SCORES, json=body(sets=sets))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/sets/0/team1Score"


async def test_reads_carry_an_etag_and_honour_it(sam: httpx.AsyncClient) -> None:
    await sam.post(CLAIM)
    await sam.post(SCORES, json=body())
    for path in (SCORES, f"{SCORES}/{FIRST}", f"{SCORES}/{FIRST}/history", CLAIM):
        first = await sam.get(path)
        assert first.status_code == 200
        again = await sam.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
