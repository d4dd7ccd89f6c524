"""Passwords: argon2id, a few at a time, never on the event loop.

Parameters are OWASP's minimum (19 MiB, 2 passes, 1 lane). One hash costs about 30 ms of a
core, so at most two are made at once and a short queue waits; beyond it the answer is 503,
because a flood of sign-ins must not stop the scores.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from courtsync_web.errors import Problem

SHORTEST, LONGEST = 8, 256
"""Length of a password in characters. The upper end bounds the work before hashing."""
AT_ONCE = 2
QUEUE = 40
"""Hashes under way or waiting; the last of them waits about 600 ms on two cores."""

Result = TypeVar("Result")

_argon2 = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="passwords")
_under_way: set[Future[Any]] = set()


async def hashed(password: str) -> str:
    """The password as it is stored. Raises 503 ``busy`` when too many wait."""
    return await _in_turn(lambda: _argon2.hash(password))


async def fits(password: str, stored: str | None) -> bool:
    """Whether ``password`` is the one ``stored``.

    With nothing stored (an unknown person, a guest) it takes just as long and says no, so
    that the time of an answer tells nobody who has an account.
    """
    return await _in_turn(lambda: _verified(password, stored))


def outdated(stored: str) -> bool:
    """Whether ``stored`` was made with weaker parameters than today's."""
    return _argon2.check_needs_rehash(stored)


def _verified(password: str, stored: str | None) -> bool:
    if len(password) > LONGEST:
        return False
    try:
        return _argon2.verify(stored or _nobodys_hash(), password) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys_hash() -> str:
    return _argon2.hash("nobody has this password")


async def _in_turn(work: Callable[[], Result]) -> Result:
    if len(_under_way) >= QUEUE:
        raise Problem(
            503,
            "busy",
            "Many people are signing in just now. Try again in a moment.",
            headers={"Retry-After": "2"},
        )
    future = _threads.submit(work)
    _under_way.add(future)
    future.add_done_callback(_under_way.discard)
    return await asyncio.wrap_future(future)
