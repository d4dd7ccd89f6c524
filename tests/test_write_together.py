"""Short writes share a commit: each is whole or nothing, and none is answered too early."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, text
from sqlmodel import col, select

from courtsync_web.accounts.models import User
from courtsync_web.db import Database, Transaction
from courtsync_web.events.models import Event
from courtsync_web.sqlite import NearConnection
from courtsync_web.together import Work


class Refused(Exception):
    """What a piece of work may raise."""


def someone(name: str) -> User:
    return User(id=name.ljust(32, "0"), display_name=name, role="spectator", created_at=0)


async def names(db: Database) -> list[str]:
    async with db.read() as session:
        found = await session.exec(select(User.display_name).order_by(col(User.display_name)))
        return list(found)


def adds(name: str, *, then: Exception | None = None) -> Work:
    async def work(tx: Transaction) -> str:
        tx.session.add(someone(name))
        await tx.session.flush()
        if then is not None:
            raise then
        return name

    return work


async def test_what_is_answered_is_there(db: Database) -> None:
    assert await db.write_together(adds("Ann")) == "Ann"
    assert await names(db) == ["Ann"]


async def test_one_failure_takes_no_neighbour_along(db: Database) -> None:
    works = [
        adds("Ann"),
        adds("Bob", then=Refused("no")),
        adds("Cid"),
        adds("Ann"),  # the same id once more: the database refuses it
        adds("Dan"),
    ]
    answers = await asyncio.gather(*map(db.write_together, works), return_exceptions=True)
    assert answers[0] == "Ann" or answers[3] == "Ann"
    assert [type(one).__name__ for one in answers].count("IntegrityError") == 1
    assert isinstance(answers[1], Refused)
    assert await names(db) == ["Ann", "Cid", "Dan"]


async def test_what_is_only_added_and_never_flushed_is_written_too(db: Database) -> None:
    async def work(tx: Transaction) -> None:
        tx.session.add(someone("Ann"))

    await db.write_together(work)
    assert await names(db) == ["Ann"]


async def test_consequences_come_after_the_commit_and_only_for_what_succeeded(
    db: Database,
) -> None:
    seen: list[str] = []

    def work_of(name: str, then: Exception | None = None) -> Work:
        async def work(tx: Transaction) -> None:
            tx.after_commit(lambda: seen.append(name))
            await adds(name, then=then)(tx)

        return work

    await asyncio.gather(
        db.write_together(work_of("Ann")),
        db.write_together(work_of("Bob", Refused())),
        return_exceptions=True,
    )
    assert seen == ["Ann"]


async def test_later_work_sees_what_earlier_work_of_its_group_wrote(db: Database) -> None:
    async def count(tx: Transaction) -> int:
        return (await tx.session.exec(select(func.count()).select_from(User))).one()

    _, seen = await asyncio.gather(db.write_together(adds("Ann")), db.write_together(count))
    assert seen in (0, 1) if not db.is_sqlite else seen == 1


async def test_who_writes_alone_and_who_writes_together_take_turns(db: Database) -> None:
    async def alone(name: str) -> None:
        async with db.write() as tx:
            tx.session.add(someone(name))

    await asyncio.gather(
        *(alone(f"alone {n}") for n in range(5)),
        *(db.write_together(adds(f"together {n}")) for n in range(5)),
    )
    assert len(await names(db)) == 10


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    yield database
    await database.close()


async def test_those_who_wait_share_a_commit(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = 0
    usual = NearConnection.commit

    def counted(self: NearConnection) -> None:
        nonlocal commits
        commits += 1
        usual(self)

    monkeypatch.setattr(NearConnection, "commit", counted)
    await asyncio.gather(*(sqlite.write_together(adds(f"number {n:03}")) for n in range(100)))
    assert len(await names(sqlite)) == 100
    assert commits == 4  # 32, 32, 32, 4


async def test_a_commit_that_fails_answers_nobody_yes(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: NearConnection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    seen: list[str] = []

    async def work(tx: Transaction) -> None:
        tx.after_commit(lambda: seen.append("told"))
        await adds("Ann")(tx)

    with monkeypatch.context() as broken:
        broken.setattr(NearConnection, "commit", full)
        answers = await asyncio.gather(
            sqlite.write_together(work), sqlite.write_together(adds("Bob")), return_exceptions=True
        )
    assert all(isinstance(one, Exception) for one in answers)
    assert seen == []
    assert await names(sqlite) == []
    await sqlite.write_together(adds("Cid"))  # the door is open again
    assert await names(sqlite) == ["Cid"]


async def test_a_group_that_sqlite_has_undone_by_itself_is_answered_to_nobody(
    sqlite: Database,
) -> None:
    async def undone(tx: Transaction) -> None:
        connection = await tx.session.connection()
        await connection.exec_driver_sql("ROLLBACK")  # as SQLite does when there is no room left

    answers = await asyncio.gather(
        *(sqlite.write_together(one) for one in (adds("Ann"), undone, adds("Bob"))),
        return_exceptions=True,
    )
    assert all(isinstance(one, Exception) for one in answers)
    assert await names(sqlite) == []
    await sqlite.write_together(adds("Cid"))
    assert await names(sqlite) == ["Cid"]


async def test_who_has_gone_takes_nobody_along(sqlite: Database) -> None:
    first = asyncio.create_task(sqlite.write_together(adds("Ann")))
    gone = asyncio.create_task(sqlite.write_together(adds("Bob")))
    await asyncio.sleep(0)
    gone.cancel()
    assert await first == "Ann"
    assert "Ann" in await names(sqlite)


async def test_another_process_that_writes_is_waited_for(sqlite: Database) -> None:
    await sqlite.write_together(adds("Zoe"))
    path = sqlite.url.partition(":///")[2]
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(sqlite.write_together(adds("Ann")))
    async with sqlite.read() as session:  # meanwhile the loop turns
        await session.exec(text("SELECT 1"))  # type: ignore[call-overload]
    assert not writing.done()
    other.execute("COMMIT")
    other.close()
    assert await writing == "Ann"


async def test_only_who_remembers_what_was_written_is_told(db: Database) -> None:
    told: list[str] = []
    db.when_written(select(User), lambda: told.append("people"))
    db.when_written(select(Event), lambda: told.append("events"))
    await db.write_together(adds("Ann"))
    assert told == ["people"]  # and not the others, for the sake of a savepoint
