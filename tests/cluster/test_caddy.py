"""Caddy with the file of ``deploy/``, before two servers on PostgreSQL and Redis: what the file
promises, seen by clients that speak HTTP/2, Server-Sent Events and WebSocket through it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect

from courtsync_web.db import Database
from tests.cluster.people import Scorer
from tests.servers.app import Server, start_server
from tests.servers.caddy import Caddy, NoCaddy, private_caddy
from tests.servers.redis import NoRedis, private_redis
from tests.world import EVENT, FIRST, build_world

SECRET = "the cluster's own key, long enough for SHA-256"
STREAM = f"/api/events/{EVENT}/stream"
WITHIN = 30.0


@dataclass
class House:
    """Caddy and what is behind it."""

    caddy: Caddy
    servers: list[Server]
    open: AsyncExitStack

    async def caller(self, address: str = "127.0.0.1") -> httpx.AsyncClient:
        """Somebody with this network address, a connection of their own, and HTTP/2."""
        transport = httpx.AsyncHTTPTransport(
            verify=self.caddy.trust(), http2=True, local_address=address
        )
        return await self.open.enter_async_context(
            httpx.AsyncClient(base_url=self.caddy.url, transport=transport, timeout=20)
        )

    async def scorer(self) -> Scorer:
        someone = Scorer(await self.caller(), FIRST)
        await someone.begin()
        return someone

    async def reader(self, last_id: str = "") -> "Reader":
        headers = {"Last-Event-ID": last_id} if last_id else {}
        caller = await self.caller()
        answer = await self.open.enter_async_context(caller.stream("GET", STREAM, headers=headers))
        assert answer.status_code == 200
        assert answer.http_version == "HTTP/2"
        return Reader(answer.aiter_lines())


@dataclass
class Reader:
    """A stream, message by message."""

    lines: AsyncIterator[str]

    async def message(self) -> dict[str, str]:
        """The next one that tells something, by its fields."""
        async with asyncio.timeout(WITHIN):
            fields: dict[str, str] = {}
            async for line in self.lines:
                name, _, value = line.partition(": ")
                if name:
                    fields[name] = value
                elif fields.get("event") not in (None, "beat"):
                    return fields
                elif "event" in fields:
                    fields = {}
        raise httpx.ReadError("the stream has ended")

    async def points(self) -> int:
        """The first side's, in the next score."""
        told = await self.message()
        assert told["event"] == "score-update"
        points: int = json.loads(told["data"])["sets"][0]["team1Score"]
        return points


@asynccontextmanager
async def house_behind_caddy(url: str, folder: Path) -> AsyncIterator[House]:
    db = Database(url)
    await build_world(db)
    await db.close()
    async with AsyncExitStack() as stack:
        environment = {
            "COURTSYNC_DATABASE_URL": url,
            "COURTSYNC_REDIS_URL": stack.enter_context(private_redis()).url,
            "COURTSYNC_SECRET_KEY": SECRET,
            "COURTSYNC_TRUSTED_PROXIES": "127.0.0.1",
        }
        servers: list[Server] = []
        for name in ("one", "two"):
            servers.append(start_server(folder / name, environment=environment))
            stack.callback(servers[-1].kill)
        ports = [one.url.removeprefix("http://") for one in servers]
        caddy = stack.enter_context(private_caddy(ports))
        yield House(caddy, servers, await stack.enter_async_context(AsyncExitStack()))


async def test_caddy_hands_on_streams_bodies_and_addresses(
    postgres_url: str, tmp_path: Path
) -> None:
    try:
        async with house_behind_caddy(postgres_url, tmp_path) as house:
            scorer = await house.scorer()
            await news_come_at_once_and_are_resumed(house, scorer)
            await a_websocket_talks_both_ways(house)
            await a_large_body_is_refused_and_figures_are_not_handed_on(house)
            await everybody_is_counted_by_their_own_address(house)
            await who_loses_a_server_reads_on_at_the_other(house, scorer)
    except (NoCaddy, NoRedis) as error:
        pytest.skip(str(error))


async def point(scorer: Scorer) -> int:
    scorer.points += 1
    body = {
        "matchId": FIRST,
        "status": "in-progress",
        "sets": [{"setNumber": 1, "team1Score": scorer.points, "team2Score": 0}],
        "updateId": f"00000000-0000-4000-8000-{scorer.points:012}",
        "action": "point",
    }
    await scorer.insist(f"/api/events/{EVENT}/scores", body)
    return scorer.points


async def news_come_at_once_and_are_resumed(house: House, scorer: Scorer) -> None:
    """While the stream is open: what is buffered would not come at all."""
    reader = await house.reader()
    first = await reader.message()
    assert int(first["retry"]) > 0
    assert first["event"] == "snapshot"
    for _ in range(3):
        assert await point(scorer) == await reader.points()
    back = await house.reader(last_id=first["id"])
    assert await back.points() == scorer.points  # no snapshot: only what is newer


async def a_websocket_talks_both_ways(house: House) -> None:
    address = f"wss://{house.caddy.host}/api/events/{EVENT}/ws"
    async with connect(address, ssl=house.caddy.trust(), proxy=None) as socket:
        await socket.send('{"type":"ping"}')
        kinds: set[Any] = set()
        async with asyncio.timeout(WITHIN):
            while not {"snapshot", "pong"} <= kinds:
                kinds.add(json.loads(await socket.recv())["type"])


async def a_large_body_is_refused_and_figures_are_not_handed_on(house: House) -> None:
    caller = await house.caller()
    # Within HTTP/2's first window: httpx hears no answer before it has sent everything.
    large = await caller.post("/api/auth/login", json={"email": "a" * 60_000})
    assert large.status_code == 413
    assert (await caller.get("/metrics")).status_code == 404


async def everybody_is_counted_by_their_own_address(house: House) -> None:
    """And not by what they claim it to be."""
    left = []
    for address, claim in (("127.0.0.2", "198.51.100.1"), ("127.0.0.2", "198.51.100.2"),
                           ("127.0.0.3", "198.51.100.1")):  # fmt: skip
        caller = await house.caller(address)
        answer = await caller.get(f"/api/events/{EVENT}/scores", headers={"X-Forwarded-For": claim})
        left.append(int(answer.headers["X-RateLimit-Remaining"]))
    assert left == [49, 48, 49]


async def who_loses_a_server_reads_on_at_the_other(house: House, scorer: Scorer) -> None:
    readers = [await house.reader() for _ in range(4)]
    last = [(await one.message())["id"] for one in readers]
    house.servers[0].kill()
    broken = 0
    expected = await point(scorer)
    for reader, seen in zip(readers, last, strict=True):
        try:
            assert await reader.points() == expected
        except httpx.TransportError:
            broken += 1
            assert await (await house.reader(last_id=seen)).points() == expected
    assert 0 < broken < len(readers), "both servers had some of them"
    assert "no upstreams available" not in house.caddy.said(), "the other was taken for dead, too"
