"""A schedule as it was read, before anything is stored: what every source is turned into.

All times are venue wall clock (naive); all ids are the source's own, or derived from names
(``Draft.derived``) where it has none. Nothing here knows the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from courtsync_web.errors import FieldError

Wire = dict[str, Any]
"""A match format as the wire's camelCase object."""


class BadSchedule(Exception):
    """A schedule that cannot be taken: every problem of it, each with its place."""

    def __init__(self, problems: Iterable[FieldError]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(f"{one.pointer}: {one.detail}" for one in self.problems[:3]))


@dataclass(frozen=True, slots=True)
class DraftEvent:
    """The facts of the event. An empty name, zone or day means: the source does not say."""

    event_id: str
    name: str
    timezone: str
    start_date: date | None
    end_date: date | None
    location: str = ""
    visibility: str | None = None
    """public, unlisted or private; none keeps what is stored."""
    source: str = "json"
    format: Wire | None = None


@dataclass(frozen=True, slots=True)
class DraftDivision:
    division_id: int
    name: str
    code: str = ""
    color: str | None = None
    format: Wire | None = None


@dataclass(frozen=True, slots=True)
class DraftClub:
    club_id: int
    name: str


@dataclass(frozen=True, slots=True)
class DraftTeam:
    team_id: int
    name: str
    code: str = ""
    club_id: int | None = None
    division_id: int | None = None


@dataclass(frozen=True, slots=True)
class DraftCourt:
    court_id: int
    name: str
    video_link: str = ""


@dataclass(frozen=True, slots=True)
class DraftStage:
    """A pool or a bracket (``kind`` empty: the source does not tell, and what is stored stays).

    ``ranks`` is the desk's own order, ``[[teamId, rank], …]``.
    """

    stage_id: int
    division_id: int | None
    round: str
    name: str
    kind: str = "pool"
    format: Wire | None = None
    finished: bool = False
    ranks: list[Any] | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One place in a match: a team, or the words that stand for it until it is known."""

    team_id: int | None = None
    text: str = ""
    inferred: bool = False
    """The source left it blank; the words follow from the bracket's shape alone."""

    @property
    def blank(self) -> bool:
        """Neither a team nor words."""
        return self.team_id is None and not self.text


@dataclass(frozen=True, slots=True)
class DraftMatch:
    """One match; ``end`` is the first moment after it, and both may be unset ("to follow")."""

    match_id: int
    name: str = ""
    division_id: int | None = None
    stage_id: int | None = None
    court_id: int | None = None
    team1: Side = Side()
    team2: Side = Side()
    work_team: Side = Side()
    start: datetime | None = None
    end: datetime | None = None
    format: Wire | None = None


@dataclass(frozen=True, slots=True)
class DraftResult:
    """A published result: points by set, and how it ended (an outcome word)."""

    match_id: int
    sets: tuple[tuple[int, int], ...]
    outcome: str = "undecided"


@dataclass(frozen=True, slots=True)
class Unread:
    """What the source names but would not give. Stored matches of these stay as they are."""

    everything: bool = False
    divisions: frozenset[int] = frozenset()
    stages: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole schedule."""

    event: DraftEvent
    divisions: tuple[DraftDivision, ...] = ()
    clubs: tuple[DraftClub, ...] = ()
    teams: tuple[DraftTeam, ...] = ()
    courts: tuple[DraftCourt, ...] = ()
    stages: tuple[DraftStage, ...] = ()
    matches: tuple[DraftMatch, ...] = ()
    results: tuple[DraftResult, ...] = ()
    notes: tuple[str, ...] = ()
    """What a person should know about how it was read: what was missing, what was guessed."""
    derived: frozenset[tuple[str, int]] = frozenset()
    """``(kind, id)`` of every id that was made from names, for want of one in the source."""
    unread: Unread = field(default_factory=Unread)

    def counts(self) -> dict[str, int]:
        """The four numbers of the summary line."""
        return {
            "matches": len(self.matches),
            "teams": len(self.teams),
            "courts": len(self.courts),
            "sets": sum(len(result.sets) for result in self.results),
        }

    def summary(self) -> str:
        """``matches=240 teams=48 courts=16 sets=548``."""
        return " ".join(f"{name}={number}" for name, number in self.counts().items())
