"""Each quirk of AES's answers, by name, bent into a generated event."""

from collections import Counter
from datetime import datetime

import pytest

from courtsync_web.demo.results import Result
from courtsync_web.demo.world import Tournament
from courtsync_web.schedule.draft import Draft, Side
from tests import aes_quirks as quirks
from tests.aes_find import dated_matches, plays, sheet_matches, tree_matches
from tests.aes_world import Answers
from tests.schedule.conftest import Reader, match_in


def played(answers: Answers) -> int:
    """A pool match with a clean result."""
    return next(int(match["MatchId"]) for match in sheet_matches(answers) if match["HasScores"])


def unplayed(answers: Answers) -> int:
    """A match of a tree that nobody has reached."""
    return next(int(match["MatchId"]) for match in tree_matches(answers) if not match["FirstTeam"])


def pool_of(answers: Answers, match_id: int) -> int:
    return next(
        int(answer["Pool"]["PlayId"])
        for name, answer in answers.items()
        if name.startswith("poolsheet_")
        and any(match["MatchId"] == match_id for match in answer["Matches"])
    )


def result_in(draft: Draft, match_id: int) -> tuple[tuple[tuple[int, int], ...], str] | None:
    return next(
        ((one.sets, one.outcome) for one in draft.results if one.match_id == match_id), None
    )


async def test_everything_of_the_tournament_arrives(
    read: Reader, answers: Answers, tournament: Tournament, half_played: dict[int, Result]
) -> None:
    draft = await read(answers)
    assert draft.counts() == {
        "matches": len(tournament.matches),
        "teams": len(tournament.teams),
        "courts": len(tournament.courts),
        "sets": sum(len(result.sets) for result in half_played.values()),
    }
    assert {one.club_id for one in draft.clubs} == {one.club_id for one in tournament.clubs}
    assert {one.division_id for one in draft.divisions} == {
        one.division_id for one in tournament.divisions
    }
    assert not draft.unread.divisions
    assert not draft.unread.stages


async def test_every_match_has_its_time_court_and_division(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    draft = await read(answers)
    ours = {match.match_id: match for match in draft.matches}
    for match in tournament.matches:
        there = ours[-match.match_id]
        assert (there.start, there.end) == (match.start, match.end)
        assert there.court_id == -match.court_id
        assert there.division_id == match.division_id
        assert there.stage_id == -match.play_id


async def test_results_are_the_numbers_not_the_score_text(
    read: Reader, answers: Answers, half_played: dict[int, Result]
) -> None:
    """ScoreText is written from the winner's side; sets here are first team first."""
    draft = await read(answers)
    found = {one.match_id: one.sets for one in draft.results}
    lost_by_first = [number for number, one in half_played.items() if one.outcome == "second-won"]
    assert lost_by_first
    for number, result in half_played.items():
        assert found[-number] == tuple(tuple(points) for points in result.sets)


async def test_a_set_lost_by_the_winner_keeps_its_numbers(read: Reader, answers: Answers) -> None:
    number = played(answers)
    for match in dated_matches(answers, number):
        match["Sets"][0].update(FirstTeamScore=24, SecondTeamScore=26, ScoreText="26-24")
    found = result_in(await read(answers), number)
    assert found is not None
    assert found[0][0] == (24, 26)


async def test_nan_ratios_and_null_teams_of_unreached_pools(
    read: Reader, unplayed_answers: Answers
) -> None:
    teams = all_pool_teams(unplayed_answers)
    assert any(team["SetPercent"] == "NaN" for team in teams)
    assert any(team["TeamId"] is None for team in teams)
    draft = await read(unplayed_answers)
    assert draft.results == ()
    assert None not in {team.team_id for team in draft.teams}
    assert all(team.name for team in draft.teams)


def all_pool_teams(answers: Answers) -> list[dict[str, object]]:
    return [
        team
        for name, answer in answers.items()
        if name.startswith("poolsheet_")
        for team in answer["Pool"]["Teams"]
    ]


async def test_ends_with_seven_decimals(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    match = next(iter(tree_matches(answers)))
    assert match["ScheduledEndDateTime"].endswith(".9999999")
    draft = await read(answers)
    assert match_in(draft, match["MatchId"]).end == tournament.match[-match["MatchId"]].end


@pytest.mark.parametrize("null", [False, True])
async def test_no_time_is_a_match_to_follow(read: Reader, answers: Answers, null: bool) -> None:
    number = unplayed(answers)
    quirks.quirk_no_time(answers, number, null=null)
    match = match_in(await read(answers), number)
    assert (match.start, match.end) == (None, None)


async def test_roots_that_share_semifinals_give_each_match_once(
    read: Reader, answers: Answers
) -> None:
    repeated = Counter(match["MatchId"] for match in tree_matches(answers))
    assert max(repeated.values()) > 1
    draft = await read(answers)
    assert len({match.match_id for match in draft.matches}) == len(draft.matches)


async def test_a_pool_under_two_dates_is_one_pool(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    number = pool_of(answers, played(answers))
    quirks.quirk_two_days(answers, number, "2026-02-01")
    draft = await read(answers)
    assert len(draft.matches) == len(tournament.matches)
    assert [stage.stage_id for stage in draft.stages].count(number) == 1


async def test_stray_spaces_do_not_survive(read: Reader, answers: Answers) -> None:
    quirks.quirk_stray_spaces(answers)
    draft = await read(answers)
    names = [
        *(one.name for one in draft.teams),
        *(one.name for one in draft.clubs),
        *(one.name for one in draft.courts),
        *(one.name for one in draft.divisions),
    ]
    assert names == [" ".join(name.split()) for name in names]
    assert not draft.event.name.startswith(" ")


@pytest.mark.parametrize("winner", [1, 2])
async def test_won_flags_without_sets_are_a_win_without_points(
    read: Reader, answers: Answers, winner: int
) -> None:
    number = played(answers)
    quirks.quirk_won_flags_only(answers, number, winner)
    expected = "first-won" if winner == 1 else "second-won"
    assert result_in(await read(answers), number) == ((), expected)


@pytest.mark.parametrize(("first", "second"), [(25, 25), (24, 22)])
async def test_odd_set_scores_are_kept(
    read: Reader, answers: Answers, first: int, second: int
) -> None:
    number = played(answers)
    quirks.quirk_set_score(answers, number, 1, first, second)
    found = result_in(await read(answers), number)
    assert found is not None
    assert found[0][0] == (first, second)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (1, "first-won"),
        (2, "second-won"),
        (3, "split"),
        (4, "first-forfeits"),
        (5, "second-forfeits"),
    ],
)
async def test_every_outcome_code(read: Reader, answers: Answers, code: int, expected: str) -> None:
    number = played(answers)
    quirks.quirk_outcome(answers, number, code, sets=False)
    assert result_in(await read(answers), number) == ((), expected)


async def test_outcome_0_without_sets_is_no_result(read: Reader, answers: Answers) -> None:
    number = unplayed(answers)
    assert result_in(await read(answers), number) is None


async def test_sets_without_outcome_are_a_result(read: Reader, answers: Answers) -> None:
    number = played(answers)
    for match in dated_matches(answers, number):
        match.update(TypeOfOutcome=0, FirstTeamWon=False, SecondTeamWon=False, HasScores=False)
    found = result_in(await read(answers), number)
    assert found is not None
    assert found[0]
    assert found[1] == "undecided"


async def test_plays_without_courts_still_have_their_matches(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    quirks.quirk_no_courts(answers, pool_of(answers, played(answers)))
    assert len((await read(answers)).matches) == len(tournament.matches)


async def test_a_future_pool_without_matches_is_no_stage_yet(
    read: Reader, answers: Answers
) -> None:
    number = pool_of(answers, played(answers))
    quirks.quirk_unscheduled(answers, number)
    draft = await read(answers)
    assert number not in {stage.stage_id for stage in draft.stages}
    assert any("no matches yet" in note for note in draft.notes)


async def test_two_pools_of_one_name_are_told_apart_by_their_round(
    read: Reader, answers: Answers
) -> None:
    """Re-pooling gives several rounds a "Pool 1" each."""
    draft = await read(answers)
    names = Counter(stage.name for stage in draft.stages)
    assert max(names.values()) > 1
    full = {(stage.division_id, stage.round, stage.name) for stage in draft.stages}
    assert len(full) == len(draft.stages)


@pytest.mark.parametrize(
    ("words", "mode", "sets"),
    [
        ("2 of 3 to 25(15)", "first_to", 3),
        ("3 Sets to 25", "play_all", 3),
        ("2 Sets to 21", "play_all", 2),
        ("3 of 5 to 25(15)", "first_to", 5),
    ],
)
async def test_a_pools_description_is_its_format(
    read: Reader, answers: Answers, words: str, mode: str, sets: int
) -> None:
    number = pool_of(answers, played(answers))
    quirks.quirk_description(answers, number, words)
    draft = await read(answers)
    stage = next(one for one in draft.stages if one.stage_id == number)
    assert stage.format is not None
    assert (stage.format["mode"], stage.format["setsMax"]) == (mode, sets)


async def test_a_description_nobody_understands_is_no_format(
    read: Reader, answers: Answers
) -> None:
    number = pool_of(answers, played(answers))
    quirks.quirk_description(answers, number, "as the desk decides")
    stage = next(one for one in (await read(answers)).stages if one.stage_id == number)
    assert stage.format is None


async def test_brackets_tell_their_format_by_their_slots(read: Reader, answers: Answers) -> None:
    """No description there: one slot is one set, three without a decider are all played."""
    play = next(play for name in answers if name.startswith("brackets_") for play in answers[name])
    for copy in plays(answers, play["PlayId"]):
        for match in tree_matches({"brackets_x": [copy]}) if "Roots" in copy else ():
            match["Sets"] = match["Sets"][:1]
            match["Sets"][0]["IsDecidingSet"] = False
    stage = next(one for one in (await read(answers)).stages if one.stage_id == play["PlayId"])
    assert stage.format is not None
    assert stage.format["setsMax"] == 1


async def test_a_third_set_at_two_nil_is_a_play_all_bracket(read: Reader, answers: Answers) -> None:
    """75-minute matches that play all sets exist: best of three must not be assumed."""
    play = next(play for name in answers if name.startswith("brackets_") for play in answers[name])
    for copy in plays(answers, play["PlayId"]):
        for match in tree_matches({"brackets_x": [copy]}) if "Roots" in copy else ():
            for slot, score in zip(match["Sets"], ((25, 23), (25, 13), (25, 17)), strict=True):
                slot.update(FirstTeamScore=score[0], SecondTeamScore=score[1])
    stage = next(one for one in (await read(answers)).stages if one.stage_id == play["PlayId"])
    assert stage.format is not None
    assert stage.format["mode"] == "play_all"


async def test_placeholders_stay_readable(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    match = match_in(await read(answers), unplayed(answers))
    assert match.team1.team_id is None
    assert match.team1.text.split()[0] in ("Winner", "Loser") or "-" in match.team1.text


async def test_a_known_team_needs_no_words(read: Reader, answers: Answers) -> None:
    match = match_in(await read(answers), played(answers))
    assert match.team1 == Side(match.team1.team_id)
    assert match.team1.team_id is not None


async def test_a_blank_side_is_read_off_the_tree(read: Reader, answers: Answers) -> None:
    """The words are empty, but the node has sources: their winner it is."""
    node = next(
        node
        for name in answers
        if name.startswith("brackets_")
        for play in answers[name]
        for node in play["Roots"]
        if node["TopSource"] and not node["Match"]["FirstTeam"] and not node["Reversed"]
    )
    number = node["Match"]["MatchId"]
    for match in dated_matches(answers, number):
        match["FirstTeamText"] = ""
    words = f"Winner of {node['TopSource']['Match']['FullName']}"
    assert match_in(await read(answers), number).team1 == Side(None, words, inferred=True)


async def test_lost_sources_lose_no_match(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    quirks.quirk_sources_lost(answers)
    assert len((await read(answers)).matches) == len(tournament.matches)


async def test_a_work_team_of_another_division_is_found_by_its_alias(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    """ "Name (RR) (seed) (alias)" without an id: the alias tells where the name belongs."""
    number = played(answers)
    division = match_division(tournament, number)
    other = next(one for one in tournament.teams if one.division_id != division)
    alias = tournament.division[other.division_id].alias
    for match in dated_matches(answers, number):
        match["WorkTeamText"] = tournament.team_text(other.team_id)
    quirks.quirk_alias_suffix(answers, number, alias)
    assert match_in(await read(answers), number).work_team == Side(other.team_id)


def match_division(tournament: Tournament, match_id: int) -> int:
    return tournament.match[-match_id].division_id


@pytest.mark.parametrize("text", ["No Work Team", "", None])
async def test_nobody_works(read: Reader, answers: Answers, text: str | None) -> None:
    number = played(answers)
    quirks.quirk_no_work_team(answers, number, text)
    assert match_in(await read(answers), number).work_team == Side()


async def test_an_internal_address_is_nobodys_name(read: Reader, answers: Answers) -> None:
    number = played(answers)
    quirks.quirk_slot_text(answers, number)
    side = match_in(await read(answers), number).team1
    assert "asc_slot" not in side.text


async def test_changed_seeds_change_nothing(read: Reader, answers: Answers) -> None:
    """The number behind a name is another one each day: teams are known by id."""
    before = await read(answers)
    quirks.quirk_seeds_changed(answers)
    after = await read(answers)
    assert (before.teams, before.matches) == (after.teams, after.matches)


async def test_texts_without_seeds(read: Reader, answers: Answers) -> None:
    before = await read(answers)
    quirks.quirk_unseeded_text(answers)
    assert (await read(answers)).matches == before.matches


async def test_loose_spacing_of_references_loses_nothing(read: Reader, answers: Answers) -> None:
    quirks.quirk_loose_spacing(answers)
    draft = await read(answers)
    sides = [side for match in draft.matches for side in (match.team1, match.team2)]
    assert all(not side.blank for side in sides)


async def test_a_finished_pool_has_the_desks_ranks(read: Reader, answers: Answers) -> None:
    number = pool_of(answers, played(answers))
    draft = await read(answers)
    stage = next(one for one in draft.stages if one.stage_id == number)
    sheet = answers[f"poolsheet_{number}.json"]["Pool"]["Teams"]
    expected = {(team["TeamId"], team["FinishRank"]) for team in sheet}
    assert stage.finished
    assert {tuple(pair) for pair in stage.ranks or ()} == expected


async def test_a_pool_without_ranks_is_open(read: Reader, answers: Answers) -> None:
    """Ranks come only when the desk finalises; until then there are none."""
    number = pool_of(answers, played(answers))
    for play in plays(answers, number):
        for team in play.get("Teams", ()):
            team.update(FinishRank=None, FinishRankText="")
    stage = next(one for one in (await read(answers)).stages if one.stage_id == number)
    assert (stage.finished, stage.ranks) == (False, None)


async def test_negative_ids_and_positive_ids_are_kept_as_they_are(
    read: Reader, answers: Answers
) -> None:
    draft = await read(answers)
    assert all(match.match_id < 0 for match in draft.matches)
    assert all(team.team_id > 0 for team in draft.teams)


async def test_the_desk_moves_a_match(read: Reader, answers: Answers) -> None:
    number = unplayed(answers)
    court = {"CourtId": -77, "Name": "Annex 7", "VideoLink": ""}
    quirks.quirk_moved(answers, number, court, "2026-02-02T18:15:00", "2026-02-02T19:14:59")
    match = match_in(await read(answers), number)
    assert match.court_id == -77
    assert match.start == datetime.fromisoformat("2026-02-02T18:15")
    assert match.end == datetime.fromisoformat("2026-02-02T19:15")


async def test_rosters_are_never_asked_for(
    read: Reader, answers: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    """Minors' names: even where a recording has them, nothing of them arrives."""
    answers["roster_1.json"] = [{"FullName": "Placeholder, Penny", "RoleOrJersey": "2"}]
    assert "Penny" not in repr(await read(answers))


async def test_club_of_a_team_comes_from_whichever_answer_has_it(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    draft = await read(answers)
    clubs = {team.team_id: team.club_id for team in tournament.teams}
    assert {team.team_id: team.club_id for team in draft.teams} == clubs


async def test_a_team_without_an_id_is_known_by_its_code(
    read: Reader, finished_answers: Answers
) -> None:
    """Codes are not always there; where the id is missing and the code is not, it tells."""
    match = next(match for match in tree_matches(finished_answers) if match["FirstTeam"])
    team = match["FirstTeam"]["TeamId"]
    for copy in dated_matches(finished_answers, match["MatchId"]):
        copy["FirstTeam"]["TeamId"] = None
        copy["FirstTeamText"] = "Renamed since (NC)"
    assert match_in(await read(finished_answers), match["MatchId"]).team1 == Side(team)


async def test_a_finished_bracket_has_its_final_places(
    read: Reader, finished_answers: Answers
) -> None:
    """On the last day the rank texts ("3 - Name (RR) (seed)") are the final placements."""
    draft = await read(finished_answers)
    ranked = [one for one in draft.stages if one.kind == "bracket" and one.ranks]
    assert ranked
    teams = {team.team_id for team in draft.teams}
    assert all(team in teams for one in ranked for team, _ in one.ranks or ())


async def test_a_text_that_two_teams_share_names_neither(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    """Never guess: a name alone is a team only when just one bears it."""
    number = played(answers)
    twins = [
        team for team in tournament.teams if team.division_id != match_division(tournament, number)
    ]
    for match in dated_matches(answers, number):
        match.update(WorkTeamId=None, WorkTeamText="Twin 15 (NC)")
    for sheet in all_pool_teams(answers):
        if sheet["TeamId"] in {twins[0].team_id, twins[1].team_id}:
            sheet["TeamName"] = "Twin 15"
    side = match_in(await read(answers), number).work_team
    assert side == Side(None, "Twin 15 (NC)")
