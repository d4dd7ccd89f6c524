"""Buckets: what is asked of them, what they answer, and the arithmetic both tallies share.

The algorithm is GCRA, a token bucket kept as one number per key: the instant at which the
bucket will be full again. Its distance from now is the *debt*; a bucket may owe at most its
whole limit. All times are integers, microseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from courtsync_web.limits.rates import Rate


@dataclass(frozen=True, slots=True)
class Charge:
    """One token wanted from the bucket ``key``; see :class:`LimitClass` for ``strict``."""

    key: str
    rate: Rate
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer: whether it was granted, and the tightest of the buckets asked."""

    allowed: bool
    limit: int
    remaining: int
    full_in: int
    """Microseconds until that bucket is full again."""
    wait: int
    """Microseconds until the same charges would be granted, if nobody else takes; 0: now."""


def wait_for(debt: int, rate: Rate) -> int:
    """Microseconds until a bucket that owes ``debt`` grants one more; 0: it does now."""
    return max(0, debt + rate.interval - rate.interval * rate.limit)


def judged(charges: Sequence[Charge], debts: Sequence[int], *, allowed: bool) -> Taken:
    """The answer, from what each bucket owes after the charge (or the refusal)."""
    rooms = [
        (charge.rate.interval * charge.rate.limit - debt) // charge.rate.interval
        for charge, debt in zip(charges, debts, strict=True)
    ]
    if allowed:
        wait = 0
        tightest = min(range(len(rooms)), key=rooms.__getitem__)
    else:
        waits = [wait_for(debt, one.rate) for one, debt in zip(charges, debts, strict=True)]
        wait = max(waits)
        tightest = waits.index(wait)
    return Taken(
        allowed=allowed,
        limit=charges[tightest].rate.limit,
        remaining=max(0, rooms[tightest]) if allowed else 0,
        full_in=debts[tightest],
        wait=wait,
    )
