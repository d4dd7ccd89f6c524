"""The schedule document: read whole, or refused with every fault at once."""

import json
from datetime import date, datetime
from random import Random
from typing import Any

import msgspec
import pytest

from courtsync_web.demo.document import schedule_document
from courtsync_web.demo.rallies import play_results
from courtsync_web.demo.world import Tournament
from courtsync_web.schedule.document import read_document
from courtsync_web.schedule.draft import BadSchedule, Side

Json = dict[str, Any]


def small() -> Json:
    """The smallest document with one of everything."""
    return {
        "eventId": "lakeside",
        "name": "Lakeside Winter Classic",
        "timezone": "America/Chicago",
        "startDate": "2026-01-31",
        "endDate": "2026-02-01",
        "clubs": [{"clubId": 4, "name": "Harbor"}],
        "divisions": [{"divisionId": 15, "name": "15 Open", "format": "3 Sets to 25"}],
        "courts": [{"courtId": -1, "name": "Court 1"}],
        "teams": [
            {"teamId": 1, "name": "Harbor 15 Gold", "clubId": 4, "divisionId": 15},
            {"teamId": 2, "name": "Falcon 15 Blue", "divisionId": 15},
        ],
        "matches": [
            {
                "matchId": -101,
                "divisionId": 15,
                "courtId": -1,
                "team1Id": 1,
                "team2Id": 2,
                "workTeamText": "Winner of Match 6",
                "start": "2026-01-31T08:00:00",
                "end": "2026-01-31T09:00:00",
                "pool": "Pool 1",
                "round": "Round 1",
                "format": "usav-junior-bo3",
                "result": {"sets": [[25, 20], [25, 18]]},
            }
        ],
    }


def faults(document: object) -> dict[str, str]:
    with pytest.raises(BadSchedule) as bad:
        read_document(document)
    return {one.pointer: one.detail for one in bad.value.problems}


def test_a_small_document_is_read_whole() -> None:
    draft = read_document(small())
    assert draft.counts() == {"matches": 1, "teams": 2, "courts": 1, "sets": 2}
    [match] = draft.matches
    assert (match.team1, match.team2) == (Side(1), Side(2))
    assert match.work_team == Side(None, "Winner of Match 6")
    assert match.start == datetime.fromisoformat("2026-01-31T08:00")
    assert match.format is not None
    assert match.format["mode"] == "first_to"
    assert draft.divisions[0].format is not None
    assert draft.divisions[0].format["mode"] == "play_all"
    [result] = draft.results
    assert (result.sets, result.outcome) == (((25, 20), (25, 18)), "undecided")
    assert draft.event.start_date == date(2026, 1, 31)


def test_text_is_read_as_well() -> None:
    assert read_document(json.dumps(small()).encode()) == read_document(small())


def test_what_the_demo_writes_is_read(tournament: Tournament) -> None:
    document = schedule_document(tournament, play_results(tournament, Random(1)))
    draft = read_document(document)
    assert len(draft.matches) == len(tournament.matches)
    assert len(draft.stages) == len(tournament.plays)
    assert all(match.stage_id is not None for match in draft.matches)


def test_a_pool_is_made_from_the_words_of_its_matches() -> None:
    draft = read_document(small())
    [stage] = draft.stages
    assert (stage.round, stage.name, stage.kind, stage.division_id) == (
        "Round 1",
        "Pool 1",
        "pool",
        15,
    )
    assert ("stage", stage.stage_id) in draft.derived


def test_the_same_words_give_the_same_pool_in_every_import() -> None:
    assert read_document(small()).stages == read_document(small()).stages


def test_a_listed_stage_says_more_about_a_pool() -> None:
    document = small() | {
        "stages": [
            {
                "stageId": 7,
                "divisionId": 15,
                "round": "Round 1",
                "pool": "Pool 1",
                "kind": "bracket",
                "format": "2 of 3 to 25(15)",
                "finished": True,
                "ranks": [[1, 1], [2, 2]],
            }
        ]
    }
    draft = read_document(document)
    [stage] = draft.stages
    assert (stage.stage_id, stage.kind, stage.finished) == (7, "bracket", True)
    assert stage.ranks == [[1, 1], [2, 2]]
    assert draft.matches[0].stage_id == 7


def test_a_match_to_follow_has_no_time() -> None:
    document = small()
    del document["matches"][0]["start"], document["matches"][0]["end"]
    assert read_document(document).matches[0].start is None


def test_every_fault_is_told_at_once() -> None:
    document = small()
    document["timezone"] = "Lakeside/Standard"
    document["endDate"] = "2026-01-30"
    document["divisions"][0]["format"] = "best of luck"
    document["teams"][1]["clubId"] = 99
    first = document["matches"][0]
    document["matches"] += [
        first | {"end": "2026-01-31T07:00:00"},
        {"matchId": 5, "team1Id": 77, "team2Id": 1, "courtId": 8, "divisionId": 9},
        {"matchId": 6, "start": "2026-01-31T08:00:00+01:00", "result": {}},
        {"matchId": 7, "team1Id": 1, "team2Id": 1, "stageId": 3},
    ]
    assert set(faults(document)) == {
        "/timezone",
        "/endDate",
        "/divisions/0/format",
        "/teams/1/clubId",
        "/matches/1/matchId",
        "/matches/1/end",
        "/matches/2/team1Id",
        "/matches/2/courtId",
        "/matches/2/divisionId",
        "/matches/3/start",
        "/matches/3/result",
        "/matches/4/team2Id",
        "/matches/4/stageId",
    }


def test_every_wrong_type_is_told_at_once() -> None:
    document = small()
    document["colour"] = "red"
    document["name"] = 5
    del document["startDate"]
    document["courts"] = "none"
    document["clubs"].append([])
    document["teams"][0] |= {"teamId": "1", "captain": True}
    document["matches"][0] |= {"result": {"sets": [[25, 20], [25]]}, "team1Id": 1.5, "a/b": 1}
    assert set(faults(document)) == {
        "/colour",
        "/name",
        "/startDate",
        "/courts",
        "/clubs/1",
        "/teams/0/teamId",
        "/teams/0/captain",
        "/matches/0/result/sets/1",
        "/matches/0/team1Id",
        "/matches/0/a~1b",
    }


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("eventId", "two words"),
        ("eventId", ""),
        ("eventId", "x" * 65),
        ("name", "   "),
        ("name", "x" * 201),
        ("name", "null\x00character"),
        ("name", "two\nlines"),
        ("location", "tab\tbed"),
        ("startDate", "31.1.2026"),
        ("startDate", "2026-02-30"),
        ("visibility", "secret"),
        ("format", {"setsMax": 4, "mode": "first_to", "target": 25}),
        ("format", "no such format"),
    ],
)
def test_bad_facts(place: str, value: object) -> None:
    assert f"/{place}" in faults(small() | {place: value})


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("matchId", 2**63),
        ("matchId", None),
        ("matchId", True),
        ("start", "8:00"),
        ("start", "2026-01-31"),
        ("start", "2026-01-31T08:00:00Z"),
        ("start", "0001-01-01T00:00:00"),
        ("start", "9999-12-31T23:59:59"),
        ("team1Text", "x" * 201),
        ("result", {"sets": [[25, -1]]}),
        ("result", {"sets": [[100, 3]]}),
        ("result", {"sets": [[25, 3]] * 6}),
        ("result", {"outcome": "maybe"}),
        ("result", {"outcome": "undecided"}),
    ],
)
def test_bad_matches(place: str, value: object) -> None:
    document = small()
    document["matches"][0][place] = value
    assert any(pointer.startswith(f"/matches/0/{place}") for pointer in faults(document))


def test_words_of_a_fault_are_for_people() -> None:
    told = faults(small() | {"name": "two\nlines", "eventId": "a b"})
    assert "regex" not in " ".join(told.values())


def test_doubled_ids_name_the_first_one() -> None:
    document = small()
    document["courts"].append({"courtId": -1, "name": "Court 2"})
    assert faults(document) == {"/courts/1/courtId": "-1 is given at /courts/0 too"}


def test_a_doubled_pool_is_told() -> None:
    stage = {"divisionId": 15, "round": "Round 1", "pool": "Pool 1"}
    assert set(faults(small() | {"stages": [stage, stage]})) == {"/stages/1"}


def test_another_events_document_is_refused() -> None:
    with pytest.raises(BadSchedule, match="eventId"):
        read_document(small(), event_id="other")


@pytest.mark.parametrize(
    "given", [b"", b"{", b"\xff\xfe", b"[]", b"5", b"null", b'"x"', b"[" * 99_999]
)
def test_what_is_no_document(given: bytes) -> None:
    with pytest.raises(BadSchedule):
        read_document(given)


def test_ids_may_use_all_64_bits() -> None:
    document = small()
    document["matches"][0]["matchId"] = -(2**63)
    assert read_document(document).matches[0].match_id == -(2**63)


def test_more_than_twenty_thousand_matches_are_refused_with_the_number() -> None:
    document = small()
    document["matches"] = [{"matchId": number} for number in range(20_001)]
    assert faults(document) == {"/matches": "has 20,001 rows; at most 20,000 are taken"}


def test_twenty_thousand_matches_in_as_many_pools_are_read_in_time() -> None:
    document = small()
    document["matches"] = [{"matchId": n, "pool": f"Pool {n}"} for n in range(20_000)]
    assert len(read_document(msgspec.json.encode(document)).stages) == 20_000
