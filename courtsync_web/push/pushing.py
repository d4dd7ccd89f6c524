"""Push as the application has it: our key, the services, and what works in the background."""

import secrets

from sqlmodel import select

from courtsync_web.coverage.models import PlannedMatch
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
from courtsync_web.supervised import Supervised

LANES = 2
"""Batches under way at once: one that waits for a slow service does not hold up the others."""


class Pushing:
    """Everything about push that lives as long as the application.

    Raises ``ValueError`` for settings that no push service would take.
    """

    def __init__(self, db: Database, settings: Settings, estimate: Estimator) -> None:
        self.vapid = vapid_of(settings)
        self.services = Services.of(settings.push_hosts)
        self.courier = Courier(self.vapid, self.services)
        self.sender = Sender(db, self.courier)
        self.rounds = Rounds(db, secrets.token_hex(8), estimate)
        db.when_told(hear)
        db.when_written(select(PushJob), self.sender.ring)
        db.when_written(select(PlannedMatch), self.rounds.ring)

    def work_under(self, supervised: Supervised) -> None:
        """Have everything that is due sent, and reminders made, as long as the application runs."""
        for lane in range(1, LANES + 1):
            supervised.add(f"push-sender-{lane}", self.sender.work)
        supervised.add("push-rounds", self.rounds.work)

    async def close(self) -> None:
        await self.courier.close()
