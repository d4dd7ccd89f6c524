"""How long a photographer stays at a match, and so from when until when they may come. Pure.

Who stays for ten minutes need not come with the first ball: any ten minutes of the match will
do, so four matches of the same hour can be seen one after another.
"""

from dataclasses import dataclass
from enum import StrEnum

MINUTE = 60_000
ONE_SET = 25 * MINUTE
SHORT = 10 * MINUTE
MAY_MISS = 5 * MINUTE
"""Of a whole match, at its beginning or at its end: the way to the next one takes time."""


class Stay(StrEnum):
    """How long to stay at a match."""

    WHOLE = "whole"
    SET = "set"
    SHORT = "short"
    """Ten minutes."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Instants: arrive between ``earliest`` and ``latest``, stay for ``lasts`` milliseconds."""

    earliest: int
    latest: int
    lasts: int


def visit_of(stay: Stay, begins: int, ends: int) -> Visit:
    """When to come to a match that is played from ``begins`` until ``ends``."""
    whole = max(ends - begins, MINUTE)
    if stay is Stay.WHOLE:
        late = min(MAY_MISS, whole // 4)
        return Visit(begins, begins + late, whole - late)
    lasts = min(ONE_SET if stay is Stay.SET else SHORT, whole)
    return Visit(begins, begins + whole - lasts, lasts)
