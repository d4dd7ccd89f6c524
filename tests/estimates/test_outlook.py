"""What a court's day so far says about its next matches."""

from dataclasses import replace
from itertools import chain
from statistics import mean

import pytest

from courtsync_web.estimates.habits import habits_of
from courtsync_web.estimates.lengths import left, whole
from courtsync_web.estimates.outlook import outlook
from courtsync_web.estimates.slots import MINUTE, Estimate, Played, Slot
from courtsync_web.estimates.spread import Spread, later_of
from courtsync_web.volleyball.formats import read_format
from tests.estimates.simulated_day import simulated_day

BEST_OF_3 = read_format("usav-junior-bo3")
EIGHT = 8 * 60 * MINUTE
HOUR = 60 * MINUTE
EVEN, AHEAD = ((25, 23), (23, 25), (15, 13)), ((25, 20), (25, 18))


def slot(number: int, *, court: int = 1, hour: float = 0, played: Played | None = None) -> Slot:
    """A match that begins so many hours after eight; teams of its own."""
    starts = EIGHT + round(hour * HOUR)
    teams = (100 * number + 1, 100 * number + 2)
    return Slot(number, court, teams, starts, starts + HOUR, BEST_OF_3, played)


def over(begun: float, ended: float) -> Played:
    """Played from one minute to another, counted from eight."""
    at = EIGHT + round(ended * MINUTE)
    return Played(AHEAD, (2, 0), False, True, at, EIGHT + round(begun * MINUTE), 1)


def live(begun: float, changed: float, *points: tuple[int, int]) -> Played:
    done = points[:-1]
    won = (sum(a > b for a, b in done), sum(b > a for a, b in done))
    begun_at, changed_at = EIGHT + round(begun * MINUTE), EIGHT + round(changed * MINUTE)
    return Played(points, won, True, False, changed_at, begun_at, len(done))


def minutes(estimate: Estimate) -> float:
    """After eight."""
    return (estimate.start - EIGHT) / MINUTE


def test_where_nobody_keeps_score_everything_is_as_printed() -> None:
    found = outlook([slot(1), slot(2, hour=1)], EIGHT + 3 * HOUR)
    assert found[2] == Estimate(EIGHT + HOUR, EIGHT + HOUR, EIGHT + HOUR, 0)


def test_a_courts_first_match_begins_when_those_who_came_on_time_are_warm() -> None:
    found = outlook([slot(1), slot(2, hour=1)], EIGHT - HOUR)
    assert 1 < minutes(found[1]) < 4
    assert found[1].earliest == EIGHT
    assert found[1].late_by == 0, "that is the usual"
    assert found[2].start == EIGHT + HOUR, "nothing is concluded from it"
    assert outlook([slot(1)], EIGHT + 5 * MINUTE)[1].start == EIGHT, "nobody keeps score"


def test_a_court_on_time_stays_on_time() -> None:
    day = [slot(1, played=live(3, 20, (22, 18))), slot(2, hour=1)]
    found = outlook(day, EIGHT + 20 * MINUTE)
    assert 60 <= minutes(found[2]) < 65
    assert found[2].earliest >= EIGHT + HOUR, "nobody begins before the printed time"
    assert abs(found[2].late_by) < 3 * MINUTE


def test_a_match_that_began_late_makes_the_next_one_late_and_says_how_much() -> None:
    day = [slot(1, played=live(40, 60, (22, 18))), slot(2, hour=1), slot(3, hour=2)]
    found = outlook(day, EIGHT + 60 * MINUTE)
    assert 85 < minutes(found[2]) < 105
    assert 25 * MINUTE < found[2].late_by < 45 * MINUTE
    assert found[2].earliest < found[2].start < found[2].latest
    assert minutes(found[3]) - 120 < minutes(found[2]) - 60, "an hour's slot is not all used"
    band = [one.latest - one.earliest for one in (found[2], found[3])]
    assert band[0] > 10 * MINUTE


def test_what_has_begun_is_a_fact() -> None:
    found = outlook([slot(1, played=live(12, 20, (8, 3)))], EIGHT + 21 * MINUTE)
    begun = EIGHT + 12 * MINUTE
    assert (found[1].start, found[1].earliest, found[1].latest) == (begun, begun, begun)
    assert found[1].late_by > 5 * MINUTE


def test_lunch_takes_up_a_delay() -> None:
    day = [slot(1, played=live(40, 60, (22, 18))), slot(2, hour=3)]
    found = outlook(day, EIGHT + 60 * MINUTE)
    assert abs(found[2].late_by) < 2 * MINUTE


def test_the_longer_the_running_match_still_takes_the_later_the_next() -> None:
    def next_start(*points: tuple[int, int]) -> float:
        day = [slot(1, played=live(5, 70, *points)), slot(2, hour=1)]
        return minutes(outlook(day, EIGHT + 70 * MINUTE)[2])

    nearly = next_start((25, 20), (24, 10))
    one_all = next_start((25, 20), (20, 25), (0, 0))
    assert nearly < 80 < one_all


def test_a_team_that_still_plays_elsewhere_is_waited_for() -> None:
    busy = slot(1, court=1, played=live(50, 60, (10, 9)))
    waiting = replace(slot(2, court=2, hour=1), teams=(*busy.teams[:1], 999))
    free = slot(3, court=2, hour=0, played=over(2, 45))
    found = outlook([free, busy, waiting], EIGHT + 60 * MINUTE)
    assert minutes(found[2]) > 80


def test_a_match_nobody_followed_is_passed_by_when_a_later_one_is_on() -> None:
    day = [slot(1), slot(2, hour=1, played=live(62, 80, (20, 18))), slot(3, hour=2)]
    found = outlook(day, EIGHT + 80 * MINUTE)
    assert found[1].start == EIGHT
    assert minutes(found[3]) < 126


def test_an_overdue_match_on_a_followed_court_begins_now_at_the_earliest() -> None:
    day = [slot(1, played=over(2, 45)), slot(2, hour=1)]
    now = EIGHT + 75 * MINUTE
    found = outlook(day, now)
    assert found[2].start >= now
    assert found[2].earliest >= now
    assert found[2].late_by > 10 * MINUTE


def test_a_scorer_who_forgot_the_phone_holds_nobody_up() -> None:
    day = [slot(1, played=live(5, 12, (6, 4))), slot(2, hour=3)]
    found = outlook(day, EIGHT + 170 * MINUTE)
    assert minutes(found[2]) < 185


def test_a_result_without_a_scorer_ends_when_the_schedule_and_its_sets_say() -> None:
    typed_in = Played(EVEN, (2, 1), False, True, EIGHT + 5 * HOUR, None)
    found = outlook([slot(1, played=typed_in), slot(2, hour=1)], EIGHT + 30 * MINUTE)
    assert found[1].start == pytest.approx(EIGHT, abs=3 * MINUTE)
    assert 60 <= minutes(found[2]) < 80, "three close sets take longer than an hour"


def test_matches_follow_on_where_that_is_the_habit() -> None:
    early = [
        slot(10 * court + hour, court=court, hour=hour, played=over(begun, begun + 40))
        for court in range(1, 5)
        for hour, begun in ((0, 1), (1, 46), (2, 91))
    ]
    habits = habits_of([[one for one in early if one.court_id == court] for court in range(1, 5)])
    assert habits.begins_early
    found = outlook([*early, slot(1, court=1, hour=3)], EIGHT + 140 * MINUTE)
    assert found[1].earliest < EIGHT + 3 * HOUR
    assert found[1].late_by < -5 * MINUTE


def test_how_early_they_follow_on_is_seen_as_well() -> None:
    """Courts are free half an hour before the time, and begin twelve minutes before it."""
    courts = [
        [slot(10 * court, court=court, played=over(0, 30)),
         slot(10 * court + 1, court=court, hour=1, played=over(48, 78))]
        for court in range(1, 5)
    ]  # fmt: skip
    assert habits_of(courts).early_most == 12 * MINUTE
    next_ones = [slot(10 * court + 2, court=court, hour=2) for court in range(1, 5)]
    found = outlook([*chain(*courts), *next_ones], EIGHT + 80 * MINUTE)
    assert minutes(found[12]) == pytest.approx(108, abs=1)


def test_a_quick_day_is_recognised() -> None:
    def pace(length: int) -> float:
        courts = [[slot(court, played=over(0, length))] for court in range(8)]
        return habits_of(courts).rally

    assert pace(30) < pace(40) < pace(50)
    assert pace(2) == habits_of([]).rally, "typed in at once: no pace at all"


def test_how_many_rallies_a_match_takes() -> None:
    """Of 240 real best-of-three matches 28 % took three sets, and a set 42 points."""
    match = whole(BEST_OF_3)
    assert 88 < match.rallies.mean < 96
    assert 1.22 < match.breaks < 1.34
    assert left(BEST_OF_3, (1, 0), ((25, 20), (24, 10)), True).rallies.mean < 4
    assert left(BEST_OF_3, (2, 0), AHEAD).rallies.mean == 0
    uneven = left(BEST_OF_3, (1, 0), ((25, 8), (0, 0)), True)
    even = left(BEST_OF_3, (1, 0), ((27, 25), (0, 0)), True)
    assert uneven.rallies.mean < even.rallies.mean


def test_sets_that_are_all_played_are_all_counted() -> None:
    two = whole(read_format("pool-play2-44"))
    assert two.breaks == pytest.approx(1)
    assert 60 < two.rallies.mean < 76, "each set begins at 4-4"


def test_a_set_beyond_its_target_is_nearly_over() -> None:
    length = left(BEST_OF_3, (1, 0), ((25, 20), (44, 44)), True)
    assert length.rallies.mean < 30


def test_the_later_of_two() -> None:
    assert later_of(Spread(5), Spread(7)) == Spread(7)
    both = later_of(Spread(0, 1), Spread(0, 1))
    assert both.mean == pytest.approx(0.5642, abs=1e-4)
    assert both.var == pytest.approx(1 - 0.5642**2, abs=1e-3)
    instants = later_of(Spread(1.8e12, 9e10), Spread(1.8e12 - 6e6, 9e10))
    assert instants.var == pytest.approx(9e10, rel=1e-6), "no precision is lost on real instants"


def test_on_a_simulated_day_estimates_are_nearer_than_the_printed_times() -> None:
    day = simulated_day(3, minutes=50, matches=80, courts=12)
    now = min(one.starts_at for one in day.slots) + 3 * HOUR
    found = outlook(day.at(now), now)
    ahead = [one for one in day.slots if day.courses[one.match_id].begins > now]
    truth = {one.match_id: day.courses[one.match_id].begins for one in ahead}
    off = mean(abs(found[one.match_id].start - truth[one.match_id]) for one in ahead)
    printed_off = mean(abs(one.starts_at - truth[one.match_id]) for one in ahead)
    held = mean(
        found[one.match_id].earliest <= truth[one.match_id] <= found[one.match_id].latest
        for one in ahead
    )
    assert len(ahead) > 20
    assert off < 0.7 * printed_off
    assert held > 0.6
