"""What a generated tournament is made of. Frozen; results live beside it, not in it.

Ids are positive and unique per kind. Times are naive venue wall clock, as in a schedule
document; a match's ``end`` is the start of the next slot.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal


@dataclass(frozen=True, slots=True)
class Club:
    club_id: int
    name: str
    short: str  # what its teams' names begin with
    code: str  # five letters, part of its teams' codes
    region: str


@dataclass(frozen=True, slots=True)
class Division:
    division_id: int
    name: str
    alias: str  # what other divisions call it: "15s Open"
    age: int
    color: str
    format: str


@dataclass(frozen=True, slots=True)
class Court:
    court_id: int
    name: str
    hall: str


@dataclass(frozen=True, slots=True)
class Team:
    team_id: int
    name: str
    code: str
    club_id: int
    division_id: int
    region: str
    seed: int  # 1 is the strongest of its division


@dataclass(frozen=True, slots=True)
class Source:
    """Where a side of a match comes from: a team, a place in a pool, or another match."""

    kind: Literal["team", "place", "winner", "loser"]
    of: int  # team, play or match id
    place: int = 0  # 1 is first


@dataclass(frozen=True, slots=True)
class Play:
    """One pool, bracket or crossover. ``final`` is its deciding match (None in pools)."""

    play_id: int
    division_id: int
    round_id: int
    round_name: str
    group_id: int
    group_name: str
    name: str  # "Pool 1", "Gold", "1 v 1"
    short: str  # "P1"
    code: str  # unique in its division: "R1P1"
    kind: Literal["pool", "bracket"]
    format: str
    entrants: tuple[Source, ...]
    minutes: int
    final: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    match_id: int
    play_id: int
    division_id: int
    number: int  # within its play
    first: Source
    second: Source
    work: Source | None
    court_id: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Tournament:
    """A whole event; ``matches`` are in order of start, then court."""

    event_id: str
    name: str
    location: str
    timezone: str
    first_day: date
    days: int
    clubs: tuple[Club, ...]
    divisions: tuple[Division, ...]
    courts: tuple[Court, ...]
    teams: tuple[Team, ...]
    plays: tuple[Play, ...]
    matches: tuple[Match, ...]

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=self.days - 1)

    @cached_property
    def club(self) -> dict[int, Club]:
        return {club.club_id: club for club in self.clubs}

    @cached_property
    def division(self) -> dict[int, Division]:
        return {division.division_id: division for division in self.divisions}

    @cached_property
    def court(self) -> dict[int, Court]:
        return {court.court_id: court for court in self.courts}

    @cached_property
    def team(self) -> dict[int, Team]:
        return {team.team_id: team for team in self.teams}

    @cached_property
    def play(self) -> dict[int, Play]:
        return {play.play_id: play for play in self.plays}

    @cached_property
    def match(self) -> dict[int, Match]:
        return {match.match_id: match for match in self.matches}

    @cached_property
    def matches_of(self) -> dict[int, list[Match]]:
        """A play's matches in its own numbering."""
        found: dict[int, list[Match]] = {play.play_id: [] for play in self.plays}
        for match in sorted(self.matches, key=lambda match: match.number):
            found[match.play_id].append(match)
        return found

    def words(self, source: Source, beside: Play | None = None) -> str:
        """How a schedule prints a side that is not known yet.

        Within one bracket matches are named alone ("Winner of Match 6"), across plays with
        the play's code ("Winner of R2XO1v1M1"); places read "1st-R1P5".
        """
        if source.kind == "team":
            return self.team_text(source.of)
        if source.kind == "place":
            return f"{ordinal(source.place)}-{self.play[source.of].code}"
        match = self.match[source.of]
        play = self.play[match.play_id]
        same = beside is not None and beside.play_id == play.play_id
        where = f"Match {match.number}" if same else f"{play.code}M{match.number}"
        return f"{source.kind.capitalize()} of {where}"

    def team_text(self, team_id: int) -> str:
        """ "Northlake 15 Elite Black (NL) (3)": name, region, seed."""
        team = self.team[team_id]
        return f"{team.name} ({team.region.upper()}) ({team.seed})"


def ordinal(number: int) -> str:
    """1 is "1st"."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
