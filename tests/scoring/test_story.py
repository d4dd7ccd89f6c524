"""How a set went, told from a history with undone points, corrections and time-outs in it."""

from typing import Any

from courtsync_web.scoring.match_view import starts_of
from courtsync_web.scoring.story import HEIGHT, WIDTH, SetStory, told_by
from courtsync_web.scoring.updates import HistoryItem, SetScore


def item(action: str, *sets: tuple[int, int], **facts: Any) -> HistoryItem:
    """One accepted update and the state after it."""
    return HistoryItem(
        revision=0,
        seq=0,
        action=action,
        team=facts.get("team"),
        reason=None,
        author=None,
        at=facts.get("at", 0),
        update_id=None,
        status="in-progress",
        sets=[
            SetScore(set_number=number, team1_score=one, team2_score=two)
            for number, (one, two) in enumerate(sets, 1)
        ],
        serving=None,
        timeouts=facts.get("timeouts", [0, 0]),
        outcome="undecided",
    )


def told(*items: HistoryItem, start: int = 0) -> list[SetStory]:
    return told_by(items, {1: start, 2: start})


def test_points_follow_each_other_and_name_their_winner() -> None:
    (story,) = told(item("point", (1, 0), at=7), item("point", (1, 1), at=9))
    assert [(rally.one, rally.two, rally.team, rally.at) for rally in story.rallies] == [
        (1, 0, 1, 7),
        (1, 1, 2, 9),
    ]


def test_an_undone_point_is_no_rally() -> None:
    (story,) = told(
        item("point", (1, 0)), item("point", (1, 1)), item("undo", (1, 0)), item("point", (2, 0))
    )
    assert story.points == "1-0 2-0"


def test_undoing_everything_leaves_nothing() -> None:
    (story,) = told(item("point", (1, 0)), item("undo", (0, 0)))
    assert story.points == ""
    assert story.score == (0, 0)


def test_a_correction_jumps_and_nobody_won_that_rally() -> None:
    (story,) = told(item("point", (1, 0)), item("correction", (4, 2)), item("point", (4, 3)))
    assert [rally.team for rally in story.rallies] == [1, None, 2]


def test_the_same_state_again_changes_nothing() -> None:
    (story,) = told(item("point", (1, 0)), item("toss", (1, 0)), item("timeout", (1, 0), team=2))
    assert story.points == "1-0"


def test_a_set_from_four_all_begins_there() -> None:
    (story,) = told(item("set-start", (4, 4)), item("point", (5, 4)), start=4)
    assert story.points == "5-4"
    assert story.line.startswith("0.0,48.0 ")


def test_timeouts_are_marked_where_they_were_taken_and_undone_with_the_undo() -> None:
    (story,) = told(
        item("point", (1, 0)),
        item("timeout", (1, 0), team=2, timeouts=[0, 1]),
        item("point", (2, 0), timeouts=[0, 1]),
        item("timeout", (2, 0), team=1, timeouts=[1, 1]),
        item("undo", (2, 0), timeouts=[0, 1]),
    )
    assert story.marks == "2@1"


def test_sets_are_told_apart() -> None:
    first, second = told(item("point", (25, 23)), item("set-start", (25, 23), (0, 0)))
    assert (first.score, second.score) == ((25, 23), (0, 0))


def test_a_bare_result_is_not_drawn() -> None:
    (story,) = told(item("final-score", (25, 20)))
    assert not story.told


def test_the_drawing_stays_inside_its_frame() -> None:
    items = [item("point", (points, 0)) for points in range(1, 26)]
    (story,) = told(*items)
    for dot in story.line.split(" "):
        x, y = map(float, dot.split(","))
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    assert story.longest_lead == (1, 25)


def test_a_decider_starts_by_its_own_rule() -> None:
    wire = {"setsMax": 3, "mode": "first_to", "start": 4, "startDecider": 0}
    assert starts_of(wire) == {1: 4, 2: 4, 3: 0}
    assert starts_of({**wire, "mode": "play_all"}) == {1: 4, 2: 4, 3: 4}
