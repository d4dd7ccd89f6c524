"""Somebody else's answer: the same task for OR-tools' CP-SAT, written from its definition."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

from courtsync_web.coverage.autopilot.task import Option, Plan, Task

MUST = 1000
"""A team that must be seen outweighs all others."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``must_seen`` and ``seen``: the most that can be; only a bound where not ``proven``.

    ``found``: teams in the solver's own best plan. ``walks``: the least walking for that; none
    where it was not asked for, or not found.
    """

    must_seen: int
    seen: int
    proven: bool
    found: int
    walks: int | None = None


@dataclass
class Model:
    """One task in the solver's words."""

    task: Task
    cp: Any = field(default_factory=cp_model.CpModel)
    taken: list[Any] = field(default_factory=list)
    arrives: list[Any] = field(default_factory=list)
    walks: list[Any] = field(default_factory=list)
    seen: dict[int, Any] = field(default_factory=dict)


def solve(task: Task, *, seconds: float, hint: Plan = (), walking: bool = True) -> Answer:
    """First the teams that must be seen, then all teams, then minutes on foot."""
    model = Model(task)
    add_visits(model)
    add_ways(model)
    add_teams(model)
    start_from(model, hint)
    goal = sum(var * (MUST + 1 if task.must >> team & 1 else 1) for team, var in model.seen.items())
    model.cp.maximize(goal)
    solver, status = run(model, seconds)
    bound = round(solver.best_objective_bound)
    must_seen, others = divmod(bound, MUST)
    if status != cp_model.OPTIMAL or not walking:
        found = round(solver.objective_value) % MUST
        return Answer(must_seen, others, status == cp_model.OPTIMAL, found)
    model.cp.add(goal >= bound)
    model.cp.minimize(sum(model.walks))
    solver, status = run(model, seconds)
    walks = round(solver.objective_value) if status == cp_model.OPTIMAL else None
    return Answer(must_seen, others, True, others, walks)


def add_visits(model: Model) -> None:
    """Every match perhaps, each in its time, one after another, none in a break."""
    task, cp = model.task, model.cp
    stays, hours = [], []
    for option in task.options:
        here = cp.new_bool_var("")
        at = cp.new_int_var(option.earliest, option.latest, "")
        cp.add(at >= task.starts).only_enforce_if(here)
        stays.append(cp.new_optional_fixed_size_interval_var(at, option.lasts, here, ""))
        hours.append(cp.new_optional_fixed_size_interval_var(at, 60, here, ""))
        model.taken.append(here)
        model.arrives.append(at)
        if option.fixed:
            cp.add(here == 1)
    breaks = [cp.new_fixed_size_interval_var(a, b - a, "") for a, b in task.breaks]
    cp.add_no_overlap(stays + breaks)
    if task.an_hour is not None:
        cp.add_cumulative(hours, [1] * len(hours), task.an_hour)


def add_ways(model: Model) -> None:
    """A round trip from nowhere through all matches that are taken."""
    task, cp = model.task, model.cp
    nowhere = 0
    arcs = [(nowhere, nowhere, cp.new_bool_var(""))]
    for i, option in enumerate(task.options):
        first = cp.new_bool_var("")
        arcs += [(i + 1, i + 1, model.taken[i].negated()), (nowhere, i + 1, first),
                 (i + 1, nowhere, cp.new_bool_var(""))]  # fmt: skip
        if task.place is not None:
            way = task.walk[task.place][option.place]
            model.walks.append(way * first)
            cp.add(model.arrives[i] >= task.starts + way).only_enforce_if(first)
    for i, one in enumerate(task.options):
        for j, other in enumerate(task.options):
            if i != j and earliest_after(task, one, other) <= other.latest:
                arcs.append((i + 1, j + 1, add_way(model, i, j)))
    cp.add_circuit(arcs)


def earliest_after(task: Task, one: Option, other: Option) -> int:
    return one.earliest + one.lasts + task.walk[one.place][other.place]


def add_way(model: Model, i: int, j: int) -> Any:
    one, other = model.task.options[i], model.task.options[j]
    way = model.task.walk[one.place][other.place]
    follows = model.cp.new_bool_var("")
    model.walks.append(way * follows)
    there = model.arrives[i] + one.lasts + way
    model.cp.add(model.arrives[j] >= there).only_enforce_if(follows)
    return follows


def add_teams(model: Model) -> None:
    """A team is seen if a match of it is taken."""
    for here, option in zip(model.taken, model.task.options, strict=True):
        for team in range(option.teams.bit_length()):
            if option.teams >> team & 1:
                model.seen.setdefault(team, []).append(here)
    for team, plays in model.seen.items():
        model.seen[team] = model.cp.new_bool_var("")
        model.cp.add(sum(plays) >= model.seen[team])


def start_from(model: Model, hint: Plan) -> None:
    stops = {stop.option.match_id: stop for stop in hint}
    for here, at, option in zip(model.taken, model.arrives, model.task.options, strict=True):
        stop = stops.get(option.match_id)
        model.cp.add_hint(here, stop is not None)
        if stop is not None:
            model.cp.add_hint(at, stop.arrives)


def run(model: Model, seconds: float) -> tuple[Any, Any]:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = seconds
    return solver, solver.solve(model.cp)


def keeps_the_rules(task: Task, plan: Plan) -> None:
    """What makes a plan a plan, said once more."""
    came_from, free = task.place, task.starts
    for stop in plan:
        way = task.walk[came_from][stop.option.place] if came_from is not None else 0
        assert stop.walks == way
        assert free + way <= stop.arrives, "no clash, with the way between"
        assert stop.option.earliest <= stop.arrives <= stop.option.latest
        for begins, ends in task.breaks:
            assert stop.option.fixed or stop.leaves <= begins or stop.arrives >= ends, "a break"
        came_from, free = stop.option.place, stop.leaves
    ids = [stop.option.match_id for stop in plan]
    assert len(set(ids)) == len(ids)
    if task.an_hour is not None:
        at = [*task.recent, *(stop.arrives for stop in plan)]
        for first, last in pairwise_apart(at, task.an_hour):
            assert last - first >= 60, "no more within an hour than asked for"


def pairwise_apart(at: list[int], apart: int) -> list[tuple[int, int]]:
    if apart == 1:
        return list(pairwise(at))
    return list(zip(at, at[apart:], strict=False))


def seen_by(plan: Plan) -> int:
    """Teams, as bits."""
    teams = 0
    for stop in plan:
        teams |= stop.option.teams
    return teams
