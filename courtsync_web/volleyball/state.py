"""A match at one moment, as the rules see it."""

from dataclasses import dataclass
from typing import Literal

from courtsync_web.volleyball.match_format import Format
from courtsync_web.volleyball.sets import Pair, Team, ahead, start_of

Status = Literal["not-started", "in-progress", "completed"]
Outcome = Literal[
    "undecided",
    "first-won",
    "second-won",
    "split",
    "first-forfeits",
    "second-forfeits",
    "first-retires",
    "second-retires",
]
WON: dict[Team, Outcome] = {1: "first-won", 2: "second-won"}
FORFEITS: dict[Team, Outcome] = {1: "first-forfeits", 2: "second-forfeits"}
RETIRES: dict[Team, Outcome] = {1: "first-retires", 2: "second-retires"}
WINNERS: dict[str, Team | None] = {
    "undecided": None,
    "split": None,
    "first-won": 1,
    "second-won": 2,
    "first-forfeits": 2,
    "second-forfeits": 1,
    "first-retires": 2,
    "second-retires": 1,
}
"""Every outcome word, and who wins the match by it."""


@dataclass(frozen=True, slots=True)
class SetScore:
    set_number: int
    team1_score: int
    team2_score: int
    completed: bool = False

    @property
    def points(self) -> Pair:
        return (self.team1_score, self.team2_score)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A match after its actions so far; docs/rules.md describes every field.

    The last of `sets` is the current one. Teams are never stored swapped: `swapped` alone says
    that team 1 now stands where team 2 stood at the toss.
    """

    status: Status = "not-started"
    sets: tuple[SetScore, ...]
    set_ended: bool = False
    serving: Team | None = None
    served_first: Team | None = None
    swapped: bool = False
    ends_due: bool = False
    timeouts: Pair = (0, 0)
    yellow_cards: Pair = (0, 0)
    red_cards: Pair = (0, 0)
    delays: Pair = (0, 0)
    sets_won: Pair = (0, 0)
    winner: Team | None = None
    outcome: Outcome = "undecided"
    signed_off: bool = False

    @property
    def current(self) -> SetScore:
        return self.sets[-1]


def start(f: Format) -> State:
    """The match before anything has happened: set 1 stands at the format's start score."""
    return State(sets=(fresh_set(f, 1),))


def fresh_set(f: Format, n: int) -> SetScore:
    return SetScore(n, start_of(f, n), start_of(f, n))


def sets_won(sets: tuple[SetScore, ...]) -> Pair:
    """Completed sets by leader; a tied one (it happens: 25–25) is nobody's."""
    winners = [ahead(*one.points) for one in sets if one.completed]
    return (winners.count(1), winners.count(2))


def state_to_wire(state: State) -> dict[str, object]:
    """The state as JSON, equal to what rules.js holds."""
    return {
        "status": state.status,
        "sets": [
            {
                "setNumber": one.set_number,
                "team1Score": one.team1_score,
                "team2Score": one.team2_score,
                "completed": one.completed,
            }
            for one in state.sets
        ],
        "setEnded": state.set_ended,
        "serving": state.serving,
        "servedFirst": state.served_first,
        "swapped": state.swapped,
        "endsDue": state.ends_due,
        "timeouts": list(state.timeouts),
        "yellowCards": list(state.yellow_cards),
        "redCards": list(state.red_cards),
        "delays": list(state.delays),
        "setsWon": list(state.sets_won),
        "winner": state.winner,
        "outcome": state.outcome,
        "signedOff": state.signed_off,
    }
