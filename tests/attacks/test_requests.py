"""Requests that are made to do harm, whatever they ask for."""

import asyncio
import io
import logging
import re
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar

from courtsync_web.app import create_app
from courtsync_web.settings import Settings
from courtsync_web.web import slow_bodies
from courtsync_web.web.discreet import LINE, Discreet
from courtsync_web.web.route_table import TABLE, Line
from tests.servers.app import Server, start_server
from tests.servers.lifetime import living
from tests.standing_world import StandingWorld, build_standing
from tests.test_who_may import ENDLESS, bodies

ELSEWHERE = (
    "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)",
    "/\t/evil.example", "/%0d%0aX-Evil: 1\r\nX-Evil: 1", "///evil.example", "\\\\evil.example",
)  # fmt: skip
READS_NO_BODY = "/takeover"
PAGES = [
    one for one in TABLE if one.method == "GET" and not one.path.startswith(("/api", "/static"))
]


ONE_LOOP = True


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(shared_settings: Settings) -> AsyncIterator[Litestar]:
    """One for all tests here: each makes events and people of its own in it."""
    async with living(create_app(shared_settings)) as app:
        yield app


@pytest_asyncio.fixture(loop_scope="module")
async def web(house: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=cast(Any, house))
    async with httpx.AsyncClient(transport=transport, base_url="http://hall.test") as caller:
        yield caller


@pytest_asyncio.fixture(loop_scope="module")
async def world(house: Litestar) -> StandingWorld:
    return await new_world(house)


async def new_world(house: Litestar) -> StandingWorld:
    state = house.state
    return await build_standing(state["db"], state["keys"], visibility="public", password_hash="")


@pytest.fixture(scope="module")
def one_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real process, for all who send it what no client would."""
    folder = tmp_path_factory.mktemp("server")
    running = start_server(folder / "data", cwd=folder)
    yield running
    running.stop()


def filled(path: str, parts: dict[str, str]) -> str:
    parts = parts | {"code": parts.get(path[1:2], "")}
    return re.sub(r"{(\w+)}", lambda part: parts.get(part[1], "0"), path)


def cookie(world: StandingWorld, name: str) -> dict[str, str]:
    token = world.people[name].token
    return {"Cookie": f"courtsync={token}", "Sec-Fetch-Site": "same-origin"}


async def test_no_page_can_be_framed(web: httpx.AsyncClient, world: StandingWorld) -> None:
    for line in PAGES:
        answer = await web.get(filled(line.path, world.parts), headers=cookie(world, "owner"))
        assert answer.headers["x-frame-options"] == "DENY", line.path
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], line.path


@pytest.mark.parametrize("wanted", ELSEWHERE)
async def test_no_sign_in_leads_to_another_site(web: httpx.AsyncClient, wanted: str) -> None:
    email = f"jo{ELSEWHERE.index(wanted)}@example.org"
    account = {"email": email, "password": "correct horse", "name": "Jo"}
    for path in ("/sign-in/account", "/sign-in", "/sign-in/guest"):
        answer = await web.post(path, data=account | {"next": wanted})
        assert answer.status_code == 303, path
        assert leads_home(answer), (path, answer.headers["location"])
        web.cookies.clear()
    page = await web.get("/sign-in", params={"next": wanted})
    assert "evil" not in page.text


def leads_home(answer: httpx.Response) -> bool:
    where = urlsplit(answer.headers["location"])
    return not where.netloc and not where.scheme and "x-evil" not in answer.headers


async def test_no_body_may_say_more_than_it_is_asked(
    house: Litestar, web: httpx.AsyncClient, world: StandingWorld
) -> None:
    """One field too many, of those that would be worth having, refuses the whole."""
    tried = 0
    for (method, path), body in bodies(world).items():
        if not path.startswith("/api/") or path.endswith(READS_NO_BODY):
            continue
        for field, value in (("ownerId", "x"), ("isAdmin", True), ("userId", "x"), ("seq", 9)):
            answer = await web.request(
                method, filled(path, world.parts), json=body | {field: value},
                headers=cookie(world, "owner"),
            )  # fmt: skip
            tried += 1
            if (path, field) == ("/api/sync", "userId"):  # whose outbox it is, and only asked
                assert "wrong-person" in answer.text
                continue
            assert answer.status_code in (400, 422), (method, path, field, answer.text)
            assert field in answer.text, (method, path)
    assert tried > 50


async def test_nobody_makes_themselves_an_organizer(web: httpx.AsyncClient) -> None:
    entry = {"email": "jo@example.org", "password": "correct horse", "role": "organizer"}
    assert (await web.post("/api/auth/register", json=entry)).status_code in (403, 422)
    guest = (await web.post("/api/auth/guest", json={"displayName": "Jo"})).json()
    bearer = {"Authorization": f"Bearer {guest['token']}"}
    answer = await web.patch("/api/me", json={"role": "organizer"}, headers=bearer)
    assert answer.status_code in (403, 422)
    form = {"name": "Jo", "role": "organizer"}
    await web.post("/account", data=form)
    assert (await web.get("/api/me", headers=bearer)).json()["role"] == "spectator"


async def test_ids_of_another_event_open_nothing_through_ones_own(
    house: Litestar, web: httpx.AsyncClient, world: StandingWorld
) -> None:
    """The organizer of one event, who guesses what is another's."""
    other = await new_world(house)
    named = ("conflict_id", "code_id", "invitation_id", "user_id")
    guessed = other.parts | {"event_id": world.event_id}
    lines = [one for one in TABLE if any(f"{{{name}}}" in one.path for name in named)]
    assert len(lines) >= 7
    for line in lines:
        if "{event_id}" not in line.path:
            continue
        before = await state_of(web, other)
        answer = await web.request(
            line.method, filled(line.path, guessed), headers=cookie(world, "owner")
        )
        assert answer.status_code == 404, (line.method, line.path, answer.status_code)
        assert await state_of(web, other) == before, line.path


async def state_of(web: httpx.AsyncClient, world: StandingWorld) -> list[str]:
    """What its owner sees of an event."""
    event = f"/api/events/{world.event_id}"
    seen = ("/members", "/court-codes", "/conflicts", "/scores")
    headers = cookie(world, "owner")
    return [(await web.get(event + path, headers=headers)).text for path in seen]


def is_json(line: Line) -> bool:
    return line.path.startswith("/api/") and line.method in ("POST", "PUT", "PATCH")


@pytest.mark.parametrize("deep", ["[" * 3000, '{"a":' * 1500])
async def test_no_route_breaks_on_what_is_nested_for_mischief(
    web: httpx.AsyncClient, world: StandingWorld, deep: str
) -> None:
    headers = cookie(world, "owner") | {"Content-Type": "application/json"}
    for line in TABLE:
        if is_json(line):
            answer = await web.request(
                line.method, filled(line.path, world.parts), content=deep, headers=headers
            )
            assert answer.status_code < 500, (line.method, line.path)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../pyproject.toml", "/static/..%2fpyproject.toml", "/static/%2e%2e/pyproject.toml",
        "/static/..%5cpyproject.toml", "/static/%00", "/static/css%00.css", "/static//etc/passwd",
        "/static/%252e%252e%252fpyproject.toml", "/events/%2e%2e%2fapi%2fme", "/events/a%00b",
        "/api/events/%00", "/c/%2e%2e", "/%5c%5cevil.example", "//evil.example/", "/events/%ff",
        "/.env", "/.git/config", "/data/secret-key",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_what_is_served(one_server: Server, path: str) -> None:
    head = raw(
        one_server, f"GET {path} HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n\r\n".encode()
    )
    status = int(head.split()[1])
    assert status in (400, 404), head
    assert b"[project]" not in head
    assert b"root:" not in head


def test_headers_of_a_megabyte_do_not_stop_the_server(one_server: Server) -> None:
    huge = b"GET / HTTP/1.1\r\nHost: hall\r\nX-Big: " + b"a" * 1_000_000 + b"\r\n\r\n"
    raw(one_server, huge.replace(b"Host", b"Connection: close\r\nHost"))
    assert httpx.get(one_server.url + "/healthz").status_code == 200


def raw(server: Server, request: bytes) -> bytes:
    """The whole answer to bytes that no client would send."""
    where = urlsplit(server.url)
    with socket.create_connection((where.hostname, where.port or 80), 10) as line:
        try:
            line.sendall(request)
            found = b""
            while piece := line.recv(65536):
                found += piece
        except ConnectionError:
            return b""
        return found


async def test_a_body_that_trickles_is_given_up(
    house: Litestar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slow_bodies, "SECONDS", 0.05)

    async def dripping() -> AsyncIterator[Any]:
        yield PIECE
        await asyncio.Event().wait()

    assert await status_for(house, dripping()) == 408


async def test_who_hangs_up_in_mid_body_leaves_no_trace_in_the_log(
    house: Litestar, caplog: pytest.LogCaptureFixture
) -> None:
    async def hanging_up() -> AsyncIterator[Any]:
        yield PIECE
        yield {"type": "http.disconnect"}

    assert await status_for(house, hanging_up()) == 400
    assert [one for one in caplog.records if one.levelname != "INFO"] == []
    assert all(one.exc_info is None for one in caplog.records), "a line, and no traceback"


PIECE = {"type": "http.request", "body": b'{"displayName": ', "more_body": True}


async def status_for(house: Litestar, messages: AsyncIterator[Any]) -> int:
    """What somebody is answered whose request comes in these messages."""
    sent: list[Any] = []

    async def receive() -> Any:
        return await anext(messages)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/api/auth/guest", "raw_path": b"/api/auth/guest",
        "root_path": "", "scheme": "http", "query_string": b"", "http_version": "1.1",
        "headers": [(b"host", b"hall.test"), (b"content-type", b"application/json")],
        "client": ("192.0.2.1", 1), "server": ("hall.test", 80), "state": {},
    }  # fmt: skip
    await house(cast(Any, scope), receive, send)
    status: int = sent[0]["status"]
    return status


FORGED = "2026-01-31 08:00:00,000 ERROR courtsync_web.web all is lost"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\x0b", "\x1b[2J"])
def test_no_text_forges_a_line_of_the_log(end: str) -> None:
    """In what is said, in its arguments, and in the words of an exception."""
    log, out = logging.getLogger("attack"), io.StringIO()
    to_text = logging.StreamHandler(out)
    to_text.setFormatter(Discreet(LINE))
    log.addHandler(to_text)
    try:
        raise ValueError(f"name{end}{FORGED}")
    except ValueError:
        log.exception("unhandled error in request %s", f"/x{end}{FORGED}")
    finally:
        log.removeHandler(to_text)
    lines = out.getvalue().splitlines()
    assert [line for line in lines if line.startswith(FORGED[:20])] == []
    assert "\x1b" not in out.getvalue()
    assert sum(not line.startswith(" ") for line in lines) == 1


async def test_no_header_is_made_of_a_text(web: httpx.AsyncClient, world: StandingWorld) -> None:
    nasty = "x%0d%0aX-Evil:%201"
    for line in TABLE:
        if line.method == "GET" and line.path != ENDLESS:
            path = filled(
                line.path, world.parts | {"event_id": nasty, "i": nasty, "c": nasty, "file": nasty}
            )
            answer = await web.get(
                f"{path}?next=/{nasty}&q={nasty}", headers=cookie(world, "owner")
            )
            assert "x-evil" not in answer.headers, path
            assert all("\n" not in value for value in answer.headers.values()), path
    kept = await web.post("/settings", data={"theme": "dark\r\nX-Evil: 1", "text": "x"})
    assert "x-evil" not in kept.headers
