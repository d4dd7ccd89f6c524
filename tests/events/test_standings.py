"""Pools in order: by the book, by properties, and by what real desks decided."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtsync_web.events.standings import Result, Standing, criteria_of, ranked, stored_criteria

A, B, C, D = 11, -12, 13, -14
RECORDED = Path(__file__).parents[3] / "shared" / "aes-41831-14s-girls"


def won(team1: int, team2: int, *sets: tuple[int, int]) -> Result:
    """A match that ``team1`` won."""
    return Result(team1, team2, 1, sets or ((25, 20), (25, 20)))


def order(standings: list[Standing]) -> list[tuple[int, int]]:
    return [(standing.rank, standing.team_id) for standing in standings]


def test_nothing_played_leaves_everyone_first_and_no_number_broken() -> None:
    standings = ranked([A, B, C], [])
    assert order(standings) == [(1, A), (1, B), (1, C)]
    assert all(standing.points_for == standing.sets_won == 0 for standing in standings)


def test_matches_come_first() -> None:
    results = [won(A, B), won(A, C), won(B, C)]
    assert order(ranked([C, B, A], results)) == [(1, A), (2, B), (3, C)]


def test_a_percentage_counts_and_not_the_number_of_wins() -> None:
    """A won one of one, B two of three."""
    results = [won(A, D), won(B, C), won(B, D), won(C, B)]
    assert [team for _, team in order(ranked([B, A, C, D], results))][:2] == [A, B]


def test_two_that_tie_are_told_apart_by_their_own_match() -> None:
    """A and B won two each; B has by far the better sets, but lost to A."""
    results = [
        won(A, B, (25, 23), (20, 25), (15, 13)),
        won(A, C, (25, 23), (20, 25), (15, 13)),
        won(D, A),
        won(B, C),
        won(B, D),
        won(C, D),
    ]
    assert [team for _, team in order(ranked([B, A, C, D], results))][:2] == [A, B]


def test_an_event_may_ask_in_another_order() -> None:
    """The same pool, where points come before the match between the two."""
    results = [won(A, B, (25, 23), (20, 25), (15, 13)), won(B, C), won(A, C), won(B, D), won(D, A)]
    assert [team for _, team in order(ranked([A, B, C, D], results))][:2] == [A, B]
    criteria = criteria_of("match-percentage,point-ratio")
    assert [team for _, team in order(ranked([A, B, C, D], results, criteria))][:2] == [B, A]
    assert criteria_of(stored_criteria(criteria)) == criteria
    assert stored_criteria(criteria_of("")) == ""


def test_three_that_tie_are_told_apart_by_sets() -> None:
    """Each beat one other; C lost a set more, A none."""
    results = [won(A, B), won(B, C), won(C, A, (25, 20), (20, 25), (15, 10))]
    assert order(ranked([C, B, A], results)) == [(1, A), (2, B), (3, C)]


def test_equal_sets_are_told_apart_by_points() -> None:
    results = [
        won(A, B, (25, 10), (25, 10)),
        won(B, C, (25, 20), (25, 20)),
        won(C, A, (25, 20), (25, 20)),
    ]
    assert [team for _, team in order(ranked([A, B, C], results))] == [A, C, B]


def test_two_that_tie_and_never_met_go_by_sets() -> None:
    results = [won(A, C, (25, 20), (20, 25), (15, 10)), won(B, D)]
    assert [team for _, team in order(ranked([A, B, C, D], results))] == [B, A, C, D]


def test_what_nothing_tells_apart_shares_a_rank_and_the_next_counts_on() -> None:
    results = [won(A, C), won(B, D)]
    assert order(ranked([A, B, C, D], results)) == [(1, A), (1, B), (3, C), (3, D)]


def test_a_split_is_half_a_match_for_both() -> None:
    split = Result(A, B, None, [(25, 20), (20, 25)])
    standings = {team.team_id: team for team in ranked([A, B, C], [split, won(C, B)])}
    assert (standings[A].matches_won, standings[A].matches_split) == (0, 1)
    assert standings[A].match_share() == 0.5
    assert [standings[team].rank for team in (C, A, B)] == [1, 2, 3]


def test_a_win_without_points_counts_as_a_match() -> None:
    standings = ranked([A, B], [Result(A, B, 2, [])])
    assert order(standings) == [(1, B), (2, A)]
    assert standings[0].matches_won == 1


def test_a_team_that_gave_away_no_point_has_the_best_ratio() -> None:
    results = [
        Result(A, B, None, [(25, 0), (0, 25)]),
        Result(C, D, None, [(25, 0), (0, 0)]),
    ]
    assert ranked([A, B, C, D], results)[0].team_id == C


def test_other_criteria_in_another_order() -> None:
    results = [won(A, B, (25, 23), (20, 25), (15, 13)), won(C, D)]
    by_points = ranked([A, B, C, D], results, ["point-ratio", "match-percentage"])
    assert by_points[0].team_id == C


points = st.integers(0, 30)
results_of_four = st.lists(
    st.builds(
        lambda pair, winner, sets: Result(pair[0], pair[1], winner, sets),
        st.permutations([A, B, C, D]),
        st.sampled_from([1, 2, None]),
        st.lists(st.tuples(points, points), max_size=3),
    ),
    max_size=12,
)


@given(results_of_four)
def test_sums_balance_and_ranks_count_who_is_ahead(results: list[Result]) -> None:
    standings = ranked([A, B, C, D], results)
    assert {standing.team_id for standing in standings} == {A, B, C, D}
    assert sum(one.matches_won for one in standings) == sum(one.matches_lost for one in standings)
    assert sum(one.sets_won for one in standings) == sum(one.sets_lost for one in standings)
    assert sum(one.points_for for one in standings) == sum(one.points_against for one in standings)
    ranks = [standing.rank for standing in standings]
    assert ranks == sorted(ranks)
    assert all(rank == ranks.index(rank) + 1 for rank in ranks)


@given(results_of_four, st.permutations([A, B, C, D]))
def test_neither_the_order_of_teams_nor_who_is_printed_first_matters(
    results: list[Result], teams: list[int]
) -> None:
    other = {None: None, 1: 2, 2: 1}
    mirrored = [
        Result(one.team2, one.team1, other[one.winner], [(b, a) for a, b in one.sets])
        for one in reversed(results)
    ]
    assert sorted(order(ranked(teams, mirrored))) == sorted(order(ranked([A, B, C, D], results)))


@given(results_of_four)
def test_a_better_share_of_matches_always_ranks_higher(results: list[Result]) -> None:
    standings = ranked([A, B, C, D], results)
    shares = [standing.match_share() for standing in standings]
    assert shares == sorted(shares, reverse=True)


def recorded_pools() -> list[Path]:
    return sorted(RECORDED.glob("poolsheet_*.json"))


@pytest.mark.skipif(not recorded_pools(), reason="no recorded event lies beside the repository")
def test_the_recorded_desks_order_comes_out_of_the_scores() -> None:
    compared = 0
    for path in recorded_pools():
        sheet = json.loads(path.read_text())
        desk = {team["TeamId"]: team["FinishRank"] for team in sheet["Pool"]["Teams"]}
        if None in desk.values():
            continue
        ours = {team.team_id: team.rank for team in ranked(desk, recorded_results(sheet))}
        assert ours == desk, path.name
        compared += 1
    assert compared == 20


def recorded_results(sheet: dict[str, Any]) -> list[Result]:
    return [
        Result(
            match["FirstTeamId"],
            match["SecondTeamId"],
            1 if match["FirstTeamWon"] else 2,
            [
                (one["FirstTeamScore"], one["SecondTeamScore"])
                for one in match["Sets"]
                if one["FirstTeamScore"] is not None
            ],
        )
        for match in sheet["Matches"]
        if match["HasScores"]
    ]
