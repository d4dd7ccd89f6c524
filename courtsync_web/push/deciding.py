"""What becomes of one job: which devices are to have it, in which words, and what their push
services' answers mean for it. It reads and writes no database."""

from typing import Any

from courtsync_web.push.courier import Answer, Fate
from courtsync_web.push.kinds import ALWAYS, MOVED_FROM
from courtsync_web.push.ledger import Settled, key_of
from courtsync_web.push.models import PushJob, PushSubscription
from courtsync_web.push.overtaken import is_overtaken, newest_start
from courtsync_web.push.quiet import quiet_until
from courtsync_web.push.readiness import Batch
from courtsync_web.push.words import Told, plain_payload

SPOKEN = {
    "activate": ("Notifications are on", "This device hears about your teams and matches."),
    "test": ("This is a test", "CourtSync can reach this device."),
}
FIRST_RETRY, LONGEST_RETRY = 5_000, 10 * 60_000
"""Milliseconds before the second attempt; doubled each time."""


def put_off(job: PushJob, batch: Batch, now: int) -> Settled | None:
    """What becomes of a job that is not to be sent now; none: it is."""
    if job.expires_at <= now:
        return ended(job, "late")
    if key_of(job) in batch.unwanted:
        return ended(job, "unwanted")
    if is_overtaken(job, batch.sayings):
        return ended(job, "replaced")
    quiet = quiet_until(batch.preferences.get(job.user_id), now)
    if quiet is None or job.kind in ALWAYS:
        return None
    if quiet >= job.expires_at:
        return ended(job, "quiet")
    return Settled(job, "due", due_at=quiet, spared=True)


def ended(job: PushJob, why: str) -> Settled:
    """No more attempts: sent if any device has had it."""
    return Settled(job, "sent") if job.delivered else Settled(job, "dropped", why)


def devices_for(job: PushJob, batch: Batch, key_id: str) -> list[PushSubscription]:
    """The person's proven devices that have not had it; for an activation the one it proves.

    A browser that was given another key of ours takes nothing that is signed with this one:
    where a key was lost, they are passed over until they subscribe anew.
    """
    mine = [one for one in batch.devices.get(job.user_id, []) if one.key_id == key_id]
    if job.kind == "activate":
        return [one for one in mine if one.id == job.subscription_id and one.token]
    return [one for one in mine if one.active_at is not None and one.id not in job.delivered]


def told_by(job: PushJob, batch: Batch) -> Told | None:
    """The words of a job; a reminder says the newest start that is known."""
    if job.kind in ALWAYS:
        title, body = SPOKEN[job.kind]
        return Told(title, body, f"courtsync.{job.kind}", "/settings/notifications")
    start = newest_start(job, batch.sayings)
    if start is not None:
        job.facts = job.facts | {"expected": start}
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
    crowded = [answer for answer in answers if answer.fate is Fate.CROWDED]
    if crowded and not again:
        wait = round(1000 * crowded[0].wait)
        return Settled(job, "due", due_at=now + wait, taken_by=taken, gone=gone, spared=True)
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
