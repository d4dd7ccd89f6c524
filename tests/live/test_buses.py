"""The doorbell, over every bus: a ring reaches every process, and a broken line comes back."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import pytest

from courtsync_web.live.bus import MemoryBus
from courtsync_web.live.distant_bus import DistantBus
from courtsync_web.live.postgres_bus import PostgresBus
from courtsync_web.live.redis_bus import RedisBus
from courtsync_web.supervised import Supervised
from tests.servers.redis import NoRedis, RedisServer, private_redis

WITHIN = 20


class Listener:
    """Remembers the rings of one bus."""

    def __init__(self, bus: MemoryBus) -> None:
        self.heard: dict[str, int] = {}
        bus.listen(self.hear)

    def hear(self, event_id: str, seq: int) -> None:
        self.heard[event_id] = max(seq, self.heard.get(event_id, 0))


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    try:
        with private_redis() as server:
            yield server
    except NoRedis as error:
        pytest.skip(str(error))


@pytest.fixture(params=["redis", "postgres"])
def another(request: pytest.FixtureRequest) -> Callable[[], DistantBus]:
    """Makes one process's end of a bus."""
    if request.param == "redis":
        url = request.getfixturevalue("redis").url
        return lambda: RedisBus(url)
    url = request.getfixturevalue("postgres_url")
    return lambda: PostgresBus(url)


@asynccontextmanager
async def running(*buses: DistantBus) -> AsyncIterator[Supervised]:
    supervised = Supervised()
    for number, bus in enumerate(buses):
        supervised.add(f"bus {number}", bus.run)
    async with supervised.running():
        yield supervised


async def until(fact: Callable[[], bool]) -> None:
    async with asyncio.timeout(WITHIN):
        while not fact():  # noqa: ASYNC110  # facts of other processes
            await asyncio.sleep(0.01)


async def test_a_ring_is_heard_at_home_at_once_and_by_the_others_soon(
    another: Callable[[], DistantBus],
) -> None:
    here, there = another(), another()
    at_home, far = Listener(here), Listener(there)
    async with running(here, there):
        await until(lambda: here.is_up and there.is_up)
        here.ring("cup", 7)
        assert at_home.heard == {"cup": 7}
        await until(lambda: far.heard == {"cup": 7})


async def test_what_was_rung_before_the_line_stood_is_told_once_it_does(
    another: Callable[[], DistantBus],
) -> None:
    here, there = another(), another()
    far = Listener(there)
    async with running(there):
        await until(lambda: there.is_up)
        for seq in (1, 2, 3):
            here.ring("cup", seq)
        async with running(here):
            await until(lambda: far.heard == {"cup": 3})


def test_what_is_no_ring_is_not_heard() -> None:
    bus = RedisBus("redis://nowhere")
    listener = Listener(bus)
    for text in ("", "cup", "cup x", "cup -1", " 5", "cup 5"):
        bus.heard(text)
    assert listener.heard == {"cup": 5}


async def test_redis_may_go_and_come_back(redis: RedisServer) -> None:
    here, there = RedisBus(redis.url), RedisBus(redis.url)
    far = Listener(there)
    async with running(here, there) as supervised:
        await until(lambda: here.is_up and there.is_up)
        redis.kill()
        await until(lambda: not here.is_up and not there.is_up)
        assert supervised.down() == ["bus 0", "bus 1"]
        here.ring("cup", 8)  # costs nothing, and is told later
        redis.start()
        await until(lambda: here.is_up and there.is_up)
        here.ring("cup", 9)
        await until(lambda: far.heard.get("cup") == 9)
        await until(lambda: supervised.down() == [])
