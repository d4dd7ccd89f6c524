"""What a photographer gives out and takes home: a link to the plan, and names for pictures."""

import csv
import io
import zipfile
from pathlib import Path

from playwright.async_api import Download, Page, expect

from tests.browser.facts import visit
from tests.browser.gate import Gate
from tests.browser.pictures import picture
from tests.browser.scorers import EVENT
from tests.browser.test_spectator_live import Table, cell, free_match
from tests.browser.visitors import DESK, Complaints, Visitors

PLAN = f"/api/events/{EVENT}/coverage-plans"


async def plans(page: Page, *matches: int) -> None:
    """A guest with a plan."""
    await page.request.post("/api/auth/guest", data={"displayName": "Kim"})
    answer = await page.request.put(PLAN, data={"selectedMatches": [*matches]})
    assert answer.ok


async def saved(download: Download, folder: Path) -> bytes:
    place = folder / download.suggested_filename
    await download.save_as(place)
    return place.read_bytes()


async def test_a_plan_is_given_out_watched_and_withdrawn(
    phone: Page, spectator: Page, visitors: Visitors, complaints: Complaints
) -> None:
    complaints.expect("404")  # once it is withdrawn
    match = await free_match(phone, 40)
    await plans(spectator, match["matchId"])
    await spectator.goto(f"/events/{EVENT}/coverage")
    way = spectator.locator('[data-link="plan"]')
    await way.get_by_role("button", name="Make a link").click()
    link = await way.get_by_label("Link to the plan").input_value()

    editor = await visitors.arrive("editor", DESK)
    await editor.goto(link)
    await expect(editor.get_by_role("heading", name="Kim’s coverage")).to_be_visible()
    await expect(editor.locator("body")).to_have_attribute("data-connection", "live")
    table = Table(phone, match["matchId"])
    await table.sit_down()
    await table.score(1, 0)
    card = editor.locator(f'article[data-match="{match["matchId"]}"]')
    await expect(cell(card, 1, 1)).to_have_text("1")
    paper = editor.locator(".day-table").first
    await expect(paper).to_be_hidden()
    await editor.emulate_media(media="print")
    await expect(paper).to_be_visible()
    await expect(card).to_be_hidden()
    await editor.emulate_media(media="screen")

    await way.get_by_role("button", name="Withdraw").click()
    await expect(way.get_by_role("button", name="Make a link")).to_be_visible()
    answer = await editor.reload()
    assert answer
    assert answer.status == 404


async def test_pictures_are_named_by_the_rally_they_show_and_nothing_leaves(
    phone: Page, spectator: Page, gate: Gate, tmp_path: Path
) -> None:
    match = await free_match(phone, 44)
    table = Table(phone, match["matchId"])
    await table.sit_down()
    for one, two in ((1, 0), (1, 1), (2, 1)):
        await table.score(one, two)
    history = f"/api/events/{EVENT}/scores/{match['matchId']}/history"
    [first, second, _] = (await (await phone.request.get(history)).json())["items"]
    zone = (await (await phone.request.get(f"/api/events/{EVENT}")).json())["timezone"]

    await plans(spectator, match["matchId"])
    await visit(spectator, f"/events/{EVENT}/coverage/photos")
    await expect(spectator.get_by_text("1 with every rally")).to_be_visible()
    asked: list[str] = []
    spectator.on("request", lambda request: asked.append(request.url))
    await spectator.get_by_label("Choose photos").set_input_files(
        [
            picture("IMG_1.JPG", first["at"], zone, ahead=3725),
            picture("IMG_2.JPG", second["at"], zone, ahead=3725),
            picture("scan.jpg", None, zone),
        ]
    )
    named = spectator.locator("#summary b")
    await expect(named).to_have_text("0 of 3 named")
    await spectator.get_by_label("Hours").select_option("-1")
    await spectator.locator("#seconds").fill("-125")
    await expect(named).to_have_text("2 of 3 named")
    await expect(spectator.locator("#shift")).to_have_text("−2:05")
    sides = f"{match['team1']['name']} – {match['team2']['name']}"
    burst = spectator.locator(".burst").filter(has_text=sides)
    await expect(burst).to_contain_text("set 1, 1–0")
    await expect(burst).to_contain_text("set 1, 1–1")
    async with spectator.expect_download() as table_file:
        await spectator.get_by_role("button", name="Save CSV").click()
    rows = list(
        csv.DictReader(
            io.StringIO((await saved(await table_file.value, tmp_path)).decode("utf-8-sig"))
        )
    )
    assert [row["score"] for row in rows] == ["1–0", "1–1", ""]
    assert rows[0]["new name"].endswith("_IMG_1.JPG")
    async with spectator.expect_download() as archive_file:
        await spectator.get_by_role("button", name="Save sidecars").click()
    archive = zipfile.ZipFile(io.BytesIO(await saved(await archive_file.value, tmp_path)))
    assert set(archive.namelist()) == {"IMG_1.xmp", "IMG_2.xmp", "captions.txt", "photos.csv"}
    assert sent(asked) == [], "pictures stay where they are"

    await gate.cut()
    await spectator.reload()
    await expect(spectator.get_by_text("1 with every rally")).to_be_visible()
    await spectator.get_by_label("Choose photos").set_input_files(
        [picture("IMG_1.JPG", first["at"], zone)]
    )
    await expect(spectator.locator(".burst")).to_contain_text("set 1, 1–0")


def sent(asked: list[str]) -> list[str]:
    """What went to a server; a file that the page makes itself has an address too."""
    return [url for url in asked if not url.startswith("blob:")]
