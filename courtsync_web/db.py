"""Two databases behind one code, and one door for writes.

``Database.read()`` gives a session that only reads; any number may be open at once.
``Database.write()`` is the one door: on SQLite one transaction at a time, begun with ``BEGIN
IMMEDIATE``, and readers beside it (WAL), on PostgreSQL an ordinary transaction. Short writes go
through it together (``Database.write_together()``) and share a commit. What must happen after a
commit is handed to ``Transaction.after_commit`` and runs only if the commit succeeded. What it
means is told with ``Transaction.tell``, to whoever writes what follows in the same transaction
(``happenings.py``). Whoever remembers what was read asks ``Database.when_written`` to be told
that it may be out of date.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Delete, Insert, Select, Table, Update, event
from sqlalchemy.engine import ExecutionContext
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.sql import ClauseElement, visitors
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.happenings import Hearer
from courtsync_web.joined import Joined, JoinedWork
from courtsync_web.json_columns import AS_JSON
from courtsync_web.sqlite import READERS, near_engine, sqlite_engine
from courtsync_web.together import Together
from courtsync_web.transaction import TRANSACTION, Transaction, unbroken

__all__ = ["Database", "Transaction", "unbroken"]

Result = TypeVar("Result")

FRAMES = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")
"""What only frames a transaction's writes: it concerns nobody."""
POOL = 10
"""PostgreSQL connections for each door of one process."""

ASYNC_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


@dataclass(frozen=True, slots=True)
class Watch:
    """Somebody who remembers what was read from ``tables``."""

    tables: frozenset[Table]
    deleted_along: frozenset[Table]
    """Those, and the ones whose rows take theirs along when they are deleted."""
    changed: Callable[[], None]

    def is_met(self, said: object) -> bool:
        """Whether a statement may write there; of one that is only text nobody knows.

        A SELECT that writes (in a CTE) is not written in this house.
        """
        if isinstance(said, Select):
            return False
        if isinstance(said, Delete):
            return said.table in self.deleted_along
        return not isinstance(said, Insert | Update) or said.table in self.tables


def with_parents(tables: set[Table]) -> set[Table]:
    """The tables and all that they refer to, directly or through others."""
    found, new = set(tables), set(tables)
    while new:
        new = {key.column.table for table in new for key in table.foreign_keys} - found
        found |= new
    return found


class Door(Protocol):
    """How a write waits for its turn."""

    async def __aenter__(self) -> None: ...
    async def __aexit__(self, *_: object) -> None: ...


class OpenDoor:
    """PostgreSQL lets writers in together; its row locks sort them out."""

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(self, *_: object) -> None:
        return None


class Database:
    """The engines of one process. Made from a URL; closed with :meth:`close`."""

    def __init__(self, url: str, read_url: str = "") -> None:
        self.url = with_async_driver(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self._door: Door
        self._hearers: list[Hearer] = []
        if self.is_sqlite:
            self._door = asyncio.Lock()  # type: ignore[assignment]  # its __aexit__ returns None too
            self._writer = sqlite_engine(self.url, readers=None)
            self._reader = sqlite_engine(self.url, readers=READERS)
            self._near, self._elsewhere = near_engine(self.url)
            self._together = Together(self._near, self._door, self._hearers)
        else:
            self._door = OpenDoor()
            self._writer = postgres_engine(self.url)
            self._reader = postgres_engine(self.url)
        self._replica = postgres_engine(with_async_driver(read_url)) if read_url else self._reader
        self._joined = Joined(self.write_together)
        self._watches: list[Watch] = []
        for engine in [self._writer, *([self._near] if self.is_sqlite else [])]:
            event.listen(engine.sync_engine, "before_cursor_execute", self._note)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one consistent moment and cannot write."""
        async with self._reading(self._reader) as session:
            yield session

    @asynccontextmanager
    async def read_behind(self) -> AsyncIterator[AsyncSession]:
        """The same on the read replica, if there is one: it may be a moment behind."""
        async with self._reading(self._replica) as session:
            yield session

    @asynccontextmanager
    async def _reading(self, engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(engine, expire_on_commit=False) as session:
            if not self.is_sqlite:
                await session.connection(
                    execution_options={
                        "isolation_level": "REPEATABLE READ",
                        "postgresql_readonly": True,
                    }
                )
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """The door: one transaction, committed on leaving, rolled back on any error."""
        async with self._door, AsyncSession(self._writer, expire_on_commit=False) as session:
            transaction = Transaction(session, self._hearers)
            event.listen(session.sync_session, "after_begin", transaction.began)
            yield transaction
            try:
                await unbroken(session.commit())
            finally:  # also where the caller has gone, or how it ended is unknown
                for changed in transaction.concerned:
                    changed()
            transaction.committed()

    async def write_together(self, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """A short write that may share its commit with others; durable on return.

        ``work`` gets a transaction of its own: what it raises undoes its own writes only, and
        is raised here. It must be quick and wait for nothing but its session; ``write`` is for
        everything else. PostgreSQL shares commits by itself.
        """
        if self.is_sqlite:
            result: Result = await self._together.write(work)
            return result
        async with self.write() as tx:
            return await work(tx)

    async def write_joined(self, key: Hashable, given: Any, work: JoinedWork) -> Any:
        """A short write done along with all others that wait under ``key``, by one ``work`` for
        all of them (``joined.py``); durable on return. On both databases.
        """
        return await self._joined.write(key, given, work)

    def when_written(self, question: ClauseElement, changed: Callable[[], None]) -> None:
        """Call ``changed`` after every transaction of this process that may have changed what
        ``question`` answers: it wrote to one of the tables that the question reads, or
        deleted where the database deletes along.
        """
        tables = {one for one in visitors.iterate(question) if isinstance(one, Table)}
        self._watches.append(Watch(frozenset(tables), frozenset(with_parents(tables)), changed))

    def when_told(self, hear: Hearer) -> None:
        """Have ``hear`` called with everything that a write transaction tells, inside it."""
        self._hearers.append(hear)

    def _note(
        self, connection: Connection, _c: Any, sql: str, _p: Any, context: ExecutionContext, _m: Any
    ) -> None:
        """Before every statement at the write door: whom it concerns."""
        transaction = connection.info.get(TRANSACTION)
        if transaction is not None and not sql.startswith(FRAMES):
            said = context.invoked_statement
            transaction.concerned |= {one.changed for one in self._watches if one.is_met(said)}

    async def close(self) -> None:
        """Close every connection; without it the process cannot end."""
        await self._joined.close()
        if self.is_sqlite:
            await self._together.close()
            await self._near.dispose()
            self._elsewhere.shutdown()
        await self._reader.dispose()
        await self._replica.dispose()
        await self._writer.dispose()


def with_async_driver(url: str) -> str:
    """``sqlite:///x`` and ``postgres://…`` as SQLAlchemy's asyncio engines want them."""
    scheme, _, rest = url.partition("://")
    kind = "postgresql" if scheme == "postgres" else scheme.partition("+")[0]
    if kind not in ASYNC_DRIVERS or not rest:
        raise ValueError(
            "COURTSYNC_DATABASE_URL must begin with sqlite:/// or postgresql://, and go on."
        )
    return f"{ASYNC_DRIVERS[kind]}://{rest}"


def postgres_engine(url: str) -> AsyncEngine:
    """An engine on PostgreSQL; its errors do not quote what people typed."""
    return create_async_engine(
        url, pool_size=POOL, pool_pre_ping=True, hide_parameters=True, **AS_JSON
    )
