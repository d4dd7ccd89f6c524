"""A tally keeps count: of tokens taken, and of attempts that failed."""

from collections.abc import Sequence
from typing import Protocol

from courtsync_web.limits.buckets import Charge, Taken
from courtsync_web.limits.failures import Attempt


class Tally(Protocol):
    """One behaviour, in memory, on Redis, and on Redis with memory behind it."""

    async def take(self, charges: Sequence[Charge]) -> Taken:
        """Charge every one of these buckets, or none: one that is empty refuses for all."""
        ...

    async def attempt(self, attempts: Sequence[Attempt]) -> int:
        """Microseconds to wait; 0: go on, and each of ``attempts`` counts as failed so far."""
        ...

    async def succeeded(self, attempts: Sequence[Attempt]) -> None:
        """Take them back: the whole key where the attempt says so, else this one failure."""
        ...

    async def close(self) -> None:
        """Let go of connections and tasks."""
        ...
