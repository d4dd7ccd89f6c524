"""Seeing it run: who may read the figures, what the log says, when /readyz is red."""

import asyncio
import json
import logging
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar
from pydantic import SecretStr

from courtsync_web.app import create_app
from courtsync_web.settings import Settings
from courtsync_web.supervised import Supervised
from courtsync_web.web.logs import REQUEST, ForMachines, ForPeople
from tests.servers.lifetime import living


def caller(app: Litestar, address: str, **headers: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=cast(Any, app), client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://hall.test", headers=headers)


async def test_figures_are_for_this_machine_alone_and_not_through_a_proxy(app: Litestar) -> None:
    async with caller(app, "127.0.0.1") as here, caller(app, "198.51.100.7") as far:
        assert (await here.get("/metrics")).status_code == 200
        assert (await far.get("/metrics")).status_code == 404
        passed_on = {"X-Forwarded-For": "198.51.100.7"}
        assert (await here.get("/metrics", headers=passed_on)).status_code == 404


async def test_with_a_token_figures_are_for_who_has_it(settings: Settings) -> None:
    settings = settings.model_copy(update={"metrics_token": SecretStr("watch")})
    async with living(create_app(settings)) as app:
        async with caller(app, "198.51.100.7", Authorization="Bearer watch") as watcher:
            assert (await watcher.get("/metrics")).status_code == 200
        async with caller(app, "127.0.0.1") as here:
            assert (await here.get("/metrics")).status_code == 404


async def test_figures_name_routes_and_never_paths(app: Litestar) -> None:
    async with caller(app, "127.0.0.1") as here:
        await here.get("/api/events/secret-name/matches")
        await here.get("/no/such/path-of-mine")
        told = (await here.get("/metrics")).text
    assert 'route="/api/events/{event_id}/matches"' in told
    assert 'route="elsewhere",status="404"' in told
    assert "secret-name" not in told
    assert "path-of-mine" not in told


async def test_ready_names_the_task_that_does_not_work(app: Litestar) -> None:
    async with caller(app, "127.0.0.1") as here:
        assert (await here.get("/readyz")).status_code == 200
        assert (await here.head("/healthz")).status_code == 200
        supervised: Supervised = app.state.supervised

        async def broken() -> None:
            raise RuntimeError("broken on purpose")

        supervised.add("a broken one", broken)
        async with supervised.running():
            async with asyncio.timeout(10):
                while not supervised.down():  # noqa: ASYNC110  # the tasks' own pace
                    await asyncio.sleep(0.01)
            answer = await here.get("/readyz")
    assert answer.status_code == 503
    assert "a broken one" in answer.json()["detail"]


@pytest.fixture
def record() -> logging.LogRecord:
    said = "sent to %s with token=%s\nand a second line"
    return logging.LogRecord(
        "courtsync", logging.WARNING, __file__, 1, said, ("ann@example.org", "abcdef"), None
    )


def test_a_machine_reads_one_object_a_line_with_the_request_and_no_secrets(
    record: logging.LogRecord,
) -> None:
    token = REQUEST.set("abc123")
    line = ForMachines().format(record)
    REQUEST.reset(token)
    told = json.loads(line)
    assert "\n" not in line
    assert (told["level"], told["logger"], told["request"]) == ("warning", "courtsync", "abc123")
    assert "ann@" not in line
    assert "abcdef" not in line


def test_people_read_lines_with_the_request_at_the_end(record: logging.LogRecord) -> None:
    token = REQUEST.set("abc123")
    line = ForPeople().format(record)
    REQUEST.reset(token)
    assert line.endswith("[abc123]")
    assert "[abc123]" not in ForPeople().format(record)
