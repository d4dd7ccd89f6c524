"""The standings page: pools and brackets of a division, live."""

from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from courtsync_web.db import Database
from courtsync_web.events.cards import Moment
from courtsync_web.events.queries import event_for
from courtsync_web.events.tables import TablesView, tables_view
from tests.events.world import FINAL, GIRLS_14, HARBOR, THIRD, ZONE, store_harbor, wall

PAGE = f"/events/{HARBOR}/standings"


async def view_of(db: Database, division: int | None = None) -> TablesView:
    async with db.read() as session:
        event = await event_for(session, HARBOR, None)
        moment = Moment(wall("2026-01-31T09:20:00"), ZONE)
        return await tables_view(session, event, division, moment)


async def test_pools_with_what_is_on_and_brackets_in_rounds(db: Database) -> None:
    await store_harbor(db)
    view = await view_of(db)
    assert [(one, chosen) for one, _, _, chosen in view.divisions] == [(GIRLS_14, True)]
    first, second = view.rounds
    [pool] = first.pools
    assert (first.title, pool.name, pool.finished) == ("Round 1", "Pool 1", False)
    assert [card.match_id for card in pool.live] == [THIRD]
    assert pool.document.teams[0].name == "Falcon 14"
    [bracket] = second.brackets
    assert [tree.root.card.match_id for tree in bracket.trees] == [FINAL]


async def test_a_division_that_is_not_there_is_the_first(db: Database) -> None:
    await store_harbor(db)
    assert (await view_of(db, 4711)).divisions[0][3]


@pytest.fixture
async def web(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    await store_harbor(app.state.db)
    transport = httpx.ASGITransport(app=cast(Any, app))
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as caller:
        yield caller


async def test_the_page_names_criteria_and_whose_word_is_final(web: httpx.AsyncClient) -> None:
    page = (await web.get(PAGE)).text
    assert "Computed from scores; the tournament desk's order is official." in " ".join(
        page.split()
    )
    assert "matches won; then where exactly two are tied" in page
    assert f'data-match="{THIRD}"' in page
    assert 'data-set="1" data-team="1" class="won">12<' in page


async def test_the_tables_come_alone_too(web: httpx.AsyncClient) -> None:
    answer = await web.get(f"/f{PAGE}?division={GIRLS_14}")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.lstrip().startswith('<div id="tables">')
