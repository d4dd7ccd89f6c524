"""How many rallies a match still takes, by its format and score. Pure.

Two teams are not even, and nobody knows beforehand by how much: a match is thought of as a
mixture of a few strengths, and what has been played says which of them it is likely to be. The
mixture is fitted to a real event (548 sets): 42 points a set, and three sets in 28 of 100
best-of-three matches.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

from courtsync_web.estimates.spread import Spread
from courtsync_web.volleyball.formats import Format
from courtsync_web.volleyball.rules import cap_of, match_over, set_over, start_of, target_of

SIGMA = 0.09
STEPS = (-0.18, -0.12, -0.06, 0.0, 0.06, 0.12, 0.18)
STRENGTHS = tuple((0.5 + step, exp(-step * step / (2 * SIGMA * SIGMA))) for step in STEPS)
"""``(chance of team 1 to win a rally, weight)``."""
BEYOND = 12
"""Points past the target after which a set without a cap is taken to be over."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Length:
    """What is left of a match."""

    rallies: Spread
    breaks: float
    """Sets that have yet to begin, but for the one that is running."""


def whole(format_: Format) -> Length:
    """A match that has not begun."""
    return left(format_, (0, 0), ())


@lru_cache(maxsize=4096)
def left(format_: Format, won: Pair, points: tuple[Pair, ...], running: bool = False) -> Length:
    """A match in which ``points`` were scored set by set and ``won`` sets are won; ``running``:
    the last set of ``points`` is not over."""
    done = len(points) - running
    now = points[-1] if running else None
    parts = [
        (weight, rest(format_, chance, won, done, now))
        for chance, weight in believed(format_, points)
    ]
    total = sum(weight for weight, _ in parts)
    rallies = mixed([(weight / total, part[0]) for weight, part in parts])
    breaks = sum(weight / total * part[1] for weight, part in parts)
    return Length(rallies, breaks if points else breaks - 1)


def believed(format_: Format, points: Sequence[Pair]) -> list[tuple[float, float]]:
    """The strengths, weighed by what has been played."""
    one = two = 0
    for number, (a, b) in enumerate(points, 1):
        start = start_of(format_, number)
        one, two = one + max(0, a - start), two + max(0, b - start)
    logs = [(p, log(weight) + one * log(p) + two * log(1 - p)) for p, weight in STRENGTHS]
    top = max(value for _, value in logs)
    return [(p, exp(value - top)) for p, value in logs]


@lru_cache(maxsize=8192)
def rest(
    format_: Format, chance: float, won: Pair, done: int, now: Pair | None
) -> tuple[Spread, float]:
    """Rallies left and sets that have yet to begin, at one strength."""
    if now is None and (done >= format_.sets_max or match_over(format_, won, done)):
        return Spread(0.0), 0.0
    number = done + 1
    start = start_of(format_, number)
    win, rallies = set_from(format_, number, chance, now or (start, start))
    first, first_breaks = rest(format_, chance, (won[0] + 1, won[1]), number, None)
    second, second_breaks = rest(format_, chance, (won[0], won[1] + 1), number, None)
    after = mixed([(win, first), (1 - win, second)])
    breaks = win * first_breaks + (1 - win) * second_breaks
    return rallies + after, breaks + (now is None)


def set_from(format_: Format, number: int, chance: float, now: Pair) -> tuple[float, Spread]:
    """At one strength: how likely team 1 wins the set from here, and how many rallies it takes."""
    kind = number if number == format_.sets_max else 1
    table = table_of(format_, kind, chance)
    a, b = (min(points, len(table) - 1) for points in now)
    win, mean, square = table[a][b]
    return win, Spread(mean, max(0.0, square - mean * mean))


@lru_cache(maxsize=512)
def table_of(format_: Format, number: int, chance: float) -> list[list[tuple[float, float, float]]]:
    """For every score of a set: how likely team 1 wins, and the rallies left with their square."""
    size = (cap_of(format_, number) or target_of(format_, number) + BEYOND) + 1
    over = (0.5, 0.0, 0.0)
    table = [[over] * size for _ in range(size)]
    for a in reversed(range(size)):
        for b in reversed(range(size)):
            if set_over(format_, number, a, b):
                table[a][b] = (float(a > b), 0.0, 0.0)
            elif a + 1 < size and b + 1 < size:
                table[a][b] = one_more(table[a + 1][b], table[a][b + 1], chance)
    return table


def one_more(
    won: tuple[float, float, float], lost: tuple[float, float, float], chance: float
) -> tuple[float, float, float]:
    win, mean, square = (
        chance * first + (1 - chance) * second for first, second in zip(won, lost, strict=True)
    )
    return win, 1 + mean, 1 + 2 * mean + square


def mixed(parts: Sequence[tuple[float, Spread]]) -> Spread:
    """One of several, each as likely as its weight says; the weights make 1."""
    mean = sum(weight * part.mean for weight, part in parts)
    var = sum(weight * (part.var + (part.mean - mean) ** 2) for weight, part in parts)
    return Spread(mean, var)
