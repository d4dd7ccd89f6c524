"""A task laid out for searching: what each option adds, and what can still be had from when on."""

from collections import defaultdict
from dataclasses import dataclass, field

from courtsync_web.coverage.autopilot.task import PER_FIXED, Break, Option, Task
from courtsync_web.coverage.autopilot.worth import (
    Worth,
    bits_of,
    gains_of,
    single_bits,
    worth_of,
)

HOUR = 60
QUARTER = 15
MISSED = 0.7
"""How likely one chance to see a team comes to nothing: of several, the most promising plan is
the one that leaves the teams with many chances for later."""


@dataclass(frozen=True, slots=True)
class Line:
    """An option as the search reads it."""

    index: int
    place: int
    earliest: int
    latest: int
    lasts: int
    bits: int
    """Its teams, and itself where being there counts for itself."""
    gains: dict[int, int]
    """What every part of its bits is worth."""
    blocked: tuple[Break, ...]
    """When one cannot be there."""


@dataclass(frozen=True, slots=True)
class Board:
    """Minutes count from ``task.starts`` here."""

    task: Task
    lines: tuple[Line, ...]
    """Those that can be come to the longest first."""
    worth: Worth
    fixed: int
    """Bits of the matches that must be in the plan."""
    reachable: list[int]
    """Bits that can still be had, by minute."""
    most: list[int]
    """More than that cannot be gained any more, by minute."""
    due: list[int]
    """Bits of matches that must be in the plan and can no longer be come to, by minute."""
    promises: dict[int, list[tuple[int, float]]] = field(default_factory=dict)
    """What can be expected of bits, by quarter of an hour; worked out when asked for."""

    def ceiling(self, covered: int, at: int) -> int:
        """No plan gains more from then on."""
        minute = at - self.task.starts
        if minute >= len(self.most):
            return 0
        return min(worth_of(self.reachable[minute] & ~covered, self.worth), self.most[minute])

    def promise(self, covered: int, at: int) -> float:
        """What may well be gained from then on, more or less."""
        quarter = (at - self.task.starts) // QUARTER
        found = self.promises.get(quarter)
        if found is None:
            found = self.promises[quarter] = self.promises_from(quarter)
        total = 0.0
        for bits, each in found:
            total += (bits & ~covered).bit_count() * each
        return total

    def promises_from(self, quarter: int) -> list[tuple[int, float]]:
        """Bits by how much can be expected of each: the more, the more chances there are."""
        chances: dict[int, int] = defaultdict(int)
        for line in self.lines:
            if line.latest < self.task.starts + quarter * QUARTER:
                break
            for bit in single_bits(line.bits):
                chances[bit] += 1
        by_worth: dict[float, int] = defaultdict(int)
        for bit, number in chances.items():
            by_worth[worth_of(bit, self.worth) * (1 - MISSED**number)] |= bit
        return [(bits, each) for each, bits in by_worth.items()]

    def due_at(self, at: int) -> int:
        return self.due[min(at - self.task.starts, len(self.due) - 1)]

    def comes(self, line: Line, at: int, recent: tuple[int, ...]) -> int:
        """When one comes to a match at whose court one is ``at``; it may be too late."""
        an_hour = self.task.an_hour
        if an_hour is not None and len(recent) >= an_hour:
            at = max(at, recent[-an_hour] + HOUR)
        for begins, ends in line.blocked:
            if at < ends and at + line.lasts > begins:
                at = ends
        return at


def board_of(task: Task, clashing: frozenset[int] = frozenset()) -> Board:
    """``clashing``: indexes of options that are in the plan although they clash with others that
    must be: they are not searched for, and no other match may come into their way."""
    bits, worth = bits_of(task)
    lines = [
        Line(
            index,
            option.place,
            option.earliest,
            option.latest,
            option.lasts,
            bits[index],
            gains_of(bits[index], worth),
            blocked_for(task, option, clashing),
        )
        for index, option in enumerate(task.options)
        if index not in clashing and option.latest >= task.starts
    ]
    lines.sort(key=lambda line: (-line.latest, line.index))
    minutes = lines[0].latest - task.starts + 2 if lines else 1
    must_be = sum(some for some, each in worth if each == PER_FIXED)
    fixed = sum(line.bits & must_be for line in lines)
    return Board(
        task,
        tuple(lines),
        worth,
        fixed,
        reachable_by_minute(task, lines, minutes),
        most_by_minute(task, lines, minutes),
        due_by_minute(task, lines, fixed, minutes),
    )


def blocked_for(task: Task, option: Option, clashing: frozenset[int]) -> tuple[Break, ...]:
    """Breaks, and the matches that are in the plan anyhow with the ways to and from them. What
    must be seen is seen in a break too."""
    if option.fixed:
        return ()
    blocked = list(task.breaks)
    for other in (task.options[one] for one in clashing):
        way = task.walk[option.place][other.place]
        blocked.append((other.earliest - way, other.earliest + other.lasts + way))
    return tuple(sorted(blocked))


def reachable_by_minute(task: Task, lines: list[Line], minutes: int) -> list[int]:
    found = [0] * minutes
    for line in lines:
        found[line.latest - task.starts] |= line.bits
    for minute in reversed(range(minutes - 1)):
        found[minute] |= found[minute + 1]
    return found


def most_by_minute(task: Task, lines: list[Line], minutes: int) -> list[int]:
    """As if one could be anywhere at once, and count the same team every time."""
    opening: list[list[Line]] = [[] for _ in range(minutes)]
    for line in lines:
        for minute in range(max(line.earliest - task.starts, 0), line.latest - task.starts + 1):
            opening[minute].append(line)
    most = [0] * minutes
    for minute in reversed(range(minutes - 1)):
        best = most[minute + 1]
        for line in opening[minute]:
            after = min(minute + line.lasts, minutes - 1)
            best = max(best, line.gains[line.bits] + most[after])
        most[minute] = best
    return most


def due_by_minute(task: Task, lines: list[Line], fixed: int, minutes: int) -> list[int]:
    due = [0] * minutes
    for line in lines:
        due[line.latest - task.starts + 1] |= line.bits & fixed
    for minute in range(1, minutes):
        due[minute] |= due[minute - 1]
    return due
