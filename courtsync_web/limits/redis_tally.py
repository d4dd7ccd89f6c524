"""The tally that several processes and machines share."""

from collections.abc import Sequence
from typing import Any

from courtsync_web.limits.buckets import Charge, Taken, judged
from courtsync_web.limits.failures import Attempt
from courtsync_web.limits.redis_line import RedisLine, Script
from courtsync_web.limits.scripts import ATTEMPT, REDIS_CLOCK, SUCCEEDED, TAKE

PREFIX = "courtsync:limit:"
PATIENCE = 0.25
"""Seconds that one request waits for Redis at most. It answers within one millisecond; who
takes longer is away, and the local tally takes over."""


class RedisTally:
    """Counts on Redis, by Redis' clock. Raises ``RedisError`` or ``OSError`` when it is away."""

    def __init__(self, url: str, clock: str = REDIS_CLOCK) -> None:
        self._line = RedisLine(url, PATIENCE)
        self._take = Script(clock + TAKE)
        self._attempt = Script(clock + ATTEMPT)
        self._succeeded = Script(clock + SUCCEEDED)

    async def take(self, charges: Sequence[Charge]) -> Taken:
        """See :class:`Tally`."""
        figures = [figure for one in charges for figure in (one.rate.interval, one.rate.limit)]
        keys = [PREFIX + one.key for one in charges]
        granted, *debts = await self._line.ask(self._take, keys, figures)
        return judged(charges, debts, allowed=bool(granted))

    async def attempt(self, attempts: Sequence[Attempt]) -> int:
        """See :class:`Tally`."""
        figures: list[Any] = []
        for one in attempts:
            bear = one.bear
            figures += [bear.free, bear.first, bear.longest, bear.forgets, bear.most]
        keys = [PREFIX + one.key for one in attempts]
        wait: int = await self._line.ask(self._attempt, keys, figures)
        return wait

    async def succeeded(self, attempts: Sequence[Attempt]) -> None:
        """See :class:`Tally`."""
        figures = [figure for one in attempts for figure in (int(one.whole), one.bear.forgets)]
        keys = [PREFIX + one.key for one in attempts]
        await self._line.ask(self._succeeded, keys, figures)

    async def close(self) -> None:
        """See :class:`Tally`."""
        await self._line.close()
