"""What every answer carries, and how refusals look, to programs and to people."""

import re

import httpx
import pytest

from courtsync_web.web.envelope import SECURITY_HEADERS

EVERYWHERE = ["/healthz", "/", "/no-such-page", "/api/no-such-thing", "/service-worker.js"]


@pytest.mark.parametrize("path", EVERYWHERE)
async def test_every_answer_has_an_id_and_the_security_headers(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path)
    assert answer.headers["x-request-id"]
    for name, value in SECURITY_HEADERS:
        assert answer.headers[name.decode()] == value.decode()
    assert "unsafe" not in answer.headers["content-security-policy"]


async def test_static_files_carry_what_concerns_files(client: httpx.AsyncClient) -> None:
    home = await client.get("/")
    path = re.search(r"/static/[^\"]+\.css", home.text)
    assert path
    answer = await client.get(path[0])
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'"
    assert "permissions-policy" not in answer.headers


async def test_a_harmless_id_is_kept_and_a_nasty_one_is_not(client: httpx.AsyncClient) -> None:
    answer = await client.get("/healthz", headers={"X-Request-Id": "hall-7.b"})
    assert answer.headers["x-request-id"] == "hall-7.b"
    answer = await client.get("/healthz", headers={"X-Request-Id": "a b <script>"})
    assert "<" not in answer.headers["x-request-id"]


async def test_programs_get_problem_documents(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/events/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
    document = answer.json()
    assert document["code"] == "not-found"
    assert document["status"] == 404
    assert {"type", "title", "detail"} <= set(document)


async def test_people_get_a_page_in_human_words(client: httpx.AsyncClient) -> None:
    answer = await client.get("/events/nowhere", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "<h1" in answer.text
    assert "Traceback" not in answer.text


async def test_unknown_fields_and_broken_json_are_refused(client: httpx.AsyncClient) -> None:
    for body in (b'{"displayName": "Jo", "admin": true}', b"{", b"[]", b'"x"'):
        answer = await client.post(
            "/api/auth/guest", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 400, body
        assert answer.json()["code"] == "validation"


async def test_an_oversized_body_is_413(client: httpx.AsyncClient) -> None:
    body = b'{"displayName": "' + b"x" * (11 * 1024 * 1024) + b'"}'
    answer = await client.post(
        "/api/auth/guest", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413
    assert answer.json()["code"] == "too-large"


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://courtsync.test"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({}, True),
        ({"Sec-Fetch-Site": "cross-site", "Authorization": "Bearer mine"}, True),
        # What a browser remembers for a proxy that asks for a password.
        ({"Sec-Fetch-Site": "cross-site", "Authorization": "Basic cHJveHk6cHc="}, False),
        ({"Sec-Fetch-Site": "cross-site", "Authorization": ""}, False),
    ],
)
async def test_another_sites_page_changes_nothing_here(
    client: httpx.AsyncClient, headers: dict[str, str], allowed: bool
) -> None:
    answer = await client.post("/api/auth/guest", json={"displayName": "Jo"}, headers=headers)
    assert (answer.status_code == 201) is allowed
    if not allowed:
        assert answer.json()["code"] == "foreign-origin"


async def test_static_files_are_immutable_compressed_and_not_sent_twice(
    client: httpx.AsyncClient, app: object
) -> None:
    url = app.state.assets.url("css/base.css")  # type: ignore[attr-defined]
    answer = await client.get(url, headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "br"
    again = await client.get(url, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert (await client.get("/static/../pyproject.toml")).status_code == 404
    assert (await client.get("/static/css/base.css")).status_code == 404


async def test_pages_are_compressed(client: httpx.AsyncClient) -> None:
    answer = await client.get("/", headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["content-encoding"] == "br"
    answer = await client.get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/events", "/manifest.webmanifest"])
async def test_a_head_is_a_get_without_the_body(client: httpx.AsyncClient, path: str) -> None:
    head, get = await client.head(path), await client.get(path)
    assert head.status_code == get.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == get.headers["content-type"]


async def test_a_token_that_is_no_good_is_told_so_even_where_nobody_needs_one(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/api/events", headers={"Authorization": "Bearer stale"})
    assert answer.status_code == 401
    assert answer.json()["code"] == "token-invalid"
