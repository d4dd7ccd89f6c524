"""One photographer's plan: how the searches follow one another."""

from dataclasses import dataclass, replace

from courtsync_web.coverage.autopilot.board import Board, board_of
from courtsync_web.coverage.autopilot.search import NOWHERE, Manner, Search, Way
from courtsync_web.coverage.autopilot.task import PER_CHOSEN, Plan, Stop, Task
from courtsync_web.coverage.autopilot.worth import worth_of_plan

WIDEST, STEPS = 240, 60_000
COMMON = 80
"""Matches of twenty teams on a day."""
COVERAGE = Manner(budget=30_000, eager=True, feet=False)
EVERYTHING = Manner(budget=30_000)
NO_FEET = PER_CHOSEN // 2
"""More than all walking, less than anything that comes before it."""


@dataclass(frozen=True, slots=True)
class Flight:
    """What the autopilot found for one photographer."""

    plan: Plan
    clashing: frozenset[int]
    """Indexes of options that must be in the plan and clash with others that must."""
    most_seen: bool
    """It is proven that nobody can see more of what is wanted."""
    proven: bool
    """And that nobody can do so with less walking."""


def fly(task: Task, effort: float = 1.0) -> Flight:
    """The best plan that is found; where the task is small enough, the best there is.

    ``effort``: a part of the usual one, for who plans several times.
    """
    clashing = clashing_in(task)
    return searched(board_of(task, clashing), only_fixed(task, clashing), clashing, effort)


def searched(
    board: Board, known: Plan, clashing: frozenset[int] = frozenset(), effort: float = 1.0
) -> Flight:
    """First among the likeliest, for a plan to beat; then whether more can be seen at all; then
    everything."""
    known, _ = improved(board, known, likeliest(board, effort))
    if effort < 1:
        return Flight(known, clashing, most_seen=False, proven=False)
    known, most_seen = improved(board, known, COVERAGE)
    known, proven = improved(board, known, EVERYTHING)
    # What counts matches by the hour may be better seen by waiting.
    most_seen = most_seen and board.task.an_hour is None
    return Flight(known, clashing, most_seen or proven, proven)


def likeliest(board: Board, effort: float) -> Manner:
    """The more matches there are to choose from, the fewer plans are followed."""
    width = round(effort * WIDEST * min(1.0, COMMON / max(len(board.lines), 1)))
    return Manner(budget=20 * STEPS, width=max(width, 8), eager=True)


def improved(board: Board, known: Plan, manner: Manner) -> tuple[Plan, bool]:
    """The better plan, and whether it is proven that there is none better, in this manner."""
    worth = worth_of_plan(board.task, known) + (0 if manner.feet else NO_FEET)
    search = Search(board, manner, worth)
    proven = search.run()
    return plan_of(board.task, search.best) if search.best is not None else known, proven


def plan_of(task: Task, way: Way | None) -> Plan:
    """The stops of a plan, in order."""
    stops = []
    while way is not None and way.last != NOWHERE:
        option, before = task.options[way.last], way.before
        from_ = task.place
        if before is not None and before.last != NOWHERE:
            from_ = task.options[before.last].place
        walks = task.walk[from_][option.place] if from_ is not None else 0
        stops.append(Stop(option, way.arrives, walks))
        way = before
    return tuple(reversed(stops))


def clashing_in(task: Task) -> frozenset[int]:
    """Of the matches that must be in the plan, the fewest without which the others can be."""
    seen = {stop.option.match_id for stop in only_fixed(task, frozenset())}
    return frozenset(
        index
        for index, option in enumerate(task.options)
        if option.fixed and option.match_id not in seen
    )


def only_fixed(task: Task, clashing: frozenset[int]) -> Plan:
    """As many of the matches that must be in the plan as go together, and nothing else."""
    alone = replace(
        task,
        most=None,
        breaks=(),
        options=tuple(
            replace(option, fixed=False, chosen=True, teams=0)
            for index, option in enumerate(task.options)
            if option.fixed and index not in clashing
        ),
    )
    if not alone.options:
        return ()
    own = {option.match_id: option for option in task.options}
    plan = searched(board_of(alone), ()).plan
    return tuple(replace(stop, option=own[stop.option.match_id]) for stop in plan)
