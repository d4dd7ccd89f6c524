"""Scores that arrive from outside: the impossible is refused, the unusual kept and flagged.

Real results contain 25–25, 24–22 and sets that went on after they were over; whoever typed them
was there, and we were not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from courtsync_web.volleyball.match_format import MOST_POINTS, Format
from courtsync_web.volleyball.sets import Pair, Team, ahead, match_over, set_over, start_of
from courtsync_web.volleyball.settling import outcome_of
from courtsync_web.volleyball.state import WINNERS, Outcome, SetScore, sets_won
from courtsync_web.volleyball.unusual import odd_points, odd_set

STATUSES = ("not-started", "in-progress", "completed")
Given = Sequence[tuple[int, int, int]]
"""Sets as (set number, points of team 1, points of team 2)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is impossible, and where: a JSON pointer into the posted document."""

    pointer: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A posted score as the rules read it.

    `over` says of each given set whether it is complete; `winner` and `outcome` are open until
    the status is completed; `status_ok` is false where status and sets tell different stories.
    With `errors` the derived fields mean nothing.
    """

    errors: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()
    over: tuple[bool, ...] = ()
    sets_won: Pair = (0, 0)
    winner: Team | None = None
    outcome: Outcome = "undecided"
    status_ok: bool = True


def check_score(f: Format, sets: Given, status: str, outcome: str | None = None) -> Checked:
    """Judge sets as `(number, points of team 1, points of team 2)`, a status and an outcome.

    `outcome` is for what the sets can't tell (forfeits, retirements); None or "undecided" lets
    the sets decide.
    """
    errors = _impossible(f, sets, status, outcome)
    if errors:
        return Checked(errors=tuple(errors), over=(False,) * len(sets))
    scores = _completed(f, sets, status, outcome)
    won = sets_won(scores)
    played = _played(f, won, scores)
    said = cast("Outcome | None", None if outcome == "undecided" else outcome)
    ending = (said or _ending(f, won, played)) if status == "completed" else "undecided"
    about_sets = _unusual_sets(f, scores, given_up=_is_given_up(outcome))
    about_match = _unusual_match(f, scores, status, said, played)
    return Checked(
        warnings=(*about_sets, *about_match),
        over=tuple(one.completed for one in scores),
        sets_won=won,
        winner=WINNERS[ending],
        outcome=ending,
        status_ok=not about_match,
    )


def _impossible(f: Format, sets: Given, status: str, outcome: str | None) -> list[Finding]:
    found = []
    if status not in STATUSES:
        found.append(Finding("/status", f"must be one of {', '.join(STATUSES)}"))
    if outcome is not None and outcome not in WINNERS:
        found.append(Finding("/outcome", f"must be one of {', '.join(WINNERS)}"))
    for index, (number, *points) in enumerate(sets):
        if number != index + 1:
            found.append(
                Finding(f"/sets/{index}/setNumber", f"must be {index + 1}: sets come in order")
            )
        for team, value in enumerate(points, start=1):
            if not 0 <= value <= MOST_POINTS:
                pointer = f"/sets/{index}/team{team}Score"
                found.append(Finding(pointer, f"must be 0 to {MOST_POINTS}, not {value}"))
    if len(sets) > f.sets_max:
        most = "1 set" if f.sets_max == 1 else f"{f.sets_max} sets"
        found.append(Finding(f"/sets/{f.sets_max}", f"the format has at most {most}"))
    return found or _after_decision(f, sets)


def _after_decision(f: Format, sets: Given) -> list[Finding]:
    """A set after the match was decided; sets that look unfinished are not held against it."""
    over = tuple(SetScore(n, a, b, set_over(f, n, a, b)) for n, a, b in sets)
    for index in range(1, len(sets)):
        won = sets_won(over[:index])
        if f.sets_to_win is not None and max(won) >= f.sets_to_win:
            return [
                Finding(f"/sets/{index}", f"the match was decided {max(won)}–{min(won)} before it")
            ]
    return []


def _completed(f: Format, sets: Given, status: str, outcome: str | None) -> tuple[SetScore, ...]:
    """The sets, each complete or not: those before the last are, and all of a finished match.

    A trailing 0–0, or an untouched start at 4–4, was not played.
    """
    scores = []
    for index, (n, a, b) in enumerate(sets):
        last = index == len(sets) - 1
        ended = status == "completed" and not _is_given_up(outcome) and _begun(f, n, a, b)
        scores.append(SetScore(n, a, b, not last or set_over(f, n, a, b) or ended))
    return tuple(scores)


def _begun(f: Format, n: int, a: int, b: int) -> bool:
    return (a, b) not in ((0, 0), (start_of(f, n), start_of(f, n)))


def _is_given_up(outcome: str | None) -> bool:
    return outcome is not None and outcome.endswith(("forfeits", "retires"))


def _played(f: Format, won: Pair, scores: Sequence[SetScore]) -> Outcome:
    """How the match ended by its sets; undecided while they leave it open."""
    finished = bool(scores) and scores[-1].completed and match_over(f, won, len(scores))
    return outcome_of(f, won) if finished else "undecided"


def _ending(f: Format, won: Pair, played: Outcome) -> Outcome:
    """A match called complete has the winner its sets suggest, even short of the format."""
    return outcome_of(f, won) if played == "undecided" and ahead(*won) else played


def _unusual_sets(f: Format, scores: Sequence[SetScore], *, given_up: bool) -> list[str]:
    found = []
    for one in scores:
        words = odd_set(f, one) if one.completed else odd_points(f, one)
        # Nobody stood at 4–4 in a set that was forfeited.
        if words and not (given_up and 0 in one.points):
            found.append(f"set {one.set_number}: {words}")
    return found


def _unusual_match(
    f: Format, scores: Sequence[SetScore], status: str, said: Outcome | None, played: Outcome
) -> list[str]:
    if status == "not-started":
        begun = any(_begun(f, one.set_number, *one.points) for one in scores)
        return ["the match has not started, but has a score"] if begun else []
    if status == "in-progress":
        return [] if played == "undecided" else ["the match is in progress, but the sets decide it"]
    if _is_given_up(said):
        return []
    won = sets_won(tuple(scores))
    if said is not None and played not in ("undecided", said):
        return [f"the outcome says {said.replace('-', ' ')}, the sets say {won[0]}–{won[1]}"]
    if said == "split" and not f.draw_allowed:
        return ["the outcome says split, which this format does not know"]
    if said is None and played == "undecided":
        return [_unfinished(f, scores, won)]
    return []


def _unfinished(f: Format, scores: Sequence[SetScore], won: Pair) -> str:
    if f.sets_to_win is None and len(scores) < f.sets_max:
        return f"the match is completed with {len(scores)} of {f.sets_max} sets"
    return f"the match is completed, but {won[0]}–{won[1]} in sets does not decide it"
