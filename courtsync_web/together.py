"""Short writes that wait are committed together: one trip to the disk for all of them.

While one group is on its way to the disk, whoever comes next waits and then joins the next
group. Each piece of work lies in a savepoint of its own: what fails leaves nothing behind and
takes no neighbour along. Nobody is answered, not even a refusal, before the group is durable.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.figures import COMMIT_GROUP, WRITES_WAITING
from courtsync_web.happenings import Hearer
from courtsync_web.transaction import TRANSACTION, Transaction, unbroken

Work = Callable[[Transaction], Awaitable[Any]]
"""What is to be done. It must not wait for anything but its own session."""

GROUP = 32
"""Works in one commit at most: some 15 ms, so that readers are told between two groups."""


class TransactionUndoneError(Exception):
    """The database has undone a group's transaction by itself."""


class Waiting:
    """One piece of work, and what became of it."""

    __slots__ = ("error", "future", "result", "transaction", "work")

    def __init__(self, work: Work) -> None:
        self.work = work
        self.future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.transaction: Transaction | None = None
        self.result: Any = None
        self.error: Exception | None = None

    def answer(self) -> None:
        """Tell who waits, unless they have gone."""
        if self.error is None and self.transaction is not None:
            self.transaction.committed()
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Together:
    """The queue before the door. ``door`` is shared with whoever writes alone."""

    def __init__(
        self,
        engine: AsyncEngine,
        door: AbstractAsyncContextManager[None],
        hearers: Sequence[Hearer],
    ) -> None:
        self._engine = engine
        self._door = door
        self._hearers = hearers
        self._waiting: deque[Waiting] = deque()
        self._committing: asyncio.Task[None] | None = None

    async def write(self, work: Work) -> Any:
        """Do ``work`` in the next group; durable on return."""
        mine = Waiting(work)
        self._waiting.append(mine)
        WRITES_WAITING.set(len(self._waiting))
        if self._committing is None or self._committing.done():
            self._committing = asyncio.create_task(self._commit_groups())
        return await mine.future

    async def _commit_groups(self) -> None:
        while self._waiting:
            async with self._door:
                group = self._next_group()
                try:
                    await self._commit(group)
                except Exception as error:  # noqa: BLE001  # whoever waits is told, whatever it was
                    for one in group:
                        one.error = error
            COMMIT_GROUP.observe(len(group))
            WRITES_WAITING.set(len(self._waiting))
            for one in group:
                one.answer()

    def _next_group(self) -> list[Waiting]:
        """Those who are still there, as long as the group is not full."""
        group: list[Waiting] = []
        while self._waiting and len(group) < GROUP:
            one = self._waiting.popleft()
            if not one.future.done():
                group.append(one)
        return group

    async def _commit(self, group: list[Waiting]) -> None:
        async with self._engine.connect() as connection:
            await connection.begin()
            for one in group:
                await self._do(one, connection)
                refuse_if_undone(connection)
            try:
                await unbroken(connection.commit())
            except BaseException:
                await undo(connection)
                raise
            finally:
                tell_concerned(group)

    async def _do(self, one: Waiting, connection: AsyncConnection) -> None:
        """One work in its savepoint."""
        assert connection.sync_connection is not None
        session = AsyncSession(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        )
        async with session:
            one.transaction = Transaction(session, self._hearers)
            connection.sync_connection.info[TRANSACTION] = one.transaction
            try:
                one.result = await one.work(one.transaction)
                await session.commit()
            except Exception as error:  # noqa: BLE001  # it is answered with what it raised
                one.error = error

    async def close(self) -> None:
        """See the last group through."""
        if self._committing is not None:
            await self._committing


def refuse_if_undone(connection: AsyncConnection) -> None:
    """After some faults (no room left, no memory) SQLite undoes the transaction by itself. A
    savepoint would then quietly begin another one, without what was written before.
    """
    assert connection.sync_connection is not None
    driver: Any = connection.sync_connection.connection.driver_connection
    if not driver.in_transaction:
        raise TransactionUndoneError("the database has undone this transaction")


async def undo(connection: AsyncConnection) -> None:
    """After a commit that failed, which SQLAlchemy takes for the transaction's end."""
    raw = await connection.get_raw_connection()
    raw.rollback()


def tell_concerned(group: list[Waiting]) -> None:
    """Whoever remembers what these writes have changed; also where it is unknown how they ended."""
    transactions = [one.transaction for one in group if one.transaction is not None]
    for changed in {changed for one in transactions for changed in one.concerned}:
        changed()
