"""Which reminders are due: by minutes and by matches ahead, for players, planners and workers."""

from dataclasses import replace
from typing import Any

import pytest

from courtsync_web.events.walking import place_of
from courtsync_web.push import kinds
from courtsync_web.push.interest import Interest, Listener
from courtsync_web.push.jobs import Row
from courtsync_web.push.kinds import EVERY_KIND, HOUR, MINUTE
from courtsync_web.push.reminders import due_reminders
from courtsync_web.push.said import Ledger
from courtsync_web.push.today import Fixture, Today, ahead_of

NOW = 1_769_850_000_000
SAM, MIA = "sam", "mia"
HARBOR, FALCON, WORKERS = 1, 2, 3
OFF_FOR_THE_TEAM = {("lakeside", HARBOR, EVERY_KIND): False}


def match(match_id: int = 10, *, starts_in: int = 20, **more: Any) -> Fixture:
    """One of Harbor and Falcon; ``starts_in`` minutes, as printed and as expected."""
    start = NOW + starts_in * MINUTE
    usual: dict[str, Any] = {
        "court_id": 1, "place": place_of("West 1"), "team1_id": HARBOR, "team2_id": FALCON,
        "work_team_id": None, "printed": start, "lasts": HOUR, "start": start,
        "latest": start + 5 * MINUTE, "begun": False, "over": False, "called": False,
    }  # fmt: skip
    return Fixture(match_id, **(usual | more))


class Day:
    """Matches, who wants to be told of them, and what was said."""

    def __init__(self, *fixtures: Fixture, walks: dict[frozenset[str], int] | None = None) -> None:
        self.fixtures = {one.match_id: one for one in fixtures}
        self.interest = Interest({SAM: Listener()}, {}, {}, {}, walks or {})
        self.said: Ledger = {}
        self.now = NOW

    def at(self, minutes: float) -> list[tuple[str, int]]:
        """What becomes due so many minutes later: kinds and matches."""
        return [(row["kind"], row["match_id"]) for row in self.rows(minutes)]

    def rows(self, minutes: float) -> list[Row]:
        now = NOW + round(minutes * MINUTE)
        today = Today(self.fixtures, ahead_of(self.fixtures.values(), now))
        return list(due_reminders("lakeside", today, self.interest, self.said, now))

    def expect(self, match_id: int, *, minutes: float, **more: Any) -> None:
        """It is now expected to start so many minutes from the beginning."""
        start = NOW + round(minutes * MINUTE)
        self.fixtures[match_id] = replace(
            self.fixtures[match_id], start=start, latest=start + 5 * MINUTE, **more
        )


def followed(day: Day, team_id: int = HARBOR) -> Day:
    day.interest.by_team[team_id] = [SAM]
    return day


def planned(day: Day, *matches: int) -> Day:
    day.interest.plans[SAM] = set(matches)
    return day


def test_it_is_due_a_quarter_of_an_hour_before_and_once() -> None:
    day = followed(Day(match()))
    assert day.at(4) == []
    assert day.at(5) == [("matchSoon", 10)]
    assert day.at(6) == []


def test_a_court_that_runs_late_or_early_moves_it() -> None:
    day = followed(Day(match()))
    day.expect(10, minutes=40)
    assert day.at(24) == []
    assert day.at(25) == [("matchSoon", 10)]
    early = followed(Day(match(starts_in=60)))
    early.expect(10, minutes=45)
    assert early.at(30) == [("matchSoon", 10)]


def test_after_it_a_small_move_is_no_news_and_a_large_one_is_quiet() -> None:
    day = followed(Day(match()))
    day.at(5)
    day.expect(10, minutes=24)
    assert day.at(7) == []
    day.expect(10, minutes=26)
    assert day.at(8) == [("matchMoved", 10)]
    assert day.at(9) == []
    day.expect(10, minutes=29)
    assert day.at(10) == [], "three minutes more than was last said"
    day.expect(10, minutes=31)
    assert day.at(11) == [("matchMoved", 10)]


def test_another_printed_time_is_another_occasion() -> None:
    day = followed(Day(match()))
    day.at(5)
    day.expect(10, minutes=26)
    assert day.at(6) == [("matchMoved", 10)]
    day.expect(10, minutes=90, printed=NOW + 90 * MINUTE)
    assert day.at(7) == [], "a changed schedule is told by itself"
    assert day.at(75) == [("matchSoon", 10)]
    assert day.at(76) == []


def test_what_is_long_past_its_start_is_played_without_a_scorer() -> None:
    assert followed(Day(match(starts_in=0))).at(1) == [("matchSoon", 10)]
    assert followed(Day(match(starts_in=0))).at(3) == []
    assert followed(Day(match(starts_in=5, begun=True))).at(0) == []


def test_matches_ahead_are_counted_on_the_court_as_it_runs() -> None:
    first, second = match(8, starts_in=-50, begun=True), match(9, starts_in=20)
    elsewhere = match(7, starts_in=0, court_id=2)
    day = followed(Day(first, second, match(starts_in=80, team1_id=5), elsewhere), 5)
    day.interest.listeners[SAM].lead_matches = 1
    assert day.at(0) == [], "two are before it"
    day.fixtures[8] = replace(first, over=True)
    assert day.at(1) == [("matchSoon", 10)]


def test_where_nobody_keeps_score_the_clock_counts() -> None:
    unseen = match(8, starts_in=-40), match(9, starts_in=20)
    day = followed(Day(*unseen, match(starts_in=80, team1_id=5)), 5)
    day.interest.listeners[SAM].lead_matches = 1
    assert day.at(64) == []
    assert day.at(65) == [("matchSoon", 10)], "a quarter of an hour before"


def test_a_match_that_nobody_ended_is_over_when_a_later_one_is_on() -> None:
    forgotten, on = match(8, starts_in=-60, begun=True), match(9, starts_in=20, begun=True)
    day = followed(Day(forgotten, on, match(starts_in=80, team1_id=5)), 5)
    day.interest.listeners[SAM].lead_matches = 1
    assert day.at(21) == [("matchSoon", 10)]


def test_nobody_is_woken_because_no_match_is_before_the_first() -> None:
    day = followed(Day(match(starts_in=200)))
    day.interest.listeners[SAM].lead_matches = 0
    assert day.at(139) == []
    assert day.at(140) == [("matchSoon", 10)], "as long before as a match lasts"


@pytest.mark.parametrize(
    "silenced",
    [{("", 0, "matchSoon"): False}, OFF_FOR_THE_TEAM, {("lakeside", HARBOR, "matchSoon"): False}],
)
def test_who_does_not_want_it_is_not_told(silenced: dict[tuple[str, int, str], bool]) -> None:
    day = followed(Day(match()))
    day.interest.listeners[SAM].choices = silenced
    assert day.at(5) == []


def test_who_muted_the_event_or_has_no_phone_is_no_listener() -> None:
    day = followed(Day(match()))
    day.interest.by_match[10] = [MIA]
    assert [row["user_id"] for row in day.rows(5)] == [SAM]


def test_the_bell_of_a_match_rings_whoever_plays() -> None:
    day = Day(match())
    day.interest.by_match[10] = [SAM]
    [row] = day.rows(5)
    assert (row["kind"], row["reason"], row["team_id"]) == ("matchSoon", "match", None)


NORTH = place_of("North 88")
WALKS = {frozenset(("North", "West")): 7}


def test_a_photographer_leaves_earlier_by_the_walk_from_the_match_before() -> None:
    before = match(9, starts_in=-30, begun=True, place=NORTH, court_id=2)
    day = planned(Day(before, match(starts_in=40), walks=WALKS), 9, 10)
    assert day.at(17) == []
    [row] = day.rows(18)
    assert (row["kind"], row["reason"], row["facts"]["walk"]) == ("matchSoon", "plan", 7)


def test_no_walk_where_the_match_before_is_on_the_same_court_or_there_is_none() -> None:
    alone = planned(Day(match(starts_in=40), walks=WALKS), 10)
    assert alone.at(24) == []
    assert "walk" not in alone.rows(25)[0]["facts"]
    near = planned(
        Day(match(9, starts_in=-30, begun=True), match(starts_in=40), walks=WALKS), 9, 10
    )
    assert near.at(24) == []


def test_the_walk_comes_on_top_of_matches_ahead_too() -> None:
    before = match(8, starts_in=-30, begun=True, place=NORTH, court_id=2)
    day = planned(Day(before, match(9, starts_in=65), match(starts_in=80), walks=WALKS), 8, 10)
    day.interest.listeners[SAM].lead_matches = 0
    assert day.at(72) == []
    assert day.at(73) == [("matchSoon", 10)], "one is before it, but it is time to walk"


def test_a_clash_that_the_running_order_makes_is_told_once() -> None:
    one, two = match(8, starts_in=0, begun=True), match(9, starts_in=70, court_id=2)
    day = planned(Day(one, two), 8, 9)
    assert day.at(1) == []
    day.expect(8, minutes=20, begun=False)
    [row] = day.rows(2)
    assert (row["kind"], row["match_id"], row["occasion"]) == ("planConflict", 9, 8)
    assert (row["reason"], row["facts"]["expected"]) == ("plan", NOW + 70 * MINUTE)
    assert day.at(3) == []
    day.expect(8, minutes=75)
    assert day.at(4) == [], "the other way round it is the same clash"


def test_a_match_that_runs_on_clashes_with_the_next() -> None:
    one, two = match(8, starts_in=0, begun=True), match(9, starts_in=60, court_id=2)
    day = planned(Day(one, two), 8, 9)
    day.expect(9, minutes=70)
    assert ("planConflict", 9) not in day.at(65)
    assert ("planConflict", 9) not in day.at(74), "five minutes may be missed"
    day.expect(9, minutes=75)
    assert ("planConflict", 9) in day.at(80.5)


def test_the_walk_counts_for_a_clash() -> None:
    one = match(8, starts_in=0, place=NORTH, court_id=2)
    near = planned(Day(one, match(9, starts_in=67, place=NORTH)), 8, 9)
    near.expect(8, minutes=6)
    assert near.at(0) == [("matchSoon", 8)]
    far = planned(Day(one, match(9, starts_in=67), walks=WALKS), 8, 9)
    far.expect(8, minutes=6)
    assert ("planConflict", 9) in far.at(0)


def test_what_clashed_in_the_schedule_is_no_news_and_what_is_over_clashes_no_more() -> None:
    printed = planned(Day(match(8), match(9, court_id=2)), 8, 9)
    assert printed.at(0) == []
    over = planned(Day(match(8, over=True, begun=True), match(9, starts_in=90)), 8, 9)
    over.expect(8, minutes=50)
    assert over.at(0) == []


def test_three_that_overlap_are_three_clashes() -> None:
    day = planned(Day(*(match(number, starts_in=100 * number, court_id=number)
                        for number in (1, 2, 3))), 1, 2, 3)  # fmt: skip
    for number in (1, 2, 3):
        day.expect(number, minutes=100 + number)
    assert sorted(day.at(0)) == [("planConflict", 2), ("planConflict", 3), ("planConflict", 3)]


def test_who_does_not_want_clashes_is_not_told_of_them() -> None:
    day = planned(Day(match(8, starts_in=0), match(9, starts_in=90, court_id=2)), 8, 9)
    day.expect(8, minutes=60)
    day.interest.listeners[SAM].choices = {("", 0, "planConflict"): False}
    assert day.at(0) == []


def test_a_team_that_works_is_reminded_of_its_duty() -> None:
    day = followed(Day(match(work_team_id=WORKERS, called=True)), WORKERS)
    assert day.at(4) == []
    [row] = day.rows(5)
    assert (row["kind"], row["team_id"], row["reason"]) == ("refDuty", WORKERS, "team")
    assert day.at(19) == [], "somebody is at the table"


def test_a_duty_that_moves_is_said_quietly_too() -> None:
    day = followed(Day(match(work_team_id=WORKERS, called=True)), WORKERS)
    day.at(5)
    day.expect(10, minutes=30)
    [row] = day.rows(6)
    assert (row["kind"], row["team_id"]) == ("dutyMoved", WORKERS)
    assert day.at(7) == []


def test_nobody_at_the_table_is_told_when_the_court_is_free() -> None:
    running = match(9, starts_in=-50, begun=True)
    day = followed(Day(running, match(work_team_id=WORKERS)), WORKERS)
    assert day.at(5) == [("refDuty", 10)]
    assert day.at(18) == [], "the match before is not over"
    day.fixtures[9] = replace(running, over=True)
    assert day.at(18) == [("workTeam", 10)]
    assert day.at(19) == []


def test_duties_can_be_switched_off_one_by_one() -> None:
    day = followed(Day(match(work_team_id=WORKERS)), WORKERS)
    day.interest.listeners[SAM].choices = {
        ("lakeside", WORKERS, kinds.REF_DUTY.name): False,
        ("", 0, kinds.WORK_TEAM.name): False,
    }
    assert day.at(18) == []
