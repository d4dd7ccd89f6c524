"""The scorer's pad in a real browser against a real server."""

import asyncio
import re

import pytest_asyncio
from playwright.async_api import Page, Route, expect

from tests.browser.gate import Gate
from tests.browser.scorers import EVENT, Scorer, an_unscored_match
from tests.browser.visitors import Complaints
from tests.servers.app import Server


@pytest_asyncio.fixture(loop_scope="session")
async def scorer(phone: Page, hall: Server) -> Scorer:
    """Robin, who has just claimed a match."""
    robin = Scorer(phone, an_unscored_match(hall))
    await robin.keep_score()
    return robin


async def test_a_point_is_on_the_server_with_what_was_done(scorer: Scorer) -> None:
    await scorer.point(1, 2)
    await scorer.point(2)
    await scorer.shows(2, 1)
    await scorer.is_sent()
    score = await scorer.from_server()
    assert [(one["team1Score"], one["team2Score"]) for one in score["sets"]] == [(2, 1)]
    assert (score["status"], score["serving"], score["revision"]) == ("in-progress", 2, 3)
    await expect(scorer.page.locator("#strip")).to_contain_text("Saved here 3")
    await expect(scorer.page.locator("#strip")).to_contain_text("sent 3")


async def test_a_double_tap_counts_once_and_the_other_half_is_free(scorer: Scorer) -> None:
    half = scorer.page.locator('[data-action="point-1"]')
    await half.evaluate(
        """(half) => { for (const _ of [1, 2]) half.dispatchEvent(new PointerEvent("pointerdown",
           {bubbles: true, isPrimary: true, button: 0})) }"""
    )
    await scorer.point(2)
    await scorer.shows(1, 1)


async def test_it_acts_when_the_finger_goes_down(scorer: Scorer) -> None:
    half = scorer.page.locator('[data-action="point-1"]')
    await half.dispatch_event("pointerdown", {"isPrimary": True, "button": 0})
    await scorer.shows(1, 0)


async def test_a_screen_readers_click_scores_as_a_touch_does(scorer: Scorer) -> None:
    half = scorer.page.locator('[data-action="point-2"]')
    await half.evaluate("(half) => half.click()")
    await scorer.shows(0, 1)
    name = await half.get_attribute("aria-label")
    assert str(name).endswith("now 1, serving")
    await expect(scorer.page.locator("#score-words")).to_contain_text("Set 1")
    await expect(scorer.page.locator("#score-words")).to_have_attribute("aria-live", "polite")


async def test_the_first_touch_after_the_screen_wakes_never_scores(scorer: Scorer) -> None:
    await scorer.point(1)
    await scorer.fall_asleep_and_wake()
    await scorer.page.touchscreen.tap(100, 400)
    await expect(scorer.page.locator("#veil")).to_be_hidden()
    await scorer.shows(1, 0)
    await scorer.point(1)
    await scorer.shows(2, 0)


async def test_a_locked_pad_opens_when_held_for_a_second(scorer: Scorer) -> None:
    veil = scorer.page.locator("#veil")
    await scorer.control("lock").tap()
    await expect(veil).to_contain_text("Locked")
    await veil.tap()
    await expect(veil).to_contain_text("Locked")
    await veil.dispatch_event("pointerdown", {"isPrimary": True, "button": 0})
    await expect(veil).to_be_hidden()
    await scorer.shows(0, 0)


async def test_a_set_ends_with_a_question_and_undo_reaches_back_over_it(scorer: Scorer) -> None:
    await scorer.point(1)
    await scorer.correct(24, 20)
    await expect(scorer.page.locator("#point-chip")).to_have_text("Set point")
    await scorer.point(1)
    await scorer.is_in("set-end")
    await expect(scorer.page.locator("#panel")).to_contain_text("25–20 ends here")
    await scorer.page.locator("#panel >> text=Undo last point").tap()
    await scorer.shows(24, 20)
    await scorer.point(1)
    await scorer.page.locator("#panel >> text=Start set 2").tap()
    await scorer.is_in("play")
    await scorer.shows(0, 0)
    await scorer.point(2)
    for _ in range(3):
        await scorer.undo()
    await scorer.shows(24, 20)
    await scorer.is_sent()
    assert (await scorer.from_server())["setsWon"] == [0, 0]


async def test_a_match_ends_with_a_signature_and_a_tick_only_once_it_is_acknowledged(
    scorer: Scorer, gate: Gate
) -> None:
    await finish(scorer)
    await scorer.is_sent()
    await gate.cut()
    await scorer.page.locator('#panel [name="name"]').fill("Robin the scorer")
    await scorer.page.locator("#panel >> text=Send").tap()
    panel = scorer.page.locator("#panel")
    await expect(panel).to_contain_text("1 still to be sent")
    await expect(panel.locator(".tick")).not_to_contain_text("✓")
    await gate.restore()
    await scorer.network_is_back()
    await expect(panel.locator(".tick")).to_contain_text("✓ Sent")
    await expect(panel.locator("text=Back to the match")).to_be_visible()
    score = await scorer.from_server()
    assert (score["status"], score["winner"], score["setsWon"]) == ("completed", 1, [2, 0])


async def finish(scorer: Scorer) -> None:
    """Win the match for team 1 in two sets."""
    await scorer.point(1)
    await scorer.correct(24, 20)
    await scorer.point(1)
    await scorer.page.locator("#panel >> text=Start set 2").tap()
    await scorer.point(1)
    await scorer.correct(24, 18)
    await expect(scorer.page.locator("#point-chip")).to_have_text("Match point")
    await scorer.point(1)
    await scorer.is_in("match-end")


async def test_a_finished_match_is_opened_again_only_with_a_reason(scorer: Scorer) -> None:
    await finish(scorer)
    await scorer.page.locator("#panel >> text=Send").tap()
    await expect(scorer.page.locator("#panel .tick")).to_contain_text("✓ Sent")
    await scorer.page.locator("#panel >> text=Open it again").tap()
    await scorer.page.locator('dialog [name="reason"]').fill("the last point was out")
    await scorer.page.locator("dialog form button.primary").tap()
    await scorer.is_sent()
    history = await (
        await scorer.page.request.get(
            f"/api/events/{EVENT}/scores/{scorer.match_id}/history?limit=100"
        )
    ).json()
    last = history["items"][-1]
    assert (last["action"], last["reason"]) == ("reopen", "the last point was out")
    assert (await scorer.claim())["claimed"]
    await scorer.page.locator("#panel >> text=Undo last point").tap()


async def test_a_match_opened_again_while_its_claim_is_still_being_let_go_is_claimed_anew(
    scorer: Scorer,
) -> None:
    letting_go: asyncio.Queue[Route] = asyncio.Queue()
    await scorer.page.route(
        re.compile(r"/claims/-?\d+$"),
        lambda route: (
            letting_go.put(route) if route.request.method == "DELETE" else route.continue_()
        ),
    )
    await finish(scorer)
    await scorer.page.locator("#panel >> text=Send").tap()
    await expect(scorer.page.locator("#panel .tick")).to_contain_text("✓ Sent")
    on_its_way = await letting_go.get()
    await scorer.page.locator("#panel >> text=Open it again").tap()
    await scorer.page.locator('dialog [name="reason"]').fill("the last point was out")
    await scorer.page.locator("dialog form button.primary").tap()
    await on_its_way.continue_()
    await expect(scorer.page.locator("dialog[open]")).to_have_count(0)
    await scorer.is_sent()
    assert (await scorer.from_server())["status"] == "in-progress"
    assert (await scorer.claim())["claimed"]


async def test_any_rally_can_be_amended_in_the_history(scorer: Scorer) -> None:
    await scorer.point(1, 3)
    history = ("more", '[data-go="log"]')
    await scorer.choose(*history, ".rally >> nth=1", '[data-do="amend"][data-team="2"]')
    await scorer.shows(2, 1)
    await scorer.choose(*history, ".rally >> nth=0", '[data-do="remove"]')
    await scorer.shows(1, 1)
    await scorer.is_sent()
    assert (await scorer.from_server())["sets"][0]["team1Score"] == 1


async def test_a_time_out_is_counted_shown_by_its_pip_and_runs_down(scorer: Scorer) -> None:
    await scorer.point(1)
    await scorer.choose("timeout", '[data-do="timeout"][data-team="2"]')
    await expect(scorer.page.locator(".notice .countdown")).to_have_text("0:29")
    await expect(scorer.page.locator('[data-action="point-2"] .pips .used')).to_have_count(1)
    await scorer.is_sent()
    assert (await scorer.from_server())["timeouts"] == [0, 1]


async def test_sitting_opposite_turns_only_the_view(scorer: Scorer) -> None:
    await scorer.point(1)
    await scorer.is_sent()
    await scorer.choose("flip", '[data-do="flip"]')
    assert await scorer.left_team() == 2
    assert (await scorer.from_server())["revision"] == 1
    await scorer.choose("flip", '[data-do="ends-changed"]')
    await scorer.is_sent()
    assert (await scorer.from_server())["revision"] == 2
    assert await scorer.left_team() == 1


async def test_the_result_alone_can_be_entered(scorer: Scorer) -> None:
    await scorer.choose("more", '[data-go="final"]')
    for name, points in {"set1-1": 25, "set1-2": 19, "set2-1": 25, "set2-2": 22}.items():
        await scorer.page.locator(f'dialog [name="{name}"]').fill(str(points))
    await scorer.page.locator("dialog form button.primary").tap()
    await scorer.is_in("match-end")
    await scorer.is_sent()
    score = await scorer.from_server()
    assert (score["status"], score["outcome"]) == ("completed", "first-won")


async def test_a_card_gives_the_point_and_a_forfeit_asks_twice(scorer: Scorer) -> None:
    await scorer.point(1)
    await scorer.choose("more", '[data-go="card"]', '[data-do="red"][data-team="1"]')
    await scorer.shows(1, 1)
    forfeit = '[data-do="forfeit"][data-team="2"]'
    await scorer.choose("more", '[data-go="stop"]', forfeit)
    await scorer.is_in("play")
    await scorer.page.locator(f"dialog {forfeit}").tap()
    await scorer.is_in("match-end")
    await expect(scorer.page.locator("#panel")).to_contain_text("forfeits")
    await scorer.is_sent()
    assert (await scorer.from_server())["outcome"] == "second-forfeits"


async def test_keys_and_presenter_remotes_score_undo_flip_and_confirm(scorer: Scorer) -> None:
    press = scorer.page.keyboard.press
    await press("ArrowLeft")
    await scorer.shows(1, 0)
    await press("PageDown")
    await scorer.shows(1, 1)
    await press("z")
    await scorer.shows(1, 0)
    await press("f")
    await expect(scorer.page.locator("#pad")).to_have_attribute("data-left", "2")
    await scorer.correct(24, 0)
    await press("ArrowRight")
    await scorer.is_in("set-end")
    await expect(scorer.page.locator("#panel")).not_to_have_attribute("inert", "")
    await press("Space")
    await scorer.is_in("play")
    await scorer.shows(0, 0)


async def test_practice_is_the_same_pad_and_sends_nothing(
    phone: Page, complaints: Complaints
) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    await phone.goto("/practice")
    await phone.locator('select[name="format"]').select_option("pool-play2-44-cap27")
    await phone.locator("text=Start practising").tap()
    pad = Scorer(phone, 1)
    await pad.shows(4, 4)
    await pad.point(2)
    await pad.shows(4, 5)
    await expect(phone.locator("#strip")).to_contain_text("nothing is sent")
    await phone.reload()
    await pad.shows(4, 5)
    assert not [url for url in asked if "/api/" in url]
    assert not complaints.heard
