"""As whom one looks at the app: a view anybody may switch, kept here and with the account."""

from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from tests.events.world import HARBOR, store_harbor

JO = {"email": "jo@example.org", "password": "correct horse", "role": "coach"}


@pytest.fixture
async def web(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    await store_harbor(app.state.db)
    transport = httpx.ASGITransport(app=cast(Any, app))
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as caller:
        yield caller


async def ways(web: httpx.AsyncClient, where: str = f"/events/{HARBOR}") -> tuple[str, list[str]]:
    """The persona of a page, and the words at its bottom."""
    page = (await web.get(where)).text
    nav = page[page.index('<nav class="nav"') :].partition("</nav>")[0]
    words = [part.rpartition("</svg>")[2] for part in nav.split("</a>")[:-1]]
    return nav.partition('data-persona="')[2].partition('"')[0], words


async def test_nobody_in_particular_is_a_spectator(web: httpx.AsyncClient) -> None:
    assert await ways(web) == (
        "spectator", ["Matches", "My teams", "Standings", "Events", "More"],
    )  # fmt: skip
    assert (await ways(web, "/"))[1] == ["Events", "My teams", "Practice", "More"]


async def test_a_device_remembers_what_was_chosen(web: httpx.AsyncClient) -> None:
    await web.post(
        "/settings", data={"persona": "media"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert (await ways(web))[0] == "media"
    assert (await ways(web, "/settings"))[0] == "media"


async def test_an_account_remembers_it_for_the_next_device(web: httpx.AsyncClient) -> None:
    await web.post("/api/auth/register", json=JO)
    assert await ways(web) == (
        "coach", ["Matches", "Standings", "My teams", "Events", "Score", "More"],
    )  # fmt: skip
    answer = await web.patch("/api/me", json={"persona": "media"})
    assert answer.json()["role"] == "coach", "what one may do is another matter"
    assert (await ways(web))[0] == "media"


async def test_what_is_no_persona_changes_nothing(web: httpx.AsyncClient) -> None:
    web.cookies.set("persona", "organizer")
    assert (await ways(web))[0] == "spectator"
    await web.post("/api/auth/register", json=JO)
    assert (await web.patch("/api/me", json={"persona": "king"})).status_code in (400, 422)
