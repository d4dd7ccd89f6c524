"""SQLite's engines: readers, the writer for long transactions, and the near one for short ones.

aiosqlite keeps a thread for each connection, and each statement goes there and back several
times: well for a query that takes long, wasteful for the statements of a score update, which
take some 10 µs each in SQLite itself. :func:`near_engine` runs those where they are asked for.
What can wait (for the lock, for the disk) is done in a thread by it, too.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Self

from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import await_only

from courtsync_web.json_columns import AS_JSON

READERS = 4
"""SQLite readers; each is a thread. More than cores times two only adds switching."""
PATIENCE = 10
"""Seconds to wait for another process that is writing (an import by hand)."""
MOMENT = 0.005
"""Seconds that the closing of a file takes, about."""
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # an acknowledged point must survive a power cut
    "foreign_keys=ON",
    "temp_store=MEMORY",
    f"busy_timeout={PATIENCE * 1000}",
    "cache_size=-16000",
)


def sqlite_engine(url: str, *, readers: int | None) -> AsyncEngine:
    """An engine on a SQLite file: the writer (``readers`` none) or the readers' pool."""
    engine = create_async_engine(
        url,
        pool_size=readers or 1,
        max_overflow=0,
        hide_parameters=True,
        **AS_JSON,
        connect_args={"timeout": PATIENCE, "isolation_level": None},
    )
    prepared(engine, *(["query_only=ON"] if readers else []))
    begin = "BEGIN" if readers else "BEGIN IMMEDIATE"

    def open_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "begin", open_transaction)
    return engine


def prepared(engine: AsyncEngine, *more: str) -> None:
    """Every connection of the engine starts with our pragmas, and these."""

    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in (*PRAGMAS, *more):
            once_free(partial(cursor.execute, f"PRAGMA {pragma}"))
        cursor.close()

    event.listen(engine.sync_engine, "connect", prepare)


def once_free(work: Callable[[], object]) -> None:
    """Do it again while the file is busy, for the usual patience.

    SQLite waits by itself, with one exception: while the last other connection closes and takes
    the WAL away, opening fails at once (sqlite.org/wal.html, "Sometimes queries return
    SQLITE_BUSY in WAL mode").
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            work()
        except sqlite3.OperationalError as error:
            # An extended code, such as SQLITE_BUSY_RECOVERY, keeps the plain one in its last byte.
            busy = (getattr(error, "sqlite_errorcode", 0) & 0xFF) == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(MOMENT)
        else:
            return


class Here:
    """What need not be waited for. SQLAlchemy insists that an asynchronous driver waits."""

    def __await__(self) -> Iterator[None]:
        return iter(())


HERE: Any = Here()


class NearCursor(sqlite3.Cursor):
    """A cursor whose rows are here already: what SQLAlchemy asks of an asynchronous one."""

    server_side = False

    def execute(self, sql: str, parameters: Any = ()) -> Self:
        await_only(HERE)
        return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any) -> Self:
        await_only(HERE)
        return super().executemany(sql, parameters)

    async def _async_soft_close(self) -> None:
        return None


class NearConnection(sqlite3.Connection):
    """SQLite in the event loop's own thread, but for what waits."""

    elsewhere: ThreadPoolExecutor

    @property
    def _connection(self) -> "NearConnection":
        """Where SQLAlchemy looks for the driver's own connection."""
        return self

    def cursor(self, factory: Any = NearCursor) -> Any:
        return super().cursor(factory)

    def begin(self) -> None:
        """Take the write lock; somebody else may hold it for a while."""
        self._wait_for(lambda: sqlite3.Cursor(self).execute("BEGIN IMMEDIATE"))

    def commit(self) -> None:
        """Until it is on the disk."""
        self._wait_for(super().commit)

    def terminate(self) -> None:
        """Close, whatever is open."""
        self.close()

    def _wait_for(self, work: Callable[[], object]) -> None:
        await_only(asyncio.get_running_loop().run_in_executor(self.elsewhere, work))


def near_engine(url: str) -> tuple[AsyncEngine, ThreadPoolExecutor]:
    """The engine for short writes, and the thread in which it waits."""
    elsewhere = ThreadPoolExecutor(1, "sqlite-near")
    path = url.partition(":///")[2]

    def connect() -> NearConnection:
        connection = sqlite3.connect(
            path,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,  # never in two at once: the door sees to that
            cached_statements=256,
            factory=NearConnection,
        )
        connection.elsewhere = elsewhere
        return connection

    engine = create_async_engine(
        url, creator=connect, pool_size=1, max_overflow=0, hide_parameters=True, **AS_JSON
    )
    prepared(engine)

    def open_transaction(connection: Connection) -> None:
        near: NearConnection = connection.connection.driver_connection  # type: ignore[assignment]
        near.begin()

    event.listen(engine.sync_engine, "begin", open_transaction)
    return engine, elsewhere
