"""Preview cards, and the words that messengers read beside them."""

import asyncio
import io
import re
from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
from PIL import Image

from courtsync_web.app import create_app
from courtsync_web.settings import Settings
from courtsync_web.sharing import picture, pictures
from courtsync_web.sharing.picture import HEIGHT, WIDTH, drawable, drawn, fitted
from courtsync_web.sharing.pictures import Pictures
from courtsync_web.sharing.preview import Preview, Row, short
from tests.servers.lifetime import living
from tests.standing_world import MATCH, StandingWorld, build_standing

LONG = "Academia Peñaluz Club de Voleibol Juvenil Femenil 15 Negro " * 20


@pytest.fixture
async def hall(settings: Settings) -> AsyncIterator[tuple[httpx.AsyncClient, StandingWorld]]:
    async with living(create_app(settings)) as app:
        world = await build_standing(
            app.state["db"], app.state["keys"], visibility="public", password_hash=""
        )
        transport = httpx.ASGITransport(app=cast(Any, app))
        async with httpx.AsyncClient(transport=transport, base_url="http://hall.test") as web:
            yield web, world


def size_of(body: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(body)).size


@pytest.mark.parametrize(
    "name",
    ["Harbor 15 Gold", LONG, "W" * 2000, "نادي الكرة", "東京ハーバー", "🏐", "\u202egold", " "],
)
def test_any_name_makes_a_card_of_the_right_size_and_no_giant(name: str) -> None:
    rows = tuple(Row(short(name), ("25", "23", "15", "25", "9"), won) for won in (True, False))
    for card in (
        Preview(short(name), rows, short(name), tag=short(name), live=True, color="#df5f9f"),
        Preview(name[:1], (Row(short(name), ("10:20 AM", short(name))),), "", title=short(name)),
    ):
        body = drawn(card)
        assert size_of(body) == (WIDTH, HEIGHT)
        assert len(body) < 120_000


def test_what_the_font_lacks_is_left_out_and_what_is_too_long_is_cut() -> None:
    assert drawable("Harbor 🏐 15") == "Harbor  15"
    text, face = fitted(LONG, 400, (64, 34))
    assert text.endswith("…")
    assert face.getlength(text) <= 400


async def test_a_match_a_team_an_event_and_a_plan_have_cards(
    hall: tuple[httpx.AsyncClient, StandingWorld],
) -> None:
    web, world = hall
    event = f"/events/{world.event_id}"
    for path in (f"{event}/matches/{MATCH}", f"{event}/teams/1", event, f"/p/{world.parts['p']}"):
        page = (await web.get(path)).text
        told = dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)">', page))
        assert told["og:url"] == f"http://hall.test{path}"
        assert told["og:image"].startswith(f"http://hall.test{path}/card.png?v=")
        card = await web.get(told["og:image"])
        assert (card.status_code, card.headers["content-type"]) == (200, "image/png")
        assert size_of(card.content) == (WIDTH, HEIGHT)
        same = await web.get(told["og:image"], headers={"If-None-Match": card.headers["etag"]})
        assert same.status_code == 304
    missing = await web.get(f"{event}/matches/4711/card.png")
    assert missing.status_code == 404


async def test_a_card_is_drawn_once_for_all_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    drawings: list[Preview] = []

    def counting(card: Preview) -> bytes:
        drawings.append(card)
        return picture.drawn(card)

    monkeypatch.setattr(pictures, "drawn", counting)
    kept, card = Pictures(), Preview("Cup", (Row("Harbor"), Row("Falcon")), "Court 1")
    bodies = await asyncio.gather(*(kept.of(card, "same") for _ in range(5)))
    assert len(set(bodies)) == 1
    assert drawings == [card]


async def test_a_shared_plan_is_read_by_anyone_and_found_by_nobody(
    hall: tuple[httpx.AsyncClient, StandingWorld],
) -> None:
    web, world = hall
    plan = {"selectedMatches": [MATCH]}
    cookie = {"Cookie": f"courtsync={world.people['media'].token}"}
    await web.put(f"/api/events/{world.event_id}/coverage-plans", json=plan, headers=cookie)
    address = f"/p/{world.parts['p']}"
    answer = await web.get(address)
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "media’s coverage" in answer.text
    assert f'data-match="{MATCH}"' in answer.text
    assert world.email("media") not in answer.text
    assert f'data-bar="{MATCH}"' in (await web.get(f"/f{address}")).text
    links = f"/api/events/{world.event_id}/shared-links/plan"
    assert (await web.delete(links, headers=cookie)).status_code == 204
    for path in (address, f"/f{address}", f"{address}/card.png"):
        assert (await web.get(path)).status_code == 404, path


async def test_the_day_sheet_has_the_plan_and_one_day_of_it(
    hall: tuple[httpx.AsyncClient, StandingWorld],
) -> None:
    web, world = hall
    cookie = {"Cookie": f"courtsync={world.people['coach'].token}"}
    plan = {"selectedMatches": [MATCH]}
    await web.put(f"/api/events/{world.event_id}/coverage-plans", json=plan, headers=cookie)
    sheet = f"/events/{world.event_id}/coverage/sheet"
    assert "Team 1" in (await web.get(sheet, headers=cookie)).text
    assert "Team 1" in (await web.get(f"{sheet}?day=2026-01-31", headers=cookie)).text
    assert "Nothing to print" in (await web.get(f"{sheet}?day=2026-02-01", headers=cookie)).text
