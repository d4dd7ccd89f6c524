"""Several photographers who share a day: nobody goes where another is, and a team that one of
them sees is seen for all."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from courtsync_web.coverage.autopilot.pilot import Flight, fly
from courtsync_web.coverage.autopilot.task import Plan, Task
from courtsync_web.coverage.autopilot.worth import worth_of_plan

ROUNDS = 2
"""After the first, in which each takes a fair share: each once more, the others' plans given."""


def fly_together(tasks: Sequence[Task]) -> list[Flight]:
    """A plan for each. Bits of teams mean the same in all tasks."""
    if len(tasks) == 1:
        return [fly(tasks[0])]
    effort = 1 / (len(tasks) * (ROUNDS + 1))
    share = fair_share(tasks, effort)
    flights: list[Flight | None] = [None] * len(tasks)
    for number, task in enumerate(tasks):
        fair = replace(beside(task, others(flights, number)), most=share)
        flights[number] = fly(fair, effort)
    for number, task in [*enumerate(tasks)] * ROUNDS:
        mine = beside(task, others(flights, number))
        flight, former = fly(mine, effort), flights[number]
        if former is None or worth(mine, flight.plan) > worth(mine, former.plan):
            flights[number] = flight
    return [flight for flight in flights if flight is not None]


def fair_share(tasks: Sequence[Task], effort: float) -> int:
    """Matches for each, if they are as many as the first alone would need for all teams."""
    alone = fly(tasks[0], effort).plan
    seen = 0
    for stop in alone:
        seen |= stop.option.teams
    needed = len(alone) * teams_of(tasks).bit_count() / max(seen.bit_count(), 1)
    return max(1, ceil(needed / len(tasks)))


def teams_of(tasks: Sequence[Task]) -> int:
    teams = 0
    for task in tasks:
        for option in task.options:
            teams |= option.teams
    return teams


def others(flights: Sequence[Flight | None], number: int) -> list[Plan]:
    return [one.plan for at, one in enumerate(flights) if one is not None and at != number]


def beside(task: Task, plans: Sequence[Plan]) -> Task:
    """What is left to do for one where the others have these plans. Their matches that this one
    must go to as well stay."""
    seen, taken = 0, set()
    for plan in plans:
        for stop in plan:
            seen |= stop.option.teams
            taken.add(stop.option.match_id)
    options = tuple(
        replace(option, teams=option.teams & ~seen)
        for option in task.options
        if option.fixed or option.match_id not in taken
    )
    return replace(task, options=options, must=task.must & ~seen)


def worth(task: Task, plan: Plan) -> int:
    """Of a plan that may have been made when other matches were free."""
    there = {option.match_id: option for option in task.options}
    kept = tuple(
        replace(stop, option=there[stop.option.match_id])
        for stop in plan
        if stop.option.match_id in there
    )
    return worth_of_plan(task, kept)
