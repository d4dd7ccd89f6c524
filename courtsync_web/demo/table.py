"""What happens next in a match, as a scorer sees it from the table.

Chance, bounded by the rules: rallies, time-outs, a wrong tap now and then and its undo, the
walk to the other side, the next set, the signature at the end.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from courtsync_web.volleyball.formats import Format
from courtsync_web.volleyball.rules import State, fold, step

RALLY = 20.0
"""Seconds from one point to the next, on average."""
PAUSES = {
    "first set": 6.0,  # the teams stand ready when the scorer sits down
    "set-start": 90.0,  # coaches and a drink of water
    "timeout": 35.0,
    "ends-changed": 25.0,
    "undo": 4.0,
    "sign-off": 45.0,
}
WRONG_TAP = 0.02
TIMEOUT = 0.05

Action = Mapping[str, Any]
"""docs/rules.md describes each."""


@dataclass(slots=True)
class Table:
    """A match as it stands at the score table, and all that was tapped."""

    format: Format
    rng: Random
    chance: float = 0.5  # of team 1 to win a rally
    before: Sequence[Action] = ()  # what was scored before this scorer came
    states: list[State] = field(default_factory=list)
    wrong: int = 0  # the team that was given the last point by mistake

    def __post_init__(self) -> None:
        self.states.append(fold(self.format, self.before))

    @property
    def state(self) -> State:
        return self.states[-1]

    @property
    def over(self) -> bool:
        return self.state.signed_off

    def next(self) -> tuple[float, Action]:
        """How many seconds from now, and what the scorer taps then."""
        kind = "first set" if self.state.status == "not-started" else ""
        action = self._next()
        pause = PAUSES.get(kind or str(action["type"]), RALLY)
        return pause * self.rng.uniform(0.6, 1.5), action

    def catch_up(self, seconds: float) -> None:
        """Play on unseen for so long, but never to the match's end: the scorer came late."""
        while seconds > 0:
            pause, action = self.next()
            seconds -= pause
            if self.tap(action).status == "completed":
                self.states.pop()
                return

    def tap(self, action: Action) -> State:
        """The state after it."""
        if action["type"] == "undo":
            self.states.pop()
        else:
            self.states.append(step(self.format, self.state, action))
        return self.state

    def _next(self) -> Action:
        state, rng = self.state, self.rng
        if self.wrong:
            self.wrong = 0
            return {"type": "undo"}
        if state.status == "completed":
            return {"type": "sign-off"}
        if state.status == "not-started":
            return {"type": "set-start", "serving": rng.choice((1, 2))}
        if state.set_ended:
            serving = {"serving": rng.choice((1, 2))} if self._tossed() else {}
            return {"type": "set-start", **serving}
        if state.ends_due:
            return {"type": "ends-changed"}
        return self._timeout() or self._point()

    def _tossed(self) -> bool:
        last = len(self.state.sets) + 1 == self.format.sets_max
        return last and self.format.first_serve == "toss_decider"

    def _timeout(self) -> Action | None:
        """The team that falls behind asks for one, rarely, and never twice for one point."""
        a, b = self.state.current.points
        behind = 1 if a < b else 2
        used = self.state.timeouts[behind - 1]
        previous = self.states[-2].timeouts if len(self.states) > 1 else self.state.timeouts
        if abs(a - b) < 3 or used >= self.format.timeouts or previous != self.state.timeouts:
            return None
        return {"type": "timeout", "team": behind} if self.rng.random() < TIMEOUT else None

    def _point(self) -> Action:
        team = 1 if self.rng.random() < self.chance else 2
        if self.rng.random() < WRONG_TAP:
            self.wrong = team = 3 - team
        return {"type": "point", "team": team}


def resumed(score: Mapping[str, Any]) -> Iterator[Action]:
    """Actions that lead to a score somebody else has left behind."""
    *earlier, last = score["sets"] or [None]
    for one in earlier:
        yield from _entered(one, None, completed=True)
    if last is None:
        return
    ended = bool(last.get("completedAt"))
    yield from _entered(last, score.get("serving"), completed=ended)
    for team, used in enumerate([] if ended else score["timeouts"], 1):
        yield from ({"type": "timeout", "team": team} for _ in range(used))


def _entered(one: Mapping[str, Any], serving: int | None, *, completed: bool) -> Iterator[Action]:
    yield {"type": "set-start"}
    yield {
        "type": "correction",
        "set": one["setNumber"],
        "team1": one["team1Score"],
        "team2": one["team2Score"],
        "serving": serving,
        "completed": completed,
    }
