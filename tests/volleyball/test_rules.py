"""The rules against golden vectors: matches whose ends were worked out without the engine."""

from collections.abc import Callable
from typing import Any

import pytest

from courtsync_web.volleyball import rules
from courtsync_web.volleyball.formats import PRESETS, read_format
from courtsync_web.volleyball.refusals import REFUSALS
from courtsync_web.volleyball.rules import (
    RuleBroken,
    effective,
    fold,
    start,
    state_to_wire,
    step,
)
from tests.vectors import write_vectors
from tests.vectors.replay import play, read

MATCHES = [*read("presets.json"), *read("by_hand.json")]
PYTHON_NAMES: dict[str, Callable[..., object]] = {
    "setOver": rules.set_over,
    "setWinner": rules.set_winner,
    "whyOver": rules.why_over,
    "targetOf": rules.target_of,
    "capOf": rules.cap_of,
    "startOf": rules.start_of,
    "winByOf": rules.win_by_of,
    "isDecider": rules.is_decider,
    "matchOver": rules.match_over,
    "firstServer": rules.first_server,
    "setPoint": rules.set_point,
    "matchPoint": rules.match_point,
}


@pytest.mark.parametrize("vector", MATCHES, ids=lambda vector: vector["name"])
def test_a_match_ends_as_it_must(vector: dict[str, Any]) -> None:
    f = read_format(vector["format"])
    replay = play(f, vector["actions"])
    wire = state_to_wire(replay.state)
    assert {name: wire[name] for name in vector["state"]} == vector["state"]
    if where := vector.get("moments"):
        found, said = replay.moments(where)
        assert found == said
    for ask, answers in vector.get("answers", {}).items():
        assert [PYTHON_NAMES[ask](f, replay.state, team) for team in (1, 2)] == answers


@pytest.mark.parametrize("vector", read("questions.json"), ids=lambda vector: vector["name"])
def test_questions_about_numbers(vector: dict[str, Any]) -> None:
    f = read_format(vector["format"])
    assert PYTHON_NAMES[vector["ask"]](f, *vector["args"]) == vector["answer"]


def test_the_vector_files_are_what_the_writer_writes() -> None:
    for name, document in write_vectors.documents().items():
        written = (write_vectors.FOLDER / name).read_text(encoding="utf-8")
        assert written == write_vectors.text_of(document), f"{name}: write the vectors again"


def test_there_are_many_vectors_and_every_preset_has_some() -> None:
    assert len(MATCHES) >= 300
    assert {vector["format"] for vector in MATCHES if isinstance(vector["format"], str)} == set(
        PRESETS
    )


def test_every_refusal_has_a_vector() -> None:
    refused = {
        entry["refused"] for vector in MATCHES for entry in vector["actions"] if "refused" in entry
    }
    # `step` alone, without a list of actions, can be given an undo.
    assert refused | {"undo-needs-history"} == set(REFUSALS)


def test_a_single_state_knows_no_undo() -> None:
    f = PRESETS["one-set"]
    with pytest.raises(RuleBroken) as broken:
        step(f, start(f), {"type": "undo"})
    assert (broken.value.code, broken.value.index) == ("undo-needs-history", None)
    assert str(broken.value) == broken.value.words


def test_a_refused_action_is_named_by_its_place() -> None:
    f = PRESETS["one-set"]
    actions = [{"type": "point", "team": 1}, {"type": "timeout", "team": 9}]
    with pytest.raises(RuleBroken) as broken:
        fold(f, actions)
    assert (broken.value.code, broken.value.index) == ("bad-action", 1)


def test_fields_that_are_none_of_the_rules_business_are_let_pass() -> None:
    f = PRESETS["one-set"]
    known = step(f, start(f), {"type": "point", "team": 1, "at": 1700000000000, "n": 3})
    assert known == step(f, start(f), {"type": "point", "team": 1})


def test_effective_leaves_out_undos_and_what_they_took_back() -> None:
    one, two = {"type": "point", "team": 1}, {"type": "point", "team": 2}
    undo: dict[str, object] = {"type": "undo"}
    assert effective([one, two, undo, undo, two]) == [two]
    assert effective([undo, one]) == [one]


def test_an_amended_rally_gives_another_match() -> None:
    f = PRESETS["one-set"]
    actions: list[dict[str, object]] = [{"type": "point", "team": team} for team in (1, 1, 2)]
    amended = [*actions[:1], {"type": "point", "team": 2}, *actions[2:]]
    assert fold(f, actions).current.points == (2, 1)
    assert fold(f, amended).current.points == (1, 2)
