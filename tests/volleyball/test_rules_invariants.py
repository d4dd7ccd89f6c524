"""What holds in every match, however it goes."""

from itertools import pairwise

import pytest
from hypothesis import given, settings

from courtsync_web.volleyball.check import check_score
from courtsync_web.volleyball.formats import Format
from courtsync_web.volleyball.rules import (
    RuleBroken,
    State,
    fold,
    match_point,
    set_over,
    set_point,
    start,
    start_of,
    step,
)
from tests.volleyball.random_matches import Action, anything, formats, matches, played

POINT: dict[int, Action] = {team: {"type": "point", "team": team} for team in (1, 2)}


def lived(f: Format, actions: list[Action]) -> list[tuple[Action, State]]:
    """The actions that stood, each with the state after it; refused ones are passed over."""
    found: list[tuple[Action, State]] = []
    for action in actions:
        if action["type"] == "undo":
            del found[-1:]
            continue
        try:
            found.append((action, step(f, found[-1][1] if found else start(f), action)))
        except RuleBroken:
            continue
    return found


@settings(max_examples=80, deadline=None)
@given(f=formats, actions=matches(played))
def test_without_repairs_a_set_is_what_the_format_says(f: Format, actions: list[Action]) -> None:
    for _, state in lived(f, actions):
        for one in state.sets:
            assert min(one.points) >= start_of(f, one.set_number)
            assert one.completed == set_over(f, one.set_number, *one.points)
            hi, lo = max(one.points), min(one.points)
            assert not one.completed or not set_over(f, one.set_number, hi - 1, lo)
        assert len(state.sets) <= f.sets_max
        assert all(one.completed for one in state.sets[:-1])
        assert (state.status == "completed") == (state.outcome != "undecided")


@settings(max_examples=80, deadline=None)
@given(f=formats, actions=matches(anything))
def test_an_ended_set_takes_no_point(f: Format, actions: list[Action]) -> None:
    for _, state in lived(f, actions):
        if state.set_ended or state.status == "completed":
            for team in (1, 2):
                with pytest.raises(RuleBroken) as broken:
                    step(f, state, POINT[team])
                assert broken.value.code in ("set-ended", "match-over", "signed-off")


@settings(max_examples=80, deadline=None)
@given(f=formats, actions=matches(anything))
def test_undo_leads_back_step_by_step(f: Format, actions: list[Action]) -> None:
    moves = lived(f, actions)
    log = [action for action, _ in moves]
    states = [start(f), *(state for _, state in moves)]
    for times in range(len(log) + 1):
        if times < 4 or times == len(log):
            undone: list[Action] = [*log, *([{"type": "undo"}] * times)]
            assert fold(f, undone) == states[len(log) - times]


@settings(max_examples=80, deadline=None)
@given(f=formats, actions=matches(played))
def test_set_point_and_match_point_come_true(f: Format, actions: list[Action]) -> None:
    states = [start(f), *(state for _, state in lived(f, actions))]
    for state in states:
        for team in (1, 2):
            if state.set_ended or state.status == "completed":
                assert not set_point(f, state, team)
                continue
            after = step(f, state, POINT[team])
            assert set_point(f, state, team) == after.current.completed
            assert match_point(f, state, team) == (after.winner == team)


@settings(max_examples=80, deadline=None)
@given(f=formats, actions=matches(played))
def test_what_was_played_by_the_rules_is_checked_without_a_word(
    f: Format, actions: list[Action]
) -> None:
    for _, state in lived(f, actions):
        sets = [(one.set_number, *one.points) for one in state.sets]
        checked = check_score(f, sets, state.status)
        assert (checked.errors, checked.warnings, checked.status_ok) == ((), (), True)
        assert checked.over == tuple(one.completed for one in state.sets)
        assert checked.sets_won == state.sets_won
        assert (checked.winner, checked.outcome) == (state.winner, state.outcome)


@settings(max_examples=80, deadline=None)
@given(f=formats, actions=matches(played))
def test_the_serve_follows_the_rallies(f: Format, actions: list[Action]) -> None:
    moves = lived(f, actions)
    for (_, before), (action, after) in pairwise(moves):
        if action["type"] == "point":
            assert after.serving == action["team"]
        elif action["type"] in ("timeout", "ends-changed"):
            assert after.serving == before.serving
