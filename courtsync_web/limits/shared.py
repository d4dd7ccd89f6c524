"""Redis with this process behind it: nobody waits, and nothing fails, because Redis is away."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from redis.exceptions import RedisError

from courtsync_web.limits.buckets import Charge, Taken
from courtsync_web.limits.failures import Attempt
from courtsync_web.limits.memory import MemoryTally
from courtsync_web.limits.rates import Rate
from courtsync_web.limits.tally import Tally

log = logging.getLogger(__name__)

FIRST_LOOK, LAST_LOOK = 0.5, 5.0
"""Seconds between two looks whether Redis is back: doubling from one to the other."""
LOOK = Charge("look", Rate(1_000_000, 1))
"""A look is a charge of its own: a Redis that answers but cannot write is still away."""

Answer = TypeVar("Answer")


class SharedTally:
    """Asks Redis; from its first fault on the local tally answers, until Redis does again.

    What is ``strict``, and every count of failures, is tighter meanwhile: each of several
    processes then sees only its own part.
    """

    def __init__(self, redis: Tally, local: Tally | None = None, look: float = FIRST_LOOK) -> None:
        self._redis = redis
        self._local = local or MemoryTally()
        self._first_look = look
        self._looking: asyncio.Task[None] | None = None

    @property
    def away(self) -> bool:
        """Whether Redis is thought to be away."""
        return self._looking is not None

    async def take(self, charges: Sequence[Charge]) -> Taken:
        """See :class:`Tally`."""
        return await self._ask(
            lambda: self._redis.take(charges), lambda: self._local.take(tighter(charges))
        )

    async def attempt(self, attempts: Sequence[Attempt]) -> int:
        """See :class:`Tally`."""
        fewer = [replace(one, bear=one.bear.tighter()) for one in attempts]
        return await self._ask(
            lambda: self._redis.attempt(attempts), lambda: self._local.attempt(fewer)
        )

    async def succeeded(self, attempts: Sequence[Attempt]) -> None:
        """See :class:`Tally`."""
        await self._ask(
            lambda: self._redis.succeeded(attempts), lambda: self._local.succeeded(attempts)
        )

    async def close(self) -> None:
        """See :class:`Tally`."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait([self._looking])
        await self._redis.close()

    async def _ask(
        self, redis: Callable[[], Awaitable[Answer]], local: Callable[[], Awaitable[Answer]]
    ) -> Answer:
        if self._looking is None:
            try:
                return await redis()
            except (RedisError, OSError) as error:
                self._gone(error)
        return await local()

    def _gone(self, error: Exception) -> None:
        if self._looking is None:
            log.warning("Redis is away (%s): limits are kept here.", type(error).__name__)
            self._looking = asyncio.create_task(self._look_for_redis())

    async def _look_for_redis(self) -> None:
        pause = self._first_look
        while True:
            await asyncio.sleep(pause)
            pause = min(LAST_LOOK, 2 * pause)
            try:
                await self._redis.take([LOOK])
            except (RedisError, OSError):
                continue
            log.warning("Redis is back: limits are shared again.")
            self._looking = None
            return


def tighter(charges: Sequence[Charge]) -> list[Charge]:
    """The same charges for one process alone: strict ones against a quarter of their rate."""
    return [replace(one, rate=one.rate.tighter()) if one.strict else one for one in charges]
