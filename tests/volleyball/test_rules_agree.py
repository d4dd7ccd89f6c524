"""Random matches, played in Python and in JavaScript: every state and every refusal the same."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from courtsync_web.volleyball.formats import Format, format_to_wire
from courtsync_web.volleyball.rules import (
    RuleBroken,
    State,
    fold,
    match_point,
    set_point,
    start,
    state_to_wire,
    step,
    why_over,
)
from tests.vectors.replay import due
from tests.volleyball.random_matches import Action, anything, formats, matches
from tests.volleyball.whole_matches import whole_matches

PLAYER = Path(__file__).parent.parent / "js" / "play-lines.js"


class Node:
    """One long-lived JavaScript engine that answers line by line."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            ["node", str(PLAYER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def play(self, f: Format, actions: list[Action]) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"format": format_to_wire(f), "actions": actions}))
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        assert self.process.wait(10) == 0
        self.process.stdout.close()


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    node = Node()
    yield node
    node.end()


NODE_STAYS = [HealthCheck.function_scoped_fixture]


@settings(max_examples=120, deadline=None, suppress_health_check=NODE_STAYS)
@given(f=formats, actions=matches(anything))
def test_they_agree_on_anything(node: Node, f: Format, actions: list[Action]) -> None:
    assert node.play(f, actions) == played(f, actions)


@settings(max_examples=200, deadline=None, suppress_health_check=NODE_STAYS)
@given(match=whole_matches())
def test_they_agree_on_whole_matches(node: Node, match: tuple[Format, list[Action]]) -> None:
    assert node.play(*match) == played(*match)


def played(f: Format, actions: list[Action]) -> dict[str, Any]:
    """The same answer as tests/js/play-lines.js gives."""
    states, kept, steps = [start(f)], [], []
    for action in actions:
        before = states[-1]
        try:
            if action["type"] != "undo":
                states.append(step(f, before, action))
            elif len(states) > 1:
                states.pop()
            else:
                steps.append({"refused": "nothing-to-undo"})
                continue
        except RuleBroken as broken:
            steps.append({"refused": broken.code, "words": broken.words})
            continue
        kept.append(action)
        steps.append(told(f, before, states[-1]))
    return {"steps": steps, "folded": state_to_wire(fold(f, kept))}


def told(f: Format, before: State, after: State) -> dict[str, Any]:
    current = after.current
    return {
        "state": state_to_wire(after),
        "due": due(f, before, after),
        "setPoint": [set_point(f, after, 1), set_point(f, after, 2)],
        "matchPoint": [match_point(f, after, 1), match_point(f, after, 2)],
        "why": why_over(f, current.set_number, *current.points),
    }
