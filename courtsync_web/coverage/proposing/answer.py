"""What the autopilot found, as it is answered. Pure."""

from itertools import combinations

from courtsync_web.coverage.autopilot.pilot import Flight
from courtsync_web.coverage.autopilot.task import Option, Task
from courtsync_web.coverage.autopilot.task import Stop as Planned
from courtsync_web.coverage.proposing.absences import why_dropped, why_gone, why_not
from courtsync_web.coverage.proposing.errand import Errand, Photographer
from courtsync_web.coverage.proposing.reasons import why, why_clashing
from courtsync_web.coverage.proposing.teller import Teller
from courtsync_web.coverage.proposing.wishes import LeftOut, Proposal, ProposedMatch, Uncovered


def proposal_of(event_id: str, errand: Errand, flights: list[Flight], teller: Teller) -> Proposal:
    """For the photographer without a name: who asks."""
    at = next(at for at, one in enumerate(errand.photographers) if one.name is None)
    me, mine, task = errand.photographers[at], flights[at], errand.tasks[at]
    matches = [
        match
        for one, flight, each in zip(errand.photographers, flights, errand.tasks, strict=True)
        for match in matches_of(errand, one, flight, each, teller)
    ]
    seen = errand.covered | {team for match in matches for team in match.teams}
    own = {match.match_id for match in matches if match.photographer == me.name}
    gone = [key for key in me.plan.planned if is_dropped(errand, me, key) and key not in own]
    missed = [key for key in me.must_matches if key in errand.day.matches and key not in own]
    missing = sorted(errand.day.wanted - seen, key=teller.team)
    return Proposal(
        event_id=event_id,
        day=errand.day.day,
        stay=me.stay,
        matches=matches,
        walk_minutes=sum(stop.walks for stop in mine.plan),
        teams_covered=len(seen),
        teams_wanted=len(errand.day.wanted),
        most_possible=len(flights) == 1 and (mine.most_seen or not missing),
        clashes=[
            list(pair)
            for flight, each in zip(flights, errand.tasks, strict=True)
            for pair in clashes_in(each, flight)
        ],
        uncovered=[Uncovered(t, teller.team(t), why_not(teller, t, flights)) for t in missing],
        added=sorted(own - me.plan.planned),
        dropped=[
            LeftOut(key, teller.title(key), why_dropped(teller, key, me, mine, task))
            for key in sorted(gone)
        ],
        missed=[
            LeftOut(key, teller.title(key), why_gone(teller, errand.day.matches[key], me))
            for key in sorted(missed)
        ],
    )


def is_dropped(errand: Errand, me: Photographer, match_id: int) -> bool:
    """Whether a planned match was still to be decided, and is of this day."""
    day = errand.day
    match = day.matches.get(match_id)
    if match is None or match.day != day.day or match_id in me.plan.shot or day.is_over(match):
        return False
    return match.start is not None and match.start > day.now


def matches_of(
    errand: Errand, one: Photographer, flight: Flight, task: Task, teller: Teller
) -> list[ProposedMatch]:
    """One photographer's matches in order of time; what clashes among them."""
    seen, before, found = 0, None, []
    for stop in whole_plan(task, flight):
        teams = errand.teams_of(stop.option.teams & ~seen)
        seen |= stop.option.teams
        fits = stop in flight.plan
        reasons = why(teller, stop, before, teams, one) if fits else why_clashing(task.an_hour)
        found.append(proposed(teller, one, stop, teams, reasons))
        before = stop if fits else before
    return found


def whole_plan(task: Task, flight: Flight) -> list[Planned]:
    """The plan, and what must be in it although it clashes."""
    clashing = [task.options[index] for index in sorted(flight.clashing)]
    stops = [*flight.plan, *(Planned(option, option.earliest, 0) for option in clashing)]
    return sorted(stops, key=lambda stop: (stop.arrives, stop.option.match_id))


def proposed(
    teller: Teller, one: Photographer, stop: Planned, teams: list[int], reasons: list[str]
) -> ProposedMatch:
    errand = teller.errand
    match_id = stop.option.match_id
    match = errand.day.matches[match_id]
    return ProposedMatch(
        match_id=match_id,
        title=teller.title(match_id),
        place=teller.place(match_id),
        starts_at=match.start or 0,
        arrives_at=errand.instant(stop.arrives),
        leaves_at=errand.instant(stop.leaves),
        walk_minutes=stop.walks,
        teams=teams,
        in_plan=stop.option.chosen,
        reasons=reasons,
        photographer=one.name,
    )


def clashes_in(task: Task, flight: Flight) -> list[tuple[int, int]]:
    """Pairs of matches that must be in the plan and that nobody can see both."""
    fixed = [option for option in task.options if option.fixed]
    return [
        (one.match_id, other.match_id)
        for one, other in combinations(fixed, 2)
        if flight.clashing and not (fits(task, one, other) or fits(task, other, one))
    ]


def fits(task: Task, one: Option, other: Option) -> bool:
    way = task.walk[one.place][other.place]
    return max(one.earliest, task.starts) + one.lasts + way <= other.latest
