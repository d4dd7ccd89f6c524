"""My devices: every sign-in that is still good, what it calls itself, when it was last used."""

import re

from sqlalchemy import update
from sqlmodel import col, select

from courtsync_web.accounts.models import Session
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.sessions import DAY_MS, IDLE_DAYS, end_sessions
from courtsync_web.db import Database
from courtsync_web.errors import not_found

HOUR = 3_600_000

BROWSERS = (  # the first that fits: Edge and Opera also say Chrome, Chrome also says Safari
    ("Edge", r"Edg(?:e|A|iOS)?/"), ("Opera", r"OPR/"), ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"), ("Chrome", r"Chrome/|CriOS/"), ("Safari", r"Safari/"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", r"iPhone"), ("iPad", r"iPad"), ("Android", r"Android"), ("Windows", r"Windows"),
    ("Mac", r"Macintosh"), ("ChromeOS", r"CrOS"), ("Linux", r"Linux"),
)  # fmt: skip


async def devices_of(db: Database, person: Person, now: int) -> list[Session]:
    """Where a person is signed in: this device first, then the latest used."""
    async with db.read() as session:
        found = await session.exec(
            select(Session)
            .where(
                Session.user_id == person.id,
                col(Session.revoked_at).is_(None),
                col(Session.used_at) >= now - IDLE_DAYS * DAY_MS,
            )
            .order_by(col(Session.used_at).desc(), col(Session.id))
        )
        return sorted(found, key=lambda row: row.id != person.session_id)


async def sign_out_device(db: Database, person: Person, session_id: str, *, now: int) -> None:
    """Sign one of my devices out. Raises 404 where it is not mine, or not signed in."""
    async with db.write() as tx:
        ended = await tx.session.exec(
            update(Session)
            .where(
                col(Session.id) == session_id,
                col(Session.user_id) == person.id,
                col(Session.revoked_at).is_(None),
            )
            .values(revoked_at=now)
        )
    if not ended.rowcount:
        raise not_found("device")


async def sign_out_others(db: Database, person: Person, *, now: int) -> None:
    """Sign me out everywhere else."""
    async with db.write() as tx:
        await end_sessions(tx.session, person.id, but=person.session_id, now=now)


def device_words(agent: str) -> str:
    """``Firefox on Android``: what a person recognises in what a browser calls itself."""
    browser = next((name for name, sign in BROWSERS if re.search(sign, agent)), "")
    system = next((name for name, sign in SYSTEMS if re.search(sign, agent)), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or agent.partition("/")[0].strip()[:40] or "Unknown device"


def used_words(used_at: int, now: int) -> str:
    """How long ago, no finer than it is known: to the hour."""
    hours = max(0, now - used_at) // HOUR
    if hours < 1:
        return "used just now"
    if hours < 48:
        return f"used {hours} hour{'s' if hours > 1 else ''} ago"
    return f"used {hours // 24} days ago"
