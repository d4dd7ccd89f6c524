"""A server that wants no scores: what is scored stays on the device, and travels as a file."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.gate import Gate
from tests.browser.scorers import EVENT, Scorer, an_unscored_match
from tests.browser.visitors import Visitors
from tests.servers.app import Server, start_server

CHANGES = re.compile(rb"(?:POST|PUT|PATCH|DELETE) [^ ]+ HTTP/1\.1")


@pytest.fixture(scope="module")
def watching_only(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("watching-only")
    shutil.copytree(demo, folder / "data")
    server = start_server(folder / "data", cwd=folder, environment={"COURTSYNC_SYNC_MODE": "local"})
    yield server
    server.stop()


async def test_nothing_leaves_the_device_its_tabs_agree_and_a_file_takes_it_to_another(
    phone: Page, visitors: Visitors, gate: Gate, watching_only: Server
) -> None:
    gate.turn_to(watching_only.url)
    overheard = gate.overhear()
    robin = Scorer(phone, an_unscored_match(watching_only))
    await robin.open()
    await robin.control("claim").tap()
    await robin.is_in("play")
    await robin.point(1, 3)
    await robin.point(2)
    await expect(robin.strip).to_contain_text("only on this device")
    reader = await phone.context.new_page()
    await shown_to_readers(reader, robin.match_id, 3, 1)
    await robin.point(2)
    await expect(reader.locator('[data-digits="2"]')).to_have_text("2")
    twin = Scorer(await phone.context.new_page(), robin.match_id)
    await twin.open()
    await twin.is_in("play")
    await twin.shows(3, 2)
    await twin.point(1)
    await robin.shows(4, 2)
    tablet = await visitors.arrive("tablet")
    await carry_over(phone, tablet)
    other = Scorer(tablet, robin.match_id)
    await other.open()
    await other.is_in("play")
    await other.shows(4, 2)
    await other.undo()
    await other.shows(3, 2)
    await shown_to_readers(await tablet.context.new_page(), robin.match_id, 3, 2)
    assert f"GET /events/{EVENT}".encode() in overheard
    assert CHANGES.findall(overheard) == []
    api = f"{watching_only.url}/api/events/{EVENT}"
    assert await (await phone.request.get(f"{api}/claims")).json() == []
    assert (await phone.request.get(f"{api}/scores/{robin.match_id}")).status == 404


async def shown_to_readers(page: Page, match_id: int, team1: int, team2: int) -> None:
    """On the match's own page, which has no controls."""
    await page.goto(f"/events/{EVENT}/matches/{match_id}")
    await expect(page.locator('[data-digits="1"]')).to_have_text(str(team1))
    await expect(page.locator('[data-digits="2"]')).to_have_text(str(team2))


async def carry_over(source: Page, target: Page) -> None:
    """Everything this phone keeps, as a file, onto the other."""
    await source.goto("/settings")
    async with source.expect_download() as started:
        await source.locator('[data-phone="download"]').tap()
    path = await (await started.value).path()
    await target.goto("/settings")
    content = path.read_bytes()
    await target.locator('[data-phone="import"]').set_input_files(
        {"name": "courtsync.json", "mimeType": "application/json", "buffer": content}
    )
    await expect(target.locator("#phone-word")).to_contain_text("1 match was taken over")
