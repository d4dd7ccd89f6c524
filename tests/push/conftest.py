"""People with browsers, a push service, and our sender between them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlmodel import select

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.following.models import Follow
from courtsync_web.push.courier import Courier
from courtsync_web.push.hearing import hear
from courtsync_web.push.models import PushJob, PushSubscription
from courtsync_web.push.sender import Pace, Sender
from courtsync_web.push.services import Services
from courtsync_web.push.subscriptions import hash_of
from courtsync_web.push.vapid import Vapid
from tests.push.browser import Browser
from tests.push.service import PushService, push_service
from tests.world import EVENT, build_world

PATIENCE = 3.0
"""Seconds the tests' courier waits for an answer."""


@dataclass
class Post:
    """The sender with everything around it, and a clock that tests turn."""

    db: Database
    service: PushService
    courier: Courier
    sender: Sender
    now: int = field(default_factory=now_ms)

    async def subscribed(self, person: Person, *, active: bool = True) -> Browser:
        """One more proven browser of a person."""
        browser = self.service.browser()
        key_id = self.sender.key_id
        await keep(self.db, person, browser, self.now, key_id=key_id, active=active)
        return browser

    async def send_all(self) -> None:
        """Everything that is due."""
        while await self.sender.send_due():
            pass

    async def jobs(self) -> list[PushJob]:
        async with self.db.read() as session:
            return list(await session.exec(select(PushJob)))


async def keep(
    db: Database, person: Person, browser: Browser, now: int, *, key_id: str, active: bool = True
) -> None:
    """A subscription as it is stored."""
    given: dict[str, Any] = browser.subscription()
    async with db.write() as tx:
        tx.session.add(
            PushSubscription(
                id=browser.name.ljust(32, "0"),
                user_id=person.id,
                endpoint=browser.endpoint,
                endpoint_hash=hash_of(browser.endpoint),
                key_id=key_id,
                created_at=now,
                active_at=now if active else None,
                token=None if active else f"token-{browser.name}",
                **given["keys"],
            )
        )


async def follow(db: Database, person: Person, team_id: int) -> None:
    """The person follows a team of the world's event."""
    async with db.write() as tx:
        tx.session.add(
            Follow(user_id=person.id, event_id=EVENT, team_id=team_id, following=True, changed_at=1)
        )


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service() as running:
        yield running


@pytest.fixture
async def post(db: Database, service: PushService) -> AsyncIterator[Post]:
    """The small world's event, and a sender that posts to the tests' service."""
    await build_world(db)
    db.when_told(hear)
    vapid = Vapid(ec.generate_private_key(ec.SECP256R1()), "mailto:desk@example.org")
    service.public_key = vapid.public_key
    courier = Courier(vapid, Services.of(service.origin), patience=PATIENCE)
    post = Post(db, service, courier, Sender(db, courier, Pace(lease=2_000)))
    post.sender.clock = lambda: post.now
    yield post
    await courier.close()
    assert not service.faults, service.faults


@pytest.fixture
def vapid(tmp_path: Path) -> Vapid:
    return Vapid(ec.generate_private_key(ec.SECP256R1()), None)
