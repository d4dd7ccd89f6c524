"""Coverage plans on the wire."""

from typing import Annotated

from msgspec import Meta, Struct

MOST = 5000
"""Matches in one body; the largest tournaments have some four thousand."""
MatchNumber = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
Matches = Annotated[list[MatchNumber], Meta(max_length=MOST)]
Pair = Annotated[list[int], Meta(min_length=2, max_length=2)]
"""Two matches. No tuple: readers of our description take its ``prefixItems`` for an older word."""


class PlanIn(Struct, rename="camel", forbid_unknown_fields=True):
    """The whole plan, as it shall be."""

    selected_matches: Matches


class PlanChanges(Struct, rename="camel", forbid_unknown_fields=True):
    """What one device did to the plan; every other match in it stays as it is."""

    added: Matches = []
    removed: Matches = []


class PlanDocument(Struct, rename="camel"):
    """A person's plan for one event: matches in order of their start.

    ``conflicts`` are pairs that overlap by the schedule. ``teamsCovered`` counts the teams that
    play in the plan, ``teamsTotal`` those of the event. ``updatedAt`` is null before the first
    choice.
    """

    event_id: str
    selected_matches: list[int]
    updated_at: int | None
    conflicts: list[Pair]
    teams_covered: int
    teams_total: int
