"""The autopilot: as good as somebody else's solver, and true to what one wishes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courtsync_web.coverage.autopilot.pilot import fly
from courtsync_web.coverage.autopilot.task import Option, Task
from courtsync_web.coverage.autopilot.worth import walks_of, worth_of_plan
from courtsync_web.coverage.stays import Stay
from tests.coverage.days import MIDDLE, SMALL, made_day
from tests.coverage.solver import keeps_the_rules, seen_by, solve

PLACES = 4
WALK = [[0 if a == b else 1 + 2 * (a // 2 != b // 2) for b in range(PLACES)] for a in range(PLACES)]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("stay", [Stay.WHOLE, Stay.SET])
def test_a_small_day_is_planned_as_well_as_can_be(seed: int, stay: Stay) -> None:
    day = made_day(seed, SMALL, stay, an_hour=2 if seed == 2 else None)
    flight = fly(day)
    keeps_the_rules(day, flight.plan)
    best = solve(day, seconds=20, hint=flight.plan)
    seen = seen_by(flight.plan)
    assert flight.proven
    assert ((seen & day.must).bit_count(), seen.bit_count()) == (best.must_seen, best.seen)
    assert walks_of(flight.plan) == best.walks


@pytest.mark.parametrize(("seed", "stay"), [(1, Stay.WHOLE), (0, Stay.SHORT)])
def test_a_large_day_loses_nobody_that_the_solver_would_see(seed: int, stay: Stay) -> None:
    day = made_day(seed, MIDDLE, stay)
    flight = fly(day)
    keeps_the_rules(day, flight.plan)
    best = solve(day, seconds=30, hint=flight.plan, walking=False)
    assert seen_by(flight.plan).bit_count() >= 0.95 * best.seen


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """Anything at all, also what no schedule would have."""
    options = []
    for number in range(draw(st.integers(0, 9))):
        earliest = draw(st.integers(0, 200))
        options.append(
            Option(
                number,
                draw(st.integers(0, PLACES - 1)),
                earliest,
                earliest + draw(st.integers(0, 60)),
                draw(st.integers(1, 60)),
                draw(st.integers(0, 31)),
                fixed=draw(st.booleans()) and draw(st.booleans()),
                chosen=draw(st.booleans()),
            )
        )
    begins = draw(st.integers(0, 200))
    return Task(
        tuple(options),
        WALK,
        starts=draw(st.integers(0, 100)),
        place=draw(st.none() | st.integers(0, PLACES - 1)),
        must=draw(st.integers(0, 3)),
        breaks=draw(st.just(()) | st.just(((begins, begins + 45),))),
        an_hour=draw(st.none() | st.integers(1, 3)),
    )


@settings(max_examples=150, deadline=None)
@given(tasks())
def test_no_clash_and_every_wish_is_kept(task: Task) -> None:
    flight = fly(task)
    keeps_the_rules(task, flight.plan)
    planned = {stop.option.match_id for stop in flight.plan}
    clashing = {task.options[index].match_id for index in flight.clashing}
    assert planned | clashing >= {option.match_id for option in task.options if option.fixed}
    assert not planned & clashing


@settings(max_examples=60, deadline=None)
@given(tasks(), st.data())
def test_more_matches_to_choose_from_never_make_a_plan_worse(
    task: Task, data: st.DataObject
) -> None:
    free = [option for option in task.options if not option.fixed]
    if not free:
        return
    without = data.draw(st.sampled_from(free))
    fewer = replace(task, options=tuple(one for one in task.options if one is not without))
    less, more = fly(fewer), fly(task)
    assert less.proven
    assert more.proven
    assert worth_of_plan(task, more.plan) >= worth_of_plan(task, less.plan)


def stop(number: int, begins: int, **more: int | bool) -> Option:
    shape = {"place": 0, "latest": begins + 5, "lasts": 50, "teams": 1 << number} | more
    return Option(number, earliest=begins, **shape)  # type: ignore[arg-type]  # read above


def plan(*options: Option, **wishes: object) -> list[int]:
    flight = fly(Task(options, WALK, **wishes))  # type: ignore[arg-type]  # as each test says
    return [one.option.match_id for one in flight.plan]


def test_a_team_that_must_be_seen_comes_before_two_others() -> None:
    both = stop(1, 0, teams=0b110), stop(3, 10)
    assert plan(*both) == [1]
    assert plan(*both, must=0b1000) == [3]


def test_of_plans_that_see_the_same_the_shorter_way_is_taken() -> None:
    near, far = stop(1, 100, teams=1), stop(2, 100, teams=1, place=3)
    assert plan(stop(0, 0, teams=2), far, near) == [0, 1]


def test_of_equal_plans_the_one_that_was_chosen_stays() -> None:
    near, far = stop(1, 100, teams=1), stop(2, 100, teams=1, place=3, chosen=True)
    assert plan(stop(0, 0, teams=2), far, near) == [0, 2]


def test_what_must_be_stays_though_it_clashes_and_nothing_else_comes_into_its_way() -> None:
    fixed = stop(0, 0, fixed=True), stop(1, 10, fixed=True)
    flight = fly(Task((*fixed, stop(2, 20), stop(3, 70)), WALK))
    assert [one.option.match_id for one in flight.plan] == [0, 3]
    assert flight.clashing == {1}


def test_ten_minutes_each_make_four_matches_of_one_hour() -> None:
    at_once = [stop(one, 0, place=one, latest=50, lasts=10) for one in range(PLACES)]
    assert sorted(plan(*at_once)) == [0, 1, 2, 3]
    assert len(plan(*at_once, an_hour=2)) == 2
    assert len(plan(*at_once, breaks=((5, 40),))) == 1, "from 40 to 50, or not at all"
