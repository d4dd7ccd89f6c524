"""The demo's people: one organizer, one photographer, one coach, and their password."""

import secrets
from pathlib import Path

from courtsync_web.accounts import passwords
from courtsync_web.accounts.actions import create_user, find_user
from courtsync_web.accounts.people import Person
from courtsync_web.accounts.sessions import person_of
from courtsync_web.db import Database
from courtsync_web.settings import Settings

PASSWORD_FILE = "demo-password"  # noqa: S105 - a file's name
PEOPLE = {
    "organizer@demo.test": ("organizer", "Olive at the desk"),
    "media@demo.test": ("media", "Milo with the camera"),
    "coach@demo.test": ("coach", "Coach Cleo"),
}


def demo_password(settings: Settings) -> str:
    """The demo people's password: made once for this data directory, readable by its owner.

    Not a constant, because a demo on a public server must not hand its organizer to everyone.
    """
    path: Path = settings.data_dir / PASSWORD_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(f"court-{secrets.token_hex(4)}\n")
    return path.read_text().strip()


async def demo_people(db: Database, password: str) -> dict[str, Person]:
    """The demo's people by e-mail, made if need be; their password is ``password`` again."""
    return {email: await _person(db, email, password) for email in PEOPLE}


async def _person(db: Database, email: str, password: str) -> Person:
    role, name = PEOPLE[email]
    user = await find_user(db, email)
    if user is None:
        return await create_user(db, email=email, password=password, role=role, name=name)
    if not await passwords.fits(password, user.password_hash):
        user.password_hash = await passwords.hashed(password)
        async with db.write() as tx:
            await tx.session.merge(user)
    return person_of(user)
