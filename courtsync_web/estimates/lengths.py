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
from courtsync_web.volleyball.rules import match_over, set_over, start_of
from courtsync_web.volleyball.sets import cap_of, target_of, win_by_of

SIGMA = 0.09
STEPS = (-0.18, -0.12, -0.06, 0.0, 0.06, 0.12, 0.18)
STRENGTHS = tuple((0.5 + step, exp(-step * step / (2 * SIGMA * SIGMA))) for step in STEPS)
"""``(chance of team 1 to win a rally, weight)``."""
BEYOND = 12
"""Points past the target after which a set without a cap is taken to be over."""

Pair = tuple[int, int]
Kind = tuple[int, int, int | None]
"""A set's target, margin and cap: all that says when it is over."""


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
    kind = (target_of(format_, number), win_by_of(format_, number), cap_of(format_, number))
    table = table_of(kind, min(chance, 1 - chance))
    a, b = (min(points, len(table) - 1) for points in now)
    weaker, mean, square = table[a][b] if chance <= 0.5 else table[b][a]
    win = weaker if chance <= 0.5 else 1 - weaker
    return win, Spread(mean, max(0.0, square - mean * mean))


@lru_cache(maxsize=512)
def table_of(kind: Kind, chance: float) -> list[list[tuple[float, float, float]]]:
    """For every score of a set: how likely team 1 wins, and the rallies left with their square."""
    over = over_by_score(kind)
    size, other = len(over), 1 - chance
    table = [[(0.5, 0.0, 0.0)] * size for _ in range(size)]
    for a in reversed(range(size)):
        for b in reversed(range(size)):
            if over[a][b]:
                table[a][b] = (float(a > b), 0.0, 0.0)
            elif a + 1 < size and b + 1 < size:
                win, mean, square = table[a + 1][b]
                win2, mean2, square2 = table[a][b + 1]
                mean = chance * mean + other * mean2
                square = 1 + 2 * mean + chance * square + other * square2
                table[a][b] = (chance * win + other * win2, 1 + mean, square)
    return table


@lru_cache(maxsize=64)
def over_by_score(kind: Kind) -> list[list[bool]]:
    """Whether such a set is over, by the rules; one table for all formats that have it."""
    target, win_by, cap = kind
    one_set = Format(
        id="set", sets_max=1, mode="first_to", target=target, win_by=win_by, cap=cap,
        forfeit_score=None,
    )  # fmt: skip
    size = (cap or target + BEYOND) + 1
    return [[set_over(one_set, 1, a, b) for b in range(size)] for a in range(size)]


def mixed(parts: Sequence[tuple[float, Spread]]) -> Spread:
    """One of several, each as likely as its weight says; the weights make 1."""
    mean = sum(weight * part.mean for weight, part in parts)
    var = sum(weight * (part.var + (part.mean - mean) ** 2) for weight, part in parts)
    return Spread(mean, var)
