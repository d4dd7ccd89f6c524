"""Simulated scorers on the real app: whole matches, faults on the way, an orderly end."""

import asyncio
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from courtsync_web.db import Database
from courtsync_web.demo.simulate import NoSuchEvent, simulate
from courtsync_web.settings import Settings
from tests.world import EVENT, FIRST, SECOND, build_world

FAST = 20_000.0
FORMAT = "2 Sets to 9"
ADDRESS = "http://courtsync.test"
SCORES = f"/api/events/{EVENT}/scores"


@pytest.fixture(autouse=True)
async def world(settings: Settings) -> None:
    """The small world, written into the app's own database."""
    database = Database(settings.effective_database_url)
    await build_world(database, format_=FORMAT)
    await database.close()


@pytest.fixture
def phones(app: Litestar) -> httpx.ASGITransport:
    return httpx.ASGITransport(app=cast(Any, app))


def stop_after(matches: int) -> tuple[asyncio.Event, Callable[[str], None]]:
    """An end that comes once so many matches are final."""
    stop = asyncio.Event()
    heard: Counter[str] = Counter()

    def say(words: str) -> None:
        heard["final"] += words.endswith("final")
        if heard["final"] == matches:
            stop.set()

    return stop, say


async def play(transport: httpx.AsyncBaseTransport, matches: int, seed: int = 1) -> dict[str, int]:
    stop, say = stop_after(matches)
    return await simulate(
        ADDRESS,
        EVENT,
        speed=FAST,
        courts=2,
        seconds=None,
        rng=Random(seed),
        say=say,
        stop=stop,
        transport=transport,
    )


async def test_matches_are_played_to_the_end_and_signed_off(
    client: httpx.AsyncClient, phones: httpx.ASGITransport
) -> None:
    counts = await play(phones, 2)
    assert counts["finished"] == counts["sign-off"] == 2
    revisions = 0
    for match in (FIRST, SECOND):
        score = (await client.get(f"{SCORES}/{match}")).json()
        assert (score["status"], score["warnings"]) == ("completed", [])
        assert score["setsWon"] in ([2, 0], [1, 1], [0, 2])
        assert score["lastUpdatedBy"].startswith("Scorer ")
        revisions += score["revision"]
    assert revisions == counts["updates"]
    assert [
        c for c in (await client.get(f"/api/events/{EVENT}/claims")).json() if c["claimed"]
    ] == []


async def test_every_tap_is_in_the_history(
    client: httpx.AsyncClient, phones: httpx.ASGITransport
) -> None:
    await play(phones, 2)  # on two courts: either may be final first
    history = (await client.get(f"{SCORES}/{FIRST}/history?limit=1000")).json()["items"]
    actions = [item["action"] for item in history]
    assert actions[0] == "set-start"
    assert actions[-1] == "sign-off"
    assert actions.count("point") >= 18
    assert [item["revision"] for item in history] == list(range(1, len(history) + 1))


TROUBLES = ("no way there", "lost answer", "stumble", "limit", "expired")


class Trouble(httpx.AsyncBaseTransport):
    """The hall's network: answers get lost, the server stumbles, the limit bites."""

    def __init__(self, road: httpx.AsyncBaseTransport) -> None:
        self.road = road
        self.rng = Random(5)
        self.troubles: Counter[str] = Counter()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith(("/scores", "/refresh")) or self.rng.random() > 0.25:
            return await self.road.handle_async_request(request)
        trouble = TROUBLES[self.troubles.total() % len(TROUBLES)]
        self.troubles[trouble] += 1
        if trouble == "no way there":
            raise httpx.ConnectError("no network", request=request)
        if trouble == "lost answer":
            await self.road.handle_async_request(request)
            raise httpx.ReadError("cut off", request=request)
        status = {"stumble": 503, "limit": 429, "expired": 401}[trouble]
        return httpx.Response(status, headers={"Retry-After": "0"}, request=request)


async def test_no_update_is_lost_or_counted_twice_on_a_bad_network(
    client: httpx.AsyncClient, phones: httpx.ASGITransport
) -> None:
    network = Trouble(phones)
    counts = await play(network, 1)
    assert set(network.troubles) == set(TROUBLES)
    total = 0
    for match in (FIRST, SECOND):
        history = (await client.get(f"{SCORES}/{match}/history?limit=1000")).json()
        ids = [item["updateId"] for item in history["items"]]
        assert len(set(ids)) == len(ids)
        total += history["total"]
    # At the final whistle each of the two scorers may still wait for an answer that was cut off.
    assert counts["updates"] <= total <= counts["updates"] + 2
    assert counts["retries"] >= sum(network.troubles.values()) - network.troubles["expired"]


async def test_a_match_somebody_keeps_is_left_alone(
    client: httpx.AsyncClient, phones: httpx.ASGITransport
) -> None:
    guest = (await client.post("/api/auth/guest", json={"displayName": "Ida"})).json()
    mine = {"Authorization": f"Bearer {guest['token']}"}
    await client.post(f"/api/events/{EVENT}/claims/{FIRST}", json={}, headers=mine)
    await play(phones, 1)
    assert (await client.get(f"{SCORES}/{FIRST}")).status_code == 404
    claim = (await client.get(f"/api/events/{EVENT}/claims/{FIRST}")).json()
    assert claim["claimedByName"] == "Ida"


async def test_a_match_left_behind_is_played_on(
    client: httpx.AsyncClient, phones: httpx.ASGITransport
) -> None:
    guest = (await client.post("/api/auth/guest", json={})).json()
    mine = {"Authorization": f"Bearer {guest['token']}"}
    await client.post(f"/api/events/{EVENT}/claims/{FIRST}", json={}, headers=mine)
    sets = [
        {"setNumber": 1, "team1Score": 9, "team2Score": 7},
        {"setNumber": 2, "team1Score": 4, "team2Score": 6},
    ]
    left = {"matchId": FIRST, "sets": sets, "status": "in-progress", "timeouts": [1, 0]}
    await client.post(SCORES, json=left | {"serving": 2}, headers=mine)
    await client.delete(f"/api/events/{EVENT}/claims/{FIRST}", headers=mine)
    await play(phones, 2)
    score = (await client.get(f"{SCORES}/{FIRST}")).json()
    assert score["status"] == "completed"
    first, second = score["sets"][:2]
    assert (first["team1Score"], first["team2Score"]) == (9, 7)
    assert second["team1Score"] >= 4
    assert second["team2Score"] >= 6


async def test_the_end_releases_claims_and_leaves_matches_as_they_are(
    client: httpx.AsyncClient, phones: httpx.ASGITransport
) -> None:
    counts = await simulate(
        ADDRESS, EVENT, speed=400, courts=2, seconds=1.5, rng=Random(1), transport=phones
    )
    assert counts["claimed"] == 2
    assert "finished" not in counts
    assert counts["updates"] > 4
    claims = (await client.get(f"/api/events/{EVENT}/claims")).json()
    assert [claim for claim in claims if claim["claimed"]] == []
    assert (await client.get(f"{SCORES}/{FIRST}")).json()["status"] == "in-progress"


async def test_an_unknown_event_is_named(phones: httpx.ASGITransport) -> None:
    with pytest.raises(NoSuchEvent, match="there is no event elsewhere here"):
        await simulate(ADDRESS, "elsewhere", seconds=5, transport=phones)


async def test_a_server_that_never_answers_is_named() -> None:
    def nobody(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(ConnectionError, match="no CourtSync answers at"):
        await simulate(ADDRESS, EVENT, seconds=0.5, transport=httpx.MockTransport(nobody))
