"""A small house: the accounts API alone, on a database of either kind."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from courtsync_web.accounts import api, my_api, recovery_api
from courtsync_web.accounts.tokens import Keys
from courtsync_web.db import Database
from tests.small_house import KEYS, small_house

JO = {"email": "jo@example.org", "password": "correct horse", "displayName": "Jo"}


@pytest.fixture
def keys() -> Keys:
    return KEYS


@pytest.fixture
def house(db: Database) -> Litestar:
    return small_house(db, *api.routes, *my_api.routes, *recovery_api.routes)


@dataclass
class Phone:
    """A device without cookies, as programs are: it shows the token it was given."""

    web: httpx.AsyncClient
    token: str | None = None
    refresh_token: str = ""
    person_id: str = ""

    async def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = await self.web.request(method, path, json=body, headers=headers)
        self.web.cookies.clear()
        return answer

    async def register(self, **fields: Any) -> httpx.Response:
        return self.keep(await self.ask("POST", "/api/auth/register", JO | fields))

    async def sign_in(self, **fields: Any) -> httpx.Response:
        credentials = {"email": JO["email"], "password": JO["password"]} | fields
        return self.keep(await self.ask("POST", "/api/auth/login", credentials))

    async def become_guest(self, **fields: Any) -> httpx.Response:
        return self.keep(await self.ask("POST", "/api/auth/guest", fields))

    async def refresh(self, refresh_token: str | None = None) -> httpx.Response:
        bearer = {"Authorization": f"Bearer {refresh_token or self.refresh_token}"}
        answer = await self.web.post("/api/auth/refresh", headers=bearer)
        self.web.cookies.clear()
        return answer

    def keep(self, answer: httpx.Response) -> httpx.Response:
        if answer.is_success:
            document = answer.json()
            self.token, self.refresh_token = document["token"], document["refreshToken"]
            self.person_id = document["user"]["id"]
        return answer


@pytest.fixture
async def web(house: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=cast(Any, house))
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as caller:
        yield caller


@pytest.fixture
def phone(web: httpx.AsyncClient) -> Phone:
    return Phone(web)


@pytest.fixture
def other_phone(web: httpx.AsyncClient) -> Phone:
    return Phone(web)
