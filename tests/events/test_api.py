"""Reading events over JSON: who sees what, what is named, what is asked for."""

from typing import Any

import httpx
import pytest

from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.events.models import Event, Stage, Team
from tests.events import world
from tests.events.conftest import sign_in
from tests.events.world import FALCON, FINAL, HARBOR, HERON, LATER, OPENER, SECOND, THIRD

EVENT = f"/api/events/{HARBOR}"
READS = ["", "/matches", "/teams", "/standings"]


@pytest.fixture
async def harbor(db: Database) -> None:
    await world.store_harbor(db)


async def ids(web: httpx.AsyncClient, query: str) -> list[int]:
    answer = await web.get(f"{EVENT}/matches{query}")
    assert answer.status_code == 200, answer.text
    return [match["matchId"] for match in answer.json()]


async def test_the_list_shows_public_events_latest_first(
    web: httpx.AsyncClient, db: Database
) -> None:
    async with db.write() as tx:
        tx.session.add_all(
            [
                world.event("early", start_date="2026-01-01"),
                world.event("late", start_date="2026-12-01"),
                world.event("hidden", visibility="unlisted"),
                world.event("secret", visibility="private"),
            ]
        )
    answer = await web.get("/api/events")
    assert [event["eventId"] for event in answer.json()] == ["late", "early"]
    assert answer.json()[0] == {
        "eventId": "late",
        "name": "Harbor Classic",
        "timezone": "America/Los_Angeles",
        "location": "Harbor Hall",
        "startDate": "2026-12-01",
        "endDate": "2026-02-01",
        "visibility": "public",
    }


async def test_an_owner_finds_their_own_events_listed(
    web: httpx.AsyncClient, db: Database, organizer: Person
) -> None:
    async with db.write() as tx:
        tx.session.add(world.event("secret", visibility="private", owner_id=organizer.id))
    assert (await web.get("/api/events")).json() == []
    await sign_in(web)
    assert [event["eventId"] for event in (await web.get("/api/events")).json()] == ["secret"]


@pytest.mark.parametrize("read", READS)
async def test_a_private_event_is_there_for_its_owner_alone(
    web: httpx.AsyncClient, db: Database, organizer: Person, read: str
) -> None:
    await world.store_harbor(db, visibility="private", owner_id=organizer.id)
    nobody = await web.get(EVENT + read)
    assert (nobody.status_code, nobody.json()["code"]) == (404, "not-found")
    missing = await web.get("/api/events/nowhere" + read)
    assert nobody.json() == missing.json(), "hidden and missing must look the same"
    await web.post("/api/auth/guest", json={})
    assert (await web.get(EVENT + read)).status_code == 404
    await sign_in(web)
    assert (await web.get(EVENT + read)).status_code == 200


@pytest.mark.parametrize("read", READS)
async def test_an_unlisted_event_is_for_whoever_has_the_address(
    web: httpx.AsyncClient, db: Database, read: str
) -> None:
    await world.store_harbor(db, visibility="unlisted")
    assert (await web.get(EVENT + read)).status_code == 200


@pytest.mark.parametrize("read", READS)
async def test_an_id_of_no_shape_is_refused(web: httpx.AsyncClient, read: str) -> None:
    for event_id in ("a%00b", "a%20b", "a.b", "x" * 65, "a%0A", "%F0%9F%8F%90"):
        answer = await web.get(f"/api/events/{event_id}{read}")
        assert answer.status_code in {400, 404}, event_id
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.usefixtures("harbor")
async def test_an_event_names_its_parts_in_human_order(web: httpx.AsyncClient) -> None:
    event = (await web.get(EVENT)).json()
    assert (event["name"], event["seq"], event["scheduleSeq"]) == ("Harbor Classic", 12, 3)
    assert event["days"] == [
        {"day": "2026-01-31", "matches": 3},
        {"day": "2026-02-01", "matches": 1},
    ]
    assert (event["matchCount"], event["teamCount"]) == (5, 4)
    assert [court["name"] for court in event["courts"]] == ["Court 2", "Court 10"]
    assert event["courts"][0]["videoLink"] == "https://v.example"
    assert [club["name"] for club in event["clubs"]] == ["Cliff", "Tide"]
    assert event["divisions"] == [
        {"divisionId": 14, "name": "14 Girls", "color": "#DF5F9F", "format": None},
        {"divisionId": 15, "name": "15 Girls", "color": None, "format": world.TO_15},
    ]
    assert event["format"]["id"] == "usav-junior-bo3"


@pytest.mark.usefixtures("harbor")
async def test_a_match_has_every_id_resolved(web: httpx.AsyncClient) -> None:
    [opener, *_] = (await web.get(f"{EVENT}/matches")).json()
    eight = world.wall("2026-01-31T08:00:00")
    assert {name: value for name, value in opener.items() if name != "format"} == {
        "matchId": OPENER,
        "name": "M1",
        "status": "completed",
        "divisionId": 14,
        "divisionName": "14 Girls",
        "courtId": 2,
        "courtName": "Court 2",
        "team1Id": FALCON,
        "team2Id": world.GULL,
        "workTeamId": world.IBIS,
        "team1": {"teamId": FALCON, "name": "Falcon 14"},
        "team2": {"teamId": world.GULL, "name": "Gull 14"},
        "workTeam": {"teamId": world.IBIS, "name": "Ibis 14"},
        "team1Text": "",
        "team2Text": "",
        "workTeamText": "",
        "day": "2026-01-31",
        "start": "2026-01-31T08:00:00",
        "end": "2026-01-31T09:00:00",
        "startsAt": eight,
        "endsAt": eight + 3_600_000,
        "pool": "Pool 1",
        "round": "Round 1",
        "stage": "Pool 1",
        "vanished": False,
    }
    assert opener["format"]["setsMax"] == 3


@pytest.mark.usefixtures("harbor")
async def test_what_is_not_known_yet_is_null_and_readable(web: httpx.AsyncClient) -> None:
    matches = {match["matchId"]: match for match in (await web.get(f"{EVENT}/matches")).json()}
    final, later = matches[FINAL], matches[LATER]
    assert (final["team1"], final["team1Text"]) == (None, "Winner of Match 6")
    assert (final["pool"], final["stage"], final["status"]) == ("", "Gold", "not-started")
    assert (later["start"], later["startsAt"], later["day"], later["courtId"]) == (None,) * 4
    assert later["vanished"] is True


@pytest.mark.usefixtures("harbor")
async def test_the_nearest_format_is_in_force(web: httpx.AsyncClient) -> None:
    matches = {match["matchId"]: match for match in (await web.get(f"{EVENT}/matches")).json()}
    assert matches[FINAL]["format"] == world.ONE_SET
    assert matches[LATER]["format"] == world.TO_15


@pytest.mark.usefixtures("harbor")
async def test_matches_are_narrowed(web: httpx.AsyncClient) -> None:
    for query, expected in (
        ("", [OPENER, SECOND, THIRD, FINAL, LATER]),
        ("?day=2026-02-01", [FINAL]),
        ("?day=2026-02-02", []),
        (f"?teamId={FALCON}", [OPENER, FINAL]),
        (f"?clubId={world.CLIFF_CLUB}", [SECOND, THIRD]),
        ("?divisionId=15", [LATER]),
        ("?courtId=2", [OPENER, THIRD, FINAL]),
        ("?status=completed", [OPENER, SECOND]),
        ("?status=in-progress", [THIRD]),
        ("?status=not-started", [FINAL, LATER]),
        (f"?teamId={HERON}&status=completed&day=2026-01-31", [SECOND]),
        (f"?teamId={2**63 - 1}", []),
    ):
        assert await ids(web, query) == expected, query


@pytest.mark.usefixtures("harbor")
async def test_a_query_of_another_shape_is_refused(web: httpx.AsyncClient) -> None:
    for query in (
        f"teamId={2**63}", "clubId=-99999999999999999999", "divisionId=x", "courtId=1.5",
        "status=over", "day=tomorrow", "day=2026-01-31%00", "teamId=",
    ):  # fmt: skip
        answer = await web.get(f"{EVENT}/matches?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "validation"), query


@pytest.mark.usefixtures("harbor")
async def test_teams_come_with_club_and_division(web: httpx.AsyncClient) -> None:
    teams = (await web.get(f"{EVENT}/teams")).json()
    assert [team["name"] for team in teams] == ["Falcon 14", "Gull 14", "Heron 14", "Ibis 14"]
    assert teams[0] == {
        "teamId": FALCON,
        "name": "Falcon 14",
        "code": "",
        "clubId": 7,
        "clubName": "Tide",
        "divisionId": 14,
        "divisionName": "14 Girls",
    }
    assert (teams[3]["code"], teams[3]["clubName"]) == ("g14ibis", None)


def line(team: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(
        team[name] for name in
        ("name", "rank", "matchesWon", "matchesLost", "setsWon", "setsLost",
         "pointsFor", "pointsAgainst")
    )  # fmt: skip


@pytest.mark.usefixtures("harbor")
async def test_standings_count_what_is_decided(web: httpx.AsyncClient) -> None:
    [pool] = (await web.get(f"{EVENT}/standings")).json()["pools"]
    assert (pool["pool"], pool["round"], pool["divisionId"], pool["finished"]) == (
        "Pool 1",
        "Round 1",
        14,
        False,
    )
    assert [line(team) for team in pool["teams"]] == [
        ("Falcon 14", 1, 1, 0, 2, 0, 50, 38),
        ("Ibis 14", 2, 1, 0, 2, 1, 60, 55),
        ("Heron 14", 3, 0, 1, 1, 2, 55, 60),
        ("Gull 14", 4, 0, 1, 0, 2, 38, 50),
    ]
    assert set(pool["teams"][0]) == {
        "teamId", "name", "rank", "matchesWon", "matchesLost", "setsWon", "setsLost",
        "pointsFor", "pointsAgainst",
    }  # fmt: skip


@pytest.mark.usefixtures("harbor")
async def test_standings_of_one_division(web: httpx.AsyncClient) -> None:
    assert (await web.get(f"{EVENT}/standings?divisionId=15")).json() == {"pools": []}
    assert len((await web.get(f"{EVENT}/standings?divisionId=14")).json()["pools"]) == 1


async def test_the_desks_own_order_stands_once_it_has_ranked(
    web: httpx.AsyncClient, db: Database
) -> None:
    await world.store_harbor(db)
    async with db.write() as tx:
        stage = await tx.session.get_one(Stage, (HARBOR, world.POOL))
        stage.finished = True
        stage.ranks = [[HERON, 1], [FALCON, 2], [world.GULL, 3], [world.IBIS, 4]]
        tx.session.add(stage)
    [pool] = (await web.get(f"{EVENT}/standings")).json()["pools"]
    assert pool["finished"] is True
    assert [(team["rank"], team["teamId"]) for team in pool["teams"]] == [
        (1, HERON),
        (2, FALCON),
        (3, world.GULL),
        (4, world.IBIS),
    ]
    assert pool["teams"][0]["matchesWon"] == 0, "its figures stay what the scores say"


@pytest.mark.usefixtures("harbor")
@pytest.mark.parametrize("read", READS)
async def test_a_copy_is_answered_with_304_until_something_changes(
    web: httpx.AsyncClient, db: Database, read: str
) -> None:
    first = await web.get(EVENT + read)
    etag = first.headers["etag"]
    assert etag.startswith('"'), "strong"
    for header in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        copy = await web.get(EVENT + read, headers={"If-None-Match": header})
        assert (copy.status_code, copy.content, copy.headers["etag"]) == (304, b"", etag)
    async with db.write() as tx:
        event = await tx.session.get_one(Event, HARBOR)
        event.name = "Harbor Classic II"
        team = await tx.session.get_one(Team, (HARBOR, FALCON))
        team.name = "Falcon 14 Gold"
        tx.session.add_all([event, team])
    newer = await web.get(EVENT + read, headers={"If-None-Match": etag})
    assert newer.status_code == 200
    assert newer.headers["etag"] != etag
