"""Who is where in a pool. Pure: results in, ranks out.

The default criteria reproduce every finished pool of two recorded real events. What a desk
decides by other means (a lot, a play-off) stays a tie here: teams share a rank.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import inf

Share = Fraction | float
"""A criterion's value; ``-inf`` means nothing was played, which ranks below every share."""


@dataclass(frozen=True, slots=True)
class Result:
    """One finished match. ``winner`` none: a split. ``sets`` hold both teams' points."""

    team1: int
    team2: int
    winner: int | None
    sets: Sequence[tuple[int, int]]


@dataclass(slots=True)
class Standing:
    """One team's sums over its finished matches, and its place."""

    team_id: int
    rank: int = 0
    matches_won: int = 0
    matches_lost: int = 0
    matches_split: int = 0
    sets_won: int = 0
    sets_lost: int = 0
    points_for: int = 0
    points_against: int = 0

    def match_share(self) -> Share:
        """Matches won of those played; a split is half of one."""
        played = self.matches_won + self.matches_lost + self.matches_split
        return share(Fraction(2 * self.matches_won + self.matches_split, 2), played)

    def set_share(self) -> Share:
        """Sets won of those played."""
        return share(self.sets_won, self.sets_won + self.sets_lost)

    def point_ratio(self) -> Share:
        """Points won by points lost."""
        if self.points_for and not self.points_against:
            return inf
        return share(self.points_for, self.points_against)


def share(part: Fraction | int, whole: int) -> Share:
    return Fraction(part) / whole if whole else -inf


Criterion = Callable[[Sequence[Standing], Sequence[Result]], dict[int, Share]]
"""Gives each team of a tied group a value; the higher one ranks first."""


def match_percentage(tied: Sequence[Standing], _: Sequence[Result]) -> dict[int, Share]:
    """Matches won of matches played."""
    return {team.team_id: team.match_share() for team in tied}


def head_to_head(tied: Sequence[Standing], results: Sequence[Result]) -> dict[int, Share]:
    """Who won between exactly two; says nothing about three and more, or if they never met."""
    ids = {team.team_id for team in tied}
    value: dict[int, Share] = dict.fromkeys(ids, 0)
    if len(ids) == 2:
        for result in results:
            if {result.team1, result.team2} == ids and result.winner:
                value[result.team1 if result.winner == 1 else result.team2] += 1
    return value


def set_percentage(tied: Sequence[Standing], _: Sequence[Result]) -> dict[int, Share]:
    """Sets won of sets played."""
    return {team.team_id: team.set_share() for team in tied}


def point_ratio(tied: Sequence[Standing], _: Sequence[Result]) -> dict[int, Share]:
    """Points won by points lost."""
    return {team.team_id: team.point_ratio() for team in tied}


CRITERIA: dict[str, Criterion] = {
    "match-percentage": match_percentage,
    "head-to-head": head_to_head,
    "set-percentage": set_percentage,
    "point-ratio": point_ratio,
}
DEFAULT = tuple(CRITERIA)
"""Names of the criteria, in the order in which they are usually asked."""


def criteria_of(stored: str) -> tuple[str, ...]:
    """The order an event ranks its pools by, as its row keeps it."""
    return tuple(stored.split(",")) if stored else DEFAULT


def stored_criteria(criteria: Sequence[str]) -> str:
    """The row's text for them; the usual order stays the usual one, should it ever change."""
    return "" if tuple(criteria) == DEFAULT else ",".join(criteria)


def ranked(
    teams: Iterable[int], results: Sequence[Result], criteria: Sequence[str] = DEFAULT
) -> list[Standing]:
    """The pool in order. Teams that no criterion tells apart share a rank, in ``teams`` order.

    Every team of ``results`` must be among ``teams``.
    """
    standings = summed(teams, results)
    in_order: list[Standing] = []
    for group in told_apart(standings, results, [CRITERIA[name] for name in criteria]):
        rank = len(in_order) + 1
        for standing in group:
            standing.rank = rank
            in_order.append(standing)
    return in_order


def summed(teams: Iterable[int], results: Iterable[Result]) -> list[Standing]:
    """Every team's sums, in ``teams`` order."""
    table = {team_id: Standing(team_id) for team_id in teams}
    for result in results:
        points1 = sum(points for points, _ in result.sets)
        points2 = sum(points for _, points in result.sets)
        sets1 = sum(one > two for one, two in result.sets)
        sets2 = sum(two > one for one, two in result.sets)
        add(table[result.team1], result.winner, 1, (sets1, sets2), (points1, points2))
        add(table[result.team2], result.winner, 2, (sets2, sets1), (points2, points1))
    return list(table.values())


def add(
    standing: Standing,
    winner: int | None,
    side: int,
    sets: tuple[int, int],
    points: tuple[int, int],
) -> None:
    """Count one match for the team that played it on ``side``; its own figures come first."""
    standing.matches_won += winner == side
    standing.matches_lost += winner is not None and winner != side
    standing.matches_split += winner is None
    standing.sets_won += sets[0]
    standing.sets_lost += sets[1]
    standing.points_for += points[0]
    standing.points_against += points[1]


def told_apart(
    tied: list[Standing], results: Sequence[Result], criteria: Sequence[Criterion]
) -> list[list[Standing]]:
    """Split a tied group by the first criterion, and what stays tied by the next ones."""
    if len(tied) < 2 or not criteria:
        return [tied] if tied else []
    value = criteria[0](tied, results)

    def place(standing: Standing) -> Share:
        return -value[standing.team_id]

    groups = [list(group) for _, group in groupby(sorted(tied, key=place), key=place)]
    return [smaller for group in groups for smaller in told_apart(group, results, criteria[1:])]
