"""The table of routes and the application say the same, and the answers keep to it."""

import re
from collections.abc import AsyncIterator
from itertools import count
from typing import Any, cast

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar
from litestar.routes import ASGIRoute, HTTPRoute

from courtsync_web.app import create_app
from courtsync_web.db import Database
from courtsync_web.settings import Settings
from courtsync_web.web.route_table import BY_ROUTE, TABLE, Cache, Line, Who
from tests.servers.lifetime import living
from tests.world import EVENT, FIRST, build_world

PARTS = {
    "event_id": EVENT, "match_id": str(FIRST), "team_id": "1", "conflict_id": "1", "court_id": "-1",
    "file": f"{EVENT}.json", "kind": "plan",
}  # fmt: skip
NEEDS_SOMEBODY = frozenset(Who) - {Who.ANYONE, Who.VIEWER}
SHOWN = [
    line
    for line in TABLE
    if line.method == "GET" and line.who not in NEEDS_SOMEBODY and not line.path.endswith("stream")
]
ANSWERS = [one for one in TABLE if one.path[-6:] != "stream" and one.method != "WEBSOCKET"]
CHANGES = [line for line in ANSWERS if line.method != "GET"]
WITHOUT_A_FILE = "/schema/{path}"
"""Litestar's own way to say that there is nothing else below /schema."""


LINKS = ("/c/{code}", "/i/{code}", "/cal/{file}", "/p/{code}", "/f/p/{code}", "/p/{code}/card.png")
"""They let somebody in; one that was never given out leads nowhere."""
LEADS_ON = "/events/{event_id}/courts/{court_id}/score"


def told(line: Line) -> str:
    return f"{line.method} {line.path}"


ONE_LOOP = True
VISITORS = count(1)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(shared_settings: Settings) -> AsyncIterator[Litestar]:
    """The whole application with its limits, and one event with a score in it.

    One for all tests here: it is nobody who asks, and nobody changes nothing.
    """
    database = Database(shared_settings.effective_database_url)
    await build_world(database)
    await database.close()
    async with living(create_app(shared_settings.model_copy(update={"limits": "on"}))) as app:
        yield app


@pytest_asyncio.fixture(loop_scope="module")
async def anybody(house: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody without cookies, at an address of their own: limits are counted by it."""
    number = next(VISITORS)
    address = (f"198.51.{number // 250}.{number % 250 + 1}", 50_000)
    transport = httpx.ASGITransport(app=cast(Any, house), client=address)
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as caller:
        yield caller


def address(line: Line, app: Litestar) -> str:
    """The route with real names in it."""
    if line.path == "/static":
        return str(app.state.assets.url("css/base.css"))
    return re.sub(r"{(\w+)}", lambda part: PARTS.get(part[1], "0"), line.path)


async def test_every_route_has_its_line_and_every_line_its_route(house: Litestar) -> None:
    routes = set()
    for route in house.routes:
        if isinstance(route, HTTPRoute):
            methods = {method for one in route.route_handlers for method in one.http_methods}
            routes |= {(route.path_format, str(method)) for method in methods}
        elif isinstance(route, ASGIRoute):
            routes.add((route.path_format, "GET"))
        else:
            routes.add((route.path_format, "WEBSOCKET"))
    routes = {(path, method) for path, method in routes if method != "OPTIONS"}
    assert routes - BY_ROUTE.keys() == set(), "routes that the table does not know"
    assert BY_ROUTE.keys() - routes == set(), "lines of routes that are gone"
    assert len(TABLE) == len(BY_ROUTE), "a route has two lines"


async def test_classes_of_limits_differ_by_name() -> None:
    classes = {line.limit for line in TABLE if line.limit}
    assert len({one.name for one in classes}) == len(classes)


async def test_what_is_not_counted_is_only_the_house_itself() -> None:
    free = {line.path for line in TABLE if line.limit is None}
    assert not [path for path in free if path.startswith(("/api", "/events", "/f/", "/sign-in"))]


@pytest.mark.parametrize("line", [line for line in TABLE if line.who in NEEDS_SOMEBODY], ids=told)
async def test_who_is_nobody_is_asked_to_sign_in(
    anybody: httpx.AsyncClient, house: Litestar, line: Line
) -> None:
    where = address(line, house)
    answer = await anybody.request(line.method, where)
    if line.path.startswith("/api/"):
        assert answer.status_code == 401, answer.text
        assert answer.json()["code"] == "sign-in-required"
    else:
        assert (answer.status_code, answer.headers.get("location", "")[:8]) in {
            (401, ""),
            (302, "/sign-in"),
        }
    assert answer.headers["cache-control"] == "no-store" or answer.is_redirect


@pytest.mark.parametrize("line", SHOWN, ids=told)
async def test_what_anybody_may_see_is_shown_and_kept_as_the_table_says(
    anybody: httpx.AsyncClient, house: Litestar, line: Line
) -> None:
    answer = await anybody.get(address(line, house))
    nothing_there = (WITHOUT_A_FILE, *LINKS, "/metrics")  # that one not for who comes from outside
    has_nothing_yet = line.path.endswith("/scores/{match_id}") or line.path in nothing_there
    shown = 303 if line.path == LEADS_ON else 200
    assert answer.status_code == (404 if has_nothing_yet else shown), answer.text
    expected = Cache.NEVER if has_nothing_yet else line.cache
    assert answer.headers["cache-control"] == expected.value
    if line.cache is Cache.ASK and answer.headers["content-type"] == "application/json":
        assert re.fullmatch(r'"[0-9a-f]{32}"', answer.headers.get("etag", ""))


@pytest.mark.parametrize("line", CHANGES, ids=told)
async def test_no_cache_keeps_what_a_change_answers(
    anybody: httpx.AsyncClient, house: Litestar, line: Line
) -> None:
    answer = await anybody.request(line.method, address(line, house))
    assert answer.headers["cache-control"] in {Cache.NEVER.value, Cache.ASK.value}


@pytest.mark.parametrize("line", ANSWERS, ids=told)
async def test_what_is_counted_says_how_much_is_left(
    anybody: httpx.AsyncClient, house: Litestar, line: Line
) -> None:
    answer = await anybody.request(line.method, address(line, house))
    limits = [name for name in answer.headers if name.startswith("x-ratelimit-")]
    if line.limit is None:
        assert limits == []
    else:
        assert sorted(limits) == [f"x-ratelimit-{name}" for name in ("limit", "remaining", "reset")]
        tightest = {line.limit.per_address, line.limit.per_session, line.limit.per_person}
        assert int(answer.headers["x-ratelimit-limit"]) in {one.limit for one in tightest if one}


async def test_what_is_counted_is_described_so(anybody: httpx.AsyncClient) -> None:
    paths = (await anybody.get("/schema/openapi.json")).json()["paths"]
    missing = [
        f"{method} {path}"
        for path, item in paths.items()
        for method, operation in item.items()
        if (line := BY_ROUTE.get((path, method.upper()))) and line.limit
        if "429" not in operation["responses"]
    ]
    assert missing == []
