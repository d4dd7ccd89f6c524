"""Sends what is due: claims a batch, carries it, settles it.

The promise: everything in the ledger reaches its push service at least once before it is
useless, and is shown once (a repeated one has the same tag and topic). Nothing is sent late.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.figures import PUSHES
from courtsync_web.push import ledger
from courtsync_web.push.courier import AT_ONCE, Answer, Courier, Fate, Message
from courtsync_web.push.deciding import devices_for, ended, payload_of, put_off, settled_by, told_by
from courtsync_web.push.kinds import KINDS, Kind
from courtsync_web.push.ledger import Settled
from courtsync_web.push.models import PushJob, PushSubscription
from courtsync_web.push.readiness import Batch, batch_of
from courtsync_web.push.sealing import TooLarge, sealed, topic_of, warm
from courtsync_web.push.words import Told

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How the sender works. Milliseconds, but for ``batch`` (jobs in one transaction)."""

    batch: int = 32
    lease: int = 60_000
    """Longer than a batch can take: every exchange has ten seconds."""
    breath: int = 5
    """Before each push is sealed, one at a time however many lanes there are: between two of them
    (a good millisecond each) everybody else has the process, above all whoever scores."""
    settle: int = 20
    """How long what is done waits for more of it."""
    idle: int = 5_000
    """Between looks at most: another process may have written a job and died since. What was
    written here rings, and what is due later is known."""
    hurry: int = 100
    """Between looks at least, where something is due and somebody else has it."""


class Sender:
    """One process's sender. ``ring`` it when jobs were written."""

    def __init__(
        self,
        db: Database,
        courier: Courier,
        pace: Pace = Pace(),
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self.db = db
        self.courier = courier
        self.key_id = courier.vapid.key_id
        self.pace = pace
        self.clock = clock
        self.told: Counter[tuple[str, str]] = Counter()
        """Settled jobs by kind and outcome: sent, late, quiet, nobody, refused, too-large."""
        self._rung = asyncio.Event()
        self._turn = asyncio.Lock()
        self._due_at: int | None = None
        """When the next job was due at the last look."""

    def ring(self) -> None:
        """There may be something to send."""
        self._rung.set()

    async def work(self) -> None:
        """Send for ever."""
        while True:
            self._rung.clear()
            if not await self.send_due():
                await self.rest()

    async def rest(self) -> None:
        """Until it rings, until something is due, or until it is time to look anyway."""
        wait = self.pace.idle
        if self._due_at is not None:
            wait = min(wait, max(self._due_at - self.clock(), self.pace.hurry))
        with suppress(TimeoutError):
            async with asyncio.timeout(wait / 1000):
                await self._rung.wait()

    async def send_due(self) -> int:
        """One batch; how many jobs it had."""
        now = self.clock()
        async with self.db.read() as session:
            at = self._due_at = await ledger.next_due(session)
        if at is None or at > now:
            return 0
        await asyncio.to_thread(warm)
        now = self.clock()
        jobs = await ledger.claim(self.db, now=now, lease=self.pace.lease, at_most=self.pace.batch)
        if jobs:
            async with self.db.read() as session:
                batch = await batch_of(session, jobs, now)
            await self.send_and_settle(batch, now)
        return len(jobs)

    async def send_and_settle(self, batch: Batch, now: int) -> None:
        """Settle what is done while the rest is under way: a sender that dies has little that was
        sent and not yet written down."""
        places = asyncio.Semaphore(AT_ONCE)
        open_ = {asyncio.ensure_future(self.in_turn(places, job, batch, now)) for job in batch.jobs}
        try:
            while open_:
                done, open_ = await asyncio.wait(open_, return_when=asyncio.FIRST_COMPLETED)
                if open_:  # a little later there are more: each write is a trip to the disk
                    more, open_ = await asyncio.wait(open_, timeout=self.pace.settle / 1000)
                    done |= more
                settled = [one.result() for one in done]
                await ledger.settle(self.db, settled, self.clock())
                for one in settled:
                    self.note(one)
        finally:
            for task in open_:
                task.cancel()

    async def in_turn(
        self, places: asyncio.Semaphore, job: PushJob, batch: Batch, now: int
    ) -> Settled:
        """A few at once."""
        async with places:
            return await self.send(job, batch, now)

    def note(self, one: Settled) -> None:
        self.told[one.job.kind, one.why_dropped or one.state] += 1
        if one.state == "dropped":
            PUSHES.labels(one.why_dropped).inc()

    async def send(self, job: PushJob, batch: Batch, now: int) -> Settled:
        """One job to all devices it is for. Whatever goes wrong is settled, not raised."""
        if self.clock() >= (job.claimed_until or 0):
            return Settled(job, "due", due_at=now, spared=True)  # somebody else has it by now
        try:
            return await self.decided(job, batch, now)
        except Exception:
            log.exception("push: a %s could not be sent", job.kind)
            return Settled(job, "dropped", "refused")

    async def decided(self, job: PushJob, batch: Batch, now: int) -> Settled:
        settled = put_off(job, batch, now)
        if settled is not None:
            return settled
        kind = KINDS[job.kind]
        devices = devices_for(job, batch, self.key_id)
        told = told_by(job, batch)
        if not devices or told is None:
            return ended(job, "nobody")
        answers = await asyncio.gather(
            *(self.carry(job, kind, told, device, now) for device in devices)
        )
        settled = settled_by(job, devices, answers, now)
        settled.title, settled.body, settled.url = told.title, told.body, told.url
        return settled

    async def carry(
        self, job: PushJob, kind: Kind, told: Told, device: PushSubscription, now: int
    ) -> Answer:
        payload = payload_of(job, told, device)
        async with self._turn:
            await asyncio.sleep(self.pace.breath / 1000)
        try:
            body = sealed(device.p256dh, device.auth, payload)
        except TooLarge as bug:
            log.error("push: %s of kind %s", bug, job.kind)  # the text says it all
            return Answer(Fate.TOO_LARGE)
        except ValueError:
            return Answer(Fate.UNWANTED)
        ttl = max(1, (job.expires_at - now) // 1000)
        message = Message(body, ttl, kind.urgency, topic_of(f"{device.id}{told.tag}"))
        proven = device.active_at is not None
        return await self.courier.carry(device.endpoint, message, proven=proven)
