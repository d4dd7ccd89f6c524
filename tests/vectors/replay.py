"""Playing golden vectors in Python; tests/js/replay.js does the same in JavaScript."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from courtsync_web.volleyball.match_format import Format
from courtsync_web.volleyball.rules import (
    RuleBroken,
    State,
    ends_change_due,
    fold,
    start,
    step,
    technical_timeout_due,
)

FOLDER = Path(__file__).parent
NOTES = ("times", "refused", "due")
"""What a vector says about an action, and is no part of it."""
Entry = dict[str, Any]


@dataclass
class Replay:
    """A vector played: the state, what was due at each step, and what the vector says was."""

    state: State
    log: list[Entry] = field(default_factory=list)
    found: list[list[str]] = field(default_factory=list)
    said: list[list[str]] = field(default_factory=list)

    def moments(self, where: str) -> tuple[list[list[str]], list[list[str]]]:
        """Due in fact and by the vector, in `"all"` of the match or the `"last set"`."""
        types = [action["type"] for action in self.log]
        since = len(types) - types[::-1].index("set-start") if where == "last set" else 0
        return self.found[since:], self.said[since:]


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def spelled_out(actions: list[Entry]) -> Iterator[Entry]:
    """Every action for itself, still with what is said about it."""
    for entry in actions:
        for _ in range(entry.get("times", 1)):
            yield from entry.get("turns", [entry])


def play(f: Format, actions: list[Entry]) -> Replay:
    """Play a vector; asserts that exactly those actions are refused that should be."""
    replay = Replay(start(f))
    before = [replay.state]
    for entry in spelled_out(actions):
        action = {key: value for key, value in entry.items() if key not in NOTES}
        if "refused" in entry:
            assert refusal(f, replay.log, action) == (entry["refused"], len(replay.log)), action
            continue
        if action["type"] == "undo":
            before.pop()
        else:
            before.append(step(f, replay.state, action))
        replay.log.append(action)
        replay.found.append(due(f, replay.state, before[-1]))
        replay.said.append(entry.get("due", []))
        replay.state = before[-1]
    assert fold(f, replay.log) == replay.state
    return replay


def refusal(f: Format, log: list[Entry], action: Entry) -> tuple[str, int | None] | None:
    try:
        fold(f, [*log, action])
    except RuleBroken as broken:
        return broken.code, broken.index
    return None


def due(f: Format, before: State, after: State) -> list[str]:
    asked = {"ends": ends_change_due, "technical": technical_timeout_due}
    return [word for word, ask in asked.items() if ask(f, before, after)]
