"""What a simulated scorer taps: always legal, with the mistakes and pauses of people."""

from collections import Counter
from random import Random

import pytest

from courtsync_web.demo.scorer import update
from courtsync_web.demo.table import Table, resumed
from courtsync_web.volleyball.check import check_score
from courtsync_web.volleyball.formats import PRESETS, read_format


def played(preset: str, seed: int) -> tuple[Table, Counter[str], float]:
    table = Table(read_format(preset), Random(seed))
    taps: Counter[str] = Counter()
    seconds = 0.0
    while not table.over:
        pause, action = table.next()
        table.tap(action)
        seconds += pause
        taps[str(action["type"])] += 1
    return table, taps, seconds


@pytest.mark.parametrize("preset", PRESETS)
def test_a_match_in_any_format_ends_with_a_legal_score(preset: str) -> None:
    for seed in range(5):
        state = played(preset, seed)[0].state
        sets = [(one.set_number, *one.points) for one in state.sets]
        checked = check_score(read_format(preset), sets, "completed")
        assert (checked.errors, checked.warnings) == ((), ())
        assert checked.outcome == state.outcome


def test_people_err_pause_and_change_ends() -> None:
    taps = sum((played("fivb-beach", seed)[1] for seed in range(20)), Counter())
    assert taps["undo"] > 10
    assert taps["timeout"] > 5
    assert taps["ends-changed"] > 100
    assert taps["point"] > 40 * taps["undo"] / 2


def test_a_match_takes_as_long_as_a_match_takes() -> None:
    minutes = [played("usav-junior-bo3", seed)[2] / 60 for seed in range(20)]
    assert 25 < sum(minutes) / len(minutes) < 60


def test_a_wrong_tap_is_undone_at_once() -> None:
    for seed in range(10):
        table = Table(read_format("one-set"), Random(seed))
        while not table.over:
            before = table.state
            _, action = table.next()
            wrong = bool(table.wrong)
            table.tap(action)
            if wrong:
                _, repair = table.next()
                assert repair == {"type": "undo"}
                assert table.tap(repair) == before


@pytest.mark.parametrize("preset", ["usav-junior-bo3", "pool-play2-44", "pool-short"])
def test_a_score_left_behind_is_taken_up_where_it_was(preset: str) -> None:
    table = Table(read_format(preset), Random(3))
    while not table.over:
        table.tap(table.next()[1])
        left = update(1, {"type": "point"}, table.state, 0)
        for one, over in zip(left["sets"], table.state.sets, strict=True):
            one["completedAt"] = 1 if over.completed else None
        again = Table(table.format, Random(0), before=list(resumed(left))).state
        assert again.sets == table.state.sets
        assert (again.status, again.sets_won) == (table.state.status, table.state.sets_won)


def test_who_comes_late_asks_for_the_score_but_never_misses_the_end() -> None:
    for minutes in (1, 10, 25, 600):
        table = Table(read_format("usav-junior-bo3"), Random(minutes))
        table.catch_up(minutes * 60)
        assert table.state.status == "in-progress"
    assert sum(sum(one.points) for one in table.state.sets) > 60
