"""Texts that want to be markup: through every way in, on every page that shows them."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar
from sqlalchemy import update

from courtsync_web.app import create_app
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.models import Division
from courtsync_web.schedule.apply import apply
from courtsync_web.schedule.document import read_document
from courtsync_web.schedule.draft import BadSchedule
from courtsync_web.schedule.tables.read import read_table
from courtsync_web.settings import Settings
from courtsync_web.web.route_table import TABLE, Line
from tests.attacks.markup import EVIL, MARK, SHORT, witness
from tests.schedule.test_document import small
from tests.servers.lifetime import living
from tests.standing_world import StandingWorld, build_standing
from tests.world import Bell

PAGES = [
    line
    for line in TABLE
    if line.method == "GET"
    and not line.path.startswith(("/api/", "/live/", "/static", "/.well", "/schema/"))
    and line.path not in ("/healthz", "/readyz", "/metrics", "/manifest.webmanifest")
    and line.path != "/service-worker.js"
    and not line.path.endswith((".ics", ".png", "{file}"))
]
NOBODYS = (
    "/practice",
    "/pad",
    "/settings",
    "/forgot",
    "/privacy",
    "/offline",
    "/schema",
    "/reset",
    "/sign-in",
    "/f/events/{event_id}/standings",
)
"""They show no text of the small event, and a name at most to who is signed in."""


ONE_LOOP = True


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(shared_settings: Settings) -> AsyncIterator[Litestar]:
    """One for all tests here: each makes events and people of its own in it."""
    async with living(create_app(shared_settings)) as app:
        yield app


@pytest_asyncio.fixture(loop_scope="module")
async def web(house: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=cast(Any, house))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://hall.test", follow_redirects=True
    ) as caller:
        yield caller


def hostile_document(event_id: str) -> dict[str, Any]:
    """A schedule in which every text is hostile."""
    given = small() | {"eventId": event_id, "name": EVIL, "location": EVIL}
    given["clubs"][0]["name"] = given["courts"][0]["name"] = EVIL
    given["divisions"][0] |= {"name": EVIL, "code": SHORT}
    for number, team in enumerate(given["teams"]):
        team |= {"name": f"{number}{EVIL}", "code": SHORT}
    given["matches"][0] |= {
        "pool": EVIL, "round": EVIL, "workTeamText": EVIL, "name": EVIL[:80],
    }  # fmt: skip
    nobody_yet = {"team1Id": None, "team2Id": None, "team1Text": EVIL, "team2Text": EVIL}
    without_score = {key: value for key, value in given["matches"][0].items() if key != "result"}
    given["matches"].append(without_score | nobody_yet | {"matchId": -102})
    return given


async def test_every_page_of_an_event_made_of_hostile_texts(
    house: Litestar, web: httpx.AsyncClient
) -> None:
    """Event, division, court, teams, people and their devices: whatever a page shows."""
    state = house.state
    world = await build_standing(
        state["db"], state["keys"], visibility="public", password_hash="", texts=EVIL
    )
    for name in ("owner", "court", "media"):
        for line in PAGES:
            answer = await web.get(address(line, world), headers=cookie(world, name))
            assert answer.headers["content-type"].startswith(("text/html", "image/svg")), line.path
            found = witness(answer.text)
            assert found.faults == [], (name, line.path)
            if line.path not in NOBODYS and answer.status_code == 200 and name == "owner":
                assert found.shown, f"{line.path} shows none of the texts: the attack missed it"


async def test_every_text_that_a_schedule_brings(house: Litestar, web: httpx.AsyncClient) -> None:
    db: Database = house.state["db"]
    await store(db, hostile_document("evil"))
    for path in (
        "/events/evil?day=2026-01-31", f"/events/evil?day=2026-01-31&q={MARK}",
        "/f/events/evil/day?day=2026-01-31", "/events/evil/teams/1", "/events/evil/matches/-101",
        "/events/evil/matches/-102", "/f/events/evil/matches/-101/story",
        "/events/evil/matches/-101/score", "/events/evil/matches/-102/score",
        "/events/evil/standings", "/f/events/evil/standings",
    ):  # fmt: skip
        answer = await web.get(path)
        assert answer.status_code == 200, path
        found = witness(answer.text)
        assert found.faults == [], path
        assert found.shown or path.endswith("/story"), path


async def test_every_text_that_a_table_brings(house: Litestar, web: httpx.AsyncClient) -> None:
    cell = '"' + EVIL.replace('"', '""') + '"'
    rows = (
        "match id,court,date,start,division,team 1,team 2,pool\n"
        f"7,{cell},2026-01-31,8:00,{cell},{cell},B,{cell}\n"
    )
    draft = read_table(rows.encode(), event_id="evil", zone="UTC")
    db: Database = house.state["db"]
    async with db.write() as tx:
        await apply(tx, Bell(), draft, event_id="evil", owner=None, now=now_ms())
    for path in ("/events/evil?day=2026-01-31", "/f/events/evil/day", "/events/evil/matches/7",
                 "/events/evil/matches/7/score"):  # fmt: skip
        answer = await web.get(path)
        assert answer.status_code == 200, path
        found = witness(answer.text)
        assert (found.faults, found.shown > 0) == ([], True), path


async def test_a_division_s_colour_is_no_way_out_of_its_attribute(
    house: Litestar, web: httpx.AsyncClient
) -> None:
    """Importing refuses what is no colour; the card must not rely on it."""
    given = small()
    db: Database = house.state["db"]
    await store(db, given)
    async with db.write() as tx:
        await tx.session.exec(update(Division).values(color=f'"><{MARK}'))
    assert witness((await web.get("/events/lakeside?day=2026-01-31")).text).faults == []
    given["divisions"][0]["color"] = f'"><{MARK}'
    with pytest.raises(BadSchedule):
        read_document(given)


async def test_the_pad_s_boot_data_is_json_and_ends_where_it_should(
    house: Litestar, web: httpx.AsyncClient
) -> None:
    db: Database = house.state["db"]
    await store(db, hostile_document("evil"))
    html = (await web.get("/events/evil/matches/-101/score")).text
    found = re.search(r'<script id="boot" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found
    assert json.loads(found[1])["names"] == [f"0{EVIL}", f"1{EVIL}"]
    assert not re.search("[<>&']", found[1])


@pytest.mark.parametrize(
    "path",
    [
        "/?q={}", "/f/find?q={}", "/sign-in?next={}", "/sign-in?next=/{}", "/reset?token={}",
        "/events/{}", "/{}", "/c/{}", "/i/{}", "/schema/{}", "/events/e/teams/{}", "/privacy?{}",
        "/api/events?{}", "/api/events/{}", "/static/{}", "/f/events/{}/day",
    ],
)  # fmt: skip
async def test_what_an_address_says_comes_back_as_text_at_most(
    web: httpx.AsyncClient, path: str
) -> None:
    answer = await web.get(path.format(quoted(EVIL)))
    assert answer.status_code < 500
    if "html" in answer.headers["content-type"]:
        assert witness(answer.text).faults == []


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/account", "/sign-in/guest", "/forgot", "/reset"]
)
async def test_what_a_form_says_comes_back_as_text_at_most(
    web: httpx.AsyncClient, path: str
) -> None:
    fields = ("email", "name", "role", "next", "token")
    answer = await web.post(path, data=dict.fromkeys(fields, EVIL) | {"password": "short"})
    assert answer.status_code < 500
    assert witness(answer.text).faults == []


def quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def cookie(world: StandingWorld, name: str) -> dict[str, str]:
    return {"Cookie": f"courtsync={world.people[name].token}"}


def address(line: Line, world: StandingWorld) -> str:
    parts = world.of(line.path)
    path = re.sub(r"{(\w+)}", lambda part: parts[part[1]], line.path)
    return f"{path}?day=2026-01-31&q={MARK}"


async def store(db: Database, given: dict[str, Any]) -> None:
    async with db.write() as tx:
        draft = read_document(given)
        await apply(tx, Bell(), draft, event_id=given["eventId"], owner=None, now=now_ms())


def test_the_witness_sees_what_a_careless_page_does() -> None:
    for careless in (f"<p>{EVIL}</p>", f"<a href=x title='{EVIL}'>", f'<script id="boot">{EVIL}'):
        assert witness(careless).faults
    assert witness(f'<a href="javascript:{MARK}">').faults


async def test_what_scorers_and_organizers_type_is_text(
    house: Litestar, web: httpx.AsyncClient
) -> None:
    """Reasons of a correction, addresses of people invited, settings that are refused."""
    state = house.state
    world = await build_standing(
        state["db"], state["keys"], visibility="public", password_hash="", texts=EVIL
    )
    event, match_id = world.event_id, int(world.parts["match_id"])
    score = {"setNumber": 1, "team1Score": 3, "team2Score": 2}
    update = {"matchId": match_id, "sets": [score], "status": "in-progress", "reason": EVIL}
    answer = await web.post(
        f"/api/events/{event}/scores", json=update | {"action": "correction"},
        headers=cookie(world, "court"),
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    headers = cookie(world, "owner")
    for path in ("", "/members", "/codes/court", "/codes"):
        typed = {"email": EVIL, "role": EVIL, "name": EVIL * 4, "location": EVIL, "court": "-1"}
        answer = await web.post(f"/events/{event}/organize{path}", data=typed, headers=headers)
        assert witness(answer.text).faults == [], path
    for path in ("/organize", "/organize/members", "/organize/codes", f"/matches/{match_id}"):
        assert witness((await web.get(f"/events/{event}{path}", headers=headers)).text).faults == []
    story = await web.get(f"/f/events/{event}/matches/{match_id}/story")
    assert witness(story.text).faults == []
