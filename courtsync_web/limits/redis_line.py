"""One line to Redis for a whole process: who asks while an answer is under way goes with the next.

A lone question costs one round trip, a hundred at once cost two, and no pool is waited for.
"""

import asyncio
from collections.abc import Sequence
from hashlib import sha1
from typing import Any, NamedTuple

from redis.asyncio import ConnectionPool
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, RedisError, ResponseError

MOST_AT_ONCE = 500
"""Questions in one round trip: a flood must not use up the patience of those who came first."""

Part = str | int | float
HUNG_UP = "The line to Redis was closed."


class Script:
    """A script of ours, known to Redis by its hash once it has run there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.name = sha1(text.encode(), usedforsecurity=False).hexdigest()


class Question(NamedTuple):
    """A script with its keys and arguments, and whoever waits for the answer."""

    script: Script
    parts: Sequence[Part]
    answer: asyncio.Future[Any]


class RedisLine:
    """Asks scripts on Redis. Raises ``RedisError`` or ``OSError`` when it is away.

    ``patience``: seconds that Redis may take for one step (to connect, to take, to answer).
    """

    def __init__(self, url: str, patience: float) -> None:
        # Made by a pool, which reads every kind of address; kept by us, as it is the only one.
        self._connection: AbstractConnection = ConnectionPool.from_url(
            url,
            socket_timeout=patience,
            socket_connect_timeout=patience,
            retry=Retry(NoBackoff(), 0),
        ).make_connection()  # type: ignore[no-untyped-call]
        self._asked: list[Question] = []
        self._asking: asyncio.Task[None] | None = None

    async def ask(self, script: Script, keys: Sequence[str], figures: Sequence[Part]) -> Any:
        """What the script says about these keys."""
        answer = asyncio.get_running_loop().create_future()
        self._asked.append(Question(script, (len(keys), *keys, *figures), answer))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask_all())
        return await answer

    async def close(self) -> None:
        """Hang up; who still waits is told so."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.wait([self._asking])
            tell(
                self._asked, ConnectionError(HUNG_UP)
            )  # a task that is cancelled before it began tells nobody
        await self._connection.disconnect(nowait=True)

    async def _ask_all(self) -> None:
        """One round trip after the other, until nobody asks. The first fault answers everybody."""
        under_way: list[Question] = []
        fault: Exception = ConnectionError(HUNG_UP)
        try:
            while self._asked:
                under_way, self._asked = self._asked[:MOST_AT_ONCE], self._asked[MOST_AT_ONCE:]
                await self._round_trip(under_way)
        except (RedisError, OSError) as error:
            fault = error
        finally:
            waiting, self._asked, self._asking = [*under_way, *self._asked], [], None
            tell(waiting, fault)

    async def _round_trip(self, questions: Sequence[Question]) -> None:
        commands = [("EVALSHA", one.script.name, *one.parts) for one in questions]
        await self._connection.send_packed_command(
            self._connection.pack_commands(commands), check_health=False
        )
        unknown = [one for one in questions if not await self._answered(one)]
        for one in unknown:
            await self._connection.send_command(
                "EVAL", one.script.text, *one.parts, check_health=False
            )
            await self._answered(one)

    async def _answered(self, one: Question) -> bool:
        """Pass an answer on; not if Redis does not know the script."""
        try:
            said = await self._connection.read_response()
        except NoScriptError:
            return False
        except ResponseError as refusal:
            tell([one], refusal)
        else:
            if not one.answer.done():
                one.answer.set_result(said)
        return True


def tell(questions: Sequence[Question], fault: Exception) -> None:
    """A fault, to those who have no answer yet."""
    for one in questions:
        if not one.answer.done():
            one.answer.set_exception(fault)
