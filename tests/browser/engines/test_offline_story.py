"""The main offline story in the engines that know no Background Sync: nothing may depend on it.

Thirty rallies without a network, with a reload and the page closed and opened in between; on
return all of them are at the server, once, in order.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.browser.engines.device import (
    CAN_TOUCH,
    GOVERNED,
    INSTALLED,
    PENDING,
    PHASE,
    SIGN_IN,
    SYNC,
    Device,
)
from tests.browser.engines.firefox import firefox
from tests.browser.engines.webkit import webkit
from tests.browser.gate import Gate
from tests.browser.scorers import EVENT, an_unscored_match
from tests.servers.app import Server

PATIENCE = 60.0
ENGINES: dict[str, Callable[[str], Any]] = {"firefox": firefox, "webkit": webkit}
RALLIES = [1, 2, 2, 1, 1, 2, 1, 2, 2, 1] * 3


@pytest_asyncio.fixture(loop_scope="session", params=ENGINES)
async def device(request: pytest.FixtureRequest, gate: Gate) -> AsyncIterator[Device]:
    """A browser of this engine; where it cannot be had, the test says which is missing."""
    async with ENGINES[request.param](gate.url) as found:
        yield found


async def test_thirty_rallies_without_a_network_arrive_once_and_in_order(
    device: Device, gate: Gate, hall: Server
) -> None:
    match_id = an_unscored_match(hall)
    pad = f"/events/{EVENT}/matches/{match_id}/score"
    await device.open("/practice")
    assert await device.read(SIGN_IN)
    await device.open(pad)
    await touch(device, "claim")
    await until(lambda: device.read(PHASE), "play")
    await until(lambda: device.read(INSTALLED), True)
    await device.reload()  # the worker may have come after the page: now it has seen it
    await until(lambda: device.read(GOVERNED), True)
    await gate.cut()
    await rallies(device, RALLIES[:15])
    await until(lambda: device.read(PENDING), 15)
    await device.reload()
    await until(lambda: device.read(PHASE), "play")
    await rallies(device, RALLIES[15:25])
    await until(lambda: device.read(PENDING), 25)
    await device.close_and_reopen(pad)
    await until(lambda: device.read(PHASE), "play")
    await rallies(device, RALLIES[25:])
    await until(lambda: device.read(PENDING), 30)
    assert await device.read(SYNC) == "offline"
    await gate.restore()
    await device.read("dispatchEvent(new Event('online'))")
    await until(lambda: device.read(SYNC), "synced")
    assert await device.read(PENDING) == 0
    async with httpx.AsyncClient(base_url=hall.url) as anybody:
        answer = await anybody.get(f"/api/events/{EVENT}/scores/{match_id}/history")
    history = answer.json()
    assert [item["team"] for item in history["items"]] == RALLIES
    assert history["items"][-1]["sets"][0]["team1Score"] == RALLIES.count(1)
    assert len({item["updateId"] for item in history["items"]}) == history["total"] == 30


async def rallies(device: Device, teams: list[int]) -> None:
    """Who won each."""
    for team in teams:
        await touch(device, f"point-{team}")


async def touch(device: Device, action: str) -> None:
    """A control of the pad, as soon as it takes a touch again."""
    await until(lambda: device.read(CAN_TOUCH.replace("ACTION", action)), True)
    await device.touch(f'[data-action="{action}"]')


async def until(look: Callable[[], Awaitable[Any]], wanted: Any) -> None:
    """Look again and again until it is as wanted."""
    seen = None
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE
    while loop.time() < deadline:
        seen = await look()
        if seen == wanted:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"wanted {wanted!r}, saw {seen!r}")
