"""What a photographer wishes, and what is proposed to them, on the wire."""

from typing import Annotated

from msgspec import Meta, Struct, field

from courtsync_web.coverage.documents import Matches, MatchNumber, Pair
from courtsync_web.coverage.stays import Stay

Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Instant = Annotated[int, Meta(ge=0, le=2**53)]
Teams = Annotated[list[MatchNumber], Meta(max_length=5000)]
Few = Annotated[list[MatchNumber], Meta(max_length=200)]
MOST_BREAKS = 6


class BreakIn(Struct, rename="camel", forbid_unknown_fields=True):
    """From when until when I want to be at no match; Unix milliseconds."""

    from_: Instant = field(name="from")
    to: Instant


class Wishes(Struct, rename="camel", forbid_unknown_fields=True):
    """How a day shall be planned; everything has its usual value.

    ``day``: of the event; today, or the next play day. ``stay``, ``teams`` (whom to cover),
    ``planned`` and ``shot``: mine, as the account knows them, unless they are said here; who has
    not signed in says them. ``keep``: what I have planned for the rest of the day stays.
    ``mustTeams`` come before all others, ``mustMatches`` are in the proposal in any case.
    ``crew``: plan for the photographers of my crew together.
    """

    day: Day | None = None
    stay: Stay | None = None
    teams: Teams | None = None
    must_teams: Few = []
    must_matches: Few = []
    breaks: Annotated[list[BreakIn], Meta(max_length=MOST_BREAKS)] = []
    most_per_hour: Annotated[int, Meta(ge=1, le=12)] | None = None
    keep: bool = True
    planned: Matches | None = None
    shot: Matches | None = None
    crew: bool = False


class ProposedMatch(Struct, rename="camel"):
    """A match to be at, and why.

    ``teams``: those that I see here for the first time. ``photographer``: who goes; null for
    me. ``walkMinutes``: from the match before.
    """

    match_id: int
    title: str
    place: str
    starts_at: int
    arrives_at: int
    leaves_at: int
    walk_minutes: int
    teams: list[int]
    in_plan: bool
    reasons: list[str]
    photographer: str | None = None


class Uncovered(Struct, rename="camel"):
    """A team that I want and that the proposal does not see."""

    team_id: int
    name: str
    reason: str


class LeftOut(Struct, rename="camel"):
    """A match that was in my plan, or that I asked for, and is not in the proposal."""

    match_id: int
    title: str
    reason: str


class Proposal(Struct, rename="camel"):
    """A plan for one day, from now on.

    ``teamsCovered`` of ``teamsWanted`` are seen with what is planned, past or shot already.
    ``clashes``: only where matches that must be in it clash with each other. ``added`` and
    ``dropped`` make my plan this one. ``mostPossible``: it is proven that nobody could see more.
    """

    event_id: str
    day: str
    stay: Stay
    matches: list[ProposedMatch]
    walk_minutes: int
    teams_covered: int
    teams_wanted: int
    most_possible: bool
    clashes: list[Pair]
    uncovered: list[Uncovered]
    added: list[int]
    dropped: list[LeftOut]
    missed: list[LeftOut]
