"""What is missing from a recording is said; what is there is used."""

from pathlib import Path

import pytest

from courtsync_web.demo.world import Tournament
from courtsync_web.schedule.aes.gather import gather
from courtsync_web.schedule.aes.read import read_aes
from courtsync_web.schedule.aes.recorded import Recorded
from courtsync_web.schedule.aes.source import judged
from courtsync_web.schedule.draft import DraftMatch, Unread
from tests import aes_quirks as quirks
from tests.aes_find import grid_matches
from tests.aes_world import Answers
from tests.schedule.conftest import KEY, ZONE, Reader


def without(answers: Answers, *beginnings: str) -> Answers:
    return {name: one for name, one in answers.items() if not name.startswith(beginnings)}


def first(answers: Answers, beginning: str) -> str:
    return next(name for name in answers if name.startswith(beginning))


async def test_without_the_event_the_rest_is_enough(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    draft = await read(without(answers, "event"))
    assert len(draft.matches) == len(tournament.matches)
    assert draft.event.name == "AES event 49001"
    assert any("name is not known" in note for note in draft.notes)
    days = sorted(match.start.date() for match in tournament.matches)
    assert (draft.event.start_date, draft.event.end_date) == (days[0], days[-1])


async def test_a_name_that_is_given_is_used_where_the_answers_have_none(
    read: Reader, answers: Answers
) -> None:
    draft = await read(without(answers, "event"), name="Winter Cup")
    assert draft.event.name == "Winter Cup"


async def test_division_names_are_found_without_the_event(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    draft = await read(without(answers, "event"))
    names = {one.division_id: one.name for one in tournament.divisions}
    assert {one.division_id: one.name for one in draft.divisions} == names


async def test_without_playdays_and_season_the_file_names_tell_the_days(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    draft = await read(without(answers, "event", "playdays", "plays_div"))
    assert len(draft.matches) == len(tournament.matches)


async def test_pools_and_brackets_in_one_answer(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    """``plays_DATE_divID.json`` holds both kinds, as the live service answers."""
    together: Answers = {}
    for name, answer in answers.items():
        kind, _, rest = name.partition("_")
        if kind in ("pools", "brackets"):
            together.setdefault(f"plays_{rest}", []).extend(answer)
        else:
            together[name] = answer
    draft = await read(together)
    assert len(draft.matches) == len(tournament.matches)
    assert not draft.unread.divisions


async def test_one_file_for_several_divisions(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    """``plays_DATE.json`` without a division: each play tells by its teams whose it is."""
    shared: Answers = {}
    for name, answer in answers.items():
        kind, _, rest = name.partition("_")
        if kind in ("pools", "brackets"):
            shared.setdefault(f"plays_{rest[:10]}.json", []).extend(answer)
        else:
            shared[name] = answer
    draft = await read(shared)
    found = {match.match_id: match.division_id for match in draft.matches}
    assert found == {-match.match_id: match.division_id for match in tournament.matches}


async def test_a_missing_sheet_is_said_and_its_pool_is_unread(
    read: Reader, answers: Answers
) -> None:
    gone = first(answers, "poolsheet_")
    number = int(gone.removeprefix("poolsheet_").removesuffix(".json"))
    draft = await read(without(answers, gone, "courts_"))
    assert number in draft.unread.stages
    assert any(f"pool {number}" in note and "not recorded" in note for note in draft.notes)


async def test_the_court_grid_fills_in_for_a_missing_sheet(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    gone = first(answers, "poolsheet_")
    number = int(gone.removeprefix("poolsheet_").removesuffix(".json"))
    whole = await read(answers)
    draft = await read(without(answers, gone))
    assert len(draft.matches) == len(tournament.matches)
    assert any("court grid only" in note for note in draft.notes)

    def facts(match: DraftMatch) -> tuple[object, ...]:
        return match.match_id, match.start, match.end, match.court_id, match.stage_id, match.team1

    ours = {facts(match) for match in draft.matches if match.stage_id == number}
    assert ours == {facts(match) for match in whole.matches if match.stage_id == number}


@pytest.mark.parametrize("shift", [0, 60, 120, -300])
async def test_grid_times_are_calibrated_against_known_matches(
    read: Reader, answers: Answers, shift: int
) -> None:
    """What the number in the grid's address means is unsure: the sheets' times decide."""
    whole = await read(answers)
    gone = first(answers, "poolsheet_")
    for match in grid_matches(answers):
        match["ScheduledStartDateTime"] += shift * 60_000
        match["ScheduledEndDateTime"] += shift * 60_000
    draft = await read(without(answers, gone))
    times = {match.match_id: (match.start, match.end) for match in whole.matches}
    assert {match.match_id: (match.start, match.end) for match in draft.matches} == times


async def test_a_grid_alone_is_believed_but_doubted_aloud(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    alone = {
        name: one
        for name, one in answers.items()
        if name.startswith(("event", "courts_", "nextassignments_"))
    }
    draft = await read(alone)
    assert len(draft.matches) == len(tournament.matches)
    starts = {-match.match_id: match.start for match in tournament.matches}
    assert {match.match_id: match.start for match in draft.matches} == starts
    assert any("could not be checked" in note for note in draft.notes)


async def test_teams_come_from_the_assignments_before_a_schedule_is_posted(
    read: Reader, answers: Answers, tournament: Tournament
) -> None:
    early = {n: one for n, one in answers.items() if n.startswith(("event", "nextassignments_"))}
    draft = await read(early)
    assert len(draft.teams) == len(tournament.teams)
    assert draft.matches == ()
    assert len(draft.unread.divisions) == len(tournament.divisions)


async def test_nothing_at_all_is_wholly_unread(read: Reader, answers: Answers) -> None:
    draft = await read({"readme.json": {}})
    assert draft.unread.everything
    assert draft.matches == ()


async def test_a_division_that_was_not_recorded_is_named(read: Reader, answers: Answers) -> None:
    """One recording of one division of a larger event: the others are not taken for empty."""
    other = {
        "IsFinished": False,
        "DivisionId": 5,
        "Name": "12s Girls",
        "TeamCount": 18,
        "CodeAlias": "12s",
        "ColorHex": "#BFFF7F",
    }
    answers["event.json"]["Divisions"].append(other)
    draft = await read(answers)
    assert draft.unread == Unread(divisions=frozenset({5}))
    assert any("12s Girls" in note for note in draft.notes)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (quirks.HTML, "web page"),
        ("", "empty"),
        ("  \n", "empty"),
        ("null", "null"),
        ('{"Matches": [', "broken off"),
        ("Service Unavailable", "neither"),
        ("[" * 100_000, "broken off"),
    ],
)
async def test_answers_that_are_no_data_are_told_apart(
    read: Reader, answers: Answers, text: str, word: str
) -> None:
    answers[first(answers, "poolsheet_")] = text
    draft = await read(answers)
    assert any(word in note for note in draft.notes)


def test_an_answer_may_begin_with_a_byte_order_mark() -> None:
    assert judged('\ufeff{"a": 1}').value == {"a": 1}


async def test_an_empty_list_is_an_answer(read: Reader, answers: Answers) -> None:
    """``[]`` means nothing that day: no fault, and nothing unread."""
    answers[first(answers, "brackets_")] = []
    assert not (await read(answers)).unread.divisions


async def test_a_file_that_is_not_text(tmp_path: Path, read: Reader, answers: Answers) -> None:
    await read(answers)
    (tmp_path / "recorded" / "event.json").write_bytes(b"\xff\xfe\x00")
    draft = read_aes(await gather(Recorded(tmp_path / "recorded", KEY)), zone=ZONE)
    assert any("UTF-8" in note for note in draft.notes)


@pytest.mark.parametrize("value", [5, "x", True, [], {}, [[]], [None], {"Matches": 5, "Pool": []}])
async def test_answers_of_the_wrong_shape_never_break_the_reading(
    read: Reader, answers: Answers, value: object
) -> None:
    for kind in ("event", "playdays", "plays", "pools", "brackets", "poolsheet", "courts", "next"):
        await read(answers | {first(answers, kind): value})


async def test_zone_is_guessed_from_the_teams_regions_and_said(
    read: Reader, answers: Answers
) -> None:
    for name, answer in answers.items():
        if name.startswith("poolsheet_"):
            for team in answer["Pool"]["Teams"]:
                team["TeamText"] = f"{team['TeamName']} (NC) (1)"
    draft = await read(answers, zone=None)
    assert draft.event.timezone == "America/Los_Angeles"
    assert any("no time zone" in note and "--timezone" in note for note in draft.notes)


async def test_a_zone_that_is_given_is_not_spoken_of(read: Reader, answers: Answers) -> None:
    draft = await read(answers, zone="Europe/Berlin")
    assert draft.event.timezone == "Europe/Berlin"
    assert not any("time zone" in note for note in draft.notes)
