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
from typing import Any

from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.figures import PUSHES
from courtsync_web.push import ledger
from courtsync_web.push.courier import AT_ONCE, Answer, Courier, Fate, Message
from courtsync_web.push.kinds import ALWAYS, KINDS, MOVED_FROM, Kind
from courtsync_web.push.ledger import Settled
from courtsync_web.push.models import PushJob, PushSubscription
from courtsync_web.push.quiet import quiet_until
from courtsync_web.push.readiness import Batch, batch_of
from courtsync_web.push.sealing import TooLarge, sealed, topic_of, warm
from courtsync_web.push.words import Told, plain_payload

log = logging.getLogger(__name__)

SPOKEN = {
    "activate": ("Notifications are on", "This device hears about your teams and matches."),
    "test": ("This is a test", "CourtSync can reach this device."),
}
FIRST_RETRY, LONGEST_RETRY = 5_000, 10 * 60_000
"""Milliseconds before the second attempt; doubled each time."""


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
        kind = KINDS[job.kind]
        if job.expires_at <= now:
            return Settled(job, "dropped", "late")
        quiet = quiet_until(batch.preferences.get(job.user_id), now)
        if quiet is not None and job.kind not in ALWAYS:
            if quiet >= job.expires_at:
                return Settled(job, "dropped", "quiet")
            return Settled(job, "due", due_at=quiet, spared=True)
        devices = devices_for(job, batch)
        told = told_by(job, batch)
        if not devices or told is None:
            had_it = bool(job.delivered)
            return Settled(job, "sent" if had_it else "dropped", "" if had_it else "nobody")
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
        return await self.courier.carry(device.endpoint, message)


def devices_for(job: PushJob, batch: Batch) -> list[PushSubscription]:
    """The person's proven devices that have not had it; for an activation the one it proves."""
    mine = batch.devices.get(job.user_id, [])
    if job.kind == "activate":
        return [one for one in mine if one.id == job.subscription_id and one.token]
    return [one for one in mine if one.active_at is not None and one.id not in job.delivered]


def told_by(job: PushJob, batch: Batch) -> Told | None:
    """The words of a job."""
    if job.kind in ALWAYS:
        title, body = SPOKEN[job.kind]
        return Told(title, body, f"courtsync.{job.kind}", "/settings/notifications")
    return batch.speakers[job.event_id].about(job)


def payload_of(job: PushJob, told: Told, device: PushSubscription) -> dict[str, Any]:
    """What the service worker gets. ``silent``: it replaces without a buzz."""
    payload = plain_payload(told, MOVED_FROM.get(job.kind, job.kind))
    if job.kind == "activate":
        payload["token"] = device.token
    if job.kind in MOVED_FROM:
        payload["silent"] = True
    return payload


def settled_by(
    job: PushJob, devices: list[PushSubscription], answers: list[Answer], now: int
) -> Settled:
    """All answers together: tried again where one device may still get it in time."""
    fates = [(one.id, answer.fate) for one, answer in zip(devices, answers, strict=True)]
    taken = [id_ for id_, fate in fates if fate is Fate.TAKEN]
    gone = [id_ for id_, fate in fates if fate is Fate.GONE]
    again = [answer for answer in answers if answer.fate in (Fate.AGAIN, Fate.REFUSED)]
    if again:
        backoff = min(FIRST_RETRY * 2 ** min(job.attempts - 1, 10), LONGEST_RETRY)
        wait = max(backoff, round(1000 * min(answer.wait for answer in again)))
        return Settled(job, "due", due_at=now + wait, taken_by=taken, gone=gone)
    if taken or job.delivered:
        return Settled(job, "sent", taken_by=taken, gone=gone)
    return Settled(job, "dropped", why_nothing(answers), gone=gone)


def why_nothing(answers: list[Answer]) -> str:
    fates = {answer.fate for answer in answers}
    if Fate.TOO_LARGE in fates:
        return Fate.TOO_LARGE.value
    return "refused" if Fate.UNWANTED in fates else "nobody"
