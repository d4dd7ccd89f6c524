"""Coverage plans on the wire."""

from typing import Annotated

from msgspec import Meta, Struct

from courtsync_web.coverage.stays import Stay

MOST = 5000
"""Matches in one body; the largest tournaments have some four thousand."""
MatchNumber = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
Matches = Annotated[list[MatchNumber], Meta(max_length=MOST)]
Pair = Annotated[list[int], Meta(min_length=2, max_length=2)]
"""Two matches. No tuple: readers of our description take its ``prefixItems`` for an older word."""
Aim = Annotated[str, Meta(pattern=r"^(followed|all|-?[0-9]{1,19})$")]
"""Whom somebody means to cover: the teams they follow (all where they follow none), all, or those
of a club by its id."""


class PlanIn(Struct, rename="camel", forbid_unknown_fields=True):
    """The whole plan, as it shall be."""

    selected_matches: Matches


class PlanChanges(Struct, rename="camel", forbid_unknown_fields=True):
    """What one device did to the plan; everything else in it stays as it is.

    ``shot`` and ``unshot`` tick matches off and take ticks away; a match that was shot is in the
    plan.
    """

    added: Matches = []
    removed: Matches = []
    shot: Matches = []
    unshot: Matches = []
    stay: Stay | None = None
    aim: Aim | None = None


class PlanDocument(Struct, rename="camel"):
    """A person's plan for one event: matches in order of their start, ``shot`` among them.

    ``conflicts`` are pairs that overlap by the schedule. ``teamsCovered`` counts the teams that
    play in the plan, ``teamsTotal`` those of the event. ``updatedAt`` is null before the first
    choice. ``aimTeams`` are the teams of the club that ``aim`` names. An answer
    that was kept before these were known lacks what has a default.
    """

    event_id: str
    selected_matches: list[int]
    updated_at: int | None
    conflicts: list[Pair]
    teams_covered: int
    teams_total: int
    shot: list[int] = []
    stay: Stay = Stay.WHOLE
    aim: str = "followed"
    aim_teams: list[int] = []
