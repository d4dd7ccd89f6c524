"""Push as the application has it: our key, the services, and what works in the background."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from sqlmodel import select

from courtsync_web.db import Database
from courtsync_web.push.courier import Courier
from courtsync_web.push.hearing import hear
from courtsync_web.push.models import PushJob
from courtsync_web.push.rounds import Rounds
from courtsync_web.push.sender import Sender
from courtsync_web.push.services import Services
from courtsync_web.push.today import Estimator
from courtsync_web.push.vapid import vapid_of
from courtsync_web.settings import Settings

log = logging.getLogger(__name__)

LANES = 3
"""Batches under way at once: one that waits for a slow service does not hold up the others."""
FIRST_REST, LONGEST_REST = 1.0, 60.0
"""Seconds before a part that failed is started again; doubled each time it fails at once."""


class Pushing:
    """Everything about push that lives as long as the application."""

    def __init__(self, db: Database, settings: Settings, estimate: Estimator) -> None:
        self.vapid = vapid_of(settings)
        self.services = Services.of(settings.push_hosts)
        self.courier = Courier(self.vapid, self.services)
        self.sender = Sender(db, self.courier)
        self.rounds = Rounds(db, secrets.token_hex(8), estimate)
        self.failing: set[str] = set()
        """Parts that have failed and not yet worked again, by name."""
        db.when_told(hear)
        db.when_written(select(PushJob), self.sender.ring)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Send and remind, for as long as the application runs."""
        parts = {f"sender {lane}": self.sender.work for lane in range(1, LANES + 1)}
        parts["rounds"] = self.rounds.work
        tasks = [asyncio.create_task(self.supervise(name, part)) for name, part in parts.items()]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.courier.close()

    async def supervise(self, name: str, part: Callable[[], Awaitable[None]]) -> None:
        """Start a part anew whenever it fails, with growing rests."""
        rest = FIRST_REST
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await part()
            except Exception:
                log.exception("push: the %s failed and is started again", name)
                self.failing.add(name)
            if asyncio.get_running_loop().time() - began > LONGEST_REST:
                rest = FIRST_REST
            await asyncio.sleep(rest)
            rest = min(rest * 2, LONGEST_REST)
            self.failing.discard(name)
