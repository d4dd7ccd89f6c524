"""What is answered to one browser concerns that browser; all of a service, if several agree."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from courtsync_web.push import courier as couriers
from courtsync_web.push.circuit import AGREED, FAILURES, FIRST_PAUSE
from courtsync_web.push.courier import AT_ONCE, Courier, Fate, Message
from courtsync_web.push.sealing import sealed
from courtsync_web.push.services import BadEndpoint, Services
from courtsync_web.push.vapid import Vapid
from tests.push.browser import Browser
from tests.push.service import PushService


@pytest.fixture
async def courier(service: PushService, vapid: Vapid) -> AsyncIterator[Courier]:
    courier = Courier(vapid, Services.of(service.origin), patience=5)
    yield courier
    await courier.close()


async def carried(courier: Courier, browser: Browser, *, proven: bool = True) -> Fate:
    keys = browser.subscription()["keys"]
    message = Message(sealed(keys["p256dh"], keys["auth"], {"title": "x"}), 60, "high", "t")
    return (await courier.carry(browser.endpoint, message, proven=proven)).fate


@pytest.mark.parametrize(("status", "fate"), [(403, Fate.REFUSED), (429, Fate.AGAIN)])
async def test_one_browser_that_is_turned_away_silences_nobody_else(
    courier: Courier, service: PushService, status: int, fate: Fate
) -> None:
    worn, fine = service.browser(), service.browser()
    service.script[worn.name] = [status]
    assert await carried(courier, worn) is fate
    assert await carried(courier, fine) is Fate.TAKEN
    assert await carried(courier, worn) is Fate.AGAIN
    assert len(service.asked) == 2, "the one is left alone for a while"


@pytest.mark.parametrize("status", [403, 429])
async def test_where_several_are_turned_away_the_service_is_left_alone(
    courier: Courier, service: PushService, status: int
) -> None:
    for _ in range(AGREED):
        one = service.browser()
        service.script[one.name] = [status]
        await carried(courier, one)
    assert await carried(courier, service.browser()) is Fate.AGAIN
    assert len(service.asked) == AGREED


@pytest.mark.parametrize("status", [403, 429, 500])
async def test_browsers_that_nothing_ever_reached_prove_nothing(
    courier: Courier, service: PushService, status: int
) -> None:
    for _ in range(2 * max(AGREED, FAILURES)):
        one = service.browser()
        service.script[one.name] = [status]
        await carried(courier, one, proven=False)
    assert await carried(courier, service.browser()) is Fate.TAKEN


async def test_a_probe_that_was_broken_off_is_not_the_last(
    courier: Courier, service: PushService
) -> None:
    phone = service.browser()
    service.script[phone.name] = [*[500] * FAILURES, "hang"]
    for _ in range(FAILURES):
        await carried(courier, phone)
    courier._circuits[service.origin].open_until -= 2 * FIRST_PAUSE
    probe = asyncio.create_task(carried(courier, phone))
    await service.wait_for(lambda: len(service.asked) == FAILURES + 1)
    probe.cancel()
    await asyncio.wait([probe])
    assert await carried(courier, phone) is Fate.TAKEN


async def test_nobody_stands_long_in_line_for_a_slow_service(
    courier: Courier, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(couriers, "IN_LINE", 0.05)
    slow = [service.browser() for _ in range(AT_ONCE)]
    for one in slow:
        service.script[one.name] = ["hang"]
    under_way = [asyncio.create_task(carried(courier, one)) for one in slow]
    await service.wait_for(lambda: len(service.asked) == AT_ONCE)
    assert await carried(courier, service.browser()) is Fate.CROWDED
    for task in under_way:
        task.cancel()


@pytest.mark.parametrize(
    "host", [f"{'a' * 70}.push.apple.com", "..push.apple.com", "-.push.apple.com"]
)
def test_a_name_that_no_resolver_takes_is_no_endpoint(host: str) -> None:
    with pytest.raises(BadEndpoint):
        Services().check(f"https://{host}/x")
