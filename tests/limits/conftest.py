"""A tally of each kind: in memory, and on a Redis of the tests' own."""

from collections.abc import AsyncIterator, Iterator

import pytest

from courtsync_web.limits.memory import MemoryTally
from courtsync_web.limits.redis_tally import RedisTally
from courtsync_web.limits.tally import Tally
from courtsync_web.settings import Settings
from tests.servers.redis import NoRedis, RedisServer, private_redis


@pytest.fixture(scope="session")
def redis() -> Iterator[RedisServer]:
    """This run's own Redis; tests that need it are skipped where it cannot be had."""
    try:
        with private_redis() as server:
            yield server
    except NoRedis as error:
        pytest.skip(f"Redis cannot be had here: {error}")


@pytest.fixture
def mortal_redis(redis: RedisServer) -> Iterator[RedisServer]:
    """A Redis of this test alone, to be killed."""
    with private_redis() as server:
        yield server


@pytest.fixture(params=["memory", "redis"])
async def tally(request: pytest.FixtureRequest) -> AsyncIterator[Tally]:
    """A tally; a test that asks for it runs once on each kind."""
    counted: Tally = (
        MemoryTally()
        if request.param == "memory"
        else RedisTally(request.getfixturevalue("redis").url)
    )
    yield counted
    await counted.close()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """As in a real house: requests are limited."""
    return settings.model_copy(update={"limits": "on"})
