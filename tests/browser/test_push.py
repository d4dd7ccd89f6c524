"""A push through the real worker: shown whatever it says, and a tap leads to the match."""

import asyncio
import json
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.scorers import EVENT, an_unscored_match
from tests.browser.test_worker import GOVERNED
from tests.browser.visitors import Complaints, Visitors
from tests.push.browser import Browser
from tests.servers.app import Server, start_server

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
)
NOWHERE = "http://127.0.0.1:9"
"""A push service that nobody runs: what shall arrive, the tests hand to the browser themselves."""
SUBSCRIBES = """
const given = %s;
const bytes = (text) => Uint8Array.from(
  atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const known = () => localStorage.getItem("the-browser's") && {
  endpoint: given.endpoint,
  options: { applicationServerKey: bytes(localStorage.getItem("the-browser's")).buffer },
  toJSON: () => given,
  unsubscribe: async () => { localStorage.removeItem("the-browser's"); return true; },
};
PushManager.prototype.getSubscription = async () => known() || null;
PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
  localStorage.setItem("the-browser's", applicationServerKey);
  return known();
};
"""
"""Chromium has no push service here: what it would answer."""

SHOWN = """async (title) => {
  for (;;) {
    const all = await (await navigator.serviceWorker.ready).getNotifications();
    const found = all.find((one) => one.title === title);
    if (found) return { body: found.body, tag: found.tag, url: found.data.url, all: all.length };
    await new Promise((again) => setTimeout(again, 20)); // a hidden page draws no frames
  }
}"""
LEFT = "async () => (await (await navigator.serviceWorker.ready).getNotifications()).length"
TAP = """async () => {
  const [notification] = await self.registration.getNotifications();
  const event = new NotificationEvent("notificationclick", { notification });
  // Only the browser's own events may extend the worker's life; this one need not.
  Object.defineProperty(event, "waitUntil", { value: (work) => { self.done = work; } });
  self.dispatchEvent(event);
  await self.done;
}"""


@pytest.fixture(scope="module")
def hall(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo tournament's server, which pushes nowhere."""
    folder = tmp_path_factory.mktemp("hall")
    shutil.copytree(demo, folder / "data")
    environment = {"COURTSYNC_PUSH_HOSTS": NOWHERE}
    running = start_server(folder / "data", cwd=folder, environment=environment)
    yield running
    running.stop()


class Pushes:
    """Hands pushes to a page's worker, as the browser does with those of a push service."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._registration = ""
        self._known = asyncio.Event()

    async def begin(self) -> None:
        """Until the browser's tools have named the registration: a push to none is lost."""
        self._session = await self.page.context.new_cdp_session(self.page)
        self._session.on("ServiceWorker.workerRegistrationUpdated", self._hear)
        await self._session.send("ServiceWorker.enable")
        await self._known.wait()

    def _hear(self, told: dict[str, list[dict[str, str]]]) -> None:
        for one in told["registrations"]:
            self._registration = one["registrationId"]
            self._known.set()

    async def push(self, text: str) -> None:
        origin = await self.page.evaluate("origin")
        await self._session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": origin, "registrationId": self._registration, "data": text},
        )

    async def shown(self, title: str) -> dict[str, Any]:
        """The notification with this title, once it is there; ``all``: how many there are."""
        found: dict[str, Any] = await self.page.evaluate(SHOWN, title)
        return found


@pytest_asyncio.fixture(loop_scope="session")
async def pushes(phone: Page) -> AsyncIterator[Pushes]:
    """A phone whose owner allows notifications, on the home page; the worker is there."""
    await phone.context.grant_permissions(["notifications", "background-sync"])
    await phone.goto("/")
    await phone.wait_for_function(GOVERNED)
    pushes = Pushes(phone)
    await pushes.begin()
    yield pushes


def told(match_id: int, title: str, **more: object) -> str:
    return json.dumps(
        {
            "title": title,
            "body": "Harbor – Falcon",
            "tag": f"{EVENT}.{match_id}",
            "url": f"/events/{EVENT}/matches/{match_id}",
            "kind": "matchSoon",
            **more,
        }
    )


async def test_it_is_shown_replaced_by_its_tag_and_a_tap_opens_the_match(
    pushes: Pushes, phone: Page, hall: Server
) -> None:
    match_id = an_unscored_match(hall)
    await pushes.push(told(match_id, "In 15 min on Court 1"))
    first = await pushes.shown("In 15 min on Court 1")
    assert (first["tag"], first["body"]) == (f"{EVENT}.{match_id}", "Harbor – Falcon")
    await pushes.push(told(match_id, "Court 1: now expected 10:35", silent=True))
    second = await pushes.shown("Court 1: now expected 10:35")
    assert second["all"] == 1, "it took the first one's place"
    [worker] = phone.context.service_workers
    await worker.evaluate(TAP)
    await expect(phone).to_have_url(re.compile(rf"/events/{EVENT}/matches/{match_id}$"))
    assert await phone.evaluate(LEFT) == 0


async def test_what_cannot_be_read_is_shown_all_the_same(pushes: Pushes, phone: Page) -> None:
    await pushes.push("{not json")
    shown = await pushes.shown("CourtSync")
    assert shown["url"] == "/"


async def test_no_push_leads_to_another_site(pushes: Pushes, phone: Page, hall: Server) -> None:
    ways = ("https://evil.example/", "//evil.example/", "/\\evil.example")
    for number, url in enumerate(ways):
        await pushes.push(told(number, f"Tap me {number}", url=url))
        await pushes.shown(f"Tap me {number}")
        [worker] = phone.context.service_workers
        await worker.evaluate(TAP)
        await phone.wait_for_load_state()
        assert (await phone.evaluate("location.pathname")) == "/"


async def test_the_page_says_what_this_browser_can(phone: Page, hall: Server) -> None:
    await phone.goto("/settings/notifications")
    await phone.get_by_role("link", name="Say who you are").click()
    await phone.locator('form[action="/sign-in/guest"] [name="name"]').fill("Robin")
    await phone.locator('form[action="/sign-in/guest"] button').first.click()
    await expect(phone.get_by_role("heading", name="Notifications")).to_be_visible()
    await expect(phone.locator("#this-device")).to_have_attribute("data-state", "off")
    await phone.get_by_label("Set won").check()
    await phone.get_by_role("button", name="Save").click()
    await expect(phone.get_by_text("Saved.")).to_be_visible()
    await expect(phone.get_by_label("Set won")).to_be_checked()


async def test_an_iphone_is_told_to_install_before_anybody_says_who_they_are(
    visitors: Visitors,
) -> None:
    phone = await visitors.arrive("iphone", user_agent=IPHONE)
    await phone.add_init_script("delete window.PushManager")
    await phone.goto("/settings/notifications")
    await expect(phone.get_by_text("Add to Home Screen")).to_be_visible()
    await expect(phone.get_by_role("link", name="Say who you are")).to_be_hidden()


async def test_the_bell_of_a_match_rings_for_a_guest(phone: Page, hall: Server) -> None:
    await phone.goto("/sign-in")
    await phone.locator('form[action="/sign-in/guest"] [name="name"]').fill("Robin")
    await phone.locator('form[action="/sign-in/guest"] button').first.click()
    await phone.goto(f"/events/{EVENT}/matches/{an_unscored_match(hall)}")
    bell = phone.locator("[data-bell]")
    await bell.click()
    await expect(phone).to_have_url(re.compile("/settings/notifications$"))
    await phone.go_back()
    await expect(bell).to_have_attribute("aria-pressed", "true")
    await bell.click()
    await expect(bell).to_have_attribute("aria-pressed", "false")


async def turned_on(pushes: Pushes, hall: Server) -> None:
    """Robin has turned notifications on here, and a first one has arrived."""
    phone = pushes.page
    browser = Browser(NOWHERE)
    await phone.add_init_script(SUBSCRIBES % json.dumps(browser.subscription()))
    await become(phone, "Robin")
    await phone.goto("/settings/notifications")
    await phone.get_by_role("button", name="Turn on notifications").click()
    device = phone.locator("#this-device")
    await expect(device.get_by_text("Waiting for its first notification")).to_be_visible()
    await expect(device.get_by_text("This device is told")).to_be_hidden()
    listed = phone.locator("[data-delivery]")
    await expect(listed).to_have_text("waiting for its first notification")
    with sqlite3.connect(hall.data_dir / "courtsync.db") as db:
        [token] = db.execute(
            "SELECT token FROM push_subscription WHERE endpoint = ?", (browser.endpoint,)
        ).fetchone()
    await pushes.push(json.dumps({"kind": "activate", "title": "Ready", "token": token}))
    await expect(device.get_by_text("This device is told")).to_be_visible()
    await expect(listed).to_have_text("last delivery now")


async def become(phone: Page, name: str) -> None:
    await phone.request.post("/api/auth/logout", data={})
    await phone.request.post("/api/auth/guest", data={"displayName": name})


async def devices(phone: Page) -> list[Any]:
    answer = await phone.request.get("/api/push/subscriptions")
    items: list[Any] = (await answer.json())["items"]
    return items


async def test_a_removed_device_is_off_and_stays_off(
    pushes: Pushes, phone: Page, hall: Server, complaints: Complaints
) -> None:
    complaints.expect(r"status of 410")  # the offer of the page after it
    await turned_on(pushes, hall)
    async with phone.expect_response(lambda one: one.status == 410):
        await phone.get_by_role("button", name="Remove").click()
    await expect(phone.locator("#this-device")).to_have_attribute("data-state", "off")
    for path in ("/settings", "/", "/settings/notifications"):
        await phone.goto(path)
        await phone.wait_for_load_state("networkidle")
    await expect(phone.locator("#this-device")).to_have_attribute("data-state", "off")
    assert await devices(phone) == []
    await phone.get_by_role("button", name="Turn on notifications").click()
    await expect(phone.locator("#this-device")).to_have_attribute("data-state", "waiting")
    assert len(await devices(phone)) == 1


async def test_the_next_person_on_a_browser_is_told_nothing(
    pushes: Pushes, phone: Page, hall: Server
) -> None:
    await turned_on(pushes, hall)
    await phone.request.post("/api/auth/logout", data={})
    await phone.goto("/")
    await phone.wait_for_load_state("networkidle")
    await become(phone, "Kim")
    await phone.goto("/settings/notifications")
    await phone.wait_for_load_state("networkidle")
    await expect(phone.locator("#this-device")).to_have_attribute("data-state", "off")
    assert await devices(phone) == []


async def a_team(phone: Page) -> str:
    """Where some team has its page."""
    teams = await (await phone.request.get(f"/api/events/{EVENT}/teams")).json()
    return f"/events/{EVENT}/teams/{teams[0]['teamId']}"


async def test_a_bell_that_rings_lights_the_star_beside_it(
    pushes: Pushes, phone: Page, hall: Server
) -> None:
    await turned_on(pushes, hall)
    await phone.goto(await a_team(phone))
    star = phone.locator(".follow")
    await expect(star).to_have_attribute("aria-pressed", "false")
    await phone.locator("[data-bell]").click()
    await expect(phone.get_by_text("You will be told.")).to_be_visible()
    await expect(star).to_have_attribute("aria-pressed", "true")


async def test_a_bell_tapped_without_a_name_rings_on_return_and_the_star_shows(
    phone: Page, hall: Server
) -> None:
    path = await a_team(phone)
    await phone.goto(path)
    await phone.locator("[data-bell]").click()
    await phone.locator('form[action="/sign-in/guest"] [name="name"]').fill("Robin")
    await phone.locator('form[action="/sign-in/guest"] button').first.click()
    await expect(phone).to_have_url(re.compile("/settings/notifications$"))
    await phone.go_back()
    await expect(phone).to_have_url(re.compile(f"{path}$"))
    await expect(phone.locator("[data-bell]")).to_have_attribute("aria-pressed", "true")
    await expect(phone.locator(".follow")).to_have_attribute("aria-pressed", "true")
    await phone.locator("[data-bell]").click()
    await expect(phone.locator("[data-bell]")).to_have_attribute("aria-pressed", "false")
