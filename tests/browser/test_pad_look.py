"""How the pad fits: sizes, both orientations, large digits, room around undo."""

from typing import Any

import pytest
from playwright.async_api import FloatRect, Page, expect

from tests.browser.scorers import Scorer
from tests.browser.visitors import DESK, NARROW, PHONE, PHONE_ON_ITS_SIDE, Screen, Visitors

SCREENS = {"phone": PHONE, "on its side": PHONE_ON_ITS_SIDE, "narrow": NARROW, "desk": DESK}
NARROW_WIDTH = NARROW["viewport"]["width"]
THUMB = 44
"""CSS pixels a finger needs."""


async def practice(visitors: Visitors, device: Screen, text: str = "") -> Scorer:
    """A practice match that stands at 24–22; ``text`` is the size of text chosen in settings."""
    page = await visitors.arrive("trainee", device)
    await page.goto("/practice")
    if text:
        await page.evaluate("(size) => { document.cookie = `text=${size}; path=/` }", text)
        await page.reload()
    await page.locator("text=Start practising").click()
    pad = Scorer(page, 1)
    await pad.is_in("play")
    await pad.control("point-1").click()
    await page.locator('.toolbar [data-go="more"]').click()
    await page.locator('dialog [data-go="correct"]').click()
    await page.locator('dialog [name="team1"]').fill("24")
    await page.locator('dialog [name="team2"]').fill("22")
    await page.locator("dialog form button.primary").click()
    await pad.shows(24, 22)
    return pad


async def box(page: Page, selector: str) -> FloatRect:
    found = await page.locator(selector).first.bounding_box()
    assert found is not None, f"{selector} is not shown"
    return found


@pytest.mark.parametrize("device", SCREENS.values(), ids=SCREENS)
async def test_digits_take_a_quarter_of_the_height_and_nothing_is_cut(
    visitors: Visitors, device: Screen
) -> None:
    pad = await practice(visitors, device)
    page, height = pad.page, device["viewport"]["height"]
    drawn = await page.evaluate(
        "document.querySelector('.half .digits path').getBoundingClientRect().height"
    )
    assert drawn >= height / 4 * 0.9, "the stroke's own box; its weight adds the rest"
    assert (await box(page, ".half .digits"))["height"] >= height / 4
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= device["viewport"]["width"]
    for selector in (".half", ".tool", ".strip .leave"):
        one = await box(page, selector)
        assert one["x"] >= 0
        assert one["y"] >= 0
        assert one["y"] + one["height"] <= height


async def test_the_largest_text_pushes_nothing_off_a_narrow_screen(visitors: Visitors) -> None:
    pad = await practice(visitors, NARROW, text="largest")
    await everything_fits(pad)


async def test_undo_over_the_start_of_a_set_says_so_and_still_fits(visitors: Visitors) -> None:
    pad = await practice(visitors, NARROW)
    await pad.point(1)
    await pad.page.locator("#panel >> text=Start set 2").tap()
    await expect(pad.page.locator("#undo-label")).to_have_text("Undo → set 1 25–22")
    await everything_fits(pad)


async def everything_fits(pad: Scorer) -> None:
    """Nothing reaches beyond the narrow screen, and no tool's word beyond the tool."""
    assert await pad.page.evaluate("document.documentElement.scrollWidth") <= NARROW_WIDTH
    for tool in await pad.page.locator(".tool").all():
        one = await tool.bounding_box()
        assert one is not None
        assert one["x"] + one["width"] <= NARROW_WIDTH
        fits = await tool.evaluate("(tool) => tool.scrollWidth <= tool.clientWidth")
        assert fits, await tool.inner_text()


@pytest.mark.parametrize("device", SCREENS.values(), ids=SCREENS)
async def test_undo_sits_in_a_corner_with_nothing_near_it(
    visitors: Visitors, device: Screen
) -> None:
    pad = await practice(visitors, device)
    undo = await box(pad.page, ".undo")
    screen = device["viewport"]
    at_the_bottom = screen["height"] - undo["y"] - undo["height"] <= 16
    at_a_side = undo["x"] <= 16 or screen["width"] - undo["x"] - undo["width"] <= 16
    assert at_the_bottom
    assert at_a_side
    assert min(undo["width"], undo["height"]) >= THUMB
    for tool in await pad.page.locator(".tool:not(.undo)").all():
        other = await tool.bounding_box()
        assert other is not None
        apart = max(
            other["x"] - undo["x"] - undo["width"],
            undo["y"] - other["y"] - other["height"],
        )
        assert apart >= 12


@pytest.mark.parametrize("theme", ["dark", "light", "contrast", "colour-blind"])
async def test_digits_reach_the_strongest_contrast_in_every_theme(
    visitors: Visitors, gate_cookie: str, theme: str
) -> None:
    page = await visitors.arrive(theme, PHONE)
    await page.context.add_cookies([{"name": "theme", "value": theme, "url": gate_cookie}])
    await page.goto("/practice")
    await page.locator("text=Start practising").click()
    await page.locator('[data-action="point-1"]').tap()
    await expect(page.locator('[data-action="point-1"]')).to_have_attribute("data-serving", "")
    ratios = await page.evaluate(
        """() => {
            const light = (colour) => {
                const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
                    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
                return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
            };
            const token = (name) => {
                const probe = document.createElement("i");
                document.body.append(probe);
                probe.style.setProperty("color", `var(${name})`);
                const colour = getComputedStyle(probe).color;
                probe.remove();
                return colour;
            };
            const ground = light(token("--card"));
            return [...document.querySelectorAll(".half svg")].map((svg) => {
                const ink = light(getComputedStyle(svg).stroke);
                return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
            });
        }"""
    )
    assert min(ratios) >= 7


@pytest.fixture
def gate_cookie(gate: Any) -> str:
    """The address for which the theme is chosen."""
    return str(gate.url)
