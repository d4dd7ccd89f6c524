"""Calendars that others keep: every match once, whatever becomes of it."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any, cast

import httpx
import pytest
import vobject

from courtsync_web.accounts import api as accounts_api
from courtsync_web.accounts.models import User
from courtsync_web.coverage import api as coverage_api
from courtsync_web.db import Database
from courtsync_web.live.bus import MemoryBus
from courtsync_web.schedule.apply import apply
from courtsync_web.schedule.document import read_document
from courtsync_web.sharing import api, calendar_files
from tests.small_house import small_house
from tests.world import OWNER

EVENT = "/events/lakeside"
TEAM = f"{EVENT}/teams/1/calendar.ics"
LINKS = "/api/events/lakeside/shared-links"
NAMES = ("Harbor 15 Gold", "Falcon 15 Blue", "Bay 15", "Elm 15")


def match(match_id: int, start: str, court: int, sides: tuple[int, int], work: int) -> Any:
    begins = datetime.fromisoformat(start)
    return {
        "matchId": match_id, "courtId": court, "team1Id": sides[0], "team2Id": sides[1],
        "workTeamId": work, "start": start, "end": (begins + timedelta(hours=1)).isoformat(),
        "divisionId": 15,
    }  # fmt: skip


def schedule(*matches: Any, **event: Any) -> dict[str, Any]:
    return {
        "eventId": "lakeside", "name": "Lakeside Winter Classic", "timezone": "America/Chicago",
        "location": "Convention Center", "startDate": "2026-01-31", "endDate": "2026-03-08",
        "divisions": [{"divisionId": 15, "name": "15 Open"}],
        "courts": [{"courtId": 1, "name": "West 1"}, {"courtId": 12, "name": "West 12"}],
        "teams": [{"teamId": n, "name": name, "divisionId": 15} for n, name in enumerate(NAMES, 1)],
        "matches": list(matches),
    } | event  # fmt: skip


EIGHT = match(101, "2026-01-31T08:00:00", 1, (1, 2), 3)
NINE = match(102, "2026-01-31T09:00:00", 12, (3, 4), 1)
IN_SUMMER_TIME = match(103, "2026-03-08T09:00:00", 12, (1, 4), 2)


class Hall:
    """An event whose schedule changes, and a caller of its addresses."""

    def __init__(self, db: Database, web: httpx.AsyncClient) -> None:
        self.db, self.web = db, web
        self.now = 1_769_000_000_000

    async def put(self, *matches: Any, **event: Any) -> None:
        self.now += 60_000
        draft = read_document(schedule(*matches, **event))
        async with self.db.write() as tx:
            await apply(tx, MemoryBus(), draft, event_id="lakeside", owner=OWNER, now=self.now)

    async def entries(self, address: str) -> dict[str, Any]:
        """What somebody else's library reads there, by UID."""
        answer = await self.web.get(address)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("text/calendar")
        book = vobject.readOne(answer.text)
        book.validate(raiseException=True)
        listed = getattr(book, "vevent_list", [])
        found = {one.uid.value: one for one in listed}
        assert len(found) == len(listed), "no entry is there twice"
        return found


@pytest.fixture
async def hall(db: Database) -> AsyncIterator[Hall]:
    async with db.write() as tx:
        tx.session.add(
            User(id=OWNER.id, display_name=OWNER.display_name, role=OWNER.role, created_at=0)
        )
    house = small_house(
        db, *api.routes, *calendar_files.routes, *coverage_api.routes, *accounts_api.routes
    )
    transport = httpx.ASGITransport(app=cast(Any, house))
    async with httpx.AsyncClient(transport=transport, base_url="http://hall.test") as web:
        there = Hall(db, web)
        await there.put(EIGHT, NINE, IN_SUMMER_TIME)
        yield there


async def test_a_team_has_its_matches_and_its_duties_in_the_venues_time(hall: Hall) -> None:
    entries = await hall.entries(TEAM)
    assert entries.keys() == {
        "match-101@lakeside.courtsync", "work-102@lakeside.courtsync",
        "match-103@lakeside.courtsync",
    }  # fmt: skip
    plays = entries["match-101@lakeside.courtsync"]
    assert plays.summary.value == "Harbor 15 Gold – Falcon 15 Blue"
    assert plays.location.value == "West 1, Convention Center"
    assert plays.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["America/Chicago"]
    assert plays.dtstart.value.isoformat() == "2026-01-31T08:00:00-06:00"
    assert plays.dtend.value.isoformat() == "2026-01-31T09:00:00-06:00"
    assert plays.url.value == "http://hall.test/events/lakeside/matches/101"
    summer = entries["match-103@lakeside.courtsync"]
    assert summer.dtstart.value.isoformat() == "2026-03-08T09:00:00-05:00"
    assert entries["work-102@lakeside.courtsync"].summary.value == "Work duty: Bay 15 – Elm 15"


async def test_a_changed_schedule_moves_entries_and_doubles_none(hall: Hall) -> None:
    before = await hall.entries(f"{EVENT}/calendar.ics")
    moved = match(101, "2026-01-31T10:30:00", 12, (1, 2), 3)
    await hall.put(moved, NINE, IN_SUMMER_TIME)
    after = await hall.entries(f"{EVENT}/calendar.ics")
    assert after.keys() == before.keys()
    old, new = (entries["match-101@lakeside.courtsync"] for entries in (before, after))
    assert new.dtstart.value - old.dtstart.value == timedelta(hours=2, minutes=30)
    assert new.location.value == "West 12, Convention Center"
    assert int(new.sequence.value) > int(old.sequence.value)
    assert new.last_modified.value > old.last_modified.value


async def test_a_match_that_is_dropped_is_called_off_until_it_comes_back(hall: Hall) -> None:
    await hall.web.post("/api/auth/guest", json={})
    plan = {"selectedMatches": [101, 103]}
    await hall.web.put("/api/events/lakeside/coverage-plans", json=plan)
    mine = (await hall.web.put(f"{LINKS}/calendar")).json()["link"]
    await hall.put(NINE, IN_SUMMER_TIME)
    for address in (TEAM, f"{EVENT}/calendar.ics", mine):
        gone = (await hall.entries(address))["match-101@lakeside.courtsync"]
        assert gone.status.value == "CANCELLED"
        assert gone.summary.value == "Harbor 15 Gold – Falcon 15 Blue"
        assert gone.dtstart.value.isoformat() == "2026-01-31T08:00:00-06:00"
    await hall.put(EIGHT, NINE, IN_SUMMER_TIME)
    for address in (TEAM, f"{EVENT}/calendar.ics", mine):
        back = (await hall.entries(address))["match-101@lakeside.courtsync"]
        assert back.status.value == "CONFIRMED"


async def test_who_has_the_newest_copy_is_told_so_and_how_often_to_ask(hall: Hall) -> None:
    answer = await hall.web.get(TEAM)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT15M" in answer.text
    assert "X-PUBLISHED-TTL:PT15M" in answer.text
    same = await hall.web.get(TEAM, headers={"If-None-Match": answer.headers["etag"]})
    assert (same.status_code, same.text) == (304, "")
    await hall.put(EIGHT, NINE)
    other = await hall.web.get(TEAM, headers={"If-None-Match": answer.headers["etag"]})
    assert other.status_code == 200


async def test_an_open_side_is_tentative_and_a_match_without_a_time_is_left_out(hall: Hall) -> None:
    later = EIGHT | {"matchId": 104, "start": None, "end": None}
    final = EIGHT | {"matchId": 105, "team2Id": None, "team2Text": "Winner of Match 3"}
    await hall.put(later, final)
    entries = await hall.entries(f"{EVENT}/calendar.ics")
    assert "match-104@lakeside.courtsync" not in entries
    open_one = entries["match-105@lakeside.courtsync"]
    assert open_one.status.value == "TENTATIVE"
    assert open_one.summary.value == "Harbor 15 Gold – Winner of Match 3"


async def test_names_cannot_write_lines_of_their_own(hall: Hall) -> None:
    teams = schedule()["teams"]
    teams[0]["name"] = "Sly; 15,\\n BEGIN:VEVENT" + " long" * 20
    await hall.put(EIGHT, teams=teams)
    entry = (await hall.entries(f"{EVENT}/calendar.ics"))["match-101@lakeside.courtsync"]
    assert entry.summary.value == f"{teams[0]['name']} – Falcon 15 Blue"


async def test_a_plans_calendar_is_a_private_link_that_can_be_withdrawn(hall: Hall) -> None:
    await hall.web.post("/api/auth/guest", json={})
    await hall.web.put("/api/events/lakeside/coverage-plans", json={"selectedMatches": [101, 102]})
    made = (await hall.web.put(f"{LINKS}/calendar")).json()
    assert (await hall.web.put(f"{LINKS}/calendar")).json() == made
    assert (await hall.web.get(LINKS)).json() == [made]
    hall.web.cookies.clear()
    assert len(await hall.entries(made["link"])) == 2
    assert (await hall.web.get(made["link"] + "?team=1")).status_code == 404
    assert (await hall.web.get(made["link"].replace("/cal/", "/cal/0"))).status_code == 404


async def test_withdrawn_it_leads_nowhere_and_a_new_one_is_another(hall: Hall) -> None:
    await hall.web.post("/api/auth/guest", json={})
    first = (await hall.web.put(f"{LINKS}/calendar")).json()["link"]
    await hall.web.put(f"{LINKS}/plan")
    assert (await hall.web.delete(f"{LINKS}/calendar")).status_code == 204
    assert (await hall.web.get(first)).status_code == 404
    assert [one["kind"] for one in (await hall.web.get(LINKS)).json()] == ["plan"]
    second = (await hall.web.put(f"{LINKS}/calendar")).json()["link"]
    assert second != first
    assert (await hall.web.get(second)).status_code == 200


async def test_a_private_events_calendars_need_a_link_of_somebody_who_may_see_it(
    hall: Hall,
) -> None:
    await hall.web.post("/api/auth/guest", json={})
    link = (await hall.web.put(f"{LINKS}/event")).json()["link"]
    assert len(await hall.entries(link + "?team=1")) == 3
    await hall.put(EIGHT, visibility="private")
    assert (await hall.web.get(TEAM)).status_code == 404
    assert (await hall.web.get(link)).status_code == 404, "who made it is no longer let in"
    assert (await hall.web.put(f"{LINKS}/event")).status_code == 404


async def test_a_plan_is_taken_home_as_a_table_that_runs_nothing(hall: Hall) -> None:
    teams = schedule()["teams"]
    teams[0]["name"] = "=1+1"
    await hall.put(EIGHT, NINE, teams=teams)
    await hall.web.post("/api/auth/guest", json={})
    await hall.web.put("/api/events/lakeside/coverage-plans", json={"selectedMatches": [101]})
    answer = await hall.web.get("/api/events/lakeside/coverage-plans/export?format=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    head, row = answer.text.removeprefix("\ufeff").splitlines()
    assert head.startswith("match id,court,date")
    assert row.startswith("101,West 1,2026-01-31,08:00,09:00,15 Open,'=1+1,Falcon 15 Blue,Bay 15")
    as_calendar = "/api/events/lakeside/coverage-plans/export?format=ics"
    assert (await hall.entries(as_calendar)).keys() == {"match-101@lakeside.courtsync"}
