"""Every route of the table, tried by everybody, against what the table says about who may."""

import re
from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar

from courtsync_web.accounts import passwords
from courtsync_web.app import create_app
from courtsync_web.settings import Settings
from courtsync_web.web.route_table import TABLE, Line, Who
from tests.push.browser import subscription
from tests.schedule.test_document import small
from tests.servers.lifetime import living
from tests.standing_world import MATCH, PEOPLE, StandingWorld, build_standing

PASSWORD = "correct horse"
ME, EVENT, ORGANIZE = "/api/me", "/api/events/{event_id}", "/events/{event_id}/organize"
HAVE_ACCOUNTS = {"spectator", "coach", "media", "rival", "owner"}
ALLOWED: dict[Who, set[str]] = {
    Who.ANYONE: {"nobody", *PEOPLE},
    Who.VIEWER: {"nobody", *PEOPLE},
    Who.SIGNED_IN: {*PEOPLE},
    Who.ACCOUNT: HAVE_ACCOUNTS,
    Who.SCORER: {"court"},
    Who.CLAIMANT: {*PEOPLE},
    Who.HOLDER: {"court", "owner"},
    Who.HOLDER_OR_ASKER: {"court", "coach"},
    Who.ORGANIZER: {"rival", "owner"},
    Who.SETTLER: {"owner", "court"},
    Who.SUBSCRIBER: set(),
    Who.OWNER: {"owner"},
    Who.CREW: {"media"},
    Who.OWNER_OR_SELF: {"owner", "media"},
}
"""At a public event whose scoring is open to anyone."""
INSIDERS = {"coach", "media", "owner", "court"}
"""Who sees a private event at all, and may score there."""
WITHOUT_A_FILE = "/schema/{path}"
ENDLESS = EVENT + "/stream"
"""Only its refusals can be had without a socket; tests/live covers what it streams."""
LIVE = {"/api/stream", EVENT + "/ws", "/live/{file}"}
"""These name their events elsewhere, or are no requests; tests/live covers them."""
SCORE = {"setNumber": 1, "team1Score": 2, "team2Score": 0}


def bodies(world: StandingWorld) -> dict[tuple[str, str], Any]:
    """What a plausible request says. A guard that comes after the reading of the body would
    hide behind a body that cannot be read."""
    reset = {"token": world.reset, "password": "another horse"}
    credentials = {"email": world.email("media"), "password": PASSWORD}
    change = {"current": PASSWORD, "new": "another horse"}
    return {
        ("POST", "/api/auth/register"): credentials | {"email": world.email("new")},
        ("POST", "/api/auth/login"): credentials,
        ("POST", "/api/auth/guest"): {"displayName": "Robin"},
        ("PATCH", ME): {"displayName": "Robin"},
        ("DELETE", ME): {"password": PASSWORD},
        ("POST", ME + "/password"): change,
        ("POST", "/api/auth/forgot"): {"email": world.email("media")},
        ("POST", "/api/auth/reset"): reset,
        ("POST", "/api/sync"): {"deviceId": "one", "sentAt": 1, "ops": []},
        ("POST", "/api/events"): small() | {"eventId": f"{world.event_id}-new"},
        ("PUT", EVENT + "/schedule"): small() | {"eventId": world.event_id},
        ("POST", EVENT + "/scores"): {"matchId": MATCH, "sets": [SCORE], "status": "in-progress"},
        ("POST", EVENT + "/claims/{match_id}"): {},
        ("POST", EVENT + "/claims/{match_id}/takeover"): {},
        ("PUT", EVENT + "/coverage-plans"): {"selectedMatches": [MATCH]},
        ("POST", EVENT + "/coverage-plans/proposal"): {"stay": "short"},
        ("POST", EVENT + "/crew"): {"name": "Photo"},
        ("POST", EVENT + "/crew/join"): {"code": world.parts["crew"]},
        ("PUT", EVENT + "/crew/matches/{match_id}"): {"takeOver": True},
        ("PATCH", EVENT): {"location": "Hall 2"},
        ("POST", EVENT + "/members"): {"role": "coach"},
        ("POST", "/api/invitations/accept"): {"code": world.parts["i"]},
        ("POST", EVENT + "/court-codes"): {"courtId": -1},
        ("POST", "/api/auth/court-code"): {"code": world.parts["c"], "displayName": "Robin"},
        ("POST", "/api/push/subscriptions"): subscription(),
        ("DELETE", "/api/push/subscriptions"): {"endpoint": subscription()["endpoint"]},
        ("POST", "/api/push/subscriptions/activate"): {"token": "guess"},
        ("PUT", "/api/push/preferences"): {"lead": {"minutes": 20}},
        ("POST", ORGANIZE): {"name": "Cup", "policy": "open", "visibility": "public"},
        ("POST", ORGANIZE + "/walks"): {"walk-0": "4"},
        ("POST", ORGANIZE + "/codes/court"): {"court": -1},
        ("POST", "/c/{code}"): {"name": "Robin"},
        ("POST", "/account"): {"name": "Robin"},
        ("POST", "/account/password"): change,
        ("POST", "/account/erase"): {"password": PASSWORD},
        ("POST", "/sign-in"): credentials,
        ("POST", "/sign-in/account"): credentials | {"email": world.email("new"), "name": "Jo"},
        ("POST", "/sign-in/guest"): {"name": "Robin"},
        ("POST", "/forgot"): {"email": world.email("media")},
        ("POST", "/reset"): reset,
        ("POST", "/settings"): {"theme": "dark"},
        ("POST", "/settings/notifications"): {"lead": "minutes", "minutes": "15"},
        ("POST", "/settings/notifications/remove"): {"device": "none"},
    }


ONE_LOOP = True


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(shared_settings: Settings) -> AsyncIterator[Litestar]:
    """One for all tests here: each makes events and people of its own in it."""
    async with living(create_app(shared_settings)) as app:
        yield app


class Caller:
    """One kind of person, with a new world after every change that succeeded."""

    def __init__(self, house: Litestar, name: str, visibility: str, password_hash: str) -> None:
        self.house, self.name, self.visibility = house, name, visibility
        self.password_hash = password_hash
        self.world: StandingWorld | None = None

    async def there(self) -> StandingWorld:
        if self.world is None:
            state = self.house.state
            self.world = await build_standing(
                state["db"],
                state["keys"],
                visibility=self.visibility,
                password_hash=self.password_hash,
            )
        return self.world

    async def gets_in(self, line: Line) -> tuple[bool, httpx.Response]:
        """Whether the answer is no refusal."""
        world = await self.there()
        transport = httpx.ASGITransport(app=cast(Any, self.house))
        async with httpx.AsyncClient(transport=transport, base_url="http://hall.test") as web:
            answer = await web.request(
                line.method, self.address(line, world), **self.request(line, world)
            )
        refused = answer.status_code in (401, 403, 404) or is_sent_to_sign_in(line, answer)
        if not refused and line.method not in ("GET", "HEAD"):
            self.world = None
        return not refused, answer

    def address(self, line: Line, world: StandingWorld) -> str:
        if line.path == "/static":
            return str(self.house.state.assets.url("css/base.css"))
        parts = world.of(line.path)
        if self.name in world.people:
            parts["device_id"] = world.people[self.name].person.session_id or ""
        path = re.sub(r"{(\w+)}", lambda part: parts.get(part[1], "0"), line.path)
        return path + ("?token=" + world.reset if line.path == "/reset" else "")

    def request(self, line: Line, world: StandingWorld) -> dict[str, Any]:
        """Who asks is said by cookies, as browsers do."""
        asked: dict[str, Any] = {"headers": {"Sec-Fetch-Site": "same-origin"}}
        if self.name in world.people:
            asked["headers"]["Cookie"] = f"courtsync={world.people[self.name].token}"
        if line.path == "/api/auth/refresh":  # whoever refreshes shows that token and no other
            token = world.people["media"].refresh_token
            asked["headers"] = {"Authorization": f"Bearer {token}"}
        elif line.method not in ("GET", "HEAD"):
            body = bodies(world).get((line.method, line.path))
            is_api = line.path.startswith("/api/")
            if is_api and body is not None:
                asked["json"] = body
            elif not is_api:
                device = {"device": world.people[self.name].person.session_id} if (
                    line.path == "/account/sign-out-device" and self.name in world.people
                ) else {}  # fmt: skip
                asked["data"] = body or device
        return asked


def is_sent_to_sign_in(line: Line, answer: httpx.Response) -> bool:
    where = answer.headers.get("location", "")
    return where.startswith("/sign-in") and line.path not in ("/sign-out", "/reset")


def may(name: str, visibility: str, line: Line) -> bool:
    """What the table says."""
    inside = "{event_id}" not in line.path or visibility == "public" or name in INSIDERS
    return name in ALLOWED[line.who] and inside and line.path != WITHOUT_A_FILE


def test_the_table_of_people_knows_every_kind_of_permission() -> None:
    assert ALLOWED.keys() == set(Who)


@pytest.mark.parametrize("visibility", ["public", "private"])
@pytest.mark.parametrize("name", ["nobody", *PEOPLE])
async def test_who_may_and_who_may_not(house: Litestar, name: str, visibility: str) -> None:
    password_hash = await passwords.hashed(PASSWORD)
    caller = Caller(house, name, visibility, password_hash)
    wrong = []
    for line in TABLE:
        expected = may(name, visibility, line)
        if line.path in LIVE or (line.path == ENDLESS and expected):
            continue
        got_in, answer = await caller.gets_in(line)
        if got_in is not expected or answer.status_code >= 500 or answer.status_code == 400:
            says = "may" if expected else "may not"
            wrong.append(f"{says} {line.method} {line.path}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
