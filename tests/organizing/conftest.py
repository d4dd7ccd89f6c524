"""A house with events, scores and organizing, on a database of either kind, and its people.

The Harbor Classic is open to see; the desk owns it. Everybody asks with a token of their own,
so that one caller can be several people.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, cast

import httpx
import pytest
from litestar import Router

from courtsync_web.accounts import api as accounts_api
from courtsync_web.accounts.actions import create_user
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events import api as events_api
from courtsync_web.events.models import Event
from courtsync_web.organizing import api
from courtsync_web.scoring import api as scoring_api
from courtsync_web.scoring.claims import Claims
from tests.small_house import given, small_house
from tests.world import EVENT, Bell, build_world

PASSWORD = "correct horse"
DESK, PAT, ALEX = "desk@example.org", "pat@example.org", "alex@example.org"
OTHER_EVENT = "hillside"


@dataclass
class Caller:
    """A device of one person."""

    web: httpx.AsyncClient
    token: str | None = None
    person_id: str = ""

    async def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = await self.web.request(method, path, json=body, headers=headers)
        self.web.cookies.clear()
        return answer

    async def enter(self, path: str, body: Any) -> httpx.Response:
        """Sign in, one way or another."""
        answer = await self.ask("POST", path, body)
        if answer.is_success:
            self.token = answer.json()["token"]
            self.person_id = answer.json()["user"]["id"]
        return answer

    async def sign_in(self, email: str) -> "Caller":
        answer = await self.enter("/api/auth/login", {"email": email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return self

    async def scan(self, code: str, name: str = "Robin") -> httpx.Response:
        return await self.enter("/api/auth/court-code", {"code": code, "displayName": name})

    async def claim(self, match_id: int, event_id: str = EVENT) -> httpx.Response:
        return await self.ask("POST", f"/api/events/{event_id}/claims/{match_id}", {})

    async def score(
        self, match_id: int, points: int, event_id: str = EVENT, **more: Any
    ) -> httpx.Response:
        """The first set stands at ``points`` to nothing."""
        sets = [{"setNumber": 1, "team1Score": points, "team2Score": 0}]
        body = {"matchId": match_id, "sets": sets, "status": "in-progress"} | more
        return await self.ask("POST", f"/api/events/{event_id}/scores", body)

    async def policy(self, policy: str) -> None:
        answer = await self.ask("PATCH", f"/api/events/{EVENT}", {"scoringPolicy": policy})
        assert answer.status_code == 200, answer.text

    async def add(self, role: str, email: str | None = None) -> httpx.Response:
        entry = {"role": role} | ({"email": email} if email else {})
        return await self.ask("POST", f"/api/events/{EVENT}/members", entry)

    async def make_code(self, court_id: int = -1, **more: Any) -> Any:
        entry = {"courtId": court_id} | more
        answer = await self.ask("POST", f"/api/events/{EVENT}/court-codes", entry)
        assert answer.status_code == 201, answer.text
        return answer.json()


@pytest.fixture
async def web(db: Database) -> AsyncIterator[httpx.AsyncClient]:
    bell = Bell()
    routes = (*api.routes, *events_api.routes, *scoring_api.routes, *accounts_api.routes)
    shared = {"bus": given(bell), "claims": given(Claims(db, bell))}
    house = small_house(db, Router("/", route_handlers=routes, dependencies=shared))
    transport = httpx.ASGITransport(app=cast(Any, house))
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as caller:
        yield caller


@pytest.fixture
async def desk(db: Database, web: httpx.AsyncClient) -> Caller:
    """The organizer, who owns the event, signed in; the world around is built."""
    owner = await create_user(db, email=DESK, password=PASSWORD, role="organizer", name="Desk")
    await create_user(db, email=PAT, password=PASSWORD, name="Pat")
    rival = await create_user(db, email=ALEX, password=PASSWORD, role="organizer", name="Alex")
    await build_world(db, owner_id=owner.id)
    async with db.write() as tx:
        tx.session.add(
            Event(
                id=OTHER_EVENT, name="Hillside Open", timezone="America/Chicago",
                start_date="2026-01-31", end_date="2026-02-01", owner_id=rival.id,
                created_at=now_ms(), updated_at=now_ms(),
            )
        )  # fmt: skip
    return await Caller(web).sign_in(DESK)


@pytest.fixture
async def pat(desk: Caller) -> Caller:
    """Somebody with an account who is nothing at the event yet."""
    return await Caller(desk.web).sign_in(PAT)


@pytest.fixture
async def alex(desk: Caller) -> Caller:
    """The organizer of another event."""
    return await Caller(desk.web).sign_in(ALEX)


@pytest.fixture
async def guest(desk: Caller) -> Caller:
    caller = Caller(desk.web)
    await caller.enter("/api/auth/guest", {"displayName": "Gus"})
    return caller


@pytest.fixture
def volunteer(desk: Caller) -> Caller:
    """Somebody in the hall, signed in nowhere yet."""
    return Caller(desk.web)


def code_of(problem: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return problem.status_code, problem.json().get("code", "")
