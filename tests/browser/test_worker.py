"""The service worker itself: sending without a page, being stopped, replaced, and let go of."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import CDPSession, Page, expect

from courtsync_web.web.places import HOME
from tests.browser.facts import fact
from tests.browser.gate import Gate
from tests.browser.scorers import EVENT, Scorer, an_unscored_match
from tests.browser.visitors import Complaints, Visitors
from tests.servers.app import Server, start_server

UNSENT = """() => new Promise((resolve, reject) => {
  const asked = indexedDB.open("courtsync");
  asked.onerror = reject;
  asked.onsuccess = () => {
    const count = asked.result.transaction("outbox").objectStore("outbox").count();
    count.onsuccess = () => { asked.result.close(); resolve(count.result); };
  };
})"""
GOVERNED = "() => navigator.serviceWorker.controller !== null"


@pytest_asyncio.fixture(loop_scope="session")
async def scorer(phone: Page, hall: Server) -> Scorer:
    """Robin, who has claimed a match; the worker is there."""
    robin = Scorer(phone, an_unscored_match(hall))
    await robin.keep_score()
    await phone.wait_for_function(GOVERNED)
    return robin


@pytest.fixture(scope="module")
def next_version(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same app a release later: one style has changed."""
    folder = tmp_path_factory.mktemp("next")
    for part in ("courtsync_web", "static", "templates"):
        shutil.copytree(HOME / part, folder / part)
    shutil.copy(HOME / "service-worker.js", folder)
    with (folder / "static/css/base.css").open("a") as style:
        style.write("\n.of-the-next-version { color: red; }\n")
    shutil.copytree(demo, folder / "data")
    server = start_server(folder / "data", cwd=folder)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def braked(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose operator has switched the worker off."""
    folder: Path = tmp_path_factory.mktemp("braked")
    shutil.copytree(demo, folder / "data")
    server = start_server(
        folder / "data", cwd=folder, environment={"COURTSYNC_SERVICE_WORKER": "off"}
    )
    yield server
    server.stop()


class Worker:
    """Our worker, as the browser's own tools handle it."""

    def __init__(self, session: CDPSession, origin: str) -> None:
        self._session = session
        self._origin = origin
        self._registered: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    @classmethod
    async def of(cls, page: Page) -> "Worker":
        worker = cls(await page.context.new_cdp_session(page), await page.evaluate("origin"))
        worker._session.on("ServiceWorker.workerRegistrationUpdated", worker._hear)
        await worker._session.send("ServiceWorker.enable")
        return worker

    def _hear(self, event: dict[str, Any]) -> None:
        for one in event["registrations"]:
            if one["scopeURL"].startswith(self._origin) and not self._registered.done():
                self._registered.set_result(one["registrationId"])

    async def sync(self, *, last_chance: bool) -> None:
        """The browser finds that the network may be back."""
        await self._session.send(
            "ServiceWorker.dispatchSyncEvent",
            {
                "origin": self._origin,
                "registrationId": await self._registered,
                "tag": "drain",
                "lastChance": last_chance,
            },
        )

    async def stop(self) -> None:
        """The browser needs the memory."""
        await self._session.send("ServiceWorker.stopAllWorkers")


async def test_what_waits_is_sent_although_every_page_was_closed(
    scorer: Scorer, visitors: Visitors, complaints: Complaints
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    context = scorer.page.context
    await context.set_offline(True)
    await scorer.point(1, 3)
    await scorer.waits(3, "offline")
    await fact(
        scorer.page,
        """async () => {
          const { sync } = await navigator.serviceWorker.ready;
          return (await sync.getTags()).includes("drain");
        }""",
    )
    await scorer.page.close()
    await context.set_offline(False)
    watching = await visitors.arrive("watching")
    await watching.goto(f"/events/{EVENT}/matches/{scorer.match_id}")
    await expect(watching.locator('[data-digits="1"]')).to_have_text("3")
    assert not context.pages, "nobody was there to send them"


async def test_a_worker_stopped_in_the_middle_of_sending_neither_loses_nor_doubles(
    scorer: Scorer, gate: Gate
) -> None:
    await gate.cut()
    await scorer.point(1, 4)
    await scorer.waits(4, "offline")
    reader = await scorer.page.context.new_page()
    await reader.goto("/practice")
    await scorer.page.close()
    worker = await Worker.of(reader)
    gate.swallow(answers_only=True)
    await gate.restore()
    await worker.sync(last_chance=False)
    await gate.until_answered()
    await worker.stop()
    assert await reader.evaluate(UNSENT) == 4
    await gate.cut()
    gate.let_through()
    await gate.restore()
    again = Scorer(reader, scorer.match_id)
    await again.open()
    await again.is_sent()
    await again.shows(4, 0)
    assert (await again.from_server())["revision"] == 4


async def test_the_browsers_last_try_tells_the_person_what_is_still_here(
    scorer: Scorer, gate: Gate
) -> None:
    page = scorer.page
    await page.context.grant_permissions(["notifications", "background-sync"])
    worker = await Worker.of(page)
    await gate.cut()
    await scorer.point(2, 2)
    await scorer.waits(2, "offline")
    await worker.sync(last_chance=True)
    await fact(
        page,
        """async () => (await (await navigator.serviceWorker.ready).getNotifications())
          .some(({ title }) => title === "2 points are still on this phone")""",
    )


async def test_a_new_version_waits_asks_and_disturbs_nobody_who_scores(
    scorer: Scorer, gate: Gate, next_version: Server, complaints: Complaints
) -> None:
    complaints.expect("40[14]|ERR_")
    pad = scorer.page
    reader = await pad.context.new_page()
    await reader.goto("/practice")
    await reader.wait_for_function(GOVERNED)
    opened = [await tab.evaluate("performance.timeOrigin") for tab in (pad, reader)]
    gate.turn_to(next_version.url)
    await gate.cut()
    await gate.restore()
    await reader.evaluate("navigator.serviceWorker.ready.then((ours) => ours.update())")
    update = reader.locator("#update")
    await expect(update).to_contain_text("Update ready")
    await expect(pad.locator("#update")).to_have_count(0)
    await scorer.point(1)
    await scorer.shows(1, 0)
    assert opened == [await tab.evaluate("performance.timeOrigin") for tab in (pad, reader)]
    async with reader.expect_navigation():
        await update.get_by_role("button", name="Update").click()
    await reader.wait_for_function(GOVERNED)
    style = await reader.evaluate(
        """async () => {
          const waiting = (await navigator.serviceWorker.ready).waiting;
          const shells = (await caches.keys()).filter((name) => name.startsWith("shell-"));
          return [waiting, shells.length];
        }"""
    )
    assert style[0] is None
    assert await pad.evaluate("performance.timeOrigin") == opened[0], "the rally went on"
    await scorer.point(1)
    await scorer.shows(2, 0)
    await scorer.choose("more")
    await expect(pad.locator("#update")).to_have_count(0)


async def test_switched_off_it_goes_with_its_caches_and_spares_what_waits(
    scorer: Scorer, gate: Gate, braked: Server, complaints: Complaints
) -> None:
    complaints.expect("40[14]|ERR_")
    await gate.cut()
    await scorer.point(1, 2)
    await scorer.waits(2, "offline")
    gate.turn_to(braked.url)
    await gate.restore()
    reader = await scorer.page.context.new_page()
    await scorer.page.close()
    await reader.goto("/settings")
    await fact(
        reader,
        """async () => !(await navigator.serviceWorker.getRegistrations()).length
          && !(await caches.keys()).length""",
    )
    assert await reader.evaluate(UNSENT) == 2


async def test_any_page_with_no_sw_is_a_way_out(phone: Page) -> None:
    await phone.goto("/practice")
    await phone.wait_for_function(GOVERNED)
    await phone.goto("/practice?no-sw")
    await fact(
        phone,
        """async () => !(await navigator.serviceWorker.getRegistrations()).length
          && !(await caches.keys()).length""",
    )
    await phone.goto("/settings")
    assert not await phone.evaluate("navigator.serviceWorker.controller !== null")


async def test_everything_the_worker_wants_to_keep_is_there(phone: Page, hall: Server) -> None:
    script = await (await phone.request.get("/service-worker.js")).text()
    shell = json.loads(script.partition("=")[2].partition(";\n")[0])
    for path in ("/offline", *shell["files"]):
        assert (await phone.request.get(path)).status == 200, path
