"""Events made, replaced and taken home over JSON."""

import copy
import csv
import io
from typing import Any

import httpx
import pytest

from courtsync_web.accounts.actions import create_user
from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.scoring.queries import score_of
from tests.events.conftest import PASSWORD, sign_in

Json = dict[str, Any]
CLASSIC: Json = {
    "eventId": "spring-classic",
    "name": "Spring Classic",
    "timezone": "America/Chicago",
    "location": "Lake Hall",
    "startDate": "2026-04-11",
    "endDate": "2026-04-11",
    "clubs": [{"clubId": 1, "name": "Tide"}],
    "divisions": [{"divisionId": -1, "name": "14 Girls", "color": "#DF5F9F"}],
    "courts": [{"courtId": 2, "name": "Court 2"}, {"courtId": 10, "name": "Court 10"}],
    "teams": [
        {"teamId": -11, "name": "Falcon 14", "clubId": 1, "divisionId": -1},
        {"teamId": -12, "name": "Gull 14", "divisionId": -1},
        {"teamId": -13, "name": "Heron 14", "divisionId": -1},
    ],
    "matches": [
        {
            "matchId": -1,
            "divisionId": -1,
            "courtId": 2,
            "team1Id": -11,
            "team2Id": -12,
            "workTeamId": -13,
            "start": "2026-04-11T08:00:00",
            "end": "2026-04-11T09:00:00",
            "pool": "Pool 1",
            "round": "Round 1",
            "result": {"sets": [[25, 20], [25, 18]]},
        },
        {
            "matchId": -2,
            "courtId": 10,
            "team1Text": "Winner of Match 1",
            "team2Id": -13,
            "start": "2026-04-11T10:00:00",
            "end": "2026-04-11T11:00:00",
            "format": "one-set",
        },
    ],
}
EVENT = "/api/events/spring-classic"
SCHEDULE = f"{EVENT}/schedule"


@pytest.fixture
async def desk(web: httpx.AsyncClient, organizer: Person) -> Person:
    """The organizer, signed in."""
    await sign_in(web)
    return organizer


@pytest.fixture
async def made(web: httpx.AsyncClient, desk: Person) -> Person:
    """The organizer who has made the Spring Classic."""
    answer = await web.post("/api/events", json=CLASSIC)
    assert answer.status_code == 201, answer.text
    return desk


def changed(**facts: Any) -> Json:
    return copy.deepcopy(CLASSIC) | facts


async def test_an_organizer_makes_an_event(web: httpx.AsyncClient, desk: Person) -> None:
    answer = await web.post("/api/events", json=CLASSIC)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == EVENT
    assert answer.json() == (await web.get(EVENT)).json()
    event = answer.json()
    assert (event["name"], event["visibility"], event["matchCount"]) == (
        "Spring Classic",
        "public",
        2,
    )
    first, second = (await web.get(f"{EVENT}/matches")).json()
    assert (first["matchId"], first["status"], first["start"]) == (
        -1,
        "completed",
        "2026-04-11T08:00:00",
    )
    assert (second["team1Text"], second["format"]["id"]) == ("Winner of Match 1", "one-set")


@pytest.mark.usefixtures("made")
async def test_its_published_results_are_official_scores(
    web: httpx.AsyncClient, db: Database
) -> None:
    async with db.read() as session:
        score = await score_of(session, "spring-classic", -1)
    assert score
    assert (score.provenance, score.winner, score.sets_won) == ("official", 1, (2, 0))
    [pool] = (await web.get(f"{EVENT}/standings")).json()["pools"]
    assert [team["name"] for team in pool["teams"]] == ["Falcon 14", "Gull 14"]


async def test_nobody_and_no_spectator_makes_an_event(web: httpx.AsyncClient) -> None:
    nobody = await web.post("/api/events", json=CLASSIC)
    assert (nobody.status_code, nobody.json()["code"]) == (401, "sign-in-required")
    await web.post("/api/auth/guest", json={})
    guest = await web.post("/api/events", json=CLASSIC)
    assert (guest.status_code, guest.json()["code"]) == (403, "organizers-only")


@pytest.mark.usefixtures("made")
async def test_an_id_that_is_taken_is_a_conflict(web: httpx.AsyncClient) -> None:
    again = await web.post("/api/events", json=CLASSIC)
    assert (again.status_code, again.json()["code"]) == (409, "event-exists")


@pytest.mark.usefixtures("desk")
async def test_every_fault_is_named_and_nothing_is_stored(web: httpx.AsyncClient) -> None:
    bad = changed(timezone="Mars/Olympus", colour="red")
    bad["matches"][0] |= {"team1Id": 99, "end": "2026-04-11T07:00:00"}
    bad["matches"][1] |= {"start": "tomorrow"}
    answer = await web.post("/api/events", json=bad)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation")
    assert answer.json()["errors"]
    assert (await web.get(EVENT)).status_code == 404
    del bad["colour"]
    pointers = [
        error["pointer"] for error in (await web.post("/api/events", json=bad)).json()["errors"]
    ]
    assert set(pointers) == {
        "/timezone",
        "/matches/0/team1Id",
        "/matches/0/end",
        "/matches/1/start",
    }


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"name": "Spring\0Classic"}, 422),
        ({"eventId": "spring/classic"}, 422),
        ({"eventId": ""}, 422),
        ({"teams": [{"teamId": 2**63, "name": "Falcon"}]}, 422),
        ({"matches": 7}, 422),
    ],
)
async def test_what_cannot_be_stored_is_refused(
    web: httpx.AsyncClient, fields: Json, status: int
) -> None:
    answer = await web.post("/api/events", json=changed(**fields))
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("body", ["[]", "7", '"x"', "{", "", "nonsense"])
async def test_what_is_no_object_is_refused(web: httpx.AsyncClient, body: str) -> None:
    answer = await web.post(
        "/api/events", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 400, answer.text


@pytest.mark.usefixtures("made")
async def test_replacing_says_what_changed_and_keeps_scores(web: httpx.AsyncClient) -> None:
    newer = changed()
    newer["matches"][1]["start"] = "2026-04-11T10:30:00"
    newer["courts"].append({"courtId": 3, "name": "Court 3"})
    newer["matches"].append(newer["matches"][1] | {"matchId": -3, "courtId": 3})
    del newer["matches"][0]
    answer = await web.put(SCHEDULE, json=newer)
    assert answer.status_code == 200, answer.text
    difference = answer.json()
    assert [one["id"] for one in difference["added"]["matches"]] == [-3]
    assert [one["id"] for one in difference["added"]["courts"]] == [3]
    assert [one["id"] for one in difference["changed"]["matches"]] == [-2]
    assert [one["id"] for one in difference["vanished"]] == [-1], "it has a score"
    matches = {match["matchId"]: match for match in (await web.get(f"{EVENT}/matches")).json()}
    assert (matches[-1]["vanished"], matches[-1]["status"]) == (True, "completed")


@pytest.mark.usefixtures("made")
async def test_replacing_by_the_same_changes_nothing(web: httpx.AsyncClient) -> None:
    before = await web.get(EVENT)
    difference = (await web.put(SCHEDULE, json=CLASSIC)).json()
    assert (difference["added"], difference["changed"], difference["removed"]) == ({}, {}, {})
    assert (await web.get(EVENT)).headers["etag"] == before.headers["etag"]


@pytest.mark.usefixtures("made")
async def test_only_the_owner_replaces(web: httpx.AsyncClient, db: Database) -> None:
    await create_user(db, email="other@example.org", password=PASSWORD, role="organizer")
    await sign_in(web, "other@example.org")
    other = await web.put(SCHEDULE, json=CLASSIC)
    assert (other.status_code, other.json()["code"]) == (403, "not-owner")
    web.cookies.clear()
    assert (await web.put(SCHEDULE, json=CLASSIC)).status_code == 401


async def test_of_a_private_event_others_learn_nothing(
    web: httpx.AsyncClient, db: Database, desk: Person
) -> None:
    await web.post("/api/events", json=changed(visibility="private"))
    await create_user(db, email="other@example.org", password=PASSWORD, role="organizer")
    await sign_in(web, "other@example.org")
    assert (await web.put(SCHEDULE, json=CLASSIC)).status_code == 404
    assert (await web.get(f"{EVENT}/export")).status_code == 404


@pytest.mark.usefixtures("made")
async def test_a_document_about_another_event_is_refused(web: httpx.AsyncClient) -> None:
    answer = await web.put(SCHEDULE, json=changed(eventId="autumn-classic"))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/eventId")
    nowhere = await web.put("/api/events/nowhere/schedule", json=CLASSIC)
    assert nowhere.status_code == 404


@pytest.mark.usefixtures("made")
async def test_what_is_taken_home_can_be_brought_back(web: httpx.AsyncClient) -> None:
    taken = await web.get(f"{EVENT}/export")
    assert taken.headers["content-type"].startswith("application/json")
    assert taken.headers["content-disposition"] == 'attachment; filename="spring-classic.json"'
    difference = (await web.put(SCHEDULE, json=taken.json())).json()
    assert (difference["added"], difference["changed"], difference["removed"]) == ({}, {}, {})


@pytest.mark.usefixtures("made")
async def test_a_table_and_a_calendar_can_be_taken_home(web: httpx.AsyncClient) -> None:
    table = await web.get(f"{EVENT}/export?format=csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert "Falcon 14" in rows[0].values()
    calendar = await web.get(f"{EVENT}/export?format=ics")
    assert calendar.headers["content-type"] == "text/calendar; charset=utf-8"
    assert calendar.text.count("BEGIN:VEVENT") == 2
    copied = await web.get(
        f"{EVENT}/export?format=ics", headers={"If-None-Match": calendar.headers["etag"]}
    )
    assert copied.status_code == 304
    assert (await web.get(f"{EVENT}/export?format=pdf")).status_code == 400
