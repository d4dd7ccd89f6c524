"""Two databases behind one code, and one door for writes.

``Database.read()`` gives a session that only reads; any number may be open at once.
``Database.write()`` is the one door: on SQLite a single connection with ``BEGIN IMMEDIATE``
and readers beside it (WAL), on PostgreSQL an ordinary transaction. What must happen after a
commit is handed to ``Transaction.after_commit`` and runs only if the commit succeeded.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Protocol

from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel.ext.asyncio.session import AsyncSession

READERS = 4
"""SQLite readers; each is a thread. More than cores times two only adds switching."""
POOL = 10
"""PostgreSQL connections for each door of one process."""

ASYNC_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


class Transaction:
    """An open write transaction: its session, and what follows from it."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self._consequences: list[Callable[[], None]] = []

    def after_commit(self, consequence: Callable[[], None]) -> None:
        """Run ``consequence`` once the transaction is durable, and never otherwise."""
        self._consequences.append(consequence)

    def committed(self) -> None:
        for consequence in self._consequences:
            consequence()


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

    def __init__(self, url: str) -> None:
        self.url = with_async_driver(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self._door: Door
        if self.is_sqlite:
            self._door = asyncio.Lock()  # type: ignore[assignment]  # its __aexit__ returns None too
            self._writer = sqlite_engine(self.url, readers=None)
            self._reader = sqlite_engine(self.url, readers=READERS)
        else:
            self._door = OpenDoor()
            self._writer = postgres_engine(self.url)
            self._reader = postgres_engine(self.url)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one consistent moment and cannot write."""
        async with AsyncSession(self._reader, expire_on_commit=False) as session:
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
            transaction = Transaction(session)
            yield transaction
            await unbroken(session.commit())
            transaction.committed()

    async def close(self) -> None:
        """Close every connection; without it the process cannot end."""
        await self._reader.dispose()
        await self._writer.dispose()


async def unbroken(work: Coroutine[Any, Any, None]) -> None:
    """See ``work`` through even when the caller is cancelled meanwhile.

    A commit that has begun goes on in the driver's thread whatever happens here; whoever
    waits must learn how it ended before anything else uses the connection.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


def with_async_driver(url: str) -> str:
    """``sqlite:///x`` and ``postgres://…`` as SQLAlchemy's asyncio engines want them."""
    scheme, _, rest = url.partition("://")
    if scheme == "postgres":
        scheme = "postgresql"
    return f"{ASYNC_DRIVERS.get(scheme, scheme)}://{rest}"


def postgres_engine(url: str) -> AsyncEngine:
    """An engine on PostgreSQL; its errors do not quote what people typed."""
    return create_async_engine(url, pool_size=POOL, pool_pre_ping=True, hide_parameters=True)


def sqlite_engine(url: str, *, readers: int | None) -> AsyncEngine:
    """An engine on a SQLite file: the writer (``readers`` none) or the readers' pool."""
    engine = create_async_engine(
        url,
        pool_size=readers or 1,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"timeout": 10, "isolation_level": None},
    )
    begin = "BEGIN" if readers else "BEGIN IMMEDIATE"

    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # an acknowledged point must survive a power cut
            "foreign_keys=ON",
            "temp_store=MEMORY",
            "busy_timeout=10000",
            "cache_size=-16000",
            *(("query_only=ON",) if readers else ()),
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def open_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", open_transaction)
    return engine
