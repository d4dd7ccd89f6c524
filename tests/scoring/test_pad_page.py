"""The pad as it leaves the server: who gets it, and what it takes along into a hall."""

import json
import re
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any

import httpx
import pytest

from courtsync_web.db import Database
from courtsync_web.settings import Settings
from courtsync_web.volleyball.formats import PRESETS
from tests.world import EVENT, FIRST, build_world

PAD = f"/events/{EVENT}/matches/{FIRST}/score"


@pytest.fixture
async def world(settings: Settings) -> AsyncIterator[Database]:
    """The small world in the database of ``client``."""
    db = Database(settings.effective_database_url)
    yield db
    await db.close()


def boot(html: str) -> dict[str, Any]:
    """What the page hands to its script."""
    found = re.search(r'<script id="boot" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found
    document: dict[str, Any] = json.loads(found[1])
    return document


async def test_it_carries_names_format_and_claim_and_works_on_without_the_server(
    world: Database, client: httpx.AsyncClient
) -> None:
    await build_world(world)
    answer = await client.get(PAD)
    assert answer.status_code == HTTPStatus.OK
    carried = boot(answer.text)
    assert carried["names"] == ["Harbor 15 Gold", "Falcon 15 Blue"]
    assert carried["format"]["id"] == "usav-junior-bo3"
    assert carried["claim"]["claimed"] is False
    assert (carried["person"], carried["score"]) == (None, None)
    assert f'data-match="{FIRST}"' in answer.text


async def test_the_person_is_named_so_that_the_phone_keeps_queues_apart(
    world: Database, client: httpx.AsyncClient
) -> None:
    await build_world(world)
    guest = (await client.post("/api/auth/guest", json={"displayName": "Robin"})).json()
    carried = boot((await client.get(PAD)).text)
    assert carried["person"] == {"id": guest["user"]["id"], "name": "Robin"}


async def test_a_private_events_pad_is_not_there_for_others(
    world: Database, client: httpx.AsyncClient
) -> None:
    await build_world(world, visibility="private")
    assert (await client.get(PAD)).status_code == HTTPStatus.NOT_FOUND


async def test_a_name_cannot_break_out_of_the_page(
    world: Database, client: httpx.AsyncClient
) -> None:
    await build_world(world, name="</script><script>alert(1)</script>")
    await client.post("/api/auth/guest", json={"displayName": "</script><b>Robin"})
    html = (await client.get(PAD)).text
    assert "</script><b>" not in html
    person = boot(html)["person"]
    assert person["name"] == "</script><b>Robin"


async def test_nothing_in_it_needs_inline_script_or_style(
    world: Database, client: httpx.AsyncClient
) -> None:
    await build_world(world)
    html = (await client.get(PAD)).text
    assert not re.search(r"<style|\sstyle=|\son\w+=", html)
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))", html)
    assert inline == []


async def test_practice_offers_every_preset_to_anybody(client: httpx.AsyncClient) -> None:
    answer = await client.get("/practice")
    assert answer.status_code == HTTPStatus.OK
    carried = boot(answer.text)
    assert carried["practice"] is True
    assert {preset["id"] for preset in carried["presets"]} == set(PRESETS)
    assert sum(preset["usual"] for preset in carried["presets"]) == 1
    assert "data-match=" not in answer.text


async def test_a_match_that_is_not_there_is_told_so(
    world: Database, client: httpx.AsyncClient
) -> None:
    await build_world(world)
    answer = await client.get(f"/events/{EVENT}/matches/999/score")
    assert answer.status_code == HTTPStatus.NOT_FOUND
