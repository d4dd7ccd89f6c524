"""The search: plans grown stop by stop, the hopeless ones left out.

A plan under way is known by where it ends, when one is free there, and what it has seen. Of two
that end at the same match with the same seen, the one that is free no later and is worth no less
leaves nothing to hope for the other. Nor is there hope where even a ceiling on what can still be
gained falls short of a plan already found. With no more than that left out the best plan is
found; with a ``width``, only so many plans of each length are followed: half of them those that
could still become best, half those of which most can be expected.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import nlargest, nsmallest

from courtsync_web.coverage.autopilot.board import Board, Line
from courtsync_web.coverage.autopilot.task import PER_WALK

NOWHERE = -1
LOOKED_AT = 4
"""Matches that are over soonest: if one of them fits before another, it is not left out."""

FAN = 60
"""Matches that a plan of a narrowed search is continued by at most."""
SCANNED = 8
"""Matches looked at in the time of one step."""

Recent = tuple[int, ...]
Key = tuple[int, int]
Near = tuple[int, int, Line]
"""When one leaves a match that is near, when one comes to it, and the match."""


@dataclass(slots=True, eq=False)
class Way:
    """A plan under way."""

    worth: int
    covered: int
    last: int
    """Index of the option where it ends; ``NOWHERE`` before the first."""
    arrives: int
    free: int
    """The minute from which one can go on."""
    recent: Recent
    before: "Way | None"


@dataclass(frozen=True, slots=True)
class Manner:
    """How thorough a search is."""

    budget: int
    """Steps that are tried at most."""
    width: int | None = None
    eager: bool = False
    """Never wait where another match could be seen meanwhile. Where walking does not count, and
    nothing limits how many matches there are, that loses nothing."""
    feet: bool = True
    """Whether walking counts."""


@dataclass(slots=True)
class Search:
    """One search over a board; ``at_least``: what a plan already found is worth."""

    board: Board
    manner: Manner
    at_least: int = -1
    best: Way | None = None
    tried: int = 0
    narrowed: bool = False
    known: dict[Key, list[Way]] = field(default_factory=dict)

    def run(self) -> bool:
        """Whether it is proven that nothing is worth more than ``best``, or than ``at_least``."""
        task = self.board.task
        level = [Way(0, 0, NOWHERE, 0, task.starts, task.recent, None)]
        stops = 0
        while level and (task.most is None or stops < task.most):
            stops += 1
            longer: list[Way] = []
            for way in level:
                if self.tried > self.manner.budget:
                    return False
                if self.hopes(way) and way in self.known.get((way.covered, way.last), (way,)):
                    self.follow(way, longer)
            level = self.followed(longer)
        return not self.narrowed

    def hopes(self, way: Way) -> bool:
        """Whether more can come of it than is already there."""
        return self.hope_of(way) > self.at_least

    def hope_of(self, way: Way) -> int:
        return way.worth + self.board.ceiling(way.covered, way.free)

    def followed(self, ways: list[Way]) -> list[Way]:
        width = self.manner.width
        if width is None or len(ways) <= width:
            return ways
        self.narrowed = True
        best = nlargest(width // 3, ways, key=self.hopeful)
        best += nlargest(width // 3, ways, key=self.promising)
        best += nlargest(width // 3, ways, key=lambda way: (way.worth, -way.free))
        return list(dict.fromkeys(best))

    def hopeful(self, way: Way) -> tuple[int, int]:
        return self.hope_of(way), -way.free

    def promising(self, way: Way) -> tuple[float, int]:
        return way.worth + self.board.promise(way.covered, way.free), -way.free

    def follow(self, way: Way, longer: list[Way]) -> None:
        """Go on from a plan to the matches that add something and can be come to."""
        task, open_, now = self.board.task, ~way.covered, way.free
        from_ = task.place if way.last == NOWHERE else task.options[way.last].place
        row = task.walk[from_] if from_ is not None else (0,) * len(task.walk)
        near: list[Near] = []
        for line in self.board.lines:
            if line.latest < now:
                break
            if not line.bits & open_:
                continue
            at = now + row[line.place]
            if at < line.earliest:
                at = line.earliest
            if line.blocked or task.an_hour is not None:
                at = self.board.comes(line, at, way.recent)
            if at <= line.latest:
                near.append((at + line.lasts, at, line))
        self.tried += len(near) + len(self.board.lines) // SCANNED
        if self.manner.eager:
            near = self.without_waiting(near)
        if self.manner.width is not None and len(near) > FAN:
            self.narrowed = True
            near = nsmallest(FAN, near, key=self.nearest(open_))
        for leaves, at, line in near:
            self.reach(way, line, at, leaves, row[line.place], longer)

    def without_waiting(self, near: list[Near]) -> list[Near]:
        """Leave out what one would wait for while another match could be seen."""
        near.sort(key=leaving)
        walk = self.board.task.walk
        soonest = [(leaves, walk[line.place], line) for leaves, _, line in near[:LOOKED_AT]]
        return [
            one
            for one in near
            if not any(
                leaves + row[one[2].place] <= one[1] and line is not one[2]
                for leaves, row, line in soonest
            )
        ]

    def nearest(self, open_: int) -> Callable[[Near], tuple[int, int]]:
        """What adds most, and among equals what is over soonest."""
        return lambda one: (-one[2].gains[one[2].bits & open_], one[0])

    def reach(
        self, way: Way, line: Line, at: int, leaves: int, walks: int, longer: list[Way]
    ) -> None:
        """The plan with one more stop, unless another leaves nothing to hope for it."""
        new = line.bits & ~way.covered
        worth = way.worth + line.gains[new]
        if self.manner.feet:
            worth -= PER_WALK * walks
        an_hour = self.board.task.an_hour
        recent = () if an_hour is None else (*way.recent, at)[-an_hour:]
        key = (way.covered | new, line.index)
        others = self.known.get(key)
        if others is None:
            others = self.known[key] = []
        for one in others:
            if one.free <= leaves and one.worth >= worth and no_later(one.recent, recent):
                return
        on = Way(worth, key[0], line.index, at, leaves, recent, way)
        others[:] = [
            one
            for one in others
            if one.free < leaves or one.worth > worth or not no_later(recent, one.recent)
        ]
        others.append(on)
        if not self.hopes(on) and worth <= self.at_least:
            return
        if worth > self.at_least and not self.board.fixed & ~key[0]:
            self.at_least, self.best = worth, on
        if not self.board.due_at(leaves) & ~key[0]:
            longer.append(on)


def leaving(one: Near) -> int:
    return one[0]


def no_later(one: Recent, other: Recent) -> bool:
    """Whether arrivals leave at least as much room for further ones within an hour."""
    if len(one) > len(other):
        return False
    return all(a <= b for a, b in zip(one[::-1], other[::-1], strict=False))
