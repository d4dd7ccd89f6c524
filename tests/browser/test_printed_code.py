"""The sheet on the wall, read by somebody else's eyes; and the window that a camera opens."""

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import Page, expect

from tests.browser.scorers import a_quiet_court
from tests.browser.test_court_code import SHEET, make_the_sheet
from tests.browser.visitors import DESK, Visitors
from tests.servers.app import Server

SMALL_SHARE = "StorageManager.prototype.estimate = async () => ({ quota: 60 * 1024 * 1024 })"
NO_FILES = "StorageManager.prototype.getDirectory = async () => { throw new DOMException() }"
NOTHING = "IDBFactory.prototype.open = () => { throw new DOMException() }"
TELLS_WHEN_ASKED = """
  const persist = StorageManager.prototype.persist;
  StorageManager.prototype.persist = function () {
    document.documentElement.dataset.asked = "yes";
    return persist.call(this);
  };
"""


def read(picture: Image.Image) -> list[str]:
    """What the codes of a picture say, as a camera's program reads them, from the top down."""
    found = zxingcpp.read_barcodes(picture)
    return [one.text for one in sorted(found, key=lambda one: one.position.top_left.y)]


async def print_of(desk: Page) -> Image.Image:
    """The sheets as they come out of the printer: ink on white, whatever the screen's theme."""
    await desk.emulate_media(media="print")
    return Image.open(io.BytesIO(await desk.screenshot(full_page=True))).convert("L")


@pytest.mark.timeout(180)
async def test_every_printed_code_leads_to_its_own_court(
    visitors: Visitors, hall: Server, phone: Page
) -> None:
    desk = await visitors.arrive("desk", DESK)
    await make_the_sheet(desk, hall, a_quiet_court(hall))
    await desk.goto(SHEET)
    links = desk.get_by_role("link", name=re.compile("^Open"))
    addresses = [await link.get_attribute("href") for link in await links.all()]
    courts = await desk.locator(".sheet .wall h2").all_inner_texts()
    printed = await print_of(desk)
    assert sorted(read(printed)) == sorted(filter(None, addresses))
    assert len(set(courts)) == len(courts) == len(addresses) > 1
    for link, court in [(addresses[0], courts[0]), (addresses[-1], courts[-1])]:
        assert link is not None
        await phone.goto(link[link.index("/c/") :])
        await expect(phone.get_by_role("heading", level=1)).to_have_text(court)


@pytest.mark.timeout(180)
async def test_a_code_is_read_from_afar_askew_and_in_bad_light(
    visitors: Visitors, hall: Server
) -> None:
    desk = await visitors.arrive("desk", DESK)
    await make_the_sheet(desk, hall, a_quiet_court(hall))
    await desk.goto(SHEET)
    link = await desk.get_by_role("link", name=re.compile("^Open")).first.get_attribute("href")
    await desk.emulate_media(media="print")
    code = desk.locator(".sheet .wall svg").first
    picture = Image.open(io.BytesIO(await code.screenshot())).convert("L")
    size = (110, 110 * picture.height // picture.width)
    dim = picture.resize(size).point(lambda light: 70 + light // 4)
    for angle in (0, 17, 90, 200):
        assert read(dim.rotate(angle, expand=True, fillcolor=130)) == [link], angle


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (SMALL_SHARE, "This looks like a private window."),
        (NO_FILES, "This looks like a private window."),
        (NOTHING, "This window keeps nothing."),
    ],
    ids=["a small share", "no files", "nothing"],
)
@pytest.mark.timeout(180)
async def test_a_window_that_forgets_says_so_before_the_first_point(
    visitors: Visitors, hall: Server, phone: Page, window: str, words: str
) -> None:
    """As Safari and Firefox behave in private windows; Chromium does not show which one it is."""
    desk = await visitors.arrive("desk", DESK)
    link = await make_the_sheet(desk, hall, a_quiet_court(hall))
    await phone.add_init_script(window)
    await phone.goto(link)
    await expect(phone.get_by_role("alert")).to_contain_text(words)
    await expect(phone.get_by_role("alert").locator("b:visible")).to_have_count(1)
    await expect(phone.get_by_role("button", name="Copy link")).to_be_visible()
    await expect(phone.get_by_role("button", name="Keep score")).to_be_enabled()


@pytest.mark.timeout(180)
async def test_an_ordinary_window_warns_of_nothing(
    visitors: Visitors, hall: Server, phone: Page
) -> None:
    desk = await visitors.arrive("desk", DESK)
    link = await make_the_sheet(desk, hall, a_quiet_court(hall))
    await phone.add_init_script(TELLS_WHEN_ASKED)
    await phone.goto(link)
    # Lasting storage is asked for after everything else has been looked at.
    await expect(phone.locator("html")).to_have_attribute("data-asked", "yes")
    await expect(phone.locator("#fleeting")).to_be_hidden()
