"""Scores from outside: refused, flagged, or fine; and what follows from them."""

import pytest

from courtsync_web.volleyball.check import Checked, check_score
from courtsync_web.volleyball.formats import PRESETS, read_format

BO3 = "usav-junior-bo3"
TWO44 = "pool-play2-44"


def check(preset: str, text: str, status: str = "completed", outcome: str | None = None) -> Checked:
    """`"25-20 25-18"` as sets 1 and 2."""
    pairs = [tuple(int(part) for part in word.split("-")) for word in text.split()]
    sets = [(number, a, b) for number, (a, b) in enumerate(pairs, start=1)]
    return check_score(PRESETS[preset], sets, status, outcome)


@pytest.mark.parametrize(
    ("preset", "text", "status", "won", "winner", "outcome"),
    [
        (BO3, "25-20 25-18", "completed", (2, 0), 1, "first-won"),
        (BO3, "25-20 18-25 13-15", "completed", (1, 2), 2, "second-won"),
        (BO3, "25-20 18-25 3-5", "in-progress", (1, 1), None, "undecided"),
        (BO3, "25-20 0-0", "in-progress", (1, 0), None, "undecided"),
        (BO3, "24-3", "in-progress", (0, 0), None, "undecided"),
        (BO3, "25-20", "in-progress", (1, 0), None, "undecided"),
        (BO3, "", "not-started", (0, 0), None, "undecided"),
        (BO3, "0-0", "not-started", (0, 0), None, "undecided"),
        (TWO44, "4-4", "not-started", (0, 0), None, "undecided"),
        (TWO44, "25-20 20-25", "completed", (1, 1), None, "split"),
        (TWO44, "25-20 25-20", "completed", (2, 0), 1, "first-won"),
        ("pool-play3", "25-23 25-13 25-17", "completed", (3, 0), 1, "first-won"),
        ("pool-play3", "25-23 25-13 17-25", "completed", (2, 1), 1, "first-won"),
        ("pool-play3", "25-23 25-13 4-2", "in-progress", (2, 0), None, "undecided"),
        ("pool-bo3-cap", "27-26 26-27 17-16", "completed", (2, 1), 1, "first-won"),
        ("one-set", "23-25", "completed", (0, 1), 2, "second-won"),
        (BO3, "38-36 25-3", "completed", (2, 0), 1, "first-won"),
    ],
)
def test_fine_scores(
    preset: str, text: str, status: str, won: tuple[int, int], winner: int | None, outcome: str
) -> None:
    checked = check(preset, text, status)
    assert (checked.errors, checked.warnings, checked.status_ok) == ((), (), True)
    assert (checked.sets_won, checked.winner, checked.outcome) == (won, winner, outcome)


@pytest.mark.parametrize(
    ("preset", "text", "pointer", "detail"),
    [
        (BO3, "25-20 100-98", "/sets/1/team1Score", "must be 0 to 99, not 100"),
        (BO3, "25-20 25-18 15-3", "/sets/2", "the match was decided 2–0 before it"),
        (BO3, "25-20 25-18 0-0", "/sets/2", "the match was decided 2–0 before it"),
        (BO3, "25-20 20-25 15-3 1-0", "/sets/3", "the format has at most 3 sets"),
        (TWO44, "25-20 20-25 15-3", "/sets/2", "the format has at most 2 sets"),
        ("one-set", "25-20 20-25", "/sets/1", "the format has at most 1 set"),
        ("fivb-indoor", "25-1 25-1 25-1 25-1", "/sets/3", "the match was decided 3–0 before it"),
    ],
)
def test_impossible_scores(preset: str, text: str, pointer: str, detail: str) -> None:
    for status in ("in-progress", "completed"):
        (error,) = check(preset, text, status).errors
        assert (error.pointer, error.detail) == (pointer, detail)


def test_every_fault_is_named_at_once() -> None:
    sets = [(1, -1, 20), (3, 25, 120)]
    checked = check_score(PRESETS[BO3], sets, "finished", "won")
    assert [error.pointer for error in checked.errors] == [
        "/status",
        "/outcome",
        "/sets/0/team1Score",
        "/sets/1/setNumber",
        "/sets/1/team2Score",
    ]
    assert checked.over == (False, False)


def test_sets_out_of_order() -> None:
    checked = check_score(PRESETS[BO3], [(2, 25, 20), (1, 25, 20)], "completed")
    assert [error.detail for error in checked.errors] == [
        "must be 1: sets come in order",
        "must be 2: sets come in order",
    ]


@pytest.mark.parametrize(
    ("preset", "text", "warning"),
    [
        (BO3, "25-20 25-24", "set 2: 25–24 is not a final score here (win by 2, no cap)"),
        ("pool-bo3-cap", "26-25 25-2", "set 1: 26–25 is not a final score here (win by 2, cap 27)"),
        (BO3, "24-22 25-20", "set 1: 24–22 is not a final score here (to 25)"),
        (BO3, "25-20 20-25 12-9", "set 3: 12–9 is not a final score here (to 15)"),
        ("pool-play3", "25-25 25-20 25-20", "set 1: 25–25 has no winner"),
        ("pool-bo3-cap", "28-26 25-20", "set 1: 28–26 is over the cap of 27"),
        (BO3, "30-20 25-20", "set 1: 30–20 goes on after the set ended at 25–20"),
        (BO3, "25-20 20-27", "set 2: 20–27 goes on after the set ended at 20–25"),
        (BO3, "25-20 20-25 13-25", "set 3: 13–25 goes on after the set ended at 13–15"),
        (TWO44, "25-3 25-20", "set 1: 25–3 is below the start at 4–4"),
    ],
)
def test_unusual_sets_are_kept_and_flagged(preset: str, text: str, warning: str) -> None:
    checked = check(preset, text)
    assert checked.errors == ()
    assert warning in checked.warnings


def test_an_unfinished_set_that_others_follow_is_flagged() -> None:
    checked = check(BO3, "20-18 3-2", "in-progress")
    assert checked.warnings == ("set 1: 20–18 is not a final score here (to 25)",)
    assert checked.over == (True, False)
    assert checked.sets_won == (1, 0)


def test_an_odd_set_in_play_is_flagged() -> None:
    assert check(TWO44, "3-5", "in-progress").warnings == ("set 1: 3–5 is below the start at 4–4",)
    assert check(BO3, "24-24", "in-progress").warnings == ()


@pytest.mark.parametrize(
    ("preset", "text", "won", "winner", "outcome"),
    [
        # Such results were really published.
        (BO3, "25-25 25-20", (1, 0), 1, "first-won"),
        (BO3, "25-25 25-20 10-15", (1, 1), None, "undecided"),
        (BO3, "24-22 25-20", (2, 0), 1, "first-won"),
        (BO3, "25-20", (1, 0), 1, "first-won"),
        ("pool-play3", "25-20 25-20", (2, 0), 1, "first-won"),
        (TWO44, "25-25 20-25", (0, 1), 2, "second-won"),
        (TWO44, "25-25 25-25", (0, 0), None, "split"),
        ("pool-play3", "25-20 20-25 25-25", (1, 1), None, "undecided"),
        (BO3, "", (0, 0), None, "undecided"),
    ],
)
def test_odd_results_still_have_sets_won_and_a_winner(
    preset: str, text: str, won: tuple[int, int], winner: int | None, outcome: str
) -> None:
    checked = check(preset, text)
    assert checked.errors == ()
    assert checked.warnings
    assert (checked.sets_won, checked.winner, checked.outcome) == (won, winner, outcome)


@pytest.mark.parametrize(
    ("preset", "text", "outcome", "won", "winner"),
    [
        (BO3, "0-25 0-25", "first-forfeits", (0, 2), 2),
        (BO3, "25-0 25-0", "second-forfeits", (2, 0), 1),
        (BO3, "", "first-forfeits", (0, 0), 2),
        (TWO44, "25-0 25-0", "second-forfeits", (2, 0), 1),
        ("fivb-beach", "0-21 0-21", "first-forfeits", (0, 2), 2),
        (BO3, "25-20 12-25 0-15", "first-retires", (1, 2), 2),
        (BO3, "25-20 12-9", "second-retires", (1, 0), 1),
        ("pool-play3", "25-20", "first-retires", (1, 0), 2),
    ],
)
def test_forfeits_and_retirements_are_no_surprise(
    preset: str, text: str, outcome: str, won: tuple[int, int], winner: int
) -> None:
    checked = check(preset, text, outcome=outcome)
    assert (checked.errors, checked.warnings, checked.status_ok) == ((), (), True)
    assert (checked.sets_won, checked.winner, checked.outcome) == (won, winner, outcome)


@pytest.mark.parametrize(
    ("preset", "text", "status", "outcome", "warning"),
    [
        (BO3, "25-20", "completed", None,
         "the match is completed, but 1–0 in sets does not decide it"),
        ("pool-play3", "25-20 25-20", "completed", None,
         "the match is completed with 2 of 3 sets"),
        (BO3, "25-20 25-18", "in-progress", None,
         "the match is in progress, but the sets decide it"),
        (BO3, "25-20", "not-started", None, "the match has not started, but has a score"),
        (BO3, "3-2", "not-started", None, "the match has not started, but has a score"),
        (BO3, "25-20 25-18", "completed", "second-won",
         "the outcome says second won, the sets say 2–0"),
        (BO3, "25-20 25-18", "completed", "split", "the outcome says split, the sets say 2–0"),
        (BO3, "25-20 18-25", "completed", "split",
         "the outcome says split, which this format does not know"),
    ],
)  # fmt: skip
def test_a_status_that_does_not_fit_the_sets(
    preset: str, text: str, status: str, outcome: str | None, warning: str
) -> None:
    checked = check(preset, text, status, outcome)
    assert checked.errors == ()
    assert warning in checked.warnings
    assert not checked.status_ok


def test_a_set_not_played_is_nobodys() -> None:
    checked = check("bracket-44", "25-20 20-25 0-0")
    assert checked.over == (True, True, False)
    assert check(TWO44, "25-20 4-4").over == (True, False)


def test_somebodys_word_settles_what_the_sets_leave_open() -> None:
    checked = check(BO3, "25-25 25-20 10-15", outcome="second-won")
    assert (checked.winner, checked.outcome, checked.status_ok) == (2, "second-won", True)
    assert checked.warnings == ("set 1: 25–25 has no winner",)


def test_an_outcome_counts_only_when_the_match_is_completed() -> None:
    checked = check(BO3, "25-20 3-2", "in-progress", "undecided")
    assert (checked.winner, checked.outcome) == (None, "undecided")
    assert check(BO3, "25-20 25-3", "completed", "undecided").winner == 1


def test_without_a_draw_a_level_match_has_no_winner() -> None:
    f = read_format({"mode": "play_all", "setsMax": 3, "target": 25})
    checked = check_score(f, [(1, 25, 20), (2, 20, 25), (3, 25, 25)], "completed")
    assert (checked.winner, checked.outcome) == (None, "undecided")
