"""Results made up rally by rally: mostly what seeds promise, now and then a surprise."""

from dataclasses import replace
from datetime import datetime
from math import exp
from random import Random

from courtsync_web.demo.results import Progress, Result
from courtsync_web.demo.world import Play, Tournament
from courtsync_web.volleyball.formats import Format, read_format
from courtsync_web.volleyball.rules import match_over, set_over, start_of


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
    formats = {play.format: read_format(play.format) for play in tournament.plays}
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
    won = (0, 0)
    while not match_over(format_, won, len(sets)):
        number = len(sets) + 1
        a, b = _play_set(format_, number, chance + rng.gauss(0, 0.03), rng)
        sets.append((a, b))
        won = (won[0] + (a > b), won[1] + (b > a))
    first, second = won
    outcome = "split" if first == second else "first-won" if first > second else "second-won"
    return Result(tuple(sets), outcome)


def _play_set(format_: Format, number: int, chance: float, rng: Random) -> tuple[int, int]:
    a = b = start_of(format_, number)
    while not set_over(format_, number, a, b):
        if rng.random() < chance:
            a += 1
        else:
            b += 1
    return a, b


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
