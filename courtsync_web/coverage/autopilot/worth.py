"""What plans are worth: bits stand for what can be had once. Pure numbers.

A bit is a wanted team that is seen, or a match that must be in the plan or was in it before.
"""

from itertools import combinations

from courtsync_web.coverage.autopilot.task import (
    PER_CHOSEN,
    PER_FIXED,
    PER_MATCH,
    PER_MUST_TEAM,
    PER_TEAM,
    PER_WALK,
    Plan,
    Task,
)

Worth = tuple[tuple[int, int], ...]
"""Bits, and what each of them is worth."""


def bits_of(task: Task) -> tuple[list[int], Worth]:
    """Each option's bits, and what bits are worth."""
    teams = 0
    for option in task.options:
        teams |= option.teams
    next_bit = 1 << teams.bit_length()
    bits, fixed, chosen = [], 0, 0
    for option in task.options:
        own = 0
        if option.fixed or option.chosen:
            own, next_bit = next_bit, next_bit << 1
        fixed |= own if option.fixed else 0
        chosen |= own if option.chosen and not option.fixed else 0
        bits.append(option.teams | own)
    worth = (
        (teams & ~task.must, PER_TEAM),
        (teams & task.must, PER_MUST_TEAM),
        (chosen, PER_CHOSEN),
        (fixed, PER_FIXED),
    )
    return bits, tuple(part for part in worth if part[0])


def worth_of(bits: int, worth: Worth) -> int:
    total = 0
    for some, each in worth:
        total += (bits & some).bit_count() * each
    return total


def gains_of(bits: int, worth: Worth) -> dict[int, int]:
    """What every part of an option's bits adds, less the match itself."""
    single = single_bits(bits)
    parts = [sum(some) for size in range(len(single) + 1) for some in combinations(single, size)]
    return {part: worth_of(part, worth) - PER_MATCH for part in parts}


def single_bits(bits: int) -> list[int]:
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest)
        bits ^= lowest
    return found


def worth_of_plan(task: Task, plan: Plan) -> int:
    """As the search counts."""
    bits, worth = bits_of(task)
    of = {option.match_id: bits[index] for index, option in enumerate(task.options)}
    covered = 0
    for stop in plan:
        covered |= of[stop.option.match_id]
    return worth_of(covered, worth) - PER_WALK * walks_of(plan) - PER_MATCH * len(plan)


def walks_of(plan: Plan) -> int:
    """Minutes on foot."""
    return sum(stop.walks for stop in plan)
