"""The rules of a volleyball match: a match is the fold of its actions.

Pure, and mirrored by static/js/volleyball/rules.js; docs/rules.md has the actions' shapes. Golden
vectors and a property test hold the two together.
"""

from collections.abc import Callable, Mapping, Sequence

from courtsync_web.volleyball.endings import final_score, forfeit, reopen, retire, sign_off
from courtsync_web.volleyball.match_format import Format
from courtsync_web.volleyball.moments import (
    ends_change_due,
    match_point,
    set_point,
    technical_timeout_due,
)
from courtsync_web.volleyball.playing import (
    card,
    correction,
    delay,
    ends_changed,
    point,
    set_start,
    timeout,
    toss,
)
from courtsync_web.volleyball.refusals import RuleBroken
from courtsync_web.volleyball.sets import (
    Team,
    cap_of,
    first_server,
    is_decider,
    match_over,
    set_over,
    set_winner,
    start_of,
    target_of,
    why_over,
    win_by_of,
)
from courtsync_web.volleyball.state import SetScore, State, start, state_to_wire

__all__ = [
    "RuleBroken",
    "SetScore",
    "State",
    "Team",
    "cap_of",
    "effective",
    "ends_change_due",
    "first_server",
    "fold",
    "is_decider",
    "match_over",
    "match_point",
    "set_over",
    "set_point",
    "set_winner",
    "start",
    "start_of",
    "state_to_wire",
    "step",
    "target_of",
    "technical_timeout_due",
    "why_over",
    "win_by_of",
]

Action = Mapping[str, object]


def step(f: Format, state: State, action: Action) -> State:
    """The state after one action. Raises RuleBroken, and `state` stands, if it is refused."""
    kind = action.get("type")
    if kind == "undo":
        raise RuleBroken("undo-needs-history")
    play = _ACTIONS.get(kind) if isinstance(kind, str) else None
    if play is None:
        raise RuleBroken("unknown-action")
    return play(f, state, action)


def fold(f: Format, actions: Sequence[Action]) -> State:
    """The state after all actions, undo included; RuleBroken's `index` is the refused one's."""
    states = [start(f)]
    for index, action in enumerate(actions):
        try:
            if action.get("type") != "undo":
                states.append(step(f, states[-1], action))
            elif len(states) == 1:
                raise RuleBroken("nothing-to-undo")
            else:
                states.pop()
        except RuleBroken as broken:
            raise RuleBroken(broken.code, index) from None
    return states[-1]


def effective(actions: Sequence[Action]) -> list[Action]:
    """The actions that stand: without undos and what they took back."""
    kept: list[Action] = []
    for action in actions:
        if action.get("type") != "undo":
            kept.append(action)
        elif kept:
            kept.pop()
    return kept


_ACTIONS: dict[str, Callable[[Format, State, Action], State]] = {
    "point": point,
    "set-start": set_start,
    "toss": toss,
    "timeout": timeout,
    "ends-changed": ends_changed,
    "card": card,
    "delay": delay,
    "correction": correction,
    "forfeit": forfeit,
    "retire": retire,
    "final-score": final_score,
    "sign-off": sign_off,
    "reopen": reopen,
}
