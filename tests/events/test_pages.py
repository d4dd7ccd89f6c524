"""The spectator's pages as HTML: what every page must carry, and what no page may."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from courtsync_web.clock import now_ms, venue_day
from courtsync_web.db import Database
from courtsync_web.events.models import Event
from courtsync_web.settings import Settings
from tests.events.world import (
    CLIFF_CLUB,
    FALCON,
    FINAL,
    HARBOR,
    LATER,
    OPENER,
    SECOND,
    THIRD,
    ZONE,
    match,
    store_harbor,
)

EVENT = f"/events/{HARBOR}"
SATURDAY = f"{EVENT}?day=2026-01-31"


@pytest.fixture
async def harbor(settings: Settings) -> AsyncIterator[Database]:
    """The Harbor Classic in the database of ``client``."""
    db = Database(settings.effective_database_url)
    await store_harbor(db)
    yield db
    await db.close()


def part(html: str, match_id: int) -> str:
    """The element that shows a match, up to the next one."""
    found = re.search(rf'data-match="{match_id}".*?(?=data-match=|</main>)', html, re.DOTALL)
    assert found, f"match {match_id} is not on the page"
    return found[0]


def points(html: str, match_id: int) -> dict[tuple[int, int], str]:
    """``(set, team)`` → the text a reader sees."""
    cells = re.findall(r'data-set="(\d)" data-team="(\d)"[^>]*>([^<]*)<', part(html, match_id))
    return {(int(number), int(team)): text for number, team, text in cells}


async def test_cards_carry_the_score_where_scripts_look_for_it(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    html = (await client.get(SATURDAY)).text
    assert points(html, OPENER) == {(1, 1): "25", (1, 2): "20", (2, 1): "25", (2, 2): "18"}
    assert points(html, THIRD) == {(1, 1): "12", (1, 2): "3"}
    assert html.count(f'data-match="{THIRD}"') == 1


async def test_the_live_match_comes_first_and_the_finished_ones_in_their_block(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    html = (await client.get(SATURDAY)).text
    assert (
        html.index('id="live"')
        < html.index(f'data-match="{THIRD}"')
        < html.index('<details class="block"')
    )
    assert 'data-status="live"' in part(html, THIRD)
    assert "8:00 AM" in html
    assert "2 matches" in html


async def test_a_filtered_page_hides_the_rest_and_says_how_many_there_are(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    html = (await client.get(f"{SATURDAY}&club={CLIFF_CLUB}")).text
    hidden = set(re.findall(r'data-match="(-?\d+)"[^>]* hidden>', html))
    assert hidden == {str(OPENER)}
    assert "<span data-shown>2</span> of 3 matches" in html
    assert "remove this filter" in html


async def test_a_filter_that_nothing_fits_offers_the_way_back(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    html = (await client.get(f"{SATURDAY}&q=nobody")).text
    assert re.search(r'id="nothing">', html)
    assert "Show all matches" in html


async def test_times_follow_the_reader_s_language(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    german = await client.get(SATURDAY, headers={"Accept-Language": "de-DE"})
    assert "<h3>08:00</h3>" in german.text


async def test_a_match_the_schedule_dropped_says_so(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    html = (await client.get(f"{EVENT}?day=2026-02-01")).text
    assert "No longer in the schedule" in part(html, LATER)
    assert "Winner of Match 6" in part(html, FINAL)


async def test_names_from_a_schedule_never_become_markup(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    evil = '"><script>alert(1)</script>'
    async with harbor.write() as tx:
        tx.session.add(
            match(60, "2026-01-31T12:00:00", team1_text=evil, work_team_text=evil, name=evil[:20])
        )
    for path in (SATURDAY, f"{EVENT}/matches/60", f"{SATURDAY}&q={evil}", f"/?q={evil}"):
        html = (await client.get(path)).text
        assert "<script>alert" not in html
        assert '"><script' not in html


async def test_the_match_page_shows_score_format_and_neighbours_without_an_account(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    answer = await client.get(f"{EVENT}/matches/{OPENER}")
    html = answer.text
    assert answer.status_code == 200
    assert points(html, OPENER) == {(1, 1): "25", (1, 2): "20", (2, 1): "25", (2, 2): "18"}
    for words in ("Court 2", "best of 3 to 25, decider to 15", "Ibis 14", "Next on this court"):
        assert words in html
    assert f'data-match="{THIRD}"' in html, "the next match on the court"
    assert "data-action" not in html.replace("data-action-word", ""), "a scoring control"


async def test_a_signed_out_reader_is_offered_to_keep_score_with_only_a_name(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    html = (await client.get(f"{EVENT}/matches/{THIRD}")).text
    assert 'action="/sign-in/guest"' in html
    assert f'value="{EVENT}/matches/{THIRD}/score"' in html


async def test_a_guest_sees_one_button_to_the_pad(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    guest = await client.post("/api/auth/guest", json={"displayName": "Ana"})
    client.headers["Authorization"] = f"Bearer {guest.json()['token']}"
    html = (await client.get(f"{EVENT}/matches/{THIRD}")).text
    assert re.search(rf'href="{EVENT}/matches/{THIRD}/score"[^>]*>Keep score<', html)


async def test_scoring_by_members_is_not_offered_to_everyone(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    async with harbor.write() as tx:
        event = await tx.session.get(Event, HARBOR)
        assert event is not None
        event.scoring_policy = "members"
    html = (await client.get(f"{EVENT}/matches/{THIRD}")).text
    assert "/score" not in html.split('id="keep"')[1].split("</section>")[0].replace(
        f'data-pad="{EVENT}/matches/{THIRD}/score"', ""
    )
    assert "people its organizer chose" in html


async def test_a_match_without_a_score_shows_its_format_and_no_story(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    async with harbor.write() as tx:
        tx.session.add(match(60, "2026-02-01T12:00:00", stage_id=None, team1_text="1st of Pool 1"))
    html = (await client.get(f"{EVENT}/matches/60")).text
    assert "Point by point" not in html
    assert "best of 3 to 25" in html
    assert "1st of Pool 1" in html


async def test_a_team_s_page_holds_its_matches_duties_and_pool(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    html = (await client.get(f"{EVENT}/teams/{FALCON}")).text
    assert f'data-match="{OPENER}"' in html
    assert f'data-match="{FINAL}"' in html
    assert f'data-match="{SECOND}"' not in html
    assert "1 won, 0 lost" in html
    assert "Pool 1" in html


@pytest.mark.parametrize(
    "path",
    [
        "/events/nowhere",
        f"{EVENT}/matches/999",
        f"{EVENT}/matches/{2**70}",
        f"{EVENT}/teams/999",
        "/events/%00",
        "/nothing",
        "/f/events/nowhere/day",
    ],
)
async def test_what_is_not_there_is_said_in_human_words(
    harbor: Database, client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path)
    assert answer.status_code in {400, 404}
    assert answer.headers["content-type"].startswith("text/html")
    assert "Find an event" in answer.text


async def test_a_private_event_is_not_there_for_others(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    async with harbor.write() as tx:
        event = await tx.session.get(Event, HARBOR)
        assert event is not None
        event.visibility = "private"
    for path in (EVENT, f"{EVENT}/matches/{OPENER}", f"{EVENT}/teams/{FALCON}", f"/?q={HARBOR}"):
        answer = await client.get(path)
        assert "Harbor Classic" not in answer.text
    assert "Harbor Classic" not in (await client.get("/?q=harbor")).text


async def test_pages_have_no_inline_script_or_style(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    pages = (
        "/",
        "/settings",
        "/offline",
        SATURDAY,
        f"{EVENT}/matches/{OPENER}",
        f"{EVENT}/teams/{FALCON}",
        "/no",
    )
    for path in pages:
        html = (await client.get(path)).text
        assert not re.search(r"<style|\sstyle=|\son\w+=\"|javascript:", html), path
        for script in re.findall(r"<script([^>]*)>", html):
            assert "src=" in script, path


async def test_fragments_are_never_stored(harbor: Database, client: httpx.AsyncClient) -> None:
    for path in (f"/f{EVENT}/day", f"/f{EVENT}/matches/{OPENER}/story", "/f/find?q=harbor"):
        answer = await client.get(path)
        assert answer.headers["cache-control"] == "no-store"
        assert "<html" not in answer.text


@pytest.mark.parametrize(
    "text",
    [
        HARBOR,
        f"https://courtsync.test{EVENT}?day=2026-01-31",
        f"courtsync.test{EVENT}/matches/1",
        f"https://results.advancedeventsystems.com/event/{HARBOR}/divisions/1/overview?_gl=1",
    ],
)
async def test_an_address_or_an_id_leads_straight_to_the_event(
    harbor: Database, client: httpx.AsyncClient, text: str
) -> None:
    answer = await client.get("/", params={"q": text})
    assert (answer.status_code, answer.headers["location"]) == (303, EVENT)


async def test_a_part_of_the_name_finds_it_and_a_percent_sign_finds_nothing(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    assert "Harbor Classic" in (await client.get("/f/find?q=classic harb")).text
    assert "Harbor Classic" not in (await client.get("/f/find?q=%25")).text


async def test_an_unknown_aes_link_says_who_can_import_it(
    harbor: Database, client: httpx.AsyncClient
) -> None:
    link = "https://results.advancedeventsystems.com/event/PTAwMDAwMDAwMDE90/home"
    assert "import-aes" in (await client.get("/", params={"q": link})).text
    assert (await client.get("/", params={"q": "http://[broken"})).status_code == 200


async def test_events_on_today_come_first(settings: Settings, client: httpx.AsyncClient) -> None:
    today = venue_day(now_ms(), ZONE).isoformat()
    db = Database(settings.effective_database_url)
    await store_harbor(db, start_date=today, end_date=today)
    await db.close()
    html = (await client.get("/")).text
    assert html.index("On today") < html.index("Harbor Classic") < html.index("1 live")


async def test_looks_are_kept_without_scripts_and_nothing_else_is(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post("/settings", data={"theme": "contrast", "text": "huge"})
    assert answer.status_code == 303
    assert client.cookies.get("theme") == "contrast"
    html = (await client.get("/settings")).text
    assert '<html lang="en" data-theme="contrast"' in html


async def test_a_forged_theme_never_reaches_the_page(client: httpx.AsyncClient) -> None:
    html = (await client.get("/", headers={"Cookie": "theme=x onload=1"})).text
    assert '<html lang="en"' in html
    assert "onload" not in html
