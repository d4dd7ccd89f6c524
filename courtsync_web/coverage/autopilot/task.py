"""What is to be planned: matches one may be at, the ways between them, and one's wishes.

Times are whole minutes since an instant of the caller's choice; teams are bits of a number.

A plan is better than another by the first of these in which they differ:

1. more of the matches that must be in it,
2. more of the teams that must be seen,
3. more teams seen,
4. more of the matches that were chosen before,
5. fewer minutes on foot,
6. fewer matches.

No two matches of a plan clash, with the way between them; only matches that must be in it may.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Break = tuple[int, int]
"""From when until when one wants to be at no match."""

PER_MATCH = 1
PER_WALK = 1 << 8
"""A minute on foot outweighs any number of matches."""
PER_CHOSEN = 1 << 24
PER_TEAM = 1 << 34
PER_MUST_TEAM = 1 << 46
PER_FIXED = 1 << 58


@dataclass(frozen=True, slots=True)
class Option:
    """A match one may be at."""

    match_id: int
    place: int
    """Row of its court in ``Task.walk``."""
    earliest: int
    latest: int
    """One may come between these."""
    lasts: int
    """Minutes to stay; at least one."""
    teams: int
    """Wanted teams that play and have not been seen yet."""
    fixed: bool = False
    """Must be in the plan."""
    chosen: bool = False
    """Is in the plan that there was before."""


@dataclass(frozen=True, slots=True)
class Task:
    """One photographer's day, or what is left of it."""

    options: tuple[Option, ...]
    walk: Sequence[Sequence[int]]
    """Minutes between places."""
    starts: int = 0
    """From when one can set out."""
    place: int | None = None
    """Where one is then; none: wherever the first match is."""
    must: int = 0
    """Teams that come before all others."""
    breaks: tuple[Break, ...] = ()
    an_hour: int | None = None
    """At most so many arrivals within any sixty minutes."""
    most: int | None = None
    """At most so many matches, beside those that must be in the plan."""
    recent: tuple[int, ...] = ()
    """Arrivals before ``starts`` that count for that, in order."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A match of a plan, and when one comes to it."""

    option: Option
    arrives: int
    walks: int
    """Minutes on foot, from the stop before."""

    @property
    def leaves(self) -> int:
        return self.arrives + self.option.lasts


Plan = tuple[Stop, ...]
"""Stops in order of time."""
