"""The tally of one process, in bounded memory."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from courtsync_web.limits.buckets import Charge, Taken, judged, wait_for
from courtsync_web.limits.failures import Attempt, delay_after, failures_left

Clock = Callable[[], int]
MOST_KEYS = 65_536
"""Some ten megabytes; reached only when tens of thousands of addresses attack at once."""
FEWEST_KEYS = 1024

Kept = TypeVar("Kept")


def microseconds() -> int:
    """A clock that never goes back."""
    return time.monotonic_ns() // 1000


@dataclass(frozen=True, slots=True)
class Failed:
    """``count`` failures as of ``at``; no attempt before ``until``; forgotten at ``over_at``."""

    count: float
    at: int
    until: int
    over_at: int


NEVER_FAILED = Failed(0.0, 0, 0, 0)


class MemoryTally:
    """Counts in this process alone. ``clock`` tells microseconds."""

    def __init__(self, clock: Clock = microseconds, most_keys: int = MOST_KEYS) -> None:
        self._clock = clock
        self._full_at: Shelf[int] = Shelf(lambda full_at: full_at, most_keys)
        self._failed: Shelf[Failed] = Shelf(lambda failed: failed.over_at, most_keys)

    def __len__(self) -> int:
        return len(self._full_at) + len(self._failed)

    async def take(self, charges: Sequence[Charge]) -> Taken:
        """See :class:`Tally`. A bucket is kept as the instant at which it is full again."""
        now = self._clock()
        debts = [max(0, self._full_at.get(charge.key, 0) - now) for charge in charges]
        if any(wait_for(debt, one.rate) for one, debt in zip(charges, debts, strict=True)):
            return judged(charges, debts, allowed=False)
        owed = [debt + one.rate.interval for one, debt in zip(charges, debts, strict=True)]
        for charge, debt in zip(charges, owed, strict=True):
            self._full_at.put(charge.key, now + debt, now)
        return judged(charges, owed, allowed=True)

    async def attempt(self, attempts: Sequence[Attempt]) -> int:
        """See :class:`Tally`."""
        now = self._clock()
        known = [self._failed.get(one.key, NEVER_FAILED) for one in attempts]
        wait = max(failed.until for failed in known) - now
        if wait > 0:
            return wait
        for one, failed in zip(attempts, known, strict=True):
            count = min(one.bear.most, failures_left(failed.count, now - failed.at, one.bear) + 1)
            self._keep(one, count, now, now + delay_after(count, one.bear))
        return 0

    async def succeeded(self, attempts: Sequence[Attempt]) -> None:
        """See :class:`Tally`."""
        now = self._clock()
        for one in attempts:
            failed = self._failed.pop(one.key, NEVER_FAILED)
            count = failures_left(failed.count, now - failed.at, one.bear) - 1
            if count > 0 and not one.whole:
                self._keep(one, count, now, 0)

    async def close(self) -> None:
        """Nothing to let go of."""

    def _keep(self, one: Attempt, count: float, now: int, until: int) -> None:
        forgotten = now + int(count * one.bear.forgets * 1_000_000)
        self._failed.put(one.key, Failed(count, now, until, max(until, forgotten)), now)


class Shelf(dict[str, Kept], Generic[Kept]):
    """Entries by key, none kept much longer than it matters.

    When the shelf has doubled, entries that say no more than their absence are dropped. If too
    many are alive even so, a quarter goes, those that would be over soonest: a key that is hot
    is never among them.
    """

    def __init__(self, over_at: Callable[[Kept], int], most: int) -> None:
        super().__init__()
        self._over_at = over_at
        self._most = most
        self._tidy_at = min(FEWEST_KEYS, most)

    def put(self, key: str, entry: Kept, now: int) -> None:
        """Keep an entry."""
        self[key] = entry
        if len(self) > self._tidy_at:
            self._tidy(now)

    def _tidy(self, now: int) -> None:
        for key in [key for key, entry in self.items() if self._over_at(entry) <= now]:
            del self[key]
        if len(self) > self._most * 3 // 4:
            soonest_first = sorted(self, key=lambda key: self._over_at(self[key]))
            for key in soonest_first[: len(self) // 4]:
                del self[key]
        self._tidy_at = min(self._most, max(FEWEST_KEYS, 2 * len(self)))
