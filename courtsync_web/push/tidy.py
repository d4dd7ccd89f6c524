"""What nobody needs any more: old jobs and removals, and devices that were signed out."""

from sqlalchemy import delete
from sqlmodel import col

from courtsync_web.db import Database
from courtsync_web.push.models import PushJob, PushRemoval, PushSubscription
from courtsync_web.push.subscriptions import signed_in

KEPT_FOR = 14 * 86_400_000
"""Milliseconds for which a person can look up what was sent: two tournament weekends."""
REMOVED_FOR = 365 * 86_400_000
"""Milliseconds for which a removed browser stays away: a lost phone may lie for a season."""


async def tidy(db: Database, now: int) -> None:
    """Forget jobs older than anybody looks up, and devices whose sign-in has ended.

    Removals are forgotten once no browser is likely to offer itself any more.
    """
    removed = delete(PushRemoval).where(col(PushRemoval.removed_at) < now - REMOVED_FOR)
    async with db.write() as tx:
        await tx.session.exec(removed)
        await tx.session.exec(delete(PushJob).where(col(PushJob.created_at) < now - KEPT_FOR))
        await tx.session.exec(delete(PushSubscription).where(~signed_in()))
