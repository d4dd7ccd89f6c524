"""Random matches that come to their end: made by someone who watches the score."""

from random import Random

from hypothesis import strategies as st

from courtsync_web.volleyball.formats import Format
from courtsync_web.volleyball.rules import RuleBroken, State, start, step
from tests.volleyball.random_matches import Action, custom_formats, formats


class Scorer:
    """Plays on, mostly sensibly; everything comes from one seeded `Random`."""

    def __init__(self, f: Format, rng: Random) -> None:
        self.f = f
        self.rng = rng
        self.states: list[State] = [start(f)]
        self.actions: list[Action] = []

    def do(self, action: Action) -> None:
        """Write it down, also when the rules refuse it."""
        self.actions.append(action)
        try:
            if action["type"] != "undo":
                self.states.append(step(self.f, self.states[-1], action))
            elif len(self.states) > 1:
                self.states.pop()
        except RuleBroken:
            pass

    def match(self) -> list[Action]:
        for _ in range(self.rng.randint(5, 40)):
            state = self.states[-1]
            if self.rng.random() < 0.1:
                self.surprise()
            elif state.status == "completed":
                self.do(self.rng.choice([SIGN, SIGN, REOPEN, UNDO, self.correction()]))
            elif state.set_ended:
                self.do(self.rng.choice([NEXT, NEXT, NEXT, ENDS, SIGN, self.correction()]))
            else:
                self.rallies()
        return self.actions

    def rallies(self) -> None:
        """Up to a whole set between teams of unequal strength."""
        strength = self.rng.choice([0.05, 0.3, 0.5, 0.5, 0.7, 0.95])
        for _ in range(self.rng.choice([1, 5, 60])):
            if self.states[-1].set_ended or self.states[-1].status == "completed":
                break
            self.do({"type": "point", "team": 1 if self.rng.random() < strength else 2})

    def surprise(self) -> None:
        team = self.rng.choice([1, 2])
        happens: list[Action] = [
            {"type": kind, "team": team} for kind in ("timeout", "timeout", "delay", "delay")
        ]
        happens += [{"type": "card", "team": team, "color": "red"}, ENDS, UNDO, self.final()]
        happens += [{"type": kind, "team": team} for kind in ("forfeit", "retire")]
        happens += [{"type": "toss", "serving": team}, self.correction(), NEXT, REOPEN]
        for _ in range(self.rng.choice([1, 1, 2, 3])):
            self.do(self.rng.choice(happens))

    def correction(self) -> Action:
        """Of a set that was played, to a score near its end."""
        n = self.rng.randint(1, len(self.states[-1].sets))
        a, b = self.near_the_end(), self.near_the_end()
        completed = self.rng.choice([None, None, True])
        return {"type": "correction", "set": n, "team1": a, "team2": b, "completed": completed}

    def final(self) -> Action:
        sets = [[self.near_the_end(), self.near_the_end()] for _ in range(self.rng.randint(1, 5))]
        outcome = self.rng.choice([None, "first-won", "second-won", "split", "second-forfeits"])
        return {"type": "final-score", "sets": sets, "outcome": outcome}

    def near_the_end(self) -> int:
        return max(0, self.f.target + self.rng.randint(-2, 4))


NEXT: Action = {"type": "set-start"}
ENDS: Action = {"type": "ends-changed"}
SIGN: Action = {"type": "sign-off"}
REOPEN: Action = {"type": "reopen", "reason": "a slip"}
UNDO: Action = {"type": "undo"}


@st.composite
def whole_matches(draw: st.DrawFn) -> tuple[Format, list[Action]]:
    """A format and a match in it."""
    f = draw(custom_formats() | formats)
    seed = draw(st.integers(0, 2**32 - 1))
    return f, Scorer(f, Random(seed)).match()
