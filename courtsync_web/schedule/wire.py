"""The schedule document as it is written: CONTRACT's fields, and ours beside them.

Beyond the contract (all optional, so that an export keeps everything): ``stages``, the
event's ``format``, a division's ``code``, a match's ``name`` and ``stageId``.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

Id = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
"""A 64-bit integer of either sign, unique within its event."""
_SHOWN = r"[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]"
"""Neither breaks a line nor turns the text around it about (printable.py)."""
LINE = rf"^{_SHOWN}*$(?!\n)"
NAMED = rf"^{_SHOWN}*[^\s\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]{_SHOWN}*$(?!\n)"
EventId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]
Name200 = Annotated[str, Meta(max_length=200, pattern=NAMED)]
Name160 = Annotated[str, Meta(max_length=160, pattern=NAMED)]
Name120 = Annotated[str, Meta(max_length=120, pattern=NAMED)]
Name80 = Annotated[str, Meta(max_length=80, pattern=NAMED)]
WebAddress = Annotated[str, Meta(max_length=500, pattern=r"^(https?://[^\s\x00-\x1f]+)?$(?!\n)")]
"""http or https, or empty: it may become a link on somebody's page."""
Line200 = Annotated[str, Meta(max_length=200, pattern=LINE)]
Line120 = Annotated[str, Meta(max_length=120, pattern=LINE)]
Line80 = Annotated[str, Meta(max_length=80, pattern=LINE)]
Line40 = Annotated[str, Meta(max_length=40, pattern=LINE)]
Color = Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}$(?!\n)")]
Zone = Annotated[str, Meta(max_length=64)]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$(?!\n)")]
Wall = Annotated[str, Meta(max_length=40)]
"""Venue wall clock, ``2026-01-31T08:00:00``, without a zone."""
Points = Annotated[int, Meta(ge=0, le=99)]
Format = str | dict[str, Any]
"""A preset's id, a text such as ``2 of 3 to 25(15)``, or the whole object."""
Outcome = Literal[
    "undecided",
    "first-won",
    "second-won",
    "split",
    "first-forfeits",
    "second-forfeits",
    "first-retires",
    "second-retires",
]


class ClubIn(Struct, rename="camel", forbid_unknown_fields=True):
    """A club."""

    club_id: Id
    name: Name160


class DivisionIn(Struct, rename="camel", forbid_unknown_fields=True):
    """An age and level group."""

    division_id: Id
    name: Name120
    code: Line120 | None = None
    color: Color | None = None
    format: Format | None = None


class CourtIn(Struct, rename="camel", forbid_unknown_fields=True):
    """A court."""

    court_id: Id
    name: Name80
    video_link: WebAddress | None = None


class TeamIn(Struct, rename="camel", forbid_unknown_fields=True):
    """A team."""

    team_id: Id
    name: Name160
    code: Line40 | None = None
    club_id: Id | None = None
    division_id: Id | None = None


class StageIn(Struct, rename="camel", forbid_unknown_fields=True):
    """A pool or bracket: what its matches' ``round`` and ``pool`` name, with more to say."""

    stage_id: Id | None = None
    division_id: Id | None = None
    round: Line120 | None = None
    pool: Line120 | None = None
    kind: Literal["pool", "bracket"] | None = None
    format: Format | None = None
    finished: bool = False
    ranks: list[tuple[Id, Annotated[int, Meta(ge=1, le=10_000)]]] | None = None


class ResultIn(Struct, rename="camel", forbid_unknown_fields=True):
    """A published result: points by set, team 1 first."""

    sets: Annotated[list[tuple[Points, Points]], Meta(max_length=5)] = []
    outcome: Outcome | None = None


class MatchIn(Struct, rename="camel", forbid_unknown_fields=True):
    """A match; ``start`` and ``end`` are venue wall clock."""

    match_id: Id
    name: Line80 | None = None
    division_id: Id | None = None
    stage_id: Id | None = None
    court_id: Id | None = None
    team1_id: Id | None = None
    team2_id: Id | None = None
    work_team_id: Id | None = None
    team1_text: Line200 | None = None
    team2_text: Line200 | None = None
    work_team_text: Line200 | None = None
    start: Wall | None = None
    end: Wall | None = None
    pool: Line120 | None = None
    round: Line120 | None = None
    format: Format | None = None
    result: ResultIn | None = None


class ScheduleDocument(Struct, rename="camel", forbid_unknown_fields=True):
    """A whole event and its schedule."""

    event_id: EventId
    name: Name200
    timezone: Zone
    start_date: Day
    end_date: Day
    location: Line200 | None = None
    visibility: Literal["public", "unlisted", "private"] | None = None
    format: Format | None = None
    clubs: list[ClubIn] = []
    divisions: list[DivisionIn] = []
    courts: list[CourtIn] = []
    teams: list[TeamIn] = []
    stages: list[StageIn] = []
    matches: list[MatchIn] = []
