"""The organizer's table of walks between halls, as a plain form."""

from collections.abc import AsyncIterator

import httpx
import pytest
from litestar import Litestar
from sqlmodel import select

from courtsync_web.accounts.actions import create_user
from courtsync_web.db import Database
from courtsync_web.events.models import Court, Walk
from courtsync_web.settings import Settings
from tests.organizing.conftest import DESK, PASSWORD, PAT
from tests.organizing.test_pages import browser, sign_in
from tests.world import EVENT, build_world

PAGE = f"/events/{EVENT}/organize/walks"
PAIRS = ["East – North", "East – West", "North – West"]


@pytest.fixture
async def db(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.effective_database_url)
    yield database
    await database.close()


@pytest.fixture
async def desk(app: Litestar, db: Database) -> AsyncIterator[httpx.AsyncClient]:
    """The organizer's browser; the event's courts lie in three halls."""
    owner = await create_user(db, email=DESK, password=PASSWORD, role="organizer", name="Desk")
    await create_user(db, email=PAT, password=PASSWORD, name="Pat")
    await build_world(db, owner_id=owner.id)
    async with db.write() as tx:
        for number, name in enumerate(("West 12", "North 88", "East 3", "West 13"), 1):
            await tx.session.merge(Court(event_id=EVENT, court_id=-number, name=name))
    async with browser(app) as caller:
        await sign_in(caller, DESK)
        yield caller


async def walks(db: Database) -> dict[tuple[str, str], int]:
    async with db.read() as session:
        return {(one.hall, one.other): one.minutes for one in await session.exec(select(Walk))}


async def test_every_two_halls_have_a_line_and_what_is_saved_stands_there(
    desk: httpx.AsyncClient, db: Database
) -> None:
    assert PAGE in (await desk.get(f"/events/{EVENT}/organize")).text
    text = (await desk.get(PAGE)).text.replace("<b>", "").replace("</b>", "")
    assert [text.count(pair) for pair in PAIRS] == [1, 1, 1]
    saved = await desk.post(PAGE, data={"walk-0": "4", "walk-1": "", "walk-2": "0"})
    assert saved.headers["location"] == f"{PAGE}?saved=1"
    assert await walks(db) == {("East", "North"): 4, ("North", "West"): 0}
    assert 'name="walk-0" type="number"' in (await desk.get(PAGE)).text
    assert 'value="4"' in (await desk.get(PAGE)).text
    await desk.post(PAGE, data={"walk-2": " 7 "})
    assert await walks(db) == {("North", "West"): 7}


@pytest.mark.parametrize("minutes", ["61", "-1", "ten", "4.5", "٤", "²", "4" * 5000])
async def test_what_is_no_walk_is_refused_and_changes_nothing(
    desk: httpx.AsyncClient, db: Database, minutes: str
) -> None:
    await desk.post(PAGE, data={"walk-0": "4"})
    refused = await desk.post(PAGE, data={"walk-0": "5", "walk-1": minutes})
    assert refused.status_code == 422
    assert "Give whole minutes from 0 to 60." in refused.text
    assert await walks(db) == {("East", "North"): 4}


async def test_nobody_else_sees_or_changes_it(
    app: Litestar, desk: httpx.AsyncClient, db: Database
) -> None:
    async with browser(app) as other:
        await sign_in(other, PAT)
        assert (await other.get(PAGE)).status_code == 403
        assert (await other.post(PAGE, data={"walk-0": "4"})).status_code == 403
    assert await walks(db) == {}
