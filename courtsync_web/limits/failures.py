"""Failures that make the next attempt wait longer, and are forgotten one by one.

An attempt counts as a failure until it has succeeded: a hundred attempts at once get no more
tries than a hundred in a row.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forbearance:
    """How failures of one kind are answered. Times in seconds.

    The first ``free`` cost nothing; after that the delay begins at ``first`` and doubles up to
    ``longest``. One failure is forgotten every ``forgets``.
    """

    free: int
    first: float
    longest: float
    forgets: float

    def tighter(self) -> "Forbearance":
        """For one process of several that cannot ask the others."""
        return Forbearance(max(1, self.free // 4), self.first, self.longest, self.forgets)

    @property
    def most(self) -> int:
        """Failures counted at most: enough for the longest delay, and for no endless memory."""
        return self.free + max(1, round(self.longest / self.first)).bit_length() + 1


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody tries ``key``; ``forgiven`` by success as a whole, or only this one attempt."""

    key: str
    bear: Forbearance
    whole: bool = True


def failures_left(count: float, elapsed: int, bear: Forbearance) -> float:
    """How many of ``count`` failures are remembered ``elapsed`` microseconds later."""
    return max(0.0, count - elapsed / (bear.forgets * 1_000_000))


def delay_after(count: float, bear: Forbearance) -> int:
    """Microseconds that the next attempt must wait after ``count`` failures."""
    over = count - bear.free
    if over <= 0:
        return 0
    return int(min(bear.longest, bear.first * 2.0 ** (over - 1)) * 1_000_000)
