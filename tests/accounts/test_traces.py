"""Whatever a person did here: the export shows it, and after erasing nothing names them."""

import secrets
from collections.abc import AsyncIterator
from typing import Any, cast
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from courtsync_web.accounts.belongings import BELONGINGS
from courtsync_web.app import create_app
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.settings import Settings
from tests.accounts.conftest import Phone
from tests.push.browser import Browser
from tests.servers.lifetime import living
from tests.world import EVENT, FIRST, SECOND, build_world

NAME, EMAIL, SIGNATURE = "Jocasta Q.", "jocasta.q@example.org", "J. Quill"
JOCASTA = {"email": EMAIL, "displayName": NAME, "password": "correct horse"}
LEFT_EMPTY = {"resetLinks", "events", "memberships", "pushMutes"}
"""What only others bring about, or what keeps a person from leaving."""
SET = {"setNumber": 1, "team1Score": 3, "team2Score": 1}


@pytest.fixture
async def web(settings: Settings, database_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """The whole house, over either database."""
    app = create_app(settings.model_copy(update={"database_url": database_url}))
    async with living(app):
        transport = httpx.ASGITransport(app=cast(Any, app))
        async with httpx.AsyncClient(transport=transport, base_url="http://hall.test") as caller:
            yield caller


@pytest.fixture
async def hall(database_url: str, web: httpx.AsyncClient) -> AsyncIterator[Database]:
    db = Database(database_url)
    await build_world(db)
    yield db
    await db.close()


class Busy:
    """Somebody who has done everything that leaves something behind."""

    def __init__(self, web: httpx.AsyncClient) -> None:
        self.phone, self.rival = Phone(web), Phone(web)
        self.browser = Browser()
        self.device = secrets.token_hex(8)
        self.count = 0

    async def live(self) -> None:
        await self.phone.register(**JOCASTA)
        await self.rival.become_guest(displayName="Robin")
        await self.choose()
        await self.score()
        await self.be_asked()

    async def choose(self) -> None:
        for path, body in (
            (f"/api/me/follows/{EVENT}/1", None),
            (f"/api/events/{EVENT}/coverage-plans", {"selectedMatches": [FIRST]}),
            (f"/api/push/bells/{EVENT}/matches/{FIRST}", None),
            (f"/api/push/bells/{EVENT}/teams/2", None),
            ("/api/push/preferences", {"lead": {"minutes": 20}}),
            (f"/api/events/{EVENT}/shared-links/plan", None),
        ):
            answer = await self.phone.ask("PUT", path, body)
            assert answer.is_success, (path, answer.text)
        await self.phone.ask("POST", f"/api/events/{EVENT}/crew", {"name": "Photo"})
        assert await self.sync(self.phone, "plan", shot=[FIRST], stay="set", aim="all") == "applied"
        known = await self.phone.ask("POST", "/api/push/subscriptions", self.browser.subscription())
        assert known.status_code == 201

    async def score(self) -> None:
        """A claim, a signed score, and two older ones that lost against it, one of them Robin's."""
        assert await self.sync(self.rival, "claim", matchId=FIRST) == "applied"
        assert await self.sync(self.rival, "release", matchId=FIRST) == "applied"
        claim = await self.phone.ask("POST", f"/api/events/{EVENT}/claims/{FIRST}", {})
        fence = claim.json()["fence"]
        score = {"matchId": FIRST, "fence": fence, "sets": [SET], "status": "in-progress"}
        signed = {"action": "sign-off", "reason": SIGNATURE}
        assert await self.sync(self.phone, "score", **score, **signed) == "applied"
        aged = {"lastUpdated": now_ms() - 60_000, **signed}
        assert await self.sync(self.phone, "score", "tablet", **score, **aged) == "conflict"
        late = score | {"fence": fence - 1, "lastUpdated": now_ms() - 60_000}
        assert await self.sync(self.rival, "score", **late) == "conflict"

    async def be_asked(self) -> None:
        """Robin is told who keeps score; and is asked by Jocasta to hand over."""
        assert await self.sync(self.rival, "claim", matchId=FIRST) == "rejected"
        assert await self.sync(self.rival, "claim", matchId=SECOND) == "applied"
        asked = await self.phone.ask("POST", f"/api/events/{EVENT}/claims/{SECOND}/takeover")
        assert asked.is_success
        assert await self.sync(self.rival, "claim", matchId=SECOND) == "applied"

    async def sync(self, phone: Phone, kind: str, device: str = "phone", **fields: Any) -> str:
        self.count += 1
        op = {"id": str(uuid4()), "deviceSeq": self.count, "kind": kind, "eventId": EVENT}
        whose = self.device if phone is self.phone else "robins"
        batch = {"deviceId": f"{device}-{whose}", "sentAt": now_ms(), "ops": [op | fields]}
        answer = await phone.ask("POST", "/api/sync", batch)
        outcome: str = answer.json()["results"][0]["outcome"]
        return outcome


@pytest.fixture
async def busy(hall: Database, web: httpx.AsyncClient) -> Busy:
    someone = Busy(web)
    await someone.live()
    return someone


async def test_the_export_shows_all_of_it_and_nobody_else(busy: Busy) -> None:
    answer = await busy.phone.ask("GET", "/api/me/export")
    held = answer.json()
    assert {one.name for one in BELONGINGS if not held[one.name]} == LEFT_EMPTY
    assert busy.rival.person_id not in answer.text
    assert "Robin" not in answer.text
    for secret in (busy.browser.endpoint, *busy.browser.subscription()["keys"].values()):
        assert secret not in answer.text
    others = (await busy.rival.ask("GET", "/api/me/export")).text
    assert NAME not in others
    assert busy.phone.person_id not in others


async def test_after_erasing_nothing_names_the_person(hall: Database, busy: Busy) -> None:
    traces = [NAME, EMAIL, SIGNATURE, busy.phone.person_id, busy.browser.endpoint, busy.device]
    before = await everything(hall)
    assert [one for one in traces if one not in before] == []
    gone = await busy.phone.ask("DELETE", "/api/me", {"password": JOCASTA["password"]})
    assert gone.status_code == 204
    after = await everything(hall)
    assert [one for one in traces if one in after] == []
    score = await busy.rival.ask("GET", f"/api/events/{EVENT}/scores/{FIRST}")
    assert score.json()["sets"][0]["team1Score"] == SET["team1Score"], "the score stays"


async def everything(db: Database) -> str:
    """All rows of all tables, as text."""
    async with db.read() as session:
        tables = [
            (await session.exec(cast(Any, select(table)))).all()
            for table in SQLModel.metadata.sorted_tables
        ]
    return repr(tables)
