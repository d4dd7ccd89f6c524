"""Questions about numbers alone, and actions out of shape."""

from collections.abc import Iterator
from typing import Any

from tests.vectors.case import Vector, question

BO3 = "usav-junior-bo3"
CAP = "pool-bo3-cap"

OVER = [
    # format, set, points, over
    (BO3, 1, 25, 23, True),
    (BO3, 1, 25, 24, False),
    (BO3, 1, 24, 22, False),
    (BO3, 1, 25, 25, False),
    (BO3, 1, 33, 35, True),
    (BO3, 3, 15, 13, True),
    (BO3, 3, 15, 14, False),
    (BO3, 2, 15, 3, False),
    (CAP, 1, 27, 26, True),
    (CAP, 1, 27, 27, False),
    (CAP, 3, 17, 16, True),
    (CAP, 1, 17, 16, False),
    ("festival", 1, 15, 14, True),
    ("festival", 3, 2, 3, True),
    ("festival", 3, 2, 2, False),
    ("pool-play3", 3, 15, 3, False),
    ("one-set-30", 1, 29, 3, False),
    ("one-set-30", 1, 3, 30, True),
    ("nysphsaa", 5, 15, 3, False),
    ("snow", 3, 13, 15, True),
]
WHY = [
    (CAP, 1, 27, 26, "27–26 ends here: cap 27"),
    (CAP, 3, 16, 17, "17–16 ends here: cap 17"),
    (CAP, 1, 27, 25, "27–25 ends here: 25 reached, 2 ahead"),
    (BO3, 1, 20, 25, "25–20 ends here: 25 reached, 2 ahead"),
    (BO3, 3, 16, 14, "16–14 ends here: 15 reached, 2 ahead"),
    ("festival", 1, 15, 14, "15–14 ends here: 15 reached"),
    ("pool-short", 2, 25, 24, "25–24 ends here: cap 25"),
    (BO3, 1, 25, 24, None),
]
WINNERS = [(BO3, 1, 25, 20, 1), (BO3, 1, 20, 25, 2), (BO3, 1, 25, 24, None), (CAP, 1, 26, 27, 2)]
OF_SET: list[tuple[str, str, int, Any]] = [
    ("targetOf", BO3, 2, 25),
    ("targetOf", BO3, 3, 15),
    ("targetOf", "fivb-indoor", 3, 25),
    ("targetOf", "fivb-indoor", 5, 15),
    ("targetOf", "pool-play3", 3, 25),
    ("capOf", CAP, 2, 27),
    ("capOf", CAP, 3, 17),
    ("capOf", BO3, 1, None),
    ("startOf", "bracket-44", 2, 4),
    ("startOf", "bracket-44", 3, 0),
    ("winByOf", "festival", 1, 1),
    ("winByOf", BO3, 3, 2),
    ("isDecider", BO3, 3, True),
    ("isDecider", BO3, 2, False),
    ("isDecider", "one-set", 1, False),
    ("isDecider", "pool-play3", 3, False),
]
MATCH_OVER = [
    (BO3, [2, 0], 2, True),
    (BO3, [1, 1], 2, False),
    ("fivb-indoor", [2, 2], 4, False),
    ("fivb-indoor", [2, 3], 5, True),
    ("pool-play3", [2, 0], 2, False),
    ("pool-play3", [2, 1], 3, True),
    ("pool-play2-44", [1, 1], 2, True),
    ("one-set", [0, 1], 1, True),
]
FIRST_SERVER = [
    (BO3, 1, 2, None),
    (BO3, 2, 2, 1),
    (BO3, 3, 1, None),
    ("pool-play3", 3, 1, 2),
    ("pool-play3", 2, None, None),
]
OUT_OF_SHAPE: list[tuple[str, dict[str, object], str]] = [
    ("no type", {}, "unknown-action"),
    ("a type that is no text", {"type": 7}, "unknown-action"),
    ("an unheard-of action", {"type": "golden-set"}, "unknown-action"),
    ("a name every object has", {"type": "toString"}, "unknown-action"),
    ("a point for nobody", {"type": "point"}, "bad-action"),
    ("a point for team 3", {"type": "point", "team": 3}, "bad-action"),
    ("a point for true", {"type": "point", "team": True}, "bad-action"),
    ("a point for “1”", {"type": "point", "team": "1"}, "bad-action"),
    ("a toss nobody serves after", {"type": "toss"}, "bad-action"),
    ("a toss with half a swap", {"type": "toss", "serving": 1, "swapped": 1}, "bad-action"),
    ("a set begun by team 0", {"type": "set-start", "serving": 0}, "bad-action"),
    ("a green card", {"type": "card", "team": 1, "color": "green"}, "bad-action"),
    ("a card for nobody", {"type": "card", "color": "red"}, "bad-action"),
    ("a correction of half a set", {"type": "correction", "set": 1, "team1": 3}, "bad-action"),
    (
        "a correction in halves",
        {"type": "correction", "set": 1, "team1": 3.5, "team2": 2},
        "bad-action",
    ),
    ("a final score without sets", {"type": "final-score"}, "bad-action"),
    ("a final score of numbers", {"type": "final-score", "sets": [25, 20]}, "bad-action"),
    (
        "a set of three numbers",
        {"type": "final-score", "sets": [[25, 20, 1], [25, 20]]},
        "bad-action",
    ),
    ("a set of texts", {"type": "final-score", "sets": [["25", "20"]]}, "bad-action"),
    (
        "an unheard-of outcome",
        {"type": "final-score", "sets": [[25, 20], [25, 20]], "outcome": "drawn"},
        "bad-action",
    ),
    ("a sign-off by number 7", {"type": "sign-off", "name": 7}, "bad-action"),
    ("a reopening without a reason", {"type": "reopen"}, "bad-action"),
    ("a reopening for no reason", {"type": "reopen", "reason": "  "}, "bad-action"),
]


def vectors() -> Iterator[Vector]:
    for f, n, a, b, over in OVER:
        yield question(f"{f}, set {n}: is {a}–{b} the end?", f, "setOver", n, a, b, answer=over)
    for f, n, a, b, why in WHY:
        yield question(f"{f}, set {n}: why {a}–{b}?", f, "whyOver", n, a, b, answer=why)
    for f, n, a, b, team in WINNERS:
        yield question(f"{f}: who won {a}–{b}?", f, "setWinner", n, a, b, answer=team)
    for ask, f, n, answer in OF_SET:
        yield question(f"{f}: {ask} set {n}", f, ask, n, answer=answer)
    for f, won, played, answer in MATCH_OVER:
        name = f"{f}: is {won[0]}–{won[1]} after {played} the end?"
        yield question(name, f, "matchOver", won, played, answer=answer)
    for f, n, previous, team in FIRST_SERVER:
        name = f"{f}: who begins set {n} after {previous}?"
        yield question(name, f, "firstServer", n, previous, answer=team)


def out_of_shape() -> Iterator[Vector]:
    for name, action, code in OUT_OF_SHAPE:
        yield {
            "name": f"refused: {name}",
            "format": BO3,
            "actions": [{"type": "point", "team": 1}, action | {"refused": code}],
            "state": {"setsWon": [0, 0], "serving": 1},
        }
