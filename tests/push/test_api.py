"""The contract's push routes, from outside, on the small house with both databases."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from sqlalchemy import delete
from sqlmodel import select

from courtsync_web.accounts import api, my_api
from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.models import Event
from courtsync_web.push import api as push_api
from courtsync_web.push.models import PushPreference, PushSubscription
from courtsync_web.push.pushing import Pushing
from courtsync_web.push.subscriptions import subscriptions_of, unsubscribe
from courtsync_web.push.tidy import REMOVED_FOR, tidy
from courtsync_web.push.today import as_printed
from courtsync_web.settings import Settings
from tests.accounts.conftest import Phone
from tests.accounts.test_api import code
from tests.push.browser import subscription
from tests.small_house import small_house
from tests.world import EVENT, FIRST, SECOND, build_world

PATH = "/api/push/subscriptions"
A_DAY = 86_400_000


@pytest.fixture
def pushing(db: Database, tmp_path: Path) -> Pushing:
    return Pushing(db, Settings(_env_file=None, data_dir=tmp_path), as_printed)


@pytest.fixture
async def web(db: Database, pushing: Pushing) -> AsyncIterator[httpx.AsyncClient]:
    house = small_house(db, *api.routes, *my_api.routes, *push_api.routes, pushing=pushing)
    transport = httpx.ASGITransport(app=cast(Any, house))
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as caller:
        yield caller


@pytest.fixture
async def phone(web: httpx.AsyncClient) -> Phone:
    """A guest's."""
    phone = Phone(web)
    await phone.become_guest()
    return phone


async def rows(db: Database) -> list[PushSubscription]:
    async with db.read() as session:
        return list(await session.exec(select(PushSubscription)))


async def test_the_key_is_a_point_for_anybody(web: httpx.AsyncClient, pushing: Pushing) -> None:
    answer = await web.get("/api/push/key")
    assert answer.json() == {"publicKey": pushing.vapid.public_key}
    assert len(answer.json()["publicKey"]) == 87


async def test_a_guest_subscribes_proves_it_and_leaves(db: Database, phone: Phone) -> None:
    given = subscription()
    first = await phone.ask("POST", PATH, given)
    again = await phone.ask("POST", PATH, given | {"expirationTime": None})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["active"] is False
    assert given["endpoint"] not in first.text
    [row] = await rows(db)
    assert code(await phone.ask("POST", PATH + "/activate", {"token": "x"})) == (404, "not-found")
    assert code(await phone.ask("POST", PATH + "/activate", {"token": ""})) == (404, "not-found")
    proof = {"token": row.token}
    assert (await phone.ask("POST", PATH + "/activate", proof)).status_code == 204
    assert (await phone.ask("POST", PATH + "/activate", proof)).status_code == 404
    [listed] = (await phone.ask("GET", PATH)).json()["items"]
    assert listed["active"] is True
    assert listed["lastDeliveredAt"] is not None, "the proof is what was delivered"
    assert (await phone.ask("POST", "/api/push/test")).json()["devices"] == 1
    gone = await phone.ask("DELETE", PATH, {"endpoint": given["endpoint"]})
    assert (gone.status_code, await rows(db)) == (204, [])


async def test_nobody_elses_token_counts(
    db: Database, phone: Phone, web: httpx.AsyncClient
) -> None:
    await phone.ask("POST", PATH, subscription())
    [row] = await rows(db)
    stranger = Phone(web)
    await stranger.become_guest()
    assert (await stranger.ask("POST", PATH + "/activate", {"token": row.token})).status_code == 404
    await stranger.ask("DELETE", PATH, {"endpoint": row.endpoint})
    assert len(await rows(db)) == 1


async def test_a_browser_that_changes_hands_is_proven_anew(
    db: Database, phone: Phone, web: httpx.AsyncClient
) -> None:
    given = subscription()
    await phone.ask("POST", PATH, given)
    [row] = await rows(db)
    await phone.ask("POST", PATH + "/activate", {"token": row.token})
    other = Phone(web)
    await other.become_guest()
    assert (await other.ask("POST", PATH, given)).status_code == 201
    [row] = await rows(db)
    assert (row.user_id, row.active_at) == (other.person_id, None)
    assert code(await phone.ask("POST", "/api/push/test")) == (409, "no-devices")


async def test_ten_devices_and_no_more(phone: Phone) -> None:
    for _ in range(10):
        assert (await phone.ask("POST", PATH, subscription())).status_code == 201
    assert code(await phone.ask("POST", PATH, subscription())) == (409, "too-many-devices")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"endpoint": "http://fcm.googleapis.com/x"}, "/endpoint"),
        ({"endpoint": "https://127.0.0.1/x"}, "/endpoint"),
        ({"endpoint": "https://fcm.googleapis.com/" + "x" * 1010}, "/endpoint"),
        ({"keys": {"p256dh": "BAAA", "auth": "AAAAAAAAAAAAAAAAAAAAAA"}}, "/keys/p256dh"),
        ({"keys": subscription()["keys"] | {"auth": "AAAA"}}, "/keys/auth"),
    ],
)
async def test_what_cannot_be_used_is_refused_by_name(
    db: Database, phone: Phone, change: dict[str, Any], pointer: str
) -> None:
    answer = await phone.ask("POST", PATH, subscription() | change)
    assert code(answer) == (422, "validation")
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    assert await rows(db) == []


async def test_signing_out_ends_it(db: Database, phone: Phone) -> None:
    await phone.ask("POST", PATH, subscription())
    [row] = await rows(db)
    await phone.ask("POST", PATH + "/activate", {"token": row.token})
    token = phone.token
    await phone.ask("POST", "/api/auth/logout")
    phone.token = token
    assert (await phone.ask("GET", PATH)).status_code == 401
    async with db.read() as session:
        assert await subscriptions_of(session, phone.person_id) == []


async def test_erasing_takes_everything(db: Database, phone: Phone) -> None:
    await build_world(db)
    await phone.ask("POST", PATH, subscription())
    await phone.ask("PUT", f"/api/push/bells/{EVENT}/matches/{FIRST}")
    await phone.ask("PUT", "/api/push/preferences", {"lead": {"minutes": 30}})
    held = (await phone.ask("GET", "/api/me/export")).json()
    for name in ("pushSubscriptions", "pushPreferences", "pushBells", "pushes"):
        assert len(held[name]) == 1, name
    assert "endpoint" not in held["pushSubscriptions"][0]
    assert (await phone.ask("DELETE", "/api/me")).status_code == 204
    assert await rows(db) == []


async def test_preferences_have_defaults_and_keep_what_is_not_named(
    db: Database, phone: Phone
) -> None:
    await build_world(db)
    path = "/api/push/preferences"
    first = (await phone.ask("GET", path)).json()
    assert first["kinds"]["matchSoon"] is True
    assert first["kinds"]["setWon"] is False
    assert (first["lead"], first["quietHours"]) == ({"minutes": 15, "matches": None}, None)
    quiet = {"from": "22:00", "to": "07:00", "timezone": "America/Chicago"}
    changes: list[dict[str, Any]] = [
        {"kinds": {"setWon": True}},
        {"lead": {"matches": 1}, "quietHours": quiet},
        {"teams": [{"eventId": EVENT, "teamId": 1, "bell": False, "kinds": {"setWon": False}}]},
        {"matches": [{"eventId": EVENT, "matchId": FIRST}], "mutedEvents": [EVENT]},
    ]
    for change in changes:
        assert (await phone.ask("PUT", path, change)).status_code == 200
    last = (await phone.ask("GET", path)).json()
    assert last["kinds"] == first["kinds"] | {"setWon": True}
    assert last["quietHours"] == quiet
    assert last["lead"]["matches"] == 1
    assert (last["teams"], last["matches"]) == (changes[2]["teams"], changes[3]["matches"])
    assert last["mutedEvents"] == [EVENT]
    assert (await phone.ask("PUT", path, last)).json() == last


async def test_what_is_chosen_may_be_given_again_whatever_became_of_its_event(
    db: Database, phone: Phone
) -> None:
    await build_world(db)
    path, other = "/api/push/preferences", {"eventId": EVENT, "matchId": SECOND}
    change = {
        "teams": [{"eventId": EVENT, "teamId": 1, "bell": False, "kinds": {}}],
        "matches": [{"eventId": EVENT, "matchId": FIRST}],
        "mutedEvents": [EVENT],
    }
    await phone.ask("PUT", path, change)
    async with db.write() as tx:
        event = await tx.session.get(Event, EVENT)
        assert event is not None
        event.visibility = "private"
        tx.session.add(event)
    mine = (await phone.ask("GET", path)).json()
    assert (await phone.ask("PUT", path, mine)).json() == mine
    assert (await phone.ask("PUT", path, {"matches": [other]})).status_code == 404
    assert (await phone.ask("GET", path)).json() == mine
    gone: dict[str, Any] = {"teams": [], "matches": [], "mutedEvents": []}
    assert (await phone.ask("PUT", path, gone)).json() == mine | gone
    assert (await phone.ask("PUT", path, {"mutedEvents": [EVENT]})).status_code == 404


async def test_hours_of_no_length_that_are_stored_are_never_quiet(
    db: Database, phone: Phone
) -> None:
    async with db.write() as tx:
        tx.session.add(
            PushPreference(
                user_id=phone.person_id, lead_minutes=15, quiet_from=60, quiet_to=60, timezone="UTC"
            )
        )
    mine = (await phone.ask("GET", "/api/push/preferences")).json()
    assert mine["quietHours"] is None
    assert (await phone.ask("PUT", "/api/push/preferences", mine)).json() == mine


async def test_a_bell_says_that_its_event_is_muted(db: Database, phone: Phone) -> None:
    await build_world(db)
    for bell in (f"/api/push/bells/{EVENT}/teams/1", f"/api/push/bells/{EVENT}/matches/{FIRST}"):
        await phone.ask("PUT", "/api/push/preferences", {"mutedEvents": []})
        rung = await phone.ask("PUT", bell)
        assert (rung.status_code, rung.content) == (204, b"")
        assert (await phone.ask("GET", bell)).json() == {"on": True, "muted": False}
        await phone.ask("PUT", "/api/push/preferences", {"mutedEvents": [EVENT]})
        assert (await phone.ask("GET", bell)).json() == {"on": True, "muted": True}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"kinds": {"nonsense": True}}, 422),
        ({"quietHours": {"from": "22:00", "to": "07:00", "timezone": "Mars/Base"}}, 422),
        ({"quietHours": {"from": "22:00", "to": "22:00", "timezone": "UTC"}}, 422),
        ({"quietHours": {"from": "25:00", "to": "07:00", "timezone": "UTC"}}, 400),
        ({"lead": {"minutes": 0}}, 400),
        ({"nonsense": 1}, 400),
        ({"mutedEvents": ["nowhere"]}, 404),
        ({"matches": [{"eventId": EVENT, "matchId": 5}]}, 404),
    ],
)
async def test_preferences_that_cannot_be(
    db: Database, phone: Phone, change: dict[str, Any], status: int
) -> None:
    await build_world(db)
    before = (await phone.ask("GET", "/api/push/preferences")).json()
    answer = await phone.ask("PUT", "/api/push/preferences", {"lead": {"minutes": 20}} | change)
    assert answer.status_code == status, answer.text
    assert (await phone.ask("GET", "/api/push/preferences")).json() == before


async def test_a_removed_device_comes_back_by_a_tap_only(db: Database, phone: Phone) -> None:
    given = subscription()
    await phone.ask("POST", PATH, given)
    await phone.ask("DELETE", PATH, {"endpoint": given["endpoint"]})
    assert code(await phone.ask("POST", PATH, given | {"renew": True})) == (410, "removed")
    assert await rows(db) == []
    assert (await phone.ask("POST", PATH, given)).status_code == 201
    assert (await phone.ask("POST", PATH, given | {"renew": True})).status_code == 200


async def test_a_new_endpoint_is_no_way_back_for_a_removed_device(
    db: Database, phone: Phone
) -> None:
    former, fresh = subscription(), subscription()
    await phone.ask("POST", PATH, former)
    await phone.ask("DELETE", PATH, {"endpoint": former["endpoint"]})
    renewal = fresh | {"renew": True, "replaces": former["endpoint"]}
    assert code(await phone.ask("POST", PATH, renewal)) == (410, "removed")
    assert await rows(db) == []


async def test_a_new_endpoint_takes_the_place_of_the_former(db: Database, phone: Phone) -> None:
    former, fresh = subscription(), subscription()
    await phone.ask("POST", PATH, former)
    renewal = fresh | {"renew": True, "replaces": former["endpoint"]}
    assert (await phone.ask("POST", PATH, renewal)).status_code == 201
    assert [row.endpoint for row in await rows(db)] == [fresh["endpoint"]]


async def test_what_the_server_lost_may_offer_itself_again(db: Database, phone: Phone) -> None:
    given = subscription()
    await phone.ask("POST", PATH, given)
    async with db.write() as tx:
        await tx.session.exec(delete(PushSubscription))
    assert (await phone.ask("POST", PATH, given | {"renew": True})).status_code == 201


async def test_nobody_is_told_on_anothers_browser_without_a_tap(
    db: Database, phone: Phone, web: httpx.AsyncClient
) -> None:
    given, fresh = subscription(), subscription()
    await phone.ask("POST", PATH, given)
    other = Phone(web)
    await other.become_guest()
    for renewal in (given, fresh | {"replaces": given["endpoint"]}):
        answer = await other.ask("POST", PATH, renewal | {"renew": True})
        assert code(answer) == (410, "removed")
    [row] = await rows(db)
    assert (row.user_id, row.endpoint) == (phone.person_id, given["endpoint"])


async def test_nobody_bars_anothers_browser(phone: Phone, web: httpx.AsyncClient) -> None:
    given = subscription()
    await phone.ask("POST", PATH, given)
    stranger = Phone(web)
    await stranger.become_guest()
    await stranger.ask("DELETE", PATH, {"endpoint": given["endpoint"]})
    assert (await phone.ask("POST", PATH, given | {"renew": True})).status_code == 200


async def test_removed_by_the_list_it_stays_away_for_a_year(db: Database, phone: Phone) -> None:
    given = subscription()
    await phone.ask("POST", PATH, given)
    [row] = await rows(db)
    assert await unsubscribe(db, Person(phone.person_id, "Robin", "spectator"), id_=row.id)
    now = now_ms()
    await tidy(db, now + REMOVED_FOR - A_DAY)
    assert code(await phone.ask("POST", PATH, given | {"renew": True})) == (410, "removed")
    await tidy(db, now + REMOVED_FOR + A_DAY)
    assert (await phone.ask("POST", PATH, given | {"renew": True})).status_code == 201
