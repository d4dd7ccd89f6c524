"""Generated tournaments: possible on every court, for every team, whatever the results."""

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from itertools import combinations, pairwise
from random import Random
from typing import Any

import pytest

from courtsync_web.demo.plays import BRACKETS, POOLS, bracket_sizes, pool_sizes
from courtsync_web.demo.rallies import play_results
from courtsync_web.demo.results import Progress
from courtsync_web.demo.tournament import make_tournament
from courtsync_web.demo.world import Match, Source, Tournament, ordinal

DAY = date(2026, 1, 31)
SHAPES: dict[str, dict[str, Any]] = {
    "the demo": {},
    "one afternoon": {"days": 1, "divisions": 2, "teams_per_division": 7, "courts": 6},
    "two days, odd numbers": {"days": 2, "teams_per_division": (9, 11, 13, 22, 3, 17)},
    "a league": {"days": 5, "divisions": 3, "teams_per_division": 12, "opening": time(7, 30)},
    "few courts": {"divisions": 4, "courts": 12},
}


@pytest.fixture(scope="module", params=SHAPES, ids=list(SHAPES))
def tournament(request: pytest.FixtureRequest) -> Tournament:
    return make_tournament(first_day=DAY, **SHAPES[request.param])


@pytest.fixture(scope="module")
def demo() -> Tournament:
    return make_tournament(first_day=DAY)


def overlapping(matches: list[Match]) -> list[tuple[Match, Match]]:
    ordered = sorted(matches, key=lambda match: match.start)
    return [(one, two) for one, two in pairwise(ordered) if two.start < one.end]


def test_the_same_seed_gives_the_same_tournament(demo: Tournament) -> None:
    assert make_tournament(first_day=DAY) == demo
    assert make_tournament(2, first_day=DAY) != demo


def test_no_court_is_booked_twice(tournament: Tournament) -> None:
    by_court: dict[int, list[Match]] = defaultdict(list)
    for match in tournament.matches:
        by_court[match.court_id].append(match)
    for matches in by_court.values():
        assert overlapping(matches) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_team_plays_or_works_twice_at_a_time(tournament: Tournament, seed: int) -> None:
    progress = Progress(tournament, play_results(tournament, Random(seed)))
    by_team: dict[int, list[Match]] = defaultdict(list)
    for match in tournament.matches:
        sides = progress.sides(match)
        busy = [sides.first, sides.second, *([sides.work] if match.work else [])]
        assert None not in busy
        assert len(set(busy)) == len(busy)
        for team in busy:
            assert team is not None
            by_team[team].append(match)
    for matches in by_team.values():
        assert overlapping(matches) == []


def test_every_team_plays_on_every_day(tournament: Tournament) -> None:
    progress = Progress(tournament, play_results(tournament, Random(1)))
    seen: Counter[tuple[int | None, date]] = Counter()
    for match in tournament.matches:
        sides = progress.sides(match)
        seen.update([(sides.first, match.start.date()), (sides.second, match.start.date())])
    for team in tournament.teams:
        for day in range(tournament.days):
            assert seen[team.team_id, DAY + timedelta(days=day)] >= 1


def test_what_a_match_waits_for_is_over_before_it(tournament: Tournament) -> None:
    for match in tournament.matches:
        for source in (match.first, match.second, match.work):
            for before in feeding(tournament, source):
                assert before.end <= match.start


def feeding(tournament: Tournament, source: Source | None) -> list[Match]:
    if source is None or source.kind == "team":
        return []
    if source.kind == "place":
        return tournament.matches_of[source.of]
    return [tournament.match[source.of]]


def test_pools_of_four_play_in_the_usual_order(demo: Tournament) -> None:
    pool = next(play for play in demo.plays if play.kind == "pool" and len(play.entrants) == 4)
    seat = {source: number for number, source in enumerate(pool.entrants, 1)}
    rows = [
        (seat[match.first], seat[match.second], seat[match.work])
        for match in demo.matches_of[pool.play_id]
        if match.work
    ]
    assert rows == [(1, 3, 2), (2, 4, 1), (1, 4, 3), (2, 3, 1), (3, 4, 2), (1, 2, 4)]


@pytest.mark.parametrize("size", [3, 4, 5])
def test_small_pools_let_everybody_meet_once(size: int) -> None:
    met = Counter(frozenset((turn.first, turn.second)) for turn in POOLS[size].turns)
    names = [f"S{number}" for number in range(1, size + 1)]
    assert met == Counter(map(frozenset, combinations(names, 2)))


def test_pools_of_six_play_four_matches_each_and_no_pair_twice() -> None:
    turns = POOLS[6].turns
    assert set(Counter(side for t in turns for side in (t.first, t.second)).values()) == {4}
    assert len({frozenset((t.first, t.second)) for t in turns}) == len(turns) == 12


@pytest.mark.parametrize("shape", [*POOLS.values(), *BRACKETS.values()])
def test_nobody_works_while_playing(shape: object) -> None:
    turns = shape.turns  # type: ignore[attr-defined]
    for slot in {turn.slot for turn in turns}:
        busy = [side for t in turns if t.slot == slot for side in (t.first, t.second, t.work)]
        assert len(busy) == len(set(busy))


@pytest.mark.parametrize("teams", range(3, 70))
def test_any_number_of_teams_can_be_drawn(teams: int) -> None:
    for wanted in (3, 4, 5, 6):
        sizes = pool_sizes(teams, wanted)
        assert sum(sizes) == teams
        assert set(sizes) <= set(POOLS)
    assert sum(bracket_sizes(teams)) == teams
    assert set(bracket_sizes(teams)) <= set(BRACKETS)


def test_pools_of_every_size_and_brackets_and_crossovers_are_in_the_demo(
    demo: Tournament,
) -> None:
    assert {len(p.entrants) for p in demo.plays if p.kind == "pool"} == {3, 4, 5, 6}
    kinds = {play.round_name for play in demo.plays if play.kind == "bracket"}
    assert kinds == {"Round 2 Crossover", "Round 3"}
    assert {court.hall for court in demo.courts} == {"West", "Main", "North"}


def test_names_are_told_apart(demo: Tournament) -> None:
    for names in (
        [club.name for club in demo.clubs],
        [club.code for club in demo.clubs],
        [team.name for team in demo.teams],
        [team.code for team in demo.teams],
        [court.name for court in demo.courts],
        [division.name for division in demo.divisions],
        [(play.division_id, play.code) for play in demo.plays],
    ):
        assert len(set(names)) == len(names)


def test_placeholders_read_as_schedules_print_them(demo: Tournament) -> None:
    first = demo.divisions[0].division_id
    texts = {
        demo.words(source, demo.play[match.play_id])
        for match in demo.matches
        if match.division_id == first
        for source in (match.first, match.second)
    }
    assert {"1st-R1P1", "Winner of Match 5", "Winner of R2XOA1v1M1"} <= texts
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 22)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "22nd",
    ]  # fmt: skip


def test_exactly_as_many_matches_as_asked() -> None:
    big = make_tournament(first_day=DAY, matches=1200, courts=200)
    assert (len(big.matches), len(big.courts)) == (1200, 200)
    day = make_tournament(first_day=DAY, days=1, matches=400, courts=200)
    assert len(day.matches) == 400
    assert {match.start.date() for match in day.matches} == {DAY}


def test_too_few_courts_are_refused() -> None:
    with pytest.raises(ValueError, match="3 courts are too few for day 1"):
        make_tournament(first_day=DAY, courts=3)


def test_only_what_is_over_has_a_result(demo: Tournament) -> None:
    noon = datetime(2026, 2, 1, 12)  # noqa: DTZ001 - venue wall clock
    results = play_results(demo, Random(1), until=noon)
    assert set(results) == {match.match_id for match in demo.matches if match.end <= noon}
    progress = Progress(demo, results)
    finals = [demo.match[play.final] for play in demo.plays if play.final and play.name == "Gold"]
    assert all(progress.sides(final).first is None for final in finals)
