"""The log tells what went wrong, and nothing about anybody."""

import logging
import socket
import sqlite3
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from courtsync_web.web.discreet import Discreet, masked
from tests.live.talk import talking
from tests.push.browser import Browser, subscription
from tests.servers.app import Server, run_command, start_server

EMAIL, PASSWORD, AWAY = "robin.q@example.org", "correct horse staple", "203.0.113.77"
NOBODY_THERE = "http://127.0.0.1:9"
JO = {"email": EMAIL, "password": PASSWORD, "displayName": "Robin Q."}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("for jo.b+x@example.org: no", "for […]: no"),
        ("Bearer eyJhbGci.eyJzdWI.c2ln-_x", "Bearer […]"),
        (f"token {'a' * 32}.{'B' * 43} ended", "token […] ended"),
        ("{'password': 'correct horse', 'role': 'x'}", "{'password': […], 'role': 'x'}"),
        ("GET /reset?token=abc-_D&x=1", "GET /reset?token=[…]&x=1"),
        ("Authorization: Bearer abc", "Authorization: […]"),
        ("hash $argon2id$v=19$m=19456$c2FsdA$aGFzaA ", "hash […] "),
        ("at /c/AbCdEf0123456789xyz now", "at /c/[…] now"),
        ("at /f/p/AbCdEf0123456789xyz/card.png now", "at /f/p/[…]/card.png now"),
        ("at /cal/AbCdEf0123456789xyz.ics now", "at /cal/[…].ics now"),
        ("postgresql://court:secret@db/x", "postgresql://[…]@db/x"),
        ("to https://updates.push.example.org/wpush/v2/gAAA.", "to […]"),
        ("DETAIL:  Failing row contains (1, Jo, x).", "DETAIL: […]"),
        ("from 203.0.113.77:4711 and 198.51.100.1.", "from 203.0.x.x:4711 and 198.51.x.x"),
        ("from 2001:db8:1:2::3, ::ffff", "from 2001:0db8:0001::x, 0000:0000:0000::x"),
    ],
)
def test_what_names_or_lets_in_is_masked(text: str, left: str) -> None:
    assert masked(text).rstrip(".") == left.rstrip(".")


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31 13:28:48,123 WARNING courtsync_web.live.hub the hub's round failed",
        'File "courtsync_web/accounts/tokens.py", line 120, in token_hash',
        "CourtSync is at http://127.0.0.1:8000 (version 0.1.0)",
        "event 55f1-a at seq 12, match -101: 25:23, 25:18",
        "std::vector, 1:2, 08:00",
    ],
)
def test_what_one_looks_for_in_a_log_stays(text: str) -> None:
    assert masked(text) == text


def test_a_traceback_is_looked_over_too() -> None:
    try:
        raise ValueError(f"no such person: {EMAIL}")
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 0, "failed", None, (ValueError, error, error.__traceback__)
        )
    text = Discreet().format(record)
    assert "Traceback" in text
    assert EMAIL not in text


@pytest.fixture(params=["text", "json"])
def behind_a_proxy(request: pytest.FixtureRequest, tmp_path: Path) -> Server:
    """A server that believes this machine's ``X-Forwarded-For``, and tells all it would tell."""
    return start_server(
        tmp_path / "data",
        cwd=tmp_path,
        environment={
            "COURTSYNC_TRUSTED_PROXIES": "127.0.0.1",
            "COURTSYNC_LOG_LEVEL": "info",
            "COURTSYNC_LOG_FORMAT": request.param,
            "COURTSYNC_PUSH_HOSTS": NOBODY_THERE,
        },
    )


def test_a_whole_run_leaves_nothing_about_anybody(behind_a_proxy: Server) -> None:
    server = behind_a_proxy
    browser = Browser(NOBODY_THERE)
    secrets = [EMAIL, PASSWORD, AWAY, "Robin Q.", "another staple", "$argon2", browser.name]
    secrets += browser.subscription()["keys"].values()
    with httpx.Client(base_url=server.url, headers={"X-Forwarded-For": AWAY}) as web:
        secrets += used(web)
        secrets += pushed(web, browser)
        with suppress(ConnectionClosed), talking(server, secrets[-1], "/api/events/x/ws") as pad:
            pad.say(type="auth", token=secrets[-1] + "x")
        printed = run_command(server.data_dir, "reset-link", "--email", EMAIL)
        secrets.append(printed.strip().partition("token=")[2])
        web.get(f"/reset?token={secrets[-1]}")
        break_people(server.data_dir / "courtsync.db")
        failed(web, secrets[-1], browser)
    nonsense(server, secrets[-1])
    server.stop()
    said = server.said()
    assert "Traceback" in said, "something did fail, and was logged"
    assert "Invalid HTTP request" in said
    assert [secret for secret in secrets if secret in said] == []


def used(web: httpx.Client) -> list[str]:
    """An evening's requests. The tokens that they brought."""
    tokens = []
    for path, body in (("guest", {"displayName": "Robin Q."}), ("register", JO)):
        document = web.post(f"/api/auth/{path}", json=body).json()
        tokens += [document["token"], document["refreshToken"]]
    web.post("/api/auth/login", json={"email": EMAIL, "password": "another staple"})
    web.post("/api/auth/login", content=f'{{"email": "{EMAIL}", "password": '.encode())
    web.post("/api/auth/forgot", json={"email": EMAIL})
    web.post("/api/auth/refresh", headers={"Authorization": f"Bearer {tokens[1]}"})
    subscribed = subscription()
    answer = web.post("/api/push/subscriptions", json=subscribed)
    assert answer.status_code == 201, answer.text
    web.post("/api/push/test", json={})
    tokens += [subscribed["endpoint"].rpartition("/")[2], subscribed["keys"]["auth"]]
    web.get("/api/me", headers={"Authorization": f"Bearer {tokens[0]}x"})
    web.get("/api/me/export")
    web.post("/sign-in", data={"email": EMAIL, "password": "another staple"})
    web.get("/account")
    return tokens


def pushed(web: httpx.Client, browser: Browser) -> list[str]:
    """Notifications, to a service that is not there. The token of whoever asked for them."""
    token: str = web.post("/api/auth/guest", json={"displayName": "Robin Q."}).json()["token"]
    subscribed = web.post("/api/push/subscriptions", json=browser.subscription())
    assert subscribed.status_code == 201, subscribed.text
    web.post("/api/push/subscriptions/activate", json={"token": PASSWORD})
    web.request("DELETE", "/api/push/subscriptions", json={"endpoint": browser.endpoint + "x"})
    return [token]


def break_people(path: Path) -> None:
    """From now on nobody's row can be written: the database refuses, and says why."""
    with sqlite3.connect(path) as connection:
        for table in ("person", "verdict", "push_subscription"):
            for change in ("INSERT", "UPDATE"):
                connection.execute(
                    f"CREATE TRIGGER no_{table}_{change} BEFORE {change} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the disk is on fire'); END"
                )


def failed(web: httpx.Client, link: str, browser: Browser) -> None:
    """Requests that meet the broken tables."""
    other = Browser(NOBODY_THERE, browser.name + "-too")
    answers = [
        web.patch("/api/me", json={"displayName": "Robin Q. R."}),
        web.post("/api/auth/reset", json={"token": link, "password": "another staple"}),
        web.post("/account", data={"name": "Robin Q. R."}),
        web.post("/api/push/subscriptions", json=other.subscription()),
    ]
    op = {"id": str(uuid4()), "deviceSeq": 1, "kind": "follow", "eventId": "x", "teamId": 1}
    batch = {"deviceId": "one", "sentAt": 1, "ops": [op | {"following": True}]}
    assert web.post("/api/sync", json=batch).json()["results"][0]["outcome"] == "retry"
    assert {answer.status_code for answer in answers} == {500}


def nonsense(server: Server, secret: str) -> None:
    """What is no HTTP, with a secret in it."""
    where = urlsplit(server.url)
    with socket.create_connection((where.hostname, where.port)) as line:
        line.sendall(f"GET / HTTP/9.9\r\nAuthorization Bearer {secret}\r\n\r\n".encode())
        assert line.recv(1000)
