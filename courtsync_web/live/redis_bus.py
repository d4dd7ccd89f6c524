"""Rings over Redis' pub/sub."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from courtsync_web.live.distant_bus import CHANNEL, DistantBus, said

PATIENCE = 2.0
"""Seconds to wait for a connection, and for an answer to a sign of life."""
QUIET = 10.0
"""Seconds of silence after which the line is asked whether it is still there."""


class RedisLine:
    """Two connections: one that listens and can do nothing else, one that tells."""

    def __init__(self, redis: "Redis", listening: PubSub, heard: Callable[[str], None]) -> None:
        self._redis = redis
        self._listening = listening
        self._heard = heard

    async def tell(self, rings: Mapping[str, int]) -> None:
        async with self._redis.pipeline(transaction=False) as pipeline:
            for event_id, seq in rings.items():
                pipeline.publish(CHANNEL, said(event_id, seq))
            await pipeline.execute()

    async def hear(self) -> None:
        """A line that says nothing, not even when asked, is a broken one."""
        asked = False
        while True:
            message: dict[str, Any] | None = await self._listening.get_message(
                ignore_subscribe_messages=True, timeout=PATIENCE if asked else QUIET
            )
            if message is None:
                if asked:
                    raise ConnectionError("Redis does not answer any more")
                await self._listening.ping()
                asked = True
                continue
            asked = False
            if message["type"] == "message":
                self._heard(message["data"].decode(errors="replace"))


class RedisBus(DistantBus):
    """Every process that listens on this Redis."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    @asynccontextmanager
    async def line(self) -> AsyncIterator[RedisLine]:
        redis = Redis.from_url(self._url, socket_connect_timeout=PATIENCE)
        try:
            async with redis.pubsub() as listening:
                await listening.subscribe(CHANNEL)
                yield RedisLine(redis, listening, self.heard)
        finally:
            await redis.aclose()
