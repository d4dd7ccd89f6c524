"""Memory and Redis agree to the microsecond, whatever happens in whatever order."""

import asyncio
from dataclasses import dataclass
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from courtsync_web.limits.buckets import Charge, Taken
from courtsync_web.limits.failures import Attempt, Forbearance
from courtsync_web.limits.memory import MemoryTally
from courtsync_web.limits.rates import Rate
from courtsync_web.limits.redis_tally import RedisTally
from tests.servers.redis import RedisServer

OUR_CLOCK = "local now = tonumber(redis.call('GET', 'now'))\n"
SERIAL = count()
START = 1_800_000_000_000_000

# Slow, so that no key expires by Redis' real clock while ours stands still.
RATES = (Rate(1, 60), Rate(3, 600), Rate(7, 1000), Rate(100, 60_000))
BEARS = (
    Forbearance(free=1, first=60, longest=600, forgets=300),
    Forbearance(free=4, first=100, longest=100, forgets=7),
)


@dataclass
class Clock:
    now: int = START

    def __call__(self) -> int:
        return self.now


keys = st.sampled_from("abc")
charges = st.lists(
    st.tuples(keys, st.sampled_from(RATES)), min_size=1, max_size=3, unique_by=lambda one: one[0]
)
attempts = st.lists(
    st.tuples(keys, st.sampled_from(BEARS), st.booleans()),
    min_size=1, max_size=3, unique_by=lambda one: one[0],
)  # fmt: skip
steps = st.one_of(
    st.tuples(st.just("pass"), st.integers(1, 900_000_000)),
    st.tuples(st.just("take"), charges),
    st.tuples(st.just("attempt"), attempts),
    st.tuples(st.just("succeeded"), attempts),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, max_size=40))
def test_memory_and_redis_agree(redis: RedisServer, story: list[tuple[str, Any]]) -> None:
    asyncio.run(told_to_both(redis.url, story))


async def told_to_both(url: str, story: list[tuple[str, Any]]) -> None:
    clock = Clock()
    here, there, raw = MemoryTally(clock), RedisTally(url, OUR_CLOCK), Redis.from_url(url)
    serial = next(SERIAL)
    try:
        await raw.set("now", clock.now)
        for verb, what in story:
            if verb == "pass":
                clock.now += what
                await raw.set("now", clock.now)
            elif verb == "take":
                asked = [Charge(f"{serial}{key}", rate) for key, rate in what]
                assert same(await here.take(asked), await there.take(asked))
            else:
                tried = [Attempt(f"{serial}f{key}", bear, whole) for key, bear, whole in what]
                ours = await getattr(here, verb)(tried)
                assert close(ours or 0, await getattr(there, verb)(tried) or 0)
    finally:
        await there.close()
        await raw.aclose()


def same(ours: Taken, theirs: Taken) -> bool:
    return ours == theirs


def close(ours: int, theirs: int) -> bool:
    """Counts of failures are kept to six digits on Redis; a delay differs by as much."""
    return abs(ours - theirs) <= max(1000, ours // 1000)
