"""How a match ends other than by its last point, is confirmed, and is opened again."""

from collections.abc import Mapping
from dataclasses import replace

from courtsync_web.volleyball.fields import pairs, team_of
from courtsync_web.volleyball.match_format import MOST_POINTS, Format
from courtsync_web.volleyball.refusals import RuleBroken
from courtsync_web.volleyball.sets import Pair, Team, match_over, other, points_to_win
from courtsync_web.volleyball.settling import (
    decided_before_last,
    ended_as,
    outcome_of,
    settled,
    standing,
)
from courtsync_web.volleyball.state import (
    FORFEITS,
    RETIRES,
    WINNERS,
    Outcome,
    SetScore,
    State,
    fresh_set,
    sets_won,
)

Action = Mapping[str, object]


def forfeit(f: Format, state: State, action: Action) -> State:
    """The whole match is lost, whatever was played: a forfeit score in each set needed."""
    team = team_of(action)
    standing(state)
    sets: tuple[SetScore, ...] = (fresh_set(f, 1),)
    if f.forfeit_score is not None:
        points = int(f.forfeit_score.split("-")[0])
        won: Pair = (0, points) if team == 1 else (points, 0)
        needed = f.sets_to_win or f.sets_max
        sets = tuple(SetScore(n, *won, completed=True) for n in range(1, needed + 1))
    return ended_as(replace(state, sets=sets), FORFEITS[team])


def retire(f: Format, state: State, action: Action) -> State:
    """An incomplete team keeps its points and sets; the other gets what it still needs."""
    team = team_of(action)
    standing(state)
    sets = state.sets
    if not sets[-1].completed:
        sets = (*sets[:-1], _given_to(f, other(team), sets[-1]))
    while not match_over(f, sets_won(sets), len(sets)) and len(sets) < f.sets_max:
        sets = (*sets, _given_to(f, other(team), fresh_set(f, len(sets) + 1)))
    return ended_as(replace(state, sets=sets), RETIRES[team])


def _given_to(f: Format, winner: Team, score: SetScore) -> SetScore:
    """The set as the winner gets it, the other team's points untouched."""
    n, own, theirs = score.set_number, *(score.points if winner == 1 else score.points[::-1])
    points = min(points_to_win(f, n, own, theirs), MOST_POINTS)
    both = (points, theirs) if winner == 1 else (theirs, points)
    return SetScore(n, *both, completed=True)


def final_score(f: Format, state: State, action: Action) -> State:
    """The result alone, as entered by someone who did not follow the match."""
    scores, outcome = pairs(action, "sets"), _outcome(action)
    if not scores and outcome is None:
        raise RuleBroken("bad-action")
    if state.signed_off:
        raise RuleBroken("signed-off")
    if any(not 0 <= points <= MOST_POINTS for score in scores for points in score):
        raise RuleBroken("score-range")
    if len(scores) > f.sets_max:
        raise RuleBroken("too-many-sets")
    sets = tuple(SetScore(n, *score, completed=True) for n, score in enumerate(scores, start=1))
    if decided_before_last(f, sets):
        raise RuleBroken("set-after-decided")
    ending = _agreed(f, sets, outcome)
    return ended_as(replace(state, sets=sets or (fresh_set(f, 1),)), ending)


def _outcome(action: Action) -> Outcome | None:
    given = action.get("outcome")
    if given is None:
        return None
    for word in WINNERS:
        if word == given != "undecided":
            return word  # type: ignore[return-value]
    raise RuleBroken("bad-action")


def _agreed(f: Format, sets: tuple[SetScore, ...], said: Outcome | None) -> Outcome:
    """How the match ended: what the sets say, unless they leave it open or it was not played."""
    over = bool(sets) and match_over(f, sets_won(sets), len(sets))
    played = outcome_of(f, sets_won(sets)) if over else "undecided"
    if said is None:
        if played == "undecided":
            raise RuleBroken("not-decided")
        return played
    if said.endswith("won") or said == "split":
        contradicts = played not in ("undecided", said)
        if contradicts or (said == "split" and not f.draw_allowed):
            raise RuleBroken("outcome-contradicts")
    return said


def sign_off(f: Format, state: State, action: Action) -> State:
    """The completed match is confirmed."""
    if not isinstance(action.get("name"), str | None):
        raise RuleBroken("bad-action")
    if state.signed_off:
        raise RuleBroken("signed-off")
    if state.status != "completed" and state.set_ended:
        state = settled(f, state)
    if state.status != "completed":
        raise RuleBroken("not-over")
    return replace(state, signed_off=True)


def reopen(_f: Format, state: State, action: Action) -> State:
    """A completed match goes on: to be corrected, played on, or signed off again."""
    reason = action.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        raise RuleBroken("bad-action")
    if state.status != "completed":
        raise RuleBroken("not-over")
    return replace(
        state,
        status="in-progress",
        set_ended=state.current.completed,
        winner=None,
        outcome="undecided",
        signed_off=False,
    )
