"""Writes of one kind that wait at the same moment become one piece of work.

Two hundred scorers of one event ask the same few questions and write to the same few tables.
Whoever comes while one write is on its way to the disk waits, and the next one takes all who
wait along: their questions are asked once, their rows are written once. What becomes of each is
the work's to say, one answer for one item, and nobody hears it before it is durable.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from courtsync_web.together import Work
from courtsync_web.transaction import Transaction

JoinedWork = Callable[[Transaction, Sequence[Any]], Awaitable[Sequence[Any]]]
"""What is to be done with the items: an answer for each, or the exception it is answered with."""

AT_ONCE = 50
"""Items in one piece of work at most. While it runs nobody else is served: some 15 ms."""


@dataclass(frozen=True, slots=True)
class Item:
    """What one caller brings, and where they wait."""

    given: Any
    future: asyncio.Future[Any]

    def answer(self, answer: Any) -> None:
        """Tell who waits, unless they have gone."""
        if self.future.done():
            return
        if isinstance(answer, Exception):
            self.future.set_exception(answer)
        else:
            self.future.set_result(answer)


class Joined:
    """The queues, one for each key. ``write`` does one piece of work; durable on its return."""

    def __init__(self, write: Callable[[Work], Awaitable[Any]]) -> None:
        self._write = write
        self._queues: dict[Hashable, deque[Item]] = {}
        self._carriers: set[asyncio.Task[None]] = set()

    async def write(self, key: Hashable, given: Any, work: JoinedWork) -> Any:
        """Have ``given`` written along with all that waits under this key, by the same work."""
        mine = Item(given, asyncio.get_running_loop().create_future())
        queue = self._queues.get(key)
        if queue is None:
            queue = self._queues[key] = deque()
            carrier = asyncio.create_task(self._carry(key, queue, work))
            self._carriers.add(carrier)
            carrier.add_done_callback(self._carriers.discard)
        queue.append(mine)
        return await mine.future

    async def _carry(self, key: Hashable, queue: deque[Item], work: JoinedWork) -> None:
        """One piece of work after another, as long as somebody waits."""
        while queue:
            await self._carry_some(queue, work)
        del self._queues[key]

    async def _carry_some(self, queue: deque[Item], work: JoinedWork) -> None:
        taken: list[Item] = []

        async def take(tx: Transaction) -> Sequence[Any]:
            """Whoever waits now that the door is open."""
            taken.extend(next_of(queue))
            return await work(tx, [one.given for one in taken]) if taken else ()

        try:
            answers = await self._write(take)
        except Exception as error:  # noqa: BLE001  # whoever waits is told, whatever it was
            for one in taken or next_of(queue):
                one.answer(error)
            return
        for one, answer in zip(taken, answers, strict=True):
            one.answer(answer)

    async def close(self) -> None:
        """See through what is under way."""
        await asyncio.gather(*self._carriers)


def next_of(queue: deque[Item]) -> list[Item]:
    """The next ones who are still there."""
    found: list[Item] = []
    while queue and len(found) < AT_ONCE:
        one = queue.popleft()
        if not one.future.done():
            found.append(one)
    return found
