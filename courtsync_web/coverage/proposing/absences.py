"""Why a team is not seen, and why a planned match is not proposed any more: in words. Pure."""

from courtsync_web.coverage.autopilot.pilot import Flight
from courtsync_web.coverage.autopilot.task import Option, Task
from courtsync_web.coverage.matches import Planable
from courtsync_web.coverage.proposing.errand import Photographer, visit_now
from courtsync_web.coverage.proposing.teller import Teller
from courtsync_web.events.words import count_of


def why_not(teller: Teller, team: int, flights: list[Flight]) -> str:
    """Why a wanted team is in none of the plans."""
    errand, day = teller.errand, teller.errand.day
    own = [one for one in day.matches.values() if team in one.teams and one.day in (day.day, "")]
    ahead = [match for match in own if not day.is_over(match)]
    if not own:
        return "has no match on this day"
    if not ahead:
        return "its matches of this day are over"
    if all(match.start is None for match in ahead):
        return "its next match has no time yet"
    found = [
        (task, option, flight)
        for task, flight in zip(errand.tasks, flights, strict=True)
        for option in task.options
        if option.teams & errand.bits[team]
    ]
    if not found:
        return f"its last match began at {teller.clock(max(one.start or 0 for one in ahead))}"
    if all(in_a_break(task, option) for task, option, _ in found):
        return "plays only while you have a break"
    task, option, flight = next(one for one in found if not in_a_break(one[0], one[1]))
    number = len({each.match_id for _, each, _ in found})
    return no_room(teller, task, option, flight, number)


def in_a_break(task: Task, option: Option) -> bool:
    """Whether breaks leave no time for it."""
    at = option.earliest
    for begins, ends in sorted(task.breaks):
        if at < ends and at + option.lasts > begins:
            at = ends
    return at > option.latest


def no_room(teller: Teller, task: Task, option: Option, flight: Flight, number: int) -> str:
    """Why there is no room for a team's first chance of ``number``."""
    its = f"its match at {teller.where(option.match_id)}"
    if number > 1:
        its = f"the first of its {number} matches, {teller.where(option.match_id)},"
    other = in_the_way(task, option, flight)
    if other is None and task.an_hour is not None:
        return f"you want no more than {count_of(task.an_hour, 'match', 'matches')} an hour"
    if other is None:
        return f"{its} is too far to walk to in between"
    return f"{its} clashes with {teller.where(other.match_id)}{worth_of(teller, other)}"


def worth_of(teller: Teller, option: Option) -> str:
    teams = teller.errand.teams_of(option.teams)
    if option.fixed:
        return ", which must be"
    return f", which covers {count_of(len(teams), 'team')}" if teams else ""


def in_the_way(task: Task, option: Option, flight: Flight) -> Option | None:
    """The stop of a plan that leaves no room for an option; of several, what is worth most."""
    found = [
        stop.option
        for stop in flight.plan
        if stop.arrives - task.walk[option.place][stop.option.place] < option.latest + option.lasts
        and stop.leaves + task.walk[stop.option.place][option.place] > option.earliest
    ]
    return max(found, key=lambda one: (one.fixed, one.teams.bit_count()), default=None)


def why_dropped(
    teller: Teller, match_id: int, one: Photographer, flight: Flight, task: Task
) -> str:
    """Why a planned match is not proposed any more."""
    day = teller.errand.day
    if match_id in day.taken:
        return f"{day.taken[match_id]} has it"
    option = next((each for each in task.options if each.match_id == match_id), None)
    if option is None:
        return why_gone(teller, day.matches[match_id], one)
    other = in_the_way(task, option, flight)
    late = teller.late(day.matches[match_id])
    runs = f"runs {late} and " if late else ""
    if other is None:
        return f"{runs}no longer fits in"
    others = teller.late(day.matches[other.match_id])
    if others and not late:
        runs = f"{teller.place(other.match_id)} runs {others}: "
    return f"{runs}clashes with {teller.where(other.match_id)}{worth_of(teller, other)}"


def why_gone(teller: Teller, match: Planable, one: Photographer) -> str:
    """Why a match is no option at all."""
    day = teller.errand.day
    stop = match.stop(day.names)
    if match.day != day.day:
        return "it is on another day"
    if day.is_over(match):
        return "it is over"
    if stop is None:
        return "it has no time yet"
    if visit_now(stop, one.stay, day.now) is None:
        return f"it began at {teller.clock(stop.start)}"
    return "it covers nobody you still miss"
