"""Shared answers: read once, gone with a change, shown only to whoever may see the event."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import event as events
from sqlmodel import col, update

from courtsync_web.accounts.models import User
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.events.models import Event
from courtsync_web.live.bus import MemoryBus
from courtsync_web.remembered import Remembered
from courtsync_web.scoring.actions import record_updates
from courtsync_web.scoring.claims import Claims
from tests.scoring.test_record_updates import update as points
from tests.world import EVENT, FIRST, OWNER, RIVAL, SAM, build_world


class Hall:
    """One event, its shared answers, and how often the database was asked."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.bus = MemoryBus()
        self.remembered = Remembered(db, self.bus)
        self.asked = 0
        events.listen(db._reader.sync_engine, "before_cursor_execute", self.count)

    def count(self, *_: Any) -> None:
        self.asked += 1

    async def seq(self, viewer: Any = None) -> int:
        async def read(_: object, event: Event) -> dict[str, int]:
            return {"seq": event.seq}

        copy = await self.remembered.copy(EVENT, viewer, "seq", 30, read)
        assert copy.body is not None
        return int(copy.body.partition(b":")[2].rstrip(b"}"))


@pytest.fixture
async def hall(db: Database) -> AsyncIterator[Hall]:
    await build_world(db)
    hall = Hall(db)
    yield hall
    hall.remembered.close()


async def test_the_second_who_asks_costs_the_database_nothing(hall: Hall) -> None:
    await hall.seq()
    before = hall.asked
    await hall.seq()
    assert hall.asked == before


async def test_a_crowd_at_once_is_answered_by_one_read(hall: Hall) -> None:
    await hall.seq()
    hall.remembered.forget()
    before = hall.asked
    await asyncio.gather(*(hall.seq() for _ in range(50)))
    alone = hall.asked - before
    hall.remembered.forget()
    await hall.seq()
    assert alone == hall.asked - before - alone


async def test_a_point_is_seen_at_once(hall: Hall) -> None:
    await Claims(hall.db, hall.bus).claim(EVENT, FIRST, SAM)
    before = await hall.seq()
    await record_updates(hall.db, hall.bus, SAM, EVENT, [points((1, 0))])
    assert await hall.seq() == before + 1


async def test_a_new_name_is_seen_at_once(hall: Hall) -> None:
    await hall.seq()
    before = hall.asked
    async with hall.db.write() as tx:
        await tx.session.exec(update(User).values(display_name="Somebody"))
    await hall.seq()
    assert hall.asked > before


async def test_what_the_owner_read_is_not_shown_to_others(hall: Hall) -> None:
    async with hall.db.write() as tx:
        private = update(Event).where(col(Event.id) == EVENT).values(visibility="private")
        await tx.session.exec(private)
    assert await hall.seq(OWNER) == 0
    for other in (None, RIVAL):
        with pytest.raises(Problem) as refused:
            await hall.seq(other)
        assert refused.value.status == 404


async def test_a_lost_ring_is_found_by_a_look(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courtsync_web.remembered.LOOK_EVERY", 0.01)
    await hall.seq()
    async with hall.db.write() as tx:
        await tx.session.exec(update(Event).where(col(Event.id) == EVENT).values(seq=9))
    looking = asyncio.create_task(hall.remembered.look())
    async with asyncio.timeout(10):
        while await hall.seq() != 9:  # noqa: ASYNC110  # the looks come by themselves
            await asyncio.sleep(0.01)
    looking.cancel()


async def test_another_program_that_writes_to_the_file_is_noticed(sqlite_url: str) -> None:
    db = Database(sqlite_url)
    await build_world(db)
    hall = Hall(db)
    await hall.seq()
    with sqlite3.connect(sqlite_url.partition(":///")[2]) as other:
        other.execute("UPDATE event SET seq = 5")
    other.close()
    assert await hall.seq() == 5
    hall.remembered.close()
    await db.close()


async def test_who_has_the_copy_gets_304_without_a_question_to_the_database(
    app: Litestar, client: httpx.AsyncClient
) -> None:
    await build_world(app.state.db)
    asked: list[str] = []

    def listener(*told: Any) -> None:
        asked.append(told[2])

    events.listen(app.state.db._reader.sync_engine, "before_cursor_execute", listener)
    for path in ("scores", "claims", "matches", "teams", f"claims/{FIRST}", ""):
        where = f"/api/events/{EVENT}/{path}".rstrip("/")
        first = await client.get(where)
        asked.clear()
        again = await client.get(where, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, asked) == (304, []), where
