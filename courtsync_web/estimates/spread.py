"""An amount that is not known exactly, by its mean and variance."""

from dataclasses import dataclass
from math import erf, exp, pi, sqrt

BAND = 1.65
"""Deviations either side of the mean. It would be 1.28 for four fifths if matches knew nothing of
each other; but a slow day is slow everywhere. Measured (docs/estimates.md)."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Roughly normal; a variance of 0 is a fact."""

    mean: float
    var: float = 0.0

    def __add__(self, other: "Spread") -> "Spread":
        return Spread(self.mean + other.mean, self.var + other.var)

    def times(self, factor: float) -> "Spread":
        """In another unit."""
        return Spread(self.mean * factor, self.var * factor * factor)

    @property
    def low(self) -> float:
        """Few are below."""
        return self.mean - BAND * sqrt(self.var)

    @property
    def high(self) -> float:
        """Few are above."""
        return self.mean + BAND * sqrt(self.var)

    def not_before(self, floor: float) -> "Spread":
        """The later of this and a fact."""
        if self.var <= 0 or self.mean - floor > 6 * sqrt(self.var):
            return Spread(max(self.mean, floor), self.var if self.mean > floor else 0.0)
        return later_of(self, Spread(floor))


def later_of(one: Spread, two: Spread) -> Spread:
    """The later of two that do not depend on each other (Clark 1961, its first two moments)."""
    apart = sqrt(one.var + two.var)
    if apart == 0:
        return one if one.mean >= two.mean else two
    gap = (one.mean - two.mean) / apart
    first = (1 + erf(gap / sqrt(2))) / 2
    bell = exp(-gap * gap / 2) / sqrt(2 * pi)
    mean = one.mean * first + two.mean * (1 - first) + apart * bell
    # Squares of the distance from the earlier mean: those of instants would drown the rest.
    base = min(one.mean, two.mean)
    a, b = one.mean - base, two.mean - base
    square = (a * a + one.var) * first + (b * b + two.var) * (1 - first) + (a + b) * apart * bell
    return Spread(mean, max(0.0, square - (mean - base) ** 2))
