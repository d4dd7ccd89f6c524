"""A house with the events API and accounts, on a database of either kind."""

from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest

from courtsync_web.accounts import api as accounts_api
from courtsync_web.accounts.actions import create_user
from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.events import api
from tests.small_house import small_house

PASSWORD = "correct horse"


@pytest.fixture
async def web(db: Database) -> AsyncIterator[httpx.AsyncClient]:
    house = small_house(db, *api.routes, *accounts_api.routes)
    transport = httpx.ASGITransport(app=cast(Any, house))
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as caller:
        yield caller


@pytest.fixture
async def organizer(db: Database) -> Person:
    return await create_user(db, email="desk@example.org", password=PASSWORD, role="organizer")


async def sign_in(web: httpx.AsyncClient, email: str = "desk@example.org") -> None:
    """Sign the browser in, by cookie."""
    answer = await web.post("/api/auth/login", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
