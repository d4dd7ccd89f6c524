"""Why a match is proposed, in words. Pure."""

from courtsync_web.coverage.autopilot.task import Stop as Planned
from courtsync_web.coverage.proposing.errand import Errand, Photographer
from courtsync_web.coverage.proposing.teller import Teller
from courtsync_web.coverage.stays import MINUTE
from courtsync_web.events.words import count_of

WAITING = 10
"""Minutes after the first ball from which on it is said when to come."""


def why(
    teller: Teller, stop: Planned, before: Planned | None, teams: list[int], one: Photographer
) -> list[str]:
    """Why one is to be there, the most telling first; ``teams`` are seen here first."""
    errand, option = teller.errand, stop.option
    said = []
    if option.match_id in one.must_matches:
        said.append("you asked for it")
    elif option.chosen:
        said.append(f"already in {whose(one)} plan")
    said += [f"{teller.team(team)} must be seen" for team in teams if team in errand.day.must_teams]
    only = [team for team in teams if chances(errand, team) == 1]
    if only:
        said.append(f"only chance to see {teller.teams(only)} on this day")
    if len(teams) > 1:
        said.append(f"covers {len(teams)} teams you miss")
    elif teams and not only:
        said.append(f"covers {teller.teams(teams)}")
    return [*said, *way(stop, before, one), *when(teller, stop)]


def chances(errand: Errand, team: int) -> int:
    """Matches of a team that somebody could still go to."""
    bit = errand.bits[team]
    return len({o.match_id for task in errand.tasks for o in task.options if o.teams & bit})


def whose(one: Photographer) -> str:
    return "your" if one.name is None else "their"


def way(stop: Planned, before: Planned | None, one: Photographer) -> list[str]:
    if before is None:
        return [f"{stop.walks} min walk from {whose(one)} last court"] if stop.walks else []
    if stop.walks == 0:
        return [f"same court as {whose(one)} match before"]
    return [f"{stop.walks} min walk from {whose(one)} match before"]


def when(teller: Teller, stop: Planned) -> list[str]:
    """When to come, where that is not with the first ball."""
    match = teller.errand.day.matches[stop.option.match_id]
    arrives = teller.errand.instant(stop.arrives)
    if match.start is None or arrives - match.start < WAITING * MINUTE:
        return []
    leaves = teller.errand.instant(stop.leaves)
    return [f"come at {teller.clock(arrives)}, stay until {teller.clock(leaves)}"]


def why_clashing(an_hour: int | None) -> list[str]:
    """Of a match that must be in the plan, and is in it although it clashes."""
    said = "must be, and does not fit with the others that must"
    if an_hour is not None:
        said += f", or not with {count_of(an_hour, 'match', 'matches')} an hour"
    return [said]
