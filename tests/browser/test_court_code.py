"""From the sheet on the wall to a point on the court, as an organizer and a volunteer do it."""

import re

import pytest
from playwright.async_api import Page, expect

from courtsync_web.demo.people import demo_password
from courtsync_web.settings import Settings
from tests.browser.scorers import EVENT, Scorer, a_quiet_court
from tests.browser.visitors import DESK, Complaints, Visitors
from tests.servers.app import Server

SHEET = f"/events/{EVENT}/organize/codes"
PAD = re.compile(rf"/events/{EVENT}/matches/(-?\d+)/score$")


async def make_the_sheet(desk: Page, hall: Server, court: str) -> str:
    """The desk signs in, comes by the event's page, and makes the codes. One court's link."""
    password = demo_password(Settings(_env_file=None, data_dir=hall.data_dir))
    entry = {"email": "organizer@demo.test", "password": password}
    assert (await desk.request.post("/api/auth/login", data=entry)).ok
    await desk.goto(f"/events/{EVENT}")
    await desk.get_by_role("link", name="Organize").click()
    await desk.get_by_role("link", name="Court codes").click()
    make = desk.get_by_role("button", name=re.compile("^Make (codes|the missing)"))
    printing = desk.get_by_role("button", name="Print")
    await expect(make.or_(printing).first).to_be_visible()
    if await make.count():
        await make.click()
    await expect(printing).to_be_visible()
    opens = desk.get_by_role("link", name=re.compile(f"^Open.* of {re.escape(court)}$"))
    link = await opens.get_attribute("href")
    assert link is not None
    return link[link.index("/c/") :]  # the visitors come through their own gate


@pytest.mark.timeout(180)
async def test_scan_type_a_name_tap_and_score(
    visitors: Visitors, phone: Page, hall: Server, complaints: Complaints
) -> None:
    desk = await visitors.arrive("desk", DESK)
    court = a_quiet_court(hall)
    link = await make_the_sheet(desk, hall, court)

    await phone.goto(link)
    await expect(phone.get_by_role("heading", level=1)).to_have_text(court)
    await phone.get_by_label("Your name, as others will see it").fill("Robin")
    await phone.get_by_role("button", name="Keep score").tap()
    await phone.wait_for_url(PAD)
    found = PAD.search(phone.url)
    assert found
    scorer = Scorer(phone, int(found[1]))
    await scorer.is_in("claim")
    await expect(phone.locator("#place")).to_contain_text(court)
    await scorer.control("claim").tap()
    await scorer.is_in("play")
    await scorer.point(1)
    await scorer.shows(1, 0)
    await scorer.is_sent()
    score = await scorer.from_server()
    assert (score["lastUpdatedBy"], score["provenance"]) == ("Robin", "official")

    await desk.goto(SHEET)
    sheet = desk.locator(".sheet", has=desk.get_by_role("heading", name=court, exact=True))
    await sheet.get_by_text("1 came, ").click()
    await expect(sheet.get_by_text("Robin")).to_be_visible()

    complaints.expect(r"403 \(Forbidden\)")  # another court, on purpose
    matches = await (await phone.request.get(f"/api/events/{EVENT}/matches")).json()
    elsewhere = next(one["matchId"] for one in matches if one["courtName"] not in (None, court))
    refused = await phone.request.post(f"/api/events/{EVENT}/claims/{elsewhere}", data={})
    assert (refused.status, (await refused.json())["code"]) == (403, "outside-court")

    await sheet.get_by_text("Withdraw…").click()
    await sheet.get_by_role("button", name=re.compile("^Withdraw the code")).click()
    await expect(desk.get_by_role("button", name=re.compile("^Make the missing 1"))).to_be_visible()
    complaints.expect(r"401 \(Unauthorized\)|410 \(Gone\)")
    await scorer.point(2)
    await scorer.waits(1, "attention")
    await phone.goto(link)
    await expect(phone.get_by_role("heading", name="This link has ended")).to_be_visible()


@pytest.mark.timeout(180)
async def test_after_a_match_one_tap_leads_to_the_courts_next(
    visitors: Visitors, phone: Page, hall: Server
) -> None:
    desk = await visitors.arrive("desk", DESK)
    court = a_quiet_court(hall)
    await phone.goto(await make_the_sheet(desk, hall, court))
    await phone.get_by_label("Your name, as others will see it").fill("Kim")
    await phone.get_by_role("button", name="Keep score").tap()
    await phone.wait_for_url(PAD)
    first = phone.url
    scorer = Scorer(phone, int(PAD.search(first)[1]))  # type: ignore[index]  # it has just matched
    await scorer.control("claim").tap()
    await scorer.is_in("play")
    await scorer.choose("more", '[data-go="final"]')
    for number, sets in enumerate(((25, 20), (25, 18)), 1):
        for team, points in enumerate(sets, 1):
            await phone.locator(f'dialog [name="set{number}-{team}"]').fill(str(points))
    await phone.locator("dialog form button.primary").tap()
    await scorer.is_in("match-end")
    await phone.get_by_role("button", name="Send").tap()
    await phone.get_by_role("link", name="Next match on this court").tap()
    await phone.wait_for_url(lambda url: bool(PAD.search(url)) and url != first)
    await scorer.is_in("claim")
    await expect(phone.locator("#place")).to_contain_text(court)
