"""A read replica that lags: nobody misses what they wrote, and no number goes backwards.

The replica is a second database with the same world that simply stands still.
"""

from collections.abc import AsyncIterator

import pytest
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.models import User
from courtsync_web.db import Database
from courtsync_web.events.models import Event, Team
from courtsync_web.live.bus import MemoryBus
from courtsync_web.remembered import Remembered
from courtsync_web.scoring.actions import record_updates
from courtsync_web.scoring.claims import Claims
from tests.scoring.test_record_updates import update as points
from tests.servers.postgres import Cluster
from tests.world import EVENT, FIRST, SAM, build_world


@pytest.fixture
async def urls(postgres: Cluster) -> AsyncIterator[tuple[str, str]]:
    """The database's and its replica's, with the same world in both."""
    both = (await postgres.fresh(), await postgres.fresh())
    for url in both:
        alone = Database(url)
        await build_world(alone)
        await alone.close()
    yield both
    for url in both:
        await postgres.drop(url)


@pytest.fixture
async def db(urls: tuple[str, str]) -> AsyncIterator[Database]:
    db = Database(*urls)
    yield db
    await db.close()


async def seen(remembered: Remembered) -> tuple[int, str, str]:
    """What a page would show: the event's number, a team's name and a person's."""

    async def read(session: AsyncSession, event: Event) -> list[object]:
        team = await session.get_one(Team, (EVENT, 1))
        sam = await session.exec(select(User).where(User.id == SAM.id))
        return [event.seq, team.name, sam.one().display_name]

    copy = await remembered.copy(EVENT, None, "seen", 30, read)
    assert copy.body is not None
    seq, team, sam = copy.body.strip(b"[]").split(b",")
    return int(seq), team.decode().strip('"'), sam.decode().strip('"')


async def renamed(url: str, name: str) -> None:
    """Another program changes a team's name; no number tells of it."""
    other = Database(url)
    async with other.write() as tx:
        await tx.session.exec(update(Team).where(col(Team.team_id) == 1).values(name=name))
    await other.close()


async def test_as_long_as_it_keeps_up_the_replica_is_read(
    db: Database, urls: tuple[str, str]
) -> None:
    await renamed(urls[1], "Read from the replica")
    assert await seen(Remembered(db, MemoryBus())) == (0, "Read from the replica", "Sam")


async def test_who_writes_sees_it_at_once_and_then_always(db: Database) -> None:
    bus = MemoryBus()
    remembered = Remembered(db, bus)
    before, *_ = await seen(remembered)
    await Claims(db, bus).claim(EVENT, FIRST, SAM)
    claimed, *_ = await seen(remembered)
    await record_updates(db, bus, SAM, EVENT, [points((1, 0))])
    scored, *_ = await seen(remembered)
    assert (claimed, scored) == (before + 1, before + 2)
    assert (await seen(remembered))[0] == scored


async def test_a_process_that_heard_no_ring_does_not_go_back(db: Database) -> None:
    bus = MemoryBus()
    await Claims(db, bus).claim(EVENT, FIRST, SAM)
    just_started = Remembered(db, MemoryBus())
    assert (await seen(just_started))[0] == 1, "the database has told it the number"
    await record_updates(db, bus, SAM, EVENT, [points((1, 0))])
    just_started.moved(EVENT, 2)
    assert (await seen(just_started))[0] == 2


async def test_what_has_no_number_is_not_taken_from_the_replica_either(db: Database) -> None:
    remembered = Remembered(db, MemoryBus())
    assert (await seen(remembered))[2] == "Sam"
    async with db.write() as tx:
        await tx.session.exec(
            update(User).where(col(User.id) == SAM.id).values(display_name="Samira")
        )
    assert (await seen(remembered))[2] == "Samira"
