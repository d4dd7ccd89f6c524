"""Results made up rally by rally: mostly what seeds promise, now and then a surprise."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from math import exp
from random import Random
from re import findall

from courtsync_web.demo.results import Progress, Result
from courtsync_web.demo.world import Play, Tournament


class Format:
    """The little a made-up result needs of the formats that generated events use."""

    def __init__(self, text: str) -> None:
        numbers = [int(n) for n in findall(r"\d+", text)]
        self.best_of = " of " in text
        self.sets = numbers[1] if self.best_of else numbers[0]
        self.points, self.decider = (numbers[2], numbers[3]) if self.best_of else (numbers[1],) * 2

    def over(self, won: Sequence[int]) -> bool:
        return max(won) > self.sets // 2 if self.best_of else sum(won) == self.sets

    def target(self, number: int) -> int:
        return self.decider if number == self.sets else self.points


def play_results(
    tournament: Tournament,
    rng: Random,
    *,
    until: datetime | None = None,
    odd: float = 0.01,
) -> dict[int, Result]:
    """Results of all matches that are over at ``until`` (venue wall clock; none: all).

    The better seed mostly wins. ``odd`` is the share of what real events contain besides
    clean scores: a forfeit, a retirement, a set typed as 25–25 or 24–22.
    """
    progress = Progress(tournament)
    formats = {play.format: Format(play.format) for play in tournament.plays}
    strength = {team.team_id: rng.gauss(-0.06 * team.seed, 0.12) for team in tournament.teams}
    for match in tournament.matches:
        if until is not None and match.end > until:
            continue
        sides = progress.sides(match)
        if sides.first is None or sides.second is None:
            continue
        play = tournament.play[match.play_id]
        edge = strength[sides.first] - strength[sides.second]
        result = play_match(formats[play.format], edge, rng)
        if rng.random() < odd:
            result = _oddity(result, play, rng)
        progress.record(match.match_id, result)
    return progress.results


def play_match(format_: Format, edge: float, rng: Random) -> Result:
    """One match played out; at ``edge`` 0 the teams are even, at 1 one wins six rallies of ten."""
    chance = 1 / (1 + exp(-edge * 0.45))
    sets: list[tuple[int, int]] = []
    won = [0, 0]
    while not format_.over(won):
        a, b = _play_set(format_.target(len(sets) + 1), chance + rng.gauss(0, 0.03), rng)
        sets.append((a, b))
        won[0 if a > b else 1] += 1
    return Result(tuple(sets), outcome_of(won))


def _play_set(target: int, chance: float, rng: Random) -> tuple[int, int]:
    a = b = 0
    while max(a, b) < target or abs(a - b) < 2:
        if rng.random() < chance:
            a += 1
        else:
            b += 1
    return a, b


def outcome_of(won: Sequence[int]) -> str:
    first, second = won
    return "split" if first == second else "first-won" if first > second else "second-won"


def _oddity(result: Result, play: Play, rng: Random) -> Result:
    """A rare but real end. Brackets need a winner, so there only the scores are odd."""
    kind = rng.choice(("forfeit", "retire", "typo", "typo"))
    if kind == "forfeit":
        sets = tuple((25, 0) for _ in result.sets[:2])
        return Result(sets, "second-forfeits")
    if kind == "retire" and result.winner == 1:
        return Result(result.sets, "second-retires")
    if play.kind == "bracket" or result.winner is None:
        return result
    first_set = (24, 22) if result.sets[0][0] > result.sets[0][1] else (22, 24)
    return replace(result, sets=(rng.choice((first_set, (25, 25))), *result.sets[1:]))
