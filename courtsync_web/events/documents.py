"""Events and their schedule on the wire."""

from typing import Any

from msgspec import Struct

Format = dict[str, Any]
"""A match format as the whole camelCase object."""


class EventSummary(Struct, rename="camel", kw_only=True):
    """An event in a list."""

    event_id: str
    name: str
    timezone: str
    location: str
    start_date: str
    end_date: str
    visibility: str


class ClubDocument(Struct, rename="camel"):
    """A club."""

    club_id: int
    name: str


class DivisionDocument(Struct, rename="camel"):
    """A division; without a format of its own the event's is in force."""

    division_id: int
    name: str
    color: str | None
    format: Format | None


class CourtDocument(Struct, rename="camel"):
    """A court. Courts are listed in human order."""

    court_id: int
    name: str
    video_link: str


class PlayDay(Struct, rename="camel"):
    """A venue day and how many matches start on it."""

    day: str
    matches: int


class EventDocument(EventSummary, kw_only=True):
    """An event with everything but its teams and matches.

    ``seq`` counts every accepted change of the event, ``scheduleSeq`` is the one at which the
    schedule last changed; ``updatedAt`` is when (ms). By ``poolCriteria`` its pools are ranked.
    """

    scoring_policy: str
    pool_criteria: list[str]
    format: Format
    seq: int
    schedule_seq: int
    updated_at: int
    days: list[PlayDay]
    match_count: int
    team_count: int
    clubs: list[ClubDocument]
    divisions: list[DivisionDocument]
    courts: list[CourtDocument]


class TeamDocument(Struct, rename="camel", kw_only=True):
    """A team, with the names behind its ids."""

    team_id: int
    name: str
    code: str
    club_id: int | None
    club_name: str | None
    division_id: int | None
    division_name: str | None


class Place(Struct, rename="camel"):
    """A team in a match."""

    team_id: int
    name: str


class MatchDocument(Struct, rename="camel", kw_only=True):
    """A match of the schedule. Its score is a document of its own (``/scores/{matchId}``).

    ``start`` and ``end`` are the venue's wall clock, ``startsAt`` and ``endsAt`` the same
    instants in ms; all are null while no time is set. ``team1Text`` is what the schedule
    prints while ``team1`` is not known ("Winner of Match 6").
    """

    match_id: int
    name: str
    status: str
    division_id: int | None
    division_name: str | None
    court_id: int | None
    court_name: str | None
    team1_id: int | None
    team2_id: int | None
    work_team_id: int | None
    team1: Place | None
    team2: Place | None
    work_team: Place | None
    team1_text: str
    team2_text: str
    work_team_text: str
    day: str | None
    start: str | None
    end: str | None
    starts_at: int | None
    ends_at: int | None
    pool: str
    round: str
    stage: str
    format: Format
    vanished: bool


class StandingDocument(Struct, rename="camel", kw_only=True):
    """One team's line in a pool."""

    team_id: int
    name: str
    rank: int
    matches_won: int
    matches_lost: int
    sets_won: int
    sets_lost: int
    points_for: int
    points_against: int


class PoolDocument(Struct, rename="camel", kw_only=True):
    """A pool in order of rank. Once ``finished``, the order is the desk's where it gave one."""

    pool: str
    round: str
    division_id: int | None
    finished: bool
    teams: list[StandingDocument]


class PoolList(Struct, rename="camel"):
    """Pools in schedule order."""

    pools: list[PoolDocument]
