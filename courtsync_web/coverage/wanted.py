"""Whom somebody means to cover, and who of them plays in no match of their plan. Pure."""

from collections.abc import Iterable

from courtsync_web.coverage.device import OwnPlan
from courtsync_web.coverage.matches import Planable
from courtsync_web.coverage.queries import FOLLOWED
from courtsync_web.events.names import Names


def wanted_teams(plan: OwnPlan, names: Names) -> frozenset[int]:
    """The teams that count: those followed (all where none is), all, or those of a club."""
    if plan.aim == FOLLOWED:
        return frozenset(plan.followed & names.teams.keys()) or frozenset(names.teams)
    if plan.aim == "all":
        return frozenset(names.teams)
    return frozenset(key for key, team in names.teams.items() if str(team[1]) == plan.aim)


def covered_teams(plan: OwnPlan, matches: Iterable[Planable]) -> frozenset[int]:
    """Every team that plays in a planned match, wanted or not."""
    return frozenset(
        team for match in matches if match.match_id in plan.planned for team in match.teams
    )
