"""``/live/{eventId}.json``: what shared caches may keep, and what answering it costs."""

from typing import Any, cast

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import event as sqlalchemy_event
from sqlmodel import col, update

from courtsync_web.db import Database
from courtsync_web.events.models import Event
from courtsync_web.scoring.actions import record_updates
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.updates import ScoreUpdateIn, SetScore
from tests.world import EVENT, FIRST, SAM, build_world

ADDRESS = f"/live/{EVENT}.json"


@pytest.fixture
async def db(app: Litestar) -> Database:
    """The app's own database, with the small world in it."""
    database: Database = app.state.db
    await build_world(database)
    return database


@pytest.fixture
def reads(db: Database) -> list[str]:
    """Every statement that readers sent."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    sqlalchemy_event.listen(cast(Any, db)._reader.sync_engine, "before_cursor_execute", note)
    return said


async def score(app: Litestar, points: int) -> None:
    sets = [SetScore(set_number=1, team1_score=points, team2_score=0)]
    change = ScoreUpdateIn(match_id=FIRST, sets=sets, status="in-progress")
    claims = Claims(app.state.db, app.state.bus)
    await claims.claim(EVENT, FIRST, SAM)
    [outcome] = await record_updates(app.state.db, app.state.bus, SAM, EVENT, [change])
    assert outcome.outcome == "applied"


async def test_a_shared_cache_may_keep_it_for_a_second(
    client: httpx.AsyncClient, app: Litestar, db: Database
) -> None:
    await score(app, 1)
    answer = await client.get(ADDRESS)
    assert answer.status_code == 200
    document = answer.json()
    assert document.keys() == {"eventId", "seq", "serverTime", "scores", "claims"}
    assert [one["matchId"] for one in document["scores"]] == [FIRST]
    assert answer.headers["cache-control"] == "public, s-maxage=1, stale-while-revalidate=5"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "set-cookie" not in answer.headers
    assert answer.headers["etag"].startswith('"')


async def test_unchanged_it_is_304_without_a_question_to_the_database(
    client: httpx.AsyncClient, app: Litestar, reads: list[str]
) -> None:
    first = await client.get(ADDRESS)
    asked = len(reads)
    for _ in range(5):
        again = await client.get(ADDRESS, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["access-control-allow-origin"] == "*"
    assert len(reads) == asked


async def test_a_point_is_there_at_once(
    client: httpx.AsyncClient, app: Litestar, db: Database
) -> None:
    first = await client.get(ADDRESS)
    await score(app, 1)
    second = await client.get(ADDRESS, headers={"If-None-Match": first.headers["etag"]})
    assert second.status_code == 200
    assert second.json()["seq"] > first.json()["seq"]


@pytest.mark.parametrize("visibility", ["private", "unlisted"])
async def test_what_is_not_public_is_in_no_shared_cache(
    client: httpx.AsyncClient, app: Litestar, db: Database, visibility: str
) -> None:
    assert (await client.get(ADDRESS)).status_code == 200
    async with db.write() as tx:
        await tx.session.exec(
            update(Event).where(col(Event.id) == EVENT).values(visibility=visibility)
        )
    answer = await client.get(ADDRESS)
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/live/nowhere.json", f"/live/{EVENT}", "/live/.json"])
async def test_what_is_not_there_is_a_problem(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
