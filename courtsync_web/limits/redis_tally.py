"""The tally that several processes and machines share."""

from collections.abc import Sequence
from typing import Any

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from courtsync_web.limits.buckets import Charge, Taken, judged
from courtsync_web.limits.failures import Attempt
from courtsync_web.limits.scripts import ATTEMPT, REDIS_CLOCK, SUCCEEDED, TAKE

PREFIX = "courtsync:limit:"
PATIENCE = 0.25
"""Seconds that one request waits for Redis at most. It answers within one millisecond; who
takes longer is away, and the local tally takes over."""
CONNECTIONS = 8
"""Enough for twenty thousand questions a second; a crowd at once does not open one each."""


class RedisTally:
    """Counts on Redis, by Redis' clock. Raises ``RedisError`` or ``OSError`` when it is away."""

    def __init__(self, url: str, clock: str = REDIS_CLOCK) -> None:
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=PATIENCE,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )
        self._redis = Redis.from_pool(pool)
        self._take = self._redis.register_script(clock + TAKE)
        self._attempt = self._redis.register_script(clock + ATTEMPT)
        self._succeeded = self._redis.register_script(clock + SUCCEEDED)

    async def take(self, charges: Sequence[Charge]) -> Taken:
        """See :class:`Tally`."""
        figures = [figure for one in charges for figure in (one.rate.interval, one.rate.limit)]
        keys = [PREFIX + one.key for one in charges]
        granted, *debts = await self._take(keys=keys, args=figures)
        return judged(charges, debts, allowed=bool(granted))

    async def attempt(self, attempts: Sequence[Attempt]) -> int:
        """See :class:`Tally`."""
        figures: list[Any] = []
        for one in attempts:
            bear = one.bear
            figures += [bear.free, bear.first, bear.longest, bear.forgets, bear.most]
        wait: int = await self._attempt(keys=[PREFIX + one.key for one in attempts], args=figures)
        return wait

    async def succeeded(self, attempts: Sequence[Attempt]) -> None:
        """See :class:`Tally`."""
        figures = [figure for one in attempts for figure in (int(one.whole), one.bear.forgets)]
        await self._succeeded(keys=[PREFIX + one.key for one in attempts], args=figures)

    async def close(self) -> None:
        """See :class:`Tally`."""
        await self._redis.aclose()
