"""A day at the cluster: people score and watch, something dies, and in the end all is there."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
from sqlmodel import col, select

from courtsync_web.db import Database
from courtsync_web.scoring.models import Score, ScoreUpdate
from tests.cluster.house import House
from tests.cluster.people import Scorer, Spectator
from tests.world import EVENT, FIRST, SECOND

WITHIN = 30.0
"""Seconds in which a fact must come true, on a machine with other work."""
READERS = 6


class Day:
    """The people, and what they must find in the end."""

    def __init__(self, house: House, scorers: list[Scorer], readers: list[Spectator]) -> None:
        self.house = house
        self.scorers = scorers
        self.readers = readers

    async def more_points(self, count: int = 15) -> None:
        """Every scorer gets so many more acknowledged."""
        before = [len(one.acknowledged) for one in self.scorers]
        await until(
            lambda: all(
                len(one.acknowledged) >= had + count
                for one, had in zip(self.scorers, before, strict=True)
            ),
            "the scorers get no answers any more",
        )

    async def ready(self) -> None:
        """Both machines say that they work."""
        for machine in self.house.machines:
            await until_ready(f"http://127.0.0.1:{machine.port}")


@asynccontextmanager
async def a_day(house: House) -> AsyncIterator[Day]:
    """On leaving the scorers stop; then nothing is lost and everybody sees the newest."""
    async with AsyncExitStack() as open_:

        async def caller() -> httpx.AsyncClient:
            limits = httpx.Limits(max_connections=1)
            return await open_.enter_async_context(
                httpx.AsyncClient(base_url=house.url, timeout=20, limits=limits)
            )

        scorers = [Scorer(await caller(), match_id) for match_id in (FIRST, SECOND)]
        readers = [Spectator(await caller()) for _ in range(READERS)]
        for one in scorers:
            await one.begin()
        playing = [asyncio.create_task(one.play()) for one in scorers]
        watching = [asyncio.create_task(one.watch()) for one in readers]
        try:
            yield Day(house, scorers, readers)
            for scorer in scorers:
                scorer.over = True
            await asyncio.wait_for(asyncio.gather(*playing), WITHIN)
            await nothing_is_lost(house, scorers, readers)
        finally:
            for task in (*playing, *watching):
                task.cancel()
            await asyncio.gather(*playing, *watching, return_exceptions=True)


async def nothing_is_lost(house: House, scorers: list[Scorer], readers: list[Spectator]) -> None:
    db = Database(house.database_url)
    try:
        async with db.read() as session:
            kept = await session.exec(
                select(ScoreUpdate.update_id, ScoreUpdate.seq).where(
                    col(ScoreUpdate.event_id) == EVENT
                )
            )
            rows = list(kept)
            standing = await session.exec(select(Score).where(col(Score.event_id) == EVENT))
            newest = {one.match_id: one.revision for one in standing}
    finally:
        await db.close()
    ids = [update_id for update_id, _ in rows]
    assert len(set(ids)) == len(ids), "a point was counted twice"
    assert len({seq for _, seq in rows}) == len(rows), "two changes have one number"
    for scorer in scorers:
        assert set(scorer.acknowledged) <= set(ids), "an acknowledged point is lost"
    await until(
        lambda: all(reader.seen == newest for reader in readers),
        f"not everybody sees {newest}",
    )


async def until(fact: Callable[[], bool], else_: str) -> None:
    """Wait until it is so."""
    try:
        async with asyncio.timeout(WITHIN):
            while not fact():  # noqa: ASYNC110  # facts in other processes
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(else_) from None


async def until_ready(url: str) -> None:
    """Until ``/readyz`` says yes five times in a row: whichever worker answers."""
    good = 0
    async with asyncio.timeout(WITHIN):
        while good < 5:
            try:
                async with httpx.AsyncClient(base_url=url, timeout=5) as http:
                    good = good + 1 if (await http.get("/readyz")).status_code == 200 else 0
            except httpx.TransportError:
                good = 0
            await asyncio.sleep(0.05)
