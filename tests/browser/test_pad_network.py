"""The pad in a hall: no network, the wrong network, other people, the wrong moment to close."""

import json
import re

import pytest_asyncio
from playwright.async_api import Page, Route, expect

from tests.browser.gate import Gate
from tests.browser.scorers import EVENT, WITHOUT_THE_WORKER, Scorer, an_unscored_match
from tests.browser.visitors import Complaints, Visitors
from tests.servers.app import Server

SYNC = re.compile(r"/api/sync$")


@pytest_asyncio.fixture(loop_scope="session")
async def scorer(phone: Page, hall: Server) -> Scorer:
    """Robin, who has just claimed a match."""
    robin = Scorer(phone, an_unscored_match(hall))
    await robin.keep_score()
    return robin


async def test_points_without_a_network_are_kept_counted_and_sent_later(
    scorer: Scorer, gate: Gate
) -> None:
    await scorer.point(1)
    await scorer.is_sent()
    await gate.cut()
    for team in (1, 2) * 7:
        await scorer.point(team)
    await scorer.shows(8, 7)
    await scorer.waits(14, "offline")
    await expect(scorer.strip).to_contain_text("Saved here 15")
    await expect(scorer.strip).to_contain_text("sent 1")
    await gate.restore()
    await scorer.network_is_back()
    await scorer.is_sent()
    score = await scorer.from_server()
    assert (score["revision"], score["sets"][0]["team1Score"]) == (15, 8)


async def test_what_was_tapped_just_before_the_page_closed_is_there_and_sent_on_return(
    scorer: Scorer, gate: Gate
) -> None:
    await gate.cut()
    await scorer.point(1, 3)
    await scorer.waits(3, "offline")
    again = await scorer.page.context.new_page()
    await scorer.page.close()
    await gate.restore()
    reopened = Scorer(again, scorer.match_id)
    await reopened.open()
    await reopened.is_in("play")
    await reopened.shows(3, 0)
    await reopened.is_sent()
    assert (await reopened.from_server())["revision"] == 3
    await reopened.undo()
    await reopened.shows(2, 0)


async def test_a_halls_sign_in_page_acknowledges_nothing(scorer: Scorer) -> None:
    async def portal(route: Route) -> None:
        await route.fulfill(status=200, content_type="text/html", body="<h1>Free Wi-Fi</h1>")

    await scorer.page.evaluate(WITHOUT_THE_WORKER)
    await scorer.page.route(SYNC, portal)
    await scorer.point(1)
    await scorer.waits(1, "offline")
    await scorer.page.unroute(SYNC)
    await scorer.network_is_back()
    await scorer.is_sent()
    assert (await scorer.from_server())["revision"] == 1


async def test_an_answer_lost_on_the_way_back_counts_once(
    scorer: Scorer, complaints: Complaints
) -> None:
    complaints.expect("ERR_FAILED")

    async def swallow(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await scorer.page.route(SYNC, swallow, times=1)
    await scorer.point(2)
    await scorer.is_sent()
    score = await scorer.from_server()
    assert (score["revision"], score["sets"][0]["team2Score"]) == (1, 1)


async def test_a_refused_point_is_shown_with_its_reason_and_kept(scorer: Scorer) -> None:
    problem = {"code": "validation", "detail": "Set 1 cannot be like this.", "status": 422}

    async def refuse(route: Route) -> None:
        ops = json.loads(route.request.post_data or "")["ops"]
        results = [{"id": op["id"], "outcome": "rejected", "problem": problem} for op in ops]
        await route.fulfill(json={"v": 1, "serverTime": 0, "results": results})

    await scorer.page.evaluate(WITHOUT_THE_WORKER)
    await scorer.page.route(SYNC, refuse, times=1)
    await scorer.point(1)
    await scorer.waits(0, "attention")
    await scorer.page.locator("text=1 not accepted").tap()
    sheet = scorer.page.locator("dialog[open]")
    await expect(sheet).to_contain_text("Set 1 cannot be like this.")
    await sheet.locator("text=Send the score of this pad").tap()
    await scorer.is_sent()
    assert (await scorer.from_server())["sets"][0]["team1Score"] == 1


async def test_signed_out_while_scoring_loses_nothing(
    scorer: Scorer, complaints: Complaints
) -> None:
    complaints.expect("401")
    await scorer.page.context.clear_cookies()
    await scorer.point(1, 2)
    await scorer.waits(2, "attention")
    await scorer.shows(2, 0)
    await scorer.page.locator("text=Sign in to send 2").tap()
    await expect(scorer.page.locator("dialog[open]")).to_contain_text("kept on this phone")
    assert await scorer.from_server() is None


async def test_the_log_can_be_downloaded_without_a_network(scorer: Scorer, gate: Gate) -> None:
    await gate.cut()
    await scorer.point(1, 2)
    async with scorer.page.expect_download() as started:
        await scorer.choose("more", '[data-do="download"]')
    path = await (await started.value).path()
    [match] = json.loads(path.read_text())["matches"]
    assert [entry["type"] for entry in match["log"]] == ["point", "point"]
    assert len(match["waiting"]) == 2


async def test_another_is_told_who_keeps_score_and_the_holder_can_refuse(
    scorer: Scorer, other: Page
) -> None:
    await scorer.point(1, 2)
    await scorer.is_sent()
    casey = Scorer(other, scorer.match_id)
    await casey.sign_in("Casey")
    await casey.open()
    await casey.is_in("held")
    panel = other.locator("#panel")
    await expect(panel).to_contain_text("Robin keeps score")
    await expect(panel).to_contain_text("Until")
    await casey.shows(2, 0)
    await scorer.point(2)
    await casey.shows(2, 1)
    await panel.locator("text=Take over").tap()
    await expect(panel).to_contain_text("unless refused")
    notice = scorer.page.locator(".notice")
    await expect(notice).to_contain_text("Casey asks to keep score")
    await notice.locator("text=Refuse").tap()
    await expect(panel).to_contain_text("Robin goes on keeping score")
    await scorer.point(2)
    await casey.shows(2, 2)


async def test_who_lost_the_claim_is_told_and_what_was_not_sent_is_kept(
    scorer: Scorer, gate: Gate, hall: Server, visitors: Visitors
) -> None:
    await scorer.point(1)
    await scorer.is_sent()
    casey = await visitors.arrive("casey")
    guest = await casey.request.post(f"{hall.url}/api/auth/guest", data={"displayName": "Casey"})
    bearer = {"Authorization": f"Bearer {(await guest.json())['token']}"}
    claim = f"{hall.url}/api/events/{EVENT}/claims/{scorer.match_id}"
    await gate.cut()
    await scorer.point(1, 2)
    await scorer.waits(2, "offline")
    asked = await casey.request.post(f"{claim}/takeover", headers=bearer, data={})
    assert asked.status == 202
    await gate.restore()
    await scorer.network_is_back()
    await scorer.is_sent()
    await expect(scorer.page.locator(".notice")).to_contain_text("Casey asks")
    await scorer.is_in("play")
    await expect(scorer.page.locator("#panel h2")).to_have_text("Casey keeps score", timeout=20_000)
    await scorer.is_in("held")
    assert (await scorer.from_server())["sets"][0]["team1Score"] == 3


async def test_a_fresh_device_goes_on_where_the_server_is_and_can_undo(
    scorer: Scorer, visitors: Visitors
) -> None:
    await scorer.point(1, 2)
    await scorer.choose("timeout", '[data-do="timeout"][data-team="1"]')
    await scorer.point(2)
    await scorer.is_sent()
    signed_in = {"cookies": (await scorer.page.context.storage_state())["cookies"], "origins": []}
    tablet = await visitors.arrive("tablet", storage_state=signed_in)
    fresh = Scorer(tablet, scorer.match_id)
    await fresh.open()
    await fresh.is_in("play")
    await fresh.shows(2, 1)
    await fresh.undo()
    await fresh.undo()
    await fresh.undo()
    await fresh.shows(1, 0)
    await fresh.is_sent()
    assert (await fresh.from_server())["timeouts"] == [0, 0]


async def test_signed_out_the_pad_asks_for_a_name_and_comes_back(phone: Page, hall: Server) -> None:
    pad = Scorer(phone, an_unscored_match(hall))
    await pad.open()
    await pad.is_in("sign-in")
    link = phone.locator("#panel a.primary")
    assert await link.get_attribute("href") == f"/sign-in?next={pad.address}"


async def test_letting_go_frees_the_match(scorer: Scorer) -> None:
    await scorer.point(1)
    await scorer.is_sent()
    await scorer.let_go()
    assert (await scorer.claim())["claimed"] is False


async def test_who_does_not_keep_score_finds_nothing_that_changes_it(
    scorer: Scorer, other: Page
) -> None:
    casey = Scorer(other, scorer.match_id)
    await casey.sign_in("Casey")
    await casey.open()
    await casey.is_in("held")
    for action in ("point-1", "point-2", "undo"):
        await expect(casey.control(action)).to_be_disabled()
    await expect(other.locator("#timeout-tool")).to_be_disabled()
    await casey.choose("more")
    sheet = other.locator("dialog[open]")
    await expect(sheet.locator("text=Download my log")).to_be_visible()
    await expect(sheet.locator("text=Correct the score")).to_be_hidden()


async def test_what_one_person_scored_is_never_sent_as_another(
    scorer: Scorer, gate: Gate, hall: Server, complaints: Complaints
) -> None:
    complaints.expect("409")
    await gate.cut()
    await scorer.point(1, 2)
    await scorer.waits(2, "offline")
    # On the same phone, before anything can be sent; cookies know no ports.
    casey = await scorer.page.request.post(
        f"{hall.url}/api/auth/guest", data={"displayName": "Casey"}
    )
    assert casey.ok
    await gate.restore()
    await scorer.network_is_back()
    await scorer.waits(2, "attention")
    await expect(scorer.page.locator("text=Sign in to send 2")).to_be_visible()
    assert await scorer.from_server() is None


async def test_claiming_again_goes_on_from_what_the_others_scored_meanwhile(
    scorer: Scorer, other: Page
) -> None:
    await scorer.point(1, 2)
    await scorer.is_sent()
    await scorer.let_go()
    casey = Scorer(other, scorer.match_id)
    await casey.keep_score("Casey")
    await casey.shows(2, 0)
    await casey.point(2, 3)
    await casey.is_sent()
    await casey.let_go()
    await scorer.shows(2, 3)
    await scorer.control("claim").tap()
    await scorer.is_in("play")
    await scorer.point(1)
    await scorer.shows(3, 3)
    await scorer.undo()
    await scorer.undo()
    await scorer.shows(2, 2)
    await scorer.is_sent()
    assert (await scorer.from_server())["sets"][0]["team2Score"] == 2
