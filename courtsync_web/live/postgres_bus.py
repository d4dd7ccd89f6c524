"""Rings over PostgreSQL's LISTEN and NOTIFY: for several processes without a Redis.

The ring is sent after the commit, on a connection of its own, and not by the transaction: a
NOTIFY inside takes a lock that all of the database's commits would queue for.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from courtsync_web.live.distant_bus import CHANNEL, DistantBus, said

PATIENCE = 2.0
"""Seconds to wait for a connection, and for an answer to a sign of life."""
QUIET = 10.0
"""Seconds after which the line is asked whether it is still there."""
NOTIFY = "SELECT pg_notify($1, said) FROM unnest($2::text[]) said"


class PostgresLine:
    """One connection that tells and listens."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._one_by_one = asyncio.Lock()

    async def tell(self, rings: Mapping[str, int]) -> None:
        messages = [said(event_id, seq) for event_id, seq in rings.items()]
        await self._ask(
            "SELECT pg_notify($1, said) FROM unnest($2::text[]) said", CHANNEL, messages
        )

    async def hear(self) -> None:
        """Notifications come by themselves; this only finds out when they cannot any more."""
        while True:
            await asyncio.sleep(QUIET)
            await self._ask("SELECT 1")

    async def _ask(self, sql: str, *values: object) -> None:
        async with self._one_by_one, asyncio.timeout(PATIENCE):
            await self._connection.execute(sql, *values)


class PostgresBus(DistantBus):
    """Every process that uses this database."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url.replace("postgresql+asyncpg://", "postgresql://", 1)

    @asynccontextmanager
    async def line(self) -> AsyncIterator[PostgresLine]:
        connection = await asyncpg.connect(self._url, timeout=PATIENCE)
        broken = asyncio.Event()

        def ended(_: object) -> None:
            broken.set()

        def heard(_connection: object, _pid: int, _channel: str, text: object) -> None:
            self.heard(str(text))

        connection.add_termination_listener(ended)
        try:
            await connection.add_listener(CHANNEL, heard)
            async with asyncio.TaskGroup() as watch:
                ends = watch.create_task(ends_with(broken))
                yield PostgresLine(connection)
                ends.cancel()
        finally:
            connection.terminate()


async def ends_with(broken: asyncio.Event) -> None:
    """Fail at the moment the line breaks, rather than at the next sign of life."""
    await broken.wait()
    raise ConnectionError("PostgreSQL has closed the line")
