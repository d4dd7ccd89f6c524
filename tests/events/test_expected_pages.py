"""Estimated starts on the pages themselves: the day, the match, the team, my teams."""

from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from courtsync_web.clock import now_ms, venue_day
from courtsync_web.db import Database
from courtsync_web.estimates.slots import MINUTE
from courtsync_web.events.models import Match
from courtsync_web.scoring.models import Score, ScoreUpdate
from tests.world import EVENT, FIRST, ZONE, build_world, match

NEXT = -110
BEFORE = {
    "status": "in-progress", "sets": [], "serving": 1, "timeouts": [0, 0], "outcome": "undecided",
}  # fmt: skip


async def a_late_court(db: Database) -> None:
    """The first match began half an hour late and is in its first set; the next waits for it."""
    await build_world(db)
    now = now_ms()
    today = venue_day(now, ZONE).isoformat()
    async with db.write() as tx:
        waiting = match(NEXT, -1, 3, 4)
        first = await tx.session.get_one(Match, (EVENT, FIRST))
        for one, starts in ((first, now - 50 * MINUTE), (waiting, now + 10 * MINUTE)):
            one.day, one.starts_at, one.ends_at = today, starts, starts + 60 * MINUTE
            tx.session.add(one)
        facts: dict[str, Any] = {"event_id": EVENT, "match_id": FIRST, "seq": 1}
        sets = [[20, 18, None]]
        tx.session.add(
            Score(
                **facts, status="in-progress", sets=sets, timeouts=[0, 0], warnings=[],
                provenance="fan", revision=38, changed_at=now - 1000,
            )
        )  # fmt: skip
        tx.session.add(
            ScoreUpdate(
                **facts, revision=1, action="set-start", detail={}, state=BEFORE,
                happened_at=now - 20 * MINUTE, arrived_at=0,
            )
        )  # fmt: skip


@pytest.fixture
async def web(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    await a_late_court(app.state.db)
    transport = httpx.ASGITransport(app=cast(Any, app))
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as caller:
        yield caller


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (f"/events/{EVENT}", "est. "),
        (f"/events/{EVENT}", "running "),
        (f"/events/{EVENT}/matches/{NEXT}", "Expected "),
        (f"/events/{EVENT}/matches/{FIRST}", "Court running "),
        (f"/events/{EVENT}/teams/3", "est. "),
    ],
)
async def test_a_late_court_is_told(web: httpx.AsyncClient, where: str, words: str) -> None:
    assert words in (await web.get(where)).text


async def test_my_teams_tells_it_too(web: httpx.AsyncClient) -> None:
    page = await web.get("/my-teams", headers={"Cookie": f"follows={EVENT}~3"})
    assert "est. " in page.text
