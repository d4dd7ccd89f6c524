"""Requests counted: the limits of the outline, headers, refusals, addresses."""

import time
from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from courtsync_web.db import Database
from courtsync_web.limits.subjects import counted
from courtsync_web.serve import Server
from courtsync_web.settings import Settings
from tests.world import EVENT, FIRST, build_world

API = f"/api/events/{EVENT}"
PRIVATE = "10.1.2.3"


@pytest.fixture(autouse=True)
async def world(settings: Settings) -> None:
    database = Database(settings.effective_database_url)
    await build_world(database)
    await database.close()


@pytest.fixture
async def caller(app: Litestar) -> AsyncIterator[Any]:
    """``caller(address)``: somebody there, without cookies."""
    opened: list[httpx.AsyncClient] = []

    def at(address: str, token: str = "", house: Any = app) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=cast(Any, house), client=(address, 50_000))
        client = httpx.AsyncClient(
            transport=transport,
            base_url="http://courtsync.test",
            headers={"Authorization": f"Bearer {token}"} if token else {},
        )
        opened.append(client)
        return client

    yield at
    for client in opened:
        await client.aclose()


async def guest_token(client: httpx.AsyncClient) -> str:
    answer = await client.post("/api/auth/guest", json={})
    client.cookies.clear()
    token: str = answer.raise_for_status().json()["token"]
    return token


OUTLINE = [
    ("POST", f"{API}/scores", 10, 1),
    ("GET", f"{API}/scores/{FIRST}", 100, 60),
    ("GET", f"{API}/scores", 50, 60),
    ("GET", f"{API}/scores/{FIRST}/history", 50, 60),
    ("POST", f"{API}/claims/{FIRST}", 20, 60),
    ("DELETE", f"{API}/claims/{FIRST}", 20, 60),
    ("GET", f"{API}/claims/{FIRST}", 100, 60),
    ("GET", f"{API}/claims", 50, 60),
]


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize(("method", "path", "limit", "seconds"), OUTLINE)
async def test_the_limits_of_the_outline(
    caller: Any, method: str, path: str, limit: int, seconds: int, signed_in: bool
) -> None:
    anybody = caller(PRIVATE)
    asker = caller(PRIVATE, await guest_token(anybody)) if signed_in else anybody
    before = time.time()
    answers = [await asker.request(method, path) for _ in range(limit)]
    assert 429 not in [answer.status_code for answer in answers]
    assert {answer.headers["x-ratelimit-limit"] for answer in answers} == {str(limit)}
    assert answers[0].headers["x-ratelimit-remaining"] == str(limit - 1)
    refused = None
    for _ in range(2 * limit):  # what refills meanwhile is granted too
        refused = await asker.request(method, path)
        if refused.status_code == 429:
            break
    assert refused is not None
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["code"] == "rate-limited"
    assert refused.headers["x-ratelimit-remaining"] == "0"
    assert 1 <= int(refused.headers["retry-after"]) <= max(1, -(-seconds // limit))
    reset = int(refused.headers["x-ratelimit-reset"])
    assert before + seconds - 1 <= reset <= time.time() + seconds + 1


async def test_people_behind_one_address_do_not_share_a_limit(caller: Any) -> None:
    hall = caller(PRIVATE)
    tokens = [await guest_token(hall) for _ in range(2)]
    for _ in range(50):
        await caller(PRIVATE, tokens[0]).get(f"{API}/claims")
    assert (await caller(PRIVATE, tokens[0]).get(f"{API}/claims")).status_code == 429
    assert (await caller(PRIVATE, tokens[1]).get(f"{API}/claims")).status_code == 200
    assert (await hall.get(f"{API}/claims")).status_code == 200


async def test_a_hall_of_volunteers_and_spectators_is_not_locked_out(caller: Any) -> None:
    """All within seconds, from one address: that is harder than any real morning."""
    hall = caller(PRIVATE)
    guests = [await hall.post("/api/auth/guest", json={}) for _ in range(100)]
    assert {answer.status_code for answer in guests} == {201}
    hall.cookies.clear()
    pages = [await hall.get("/practice") for _ in range(300)]
    assert {answer.status_code for answer in pages} == {200}
    assert int(pages[-1].headers["x-ratelimit-remaining"]) > 5000


async def test_a_person_who_asks_too_much_sees_a_page(
    caller: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = caller(PRIVATE)
    token = await guest_token(somebody)
    reader = caller(PRIVATE, token)
    answer = None
    for _ in range(600):
        answer = await reader.get("/practice")
        if answer.status_code == 429:
            break
    assert answer is not None
    assert answer.status_code == 429
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["retry-after"] == "1"
    assert "A little slower, please" in answer.text


async def test_refusals_of_every_kind_carry_the_headers(caller: Any) -> None:
    somebody = caller(PRIVATE)
    for answer in (
        await somebody.post(f"{API}/scores", json={}),
        await somebody.get(f"{API}/scores/999"),
        await somebody.post("/api/auth/login", content="{"),
    ):
        assert answer.is_error
        assert "x-ratelimit-limit" in answer.headers


async def test_both_ways_to_sign_in_are_one_limit(caller: Any) -> None:
    somebody = caller(PRIVATE)
    first = await somebody.post("/sign-in", data={"email": "a", "password": "b"})
    then = await somebody.post("/api/auth/login", json={"email": "b@example.org", "password": "b"})
    left = [int(answer.headers["x-ratelimit-remaining"]) for answer in (first, then)]
    assert left[1] == left[0] - 1


async def test_a_refresh_token_is_counted_by_its_session(caller: Any) -> None:
    hall = caller(PRIVATE)
    sign_in = (await hall.post("/api/auth/guest", json={})).json()
    hall.cookies.clear()
    bearer = {"Authorization": f"Bearer {sign_in['refreshToken']}"}
    codes = [(await hall.post("/api/auth/refresh", headers=bearer)).status_code for _ in range(22)]
    assert codes[0] == 200
    assert codes[-1] == 429
    other = await hall.post("/api/auth/refresh", headers={"Authorization": "Bearer nobody's"})
    assert other.status_code == 401


async def stream_headers(app: Litestar) -> dict[str, str]:
    """How a stream begins, for somebody who leaves at once."""
    heard: list[Any] = []
    said = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Any:
        return next(said, {"type": "http.disconnect"})

    async def send(message: Any) -> None:
        heard.append(message)

    scope: Any = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": f"{API}/stream", "raw_path": f"{API}/stream".encode(),
        "query_string": b"", "root_path": "", "headers": [(b"host", b"courtsync.test")],
        "client": (PRIVATE, 50_000), "server": ("courtsync.test", 80),
    }  # fmt: skip
    await app(scope, receive, send)
    assert heard[0]["status"] == 200
    assert len(heard) > 1  # the snapshot, at least
    return {name.decode(): value.decode() for name, value in heard[0]["headers"]}


async def test_a_stream_is_charged_once_when_it_connects(app: Litestar) -> None:
    first, second = await stream_headers(app), await stream_headers(app)
    left = [int(headers["x-ratelimit-remaining"]) for headers in (first, second)]
    assert first["content-type"].startswith("text/event-stream")
    assert left in ([9999, 9998], [9999, 9999])  # a token is back after ten milliseconds


@pytest.mark.parametrize(
    ("host", "subject"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_addresses_are_counted_as_who_holds_them(host: str, subject: str) -> None:
    assert counted(host) == subject


async def remaining(client: httpx.AsyncClient, forwarded: str) -> int:
    answer = await client.get(f"{API}/claims", headers={"X-Forwarded-For": forwarded})
    return int(answer.headers["x-ratelimit-remaining"])


async def test_a_forged_forwarded_for_changes_nothing(caller: Any) -> None:
    somebody = caller(PRIVATE)
    assert [await remaining(somebody, f"198.51.100.{n}") for n in range(3)] == [49, 48, 47]


async def test_behind_a_trusted_proxy_everybody_is_counted_alone(
    app: Litestar, settings: Settings, caller: Any
) -> None:
    trusting = settings.model_copy(update={"trusted_proxies": "10.0.0.1"})
    config = Server(app, "127.0.0.1", 0, trusting).config
    config.load()
    proxy = caller("10.0.0.1", house=config.loaded_app)
    assert [await remaining(proxy, f"198.51.100.{n}") for n in range(3)] == [49, 49, 49]
    # What the caller itself wrote stands further left and is not believed.
    told = [await remaining(proxy, f"203.0.113.{n}, 198.51.100.0") for n in range(10)]
    assert told[-1] < 45, "however slow the test: one bucket, not ten"
    stranger = caller("10.0.0.2", house=config.loaded_app)
    assert [await remaining(stranger, f"198.51.100.{n}") for n in range(2)] == [49, 48]
