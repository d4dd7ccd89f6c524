"""The AES answers of the generator are what the service would say, and agree with each other."""

import json
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest

from courtsync_web.demo.rallies import play_results
from courtsync_web.demo.results import Progress, Result
from courtsync_web.demo.tournament import make_tournament
from courtsync_web.demo.world import Tournament
from tests import aes_quirks as quirks
from tests.aes_find import dated_matches, grid_matches, plays, sheet_matches, tree_matches
from tests.aes_shapes import set_slots
from tests.aes_world import Answers, aes_answers, event_key, write_answers

DAY = date(2026, 1, 31)
HALFWAY = datetime(2026, 2, 1, 12)  # noqa: DTZ001 - venue wall clock


@pytest.fixture(scope="module")
def tournament() -> Tournament:
    return make_tournament(first_day=DAY, divisions=3)


@pytest.fixture
def answers(tournament: Tournament) -> Answers:
    return aes_answers(tournament, play_results(tournament, Random(1), until=HALFWAY))


def test_keys_are_base64_with_their_padding_counted() -> None:
    assert event_key(41314) == "PTAwMDAwNDEzMTQ90"


def test_every_match_is_in_a_sheet_or_a_tree_and_on_the_grid(
    tournament: Tournament, answers: Answers
) -> None:
    ids = {-match.match_id for match in tournament.matches}
    told = [match["MatchId"] for match in sheet_matches(answers)]
    assert len(told) == len(set(told))
    assert {*told, *(match["MatchId"] for match in tree_matches(answers))} == ids
    assert {match["MatchId"] for match in grid_matches(answers)} == ids


def test_trees_repeat_matches_and_have_several_roots(answers: Answers) -> None:
    told = [match["MatchId"] for match in tree_matches(answers)]
    assert len(told) > len(set(told))
    brackets = [b for name, found in answers.items() if name.startswith("brackets_") for b in found]
    assert {len(bracket["Roots"]) for bracket in brackets} >= {1, 4}
    for bracket in brackets:
        final = bracket["Roots"][0]["Match"]
        assert "Loser" not in final["FirstTeamText"] + final["SecondTeamText"]


def test_unknown_teams_are_null_with_a_text_and_nothing_played_is_not_a_number(
    answers: Answers,
) -> None:
    waiting = [m for m in tree_matches(answers) if m["FirstTeam"] is None]
    assert any(m["FirstTeamText"].startswith("Winner of Match ") for m in waiting)
    fresh = aes_answers(make_tournament(first_day=DAY, divisions=1))
    sheets = [a for name, a in fresh.items() if name.startswith("poolsheet_")]
    ratios = {team["PointRatio"] for sheet in sheets for team in sheet["Pool"]["Teams"]}
    assert ratios == {"NaN"}


def test_score_text_is_written_from_the_winners_side() -> None:
    slots = set_slots("2 of 3 to 25(15)", Result(((24, 26), (25, 20), (9, 15)), "second-won"))
    assert [slot["ScoreText"] for slot in slots] == ["26-24", "20-25", "15-9"]
    assert [slot["IsDecidingSet"] for slot in slots] == [False, False, True]
    unplayed = set_slots("3 Sets to 25", None)
    assert unplayed[2] == {
        "FirstTeamScore": None,
        "SecondTeamScore": None,
        "ScoreText": "",
        "IsDecidingSet": False,
    }


def test_finished_pools_are_ranked_and_their_places_reach_the_next_round(
    tournament: Tournament, answers: Answers
) -> None:
    progress = Progress(tournament, play_results(tournament, Random(1), until=HALFWAY))
    for play in tournament.plays:
        if play.kind == "pool":
            sheet = answers[f"poolsheet_{-play.play_id}.json"]
            ranks = {team["FinishRank"] for team in sheet["Pool"]["Teams"]}
            done = progress.finished(play.play_id)
            assert ranks == (set(range(1, len(play.entrants) + 1)) if done else {None})
    second_day = [m for m in sheet_matches(answers) if m["ScheduledStartDateTime"] > "2026-02-01"]
    assert all(match["FirstTeamId"] for match in second_day)


def test_times_end_one_second_early_in_brackets_with_seven_decimals(answers: Answers) -> None:
    assert all(m["ScheduledEndDateTime"].endswith(":59") for m in sheet_matches(answers))
    assert all(m["ScheduledEndDateTime"].endswith(":59.9999999") for m in tree_matches(answers))


def test_the_grid_shifts_wall_clock_by_the_viewers_offset(answers: Answers) -> None:
    match = answers["courts_2026-01-31_300.json"]["CourtSchedules"][0]["CourtMatches"][0]
    assert match["ScheduledStartDateTime"] == 1769864400000  # 08:00 + 300 min, read as UTC
    assert match["ScheduledEndDateTime"] % 1000 == 999


def test_files_are_named_by_division_only_where_there_are_several(
    tournament: Tournament, answers: Answers
) -> None:
    assert "plays_div199001.json" in answers
    assert "plays.json" not in answers
    alone = aes_answers(make_tournament(first_day=DAY, divisions=1))
    assert {"plays.json", "playdays.json", "pools_2026-01-31.json"} <= set(alone)
    assert f"nextassignments_{tournament.clubs[0].club_id}.json" in answers


def test_answers_are_written_as_files_and_texts_as_they_are(
    tmp_path: Path, answers: Answers
) -> None:
    quirks.quirk_html(answers, "event.json")
    write_answers(tmp_path, answers)
    assert (tmp_path / "event.json").read_text().startswith("<!doctype html>")
    assert json.loads((tmp_path / "playdays_div199001.json").read_text())[0]["HasPools"]


def test_a_vanished_match_is_gone_everywhere(answers: Answers) -> None:
    for gone in (next(sheet_matches(answers))["MatchId"], next(tree_matches(answers))["MatchId"]):
        quirks.quirk_vanished(answers, gone)
        with pytest.raises(AssertionError, match="no match"):
            dated_matches(answers, gone)
        assert gone not in {match["MatchId"] for match in grid_matches(answers)}


def test_quirks_bend_every_copy_of_a_match(answers: Answers) -> None:
    told = [match["MatchId"] for match in tree_matches(answers)]
    shared = next(match_id for match_id in told if told.count(match_id) > 1)
    quirks.quirk_no_time(answers, shared)
    quirks.quirk_outcome(answers, shared, 4)
    copies = dated_matches(answers, shared)
    assert len(copies) > 1
    assert {copy["ScheduledStartDateTime"] for copy in copies} == {quirks.NEVER}
    assert {copy["SecondTeamWon"] for copy in copies} == {True}


def test_texts_can_change_without_the_teams(answers: Answers) -> None:
    before = next(sheet_matches(answers)).copy()
    quirks.quirk_seeds_changed(answers)
    quirks.quirk_stray_spaces(answers)
    after = next(sheet_matches(answers))
    assert after["FirstTeamText"] != before["FirstTeamText"]
    assert after["FirstTeamName"].split() == before["FirstTeamName"].split()
    assert after["FirstTeamId"] == before["FirstTeamId"]


def test_references_are_spaced_unlike_the_names_they_point_to(answers: Answers) -> None:
    quirks.quirk_loose_spacing(answers)
    texts = {match["FirstTeamText"] for match in tree_matches(answers)}
    assert "Winner of R2 XOA1v1 M1" in texts


def test_a_pool_can_lie_under_two_dates_or_be_unscheduled(answers: Answers) -> None:
    pool = answers["pools_2026-01-31_div199001.json"][0]["PlayId"]
    quirks.quirk_two_days(answers, pool, "2026-02-01")
    listed = answers["pools_2026-02-01_div199001.json"]
    assert pool in {play["PlayId"] for play in listed}
    quirks.quirk_unscheduled(answers, pool)
    assert answers[f"poolsheet_{pool}.json"]["Matches"] == []
    assert all(play["Courts"] == [] for play in plays(answers, pool))
