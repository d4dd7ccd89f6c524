"""Results, and where they send the teams.

``Progress`` takes results one by one and answers who meets whom by now, and who finished
where. ``rallies.play_results`` makes up results.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from courtsync_web.demo.world import Match, Source, Tournament

Sets = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Points per set, first team first, and the outcome in the words of the wire."""

    sets: Sets
    outcome: str

    @property
    def winner(self) -> int | None:
        """1, 2, or none where nobody won (a split)."""
        if self.outcome in ("first-won", "second-forfeits", "second-retires"):
            return 1
        if self.outcome in ("second-won", "first-forfeits", "first-retires"):
            return 2
        return None


Results = Mapping[int, Result]  # by match id


@dataclass(frozen=True, slots=True)
class Sides:
    """Team ids, none where a schedule still prints "Winner of …"."""

    first: int | None
    second: int | None
    work: int | None


@dataclass(slots=True)
class Standing:
    """One team's numbers in one pool."""

    team_id: int
    matches_won: int = 0
    matches_lost: int = 0
    sets_won: int = 0
    sets_lost: int = 0
    points_for: int = 0
    points_against: int = 0


class Progress:
    """A tournament so far."""

    def __init__(self, tournament: Tournament, results: Results | None = None) -> None:
        self.tournament = tournament
        self.results: dict[int, Result] = {}
        self._orders: dict[int, list[int]] = {}
        # Results come in playing order: a place or winner is known before it is asked for.
        for match in tournament.matches:
            if results and match.match_id in results:
                self.record(match.match_id, results[match.match_id])

    def record(self, match_id: int, result: Result) -> None:
        """Take a result. Those of earlier rounds must have come before."""
        self.results[match_id] = result
        play = self.tournament.match[match_id].play_id
        matches = self.tournament.matches_of[play]
        if all(match.match_id in self.results for match in matches):
            self._orders[play] = [standing.team_id for standing in self.standings(play)]

    def team(self, source: Source | None) -> int | None:
        """The team a source stands for, once that is decided."""
        if source is None or source.kind == "team":
            return source.of if source else None
        if source.kind == "place":
            order = self._orders.get(source.of)
            return order[source.place - 1] if order else None
        result = self.results.get(source.of)
        if result is None or result.winner is None:
            return None
        sides = self.sides(self.tournament.match[source.of])
        won = (result.winner == 1) == (source.kind == "winner")
        return sides.first if won else sides.second

    def sides(self, match: Match) -> Sides:
        """Who meets whom, as far as known."""
        return Sides(self.team(match.first), self.team(match.second), self.team(match.work))

    def finished(self, play_id: int) -> bool:
        """Whether every match of a play has its result."""
        return play_id in self._orders

    def standings(self, play_id: int) -> list[Standing]:
        """A play's teams in their order: match %, head-to-head of two, set %, point ratio."""
        play = self.tournament.play[play_id]
        table: dict[int, Standing] = {}
        for team in map(self.team, play.entrants):
            if team is not None:
                table[team] = Standing(team)
        met: dict[tuple[int, int], int | None] = {}
        for match in self.tournament.matches_of[play_id]:
            result, sides = self.results.get(match.match_id), self.sides(match)
            if result and sides.first in table and sides.second in table:
                _count(table[sides.first], table[sides.second], result)
                met[sides.first, sides.second] = result.winner
        return _ranked(list(table.values()), met)


def _count(first: Standing, second: Standing, result: Result) -> None:
    first.matches_won += result.winner == 1
    first.matches_lost += result.winner == 2
    second.matches_won += result.winner == 2
    second.matches_lost += result.winner == 1
    for a, b in result.sets:
        first.sets_won += a > b
        first.sets_lost += a < b
        second.sets_won += b > a
        second.sets_lost += b < a
        first.points_for += a
        first.points_against += b
        second.points_for += b
        second.points_against += a


def _share(won: float, lost: float) -> float:
    return won / (won + lost) if won + lost else 0.0


def _ranked(table: list[Standing], met: dict[tuple[int, int], int | None]) -> list[Standing]:
    def matches(team: Standing) -> float:
        return _share(team.matches_won, team.matches_lost)

    def rest(team: Standing) -> tuple[float, float]:
        ratio = team.points_for / team.points_against if team.points_against else 0.0
        return _share(team.sets_won, team.sets_lost), ratio

    order = sorted(table, key=lambda team: (matches(team), *rest(team)), reverse=True)
    for at, (upper, lower) in enumerate(pairwise(order)):
        tied = [team for team in table if matches(team) == matches(upper)]
        pair = (upper.team_id, lower.team_id)
        lost = met.get(pair) == 2 or met.get(pair[::-1]) == 1
        if len(tied) == 2 and lower in tied and lost:
            order[at], order[at + 1] = lower, upper
    return order
