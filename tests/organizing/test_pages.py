"""The organizer's pages and the pages behind links, as plain forms without a script."""

import re
from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from courtsync_web.accounts.actions import create_user
from courtsync_web.db import Database
from courtsync_web.events.models import Court
from courtsync_web.settings import Settings
from tests.organizing.conftest import DESK, PASSWORD, PAT
from tests.world import EVENT, FIRST, SECOND, build_world

ORGANIZE = f"/events/{EVENT}/organize"
LINK = re.compile(r'href="http://courtsync\.test(/c/[0-9a-z]{26})"')


@pytest.fixture
async def db(settings: Settings) -> AsyncIterator[Database]:
    """The database under the pages."""
    database = Database(settings.effective_database_url)
    yield database
    await database.close()


@pytest.fixture
async def desk(app: Litestar, db: Database) -> AsyncIterator[httpx.AsyncClient]:
    """The owner's browser, signed in; the world around is built."""
    owner = await create_user(db, email=DESK, password=PASSWORD, role="organizer", name="Desk")
    await create_user(db, email=PAT, password=PASSWORD, name="Pat")
    await build_world(db, owner_id=owner.id)
    async with browser(app) as caller:
        await sign_in(caller, DESK)
        yield caller


@pytest.fixture
async def stranger(app: Litestar, desk: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody else's browser, signed in nowhere."""
    async with browser(app) as caller:
        yield caller


def browser(app: Litestar) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=cast(Any, app))
    return httpx.AsyncClient(transport=transport, base_url="http://courtsync.test")


async def sign_in(caller: httpx.AsyncClient, email: str) -> None:
    answer = await caller.post("/sign-in", data={"email": email, "password": PASSWORD})
    assert answer.status_code == 303


async def link_of(desk: httpx.AsyncClient) -> str:
    """The first court's link, from the sheet."""
    await desk.post(f"{ORGANIZE}/codes")
    found = LINK.search((await desk.get(f"{ORGANIZE}/codes")).text)
    assert found
    return found[1]


async def test_the_settings_form_shows_what_is_set_and_saves(desk: httpx.AsyncClient) -> None:
    shown = (await desk.get(ORGANIZE)).text
    assert re.search(r'value="open" checked', shown)
    form = {"name": "Lakeside 2026", "location": "Hall 3", "policy": "members"}
    saved = await desk.post(ORGANIZE, data=form | {"visibility": "private"})
    assert (saved.status_code, saved.headers["location"]) == (303, f"{ORGANIZE}?saved=1")
    after = (await desk.get(saved.headers["location"])).text
    assert "Saved." in after
    assert re.search(r'value="members" checked', after)
    assert re.search(r'value="private" checked', after)


async def test_how_pools_are_ranked_is_set_and_told(desk: httpx.AsyncClient) -> None:
    usual = ["match-percentage", "head-to-head", "set-percentage", "point-ratio"]
    assert (await desk.get(f"/api/events/{EVENT}")).json()["poolCriteria"] == usual
    form = {"name": "Lakeside", "policy": "open", "visibility": "public"}
    ranking = ["match-percentage", "point-ratio", "", ""]
    assert (await desk.post(ORGANIZE, data=form | {"ranking": ranking})).status_code == 303
    shown = (await desk.get(ORGANIZE)).text
    chosen = re.findall(r'<option value="([a-z-]*)" selected', shown)
    assert chosen == ranking
    assert (await desk.get(f"/api/events/{EVENT}")).json()["poolCriteria"] == ranking[:2]
    twice = await desk.post(ORGANIZE, data=form | {"ranking": ["point-ratio"] * 4})
    assert twice.status_code == 422
    assert "Each way to rank can be named once." in twice.text


@pytest.mark.parametrize("change", [{"name": " "}, {"policy": "everyone"}, {"name": "a" * 201}])
async def test_a_bad_form_says_so_and_keeps_what_was_typed(
    desk: httpx.AsyncClient, change: dict[str, str]
) -> None:
    form = {"name": "Lakeside", "policy": "open", "visibility": "public", "location": "Hall <3"}
    answer = await desk.post(ORGANIZE, data=form | change)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "Hall &lt;3" in answer.text


async def test_members_come_and_go_by_forms(
    desk: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    members = f"{ORGANIZE}/members"
    assert (await desk.post(members, data={"email": PAT, "role": "scorer"})).status_code == 303
    await desk.post(members, data={"email": "", "role": "media"})
    shown = await desk.get(members)
    assert shown.headers["cache-control"] == "no-store"
    assert "Pat" in shown.text
    invited = re.search(r'value="http://courtsync\.test(/i/\w+)"', shown.text)
    assert invited
    removal = re.search(rf'action="({members}/\w+/remove)"', shown.text)
    assert removal
    assert (await desk.post(removal[1])).status_code == 303
    assert "Pat" not in (await desk.get(members)).text

    looked = await stranger.get(invited[1])
    assert "as <b>Media</b>" in looked.text
    assert f"/sign-in?next={invited[1]}" in looked.text
    assert looked.headers["referrer-policy"] == "no-referrer"
    assert (await stranger.post(invited[1])).status_code == 401
    await sign_in(stranger, PAT)
    accepted = await stranger.post(invited[1])
    assert (accepted.status_code, accepted.headers["location"]) == (303, f"/events/{EVENT}")
    assert (await stranger.get(invited[1])).status_code == 404
    assert "Pat" in (await desk.get(members)).text


async def test_a_bad_address_is_named_beside_the_field(desk: httpx.AsyncClient) -> None:
    answer = await desk.post(f"{ORGANIZE}/members", data={"email": "pat", "role": "scorer"})
    assert answer.status_code == 422
    assert "This is not an e-mail address." in answer.text
    assert 'value="pat"' in answer.text


async def test_the_sheet_has_a_code_for_every_court_once(desk: httpx.AsyncClient) -> None:
    codes = f"{ORGANIZE}/codes"
    assert "Make codes for all 2 courts" in (await desk.get(codes)).text
    for _ in range(2):
        assert (await desk.post(codes)).status_code == 303
    sheet = await desk.get(codes)
    assert sheet.headers["cache-control"] == "no-store"
    assert len(LINK.findall(sheet.text)) == 2
    assert sheet.text.count('class="qr"') == 2
    assert "style=" not in sheet.text, "the policy forbids it"
    assert 'class="sheets per-6' in (await desk.get(f"{codes}?per=6")).text
    assert 'class="sheets per-1' in (await desk.get(f"{codes}?per=<b>")).text


async def test_a_withdrawn_code_is_made_anew_for_its_court(
    desk: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    link = await link_of(desk)
    codes = f"{ORGANIZE}/codes"
    withdrawal = re.search(rf'action="({codes}/\w+/revoke)"', (await desk.get(codes)).text)
    assert withdrawal
    assert (await desk.post(withdrawal[1])).status_code == 303
    ended = await stranger.get(link)
    assert ended.status_code == 410
    assert "withdrawn" in ended.text
    assert ended.headers["referrer-policy"] == "no-referrer"
    assert (await desk.post(f"{codes}/court", data={"court": "-1"})).status_code == 303
    assert await link_of(desk) != link


async def test_looking_at_a_link_signs_nobody_in(
    desk: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    link = await link_of(desk)
    for _ in range(3):
        shown = await stranger.get(link)
    assert shown.status_code == 200
    assert "Court 1" in shown.text
    assert "Harbor 15 Gold – Falcon 15 Blue" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in shown.headers["x-robots-tag"]
    assert "set-cookie" not in shown.headers
    assert "0 updates" not in (await desk.get(f"{ORGANIZE}/codes")).text, "nobody came"


async def test_a_name_leads_to_the_pad_of_the_courts_match(
    desk: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    link = await link_of(desk)
    entered = await stranger.post(link, data={"name": "Robin"})
    pad = f"/events/{EVENT}/matches/{FIRST}/score"
    assert (entered.status_code, entered.headers["location"]) == (303, pad)
    assert (await stranger.get(pad)).status_code == 200
    assert (await stranger.get("/api/me")).json()["displayName"] == "Robin"
    claimed = await stranger.post(f"/api/events/{EVENT}/claims/{FIRST}", json={})
    assert claimed.status_code == 201
    again = (await stranger.get(link)).text
    assert "Go on as Robin" in again, "no second sign-in for the same phone"
    assert "Robin" in (await desk.get(f"{ORGANIZE}/codes")).text


async def test_a_match_of_another_court_is_not_chosen(
    desk: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    link = await link_of(desk)
    entered = await stranger.post(link, data={"name": "Robin", "match": str(SECOND)})
    assert entered.headers["location"] == f"/events/{EVENT}/matches/{FIRST}/score"


async def test_a_name_that_cannot_be_is_asked_for_again(
    desk: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    link = await link_of(desk)
    answer = await stranger.post(link, data={"name": "<b>\u202e"})
    assert answer.status_code == 422
    assert "A name has letters" in answer.text
    assert "<b>\u202e" not in answer.text
    assert "set-cookie" not in answer.headers
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_another_sites_form_signs_nobody_in(
    desk: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    link = await link_of(desk)
    foreign = {"Sec-Fetch-Site": "cross-site"}
    answer = await stranger.post(link, data={"name": "Robin"}, headers=foreign)
    assert answer.status_code == 403


async def test_from_one_match_of_a_court_to_the_next(desk: httpx.AsyncClient, db: Database) -> None:
    on_court = f"/events/{EVENT}/courts/-1/score"
    now = await desk.get(on_court)
    assert now.headers["location"] == f"/events/{EVENT}/matches/{FIRST}/score"
    done = await desk.get(f"{on_court}?after={FIRST}")
    assert done.status_code == 200
    assert "Court 1 is done" in done.text
    assert (await desk.get(f"/events/{EVENT}/courts/-7/score")).status_code == 404
    pad = (await desk.get(f"/events/{EVENT}/matches/{FIRST}/score")).text
    assert f'href="{on_court}?after={FIRST}"' in pad


async def test_a_conflict_is_settled_with_one_button(desk: httpx.AsyncClient) -> None:
    event = f"/api/events/{EVENT}"
    await desk.post(f"{event}/claims/{FIRST}", json={})

    async def score(points: int, **more: Any) -> httpx.Response:
        sets = [{"setNumber": 1, "team1Score": points, "team2Score": 0}]
        body = {"matchId": FIRST, "sets": sets, "status": "in-progress"}
        return await desk.post(f"{event}/scores", json=body | more)

    await score(5)
    assert (await score(3, lastUpdated=1)).status_code == 409
    hub = (await desk.get(ORGANIZE)).text
    assert "Conflicts to settle (1)" in hub
    assert "Use 3–0" in hub
    button = re.search(rf'action="({ORGANIZE}/conflicts/\d+/restore)"', hub)
    assert button
    assert (await desk.post(button[1])).status_code == 303
    stands = (await desk.get(f"{event}/scores/{FIRST}")).json()
    assert stands["sets"][0]["team1Score"] == 3
    assert "Use 3–0" not in (await desk.get(ORGANIZE)).text
    assert (await score(2, lastUpdated=1)).status_code == 409
    hub = (await desk.get(ORGANIZE)).text
    assert "Keep 3–0" in hub
    button = re.search(rf'action="({ORGANIZE}/conflicts/\d+/set-aside)"', hub)
    assert button
    assert (await desk.post(button[1])).status_code == 303
    assert "Use 2–0" not in (await desk.get(ORGANIZE)).text
    [newest, _] = (await desk.get(f"{event}/conflicts")).json()
    assert newest["setAsideAt"]
    again = await desk.post(f"{event}/conflicts/{newest['id']}/set-aside")
    assert again.json() == newest
    assert (await desk.get(f"{event}/scores/{FIRST}")).json() == stands


@pytest.mark.parametrize("path", ["", "/members", "/codes"])
async def test_the_pages_are_the_organizers_alone(
    desk: httpx.AsyncClient, stranger: httpx.AsyncClient, path: str
) -> None:
    nobody = await stranger.get(ORGANIZE + path)
    assert nobody.headers["location"].startswith("/sign-in?next=")
    await sign_in(stranger, PAT)
    assert (await stranger.get(ORGANIZE + path)).status_code == 403
    assert (await stranger.post(ORGANIZE + path, data={"name": "x"})).status_code == 403
    await desk.post(ORGANIZE, data={"name": "L", "policy": "open", "visibility": "private"})
    assert (await stranger.get(ORGANIZE + path)).status_code == 404


async def test_only_its_organizer_is_shown_the_way_in(
    desk: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    assert ORGANIZE in (await desk.get(f"/events/{EVENT}")).text
    await sign_in(stranger, PAT)
    assert ORGANIZE not in (await stranger.get(f"/events/{EVENT}")).text


async def test_names_from_a_schedule_are_text(desk: httpx.AsyncClient, db: Database) -> None:
    async with db.write() as tx:
        court = await tx.session.get_one(Court, (EVENT, -1))
        court.name = "<script>alert(1)</script>"
        tx.session.add(court)
    link = await link_of(desk)
    for path in (link, f"{ORGANIZE}/codes"):
        assert "<script>alert" not in (await desk.get(path)).text


async def test_a_court_code_offers_no_pad_of_another_court(
    desk: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    await stranger.post(await link_of(desk), data={"name": "Robin"})
    for match_id, keep in ((FIRST, "keep"), (SECOND, "ask")):
        shown = (await stranger.get(f"/events/{EVENT}/matches/{match_id}")).text
        assert f'data-keep="{keep}"' in shown
