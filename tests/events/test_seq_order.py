"""An event's numbers become visible in the order they were given: nobody skips one."""

import asyncio

from sqlmodel import col, select

from courtsync_web.db import Database
from courtsync_web.events.actions import next_seq
from courtsync_web.events.models import Event
from courtsync_web.live.bus import MemoryBus
from courtsync_web.scoring.actions import record_updates
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.feed import EventFeed
from tests.scoring.test_record_updates import update as points
from tests.world import EVENT, FIRST, SAM, build_world


async def seq_of(db: Database) -> int:
    async with db.read() as session:
        found = await session.exec(select(Event.seq).where(col(Event.id) == EVENT))
        return found.one()


async def test_a_later_number_waits_for_an_earlier_one_that_is_not_committed(
    db: Database,
) -> None:
    await build_world(db)
    await Claims(db, MemoryBus()).claim(EVENT, FIRST, SAM)
    before = await seq_of(db)
    async with db.write() as slow:
        mine = await next_seq(slow.session, EVENT)
        quick = asyncio.create_task(record_updates(db, MemoryBus(), SAM, EVENT, [points((1, 0))]))
        for _ in range(20):  # whatever the quick one can do meanwhile, it has done
            assert await seq_of(db) == before
        assert not quick.done()
    [outcome] = await quick
    assert outcome.score is not None
    assert (mine, outcome.score.seq) == (before + 1, before + 2)


async def test_a_reader_who_follows_the_numbers_sees_every_change(db: Database) -> None:
    await build_world(db)
    bus = MemoryBus()
    await Claims(db, bus).claim(EVENT, FIRST, SAM)
    feed, since = EventFeed(db), await seq_of(db)
    writing = asyncio.gather(
        *(record_updates(db, bus, SAM, EVENT, [points((one, 0))]) for one in range(1, 21))
    )
    seen: list[int] = []
    end = since + 20
    while since < end:
        news = await feed.news(EVENT, since)
        seen += [change.seq for change in news.changes if change.kind == "score-update"]
        assert news.seq >= since
        since = news.seq
    await writing
    assert seen == sorted(set(seen))
    assert seen[-1] == end
