"""An open write transaction, and seeing a commit through."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.happenings import Happening, Hearer

TRANSACTION = "transaction"
"""Under this name a connection of the write door knows whose it is."""


class Transaction:
    """An open write transaction: its session, and what follows from it."""

    def __init__(self, session: AsyncSession, hearers: Sequence[Hearer] = ()) -> None:
        self.session = session
        self._hearers = hearers
        self._consequences: list[Callable[[], None]] = []
        self.concerned: set[Callable[[], None]] = set()
        """Whom this transaction's writes concern (``Database.when_written``)."""

    def after_commit(self, consequence: Callable[[], None]) -> None:
        """Run ``consequence`` once the transaction is durable, and never otherwise."""
        self._consequences.append(consequence)

    async def tell(self, happening: Happening) -> None:
        """Say what this transaction makes true; what follows is written along with it."""
        for hear in self._hearers:
            await hear(self.session, happening)

    def began(self, _session: object, _transaction: object, connection: Connection) -> None:
        """Listens for the connection that this transaction has got."""
        connection.info[TRANSACTION] = self

    def committed(self) -> None:
        for consequence in self._consequences:
            consequence()


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
