"""What every job of the command line shares: database, owner, progress, one clear line."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from courtsync_web.accounts.actions import find_user
from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.live.bus import MemoryBus
from courtsync_web.migrate import is_current, migrate
from courtsync_web.schedule.aes.gather import Say
from courtsync_web.schedule.apply import apply, preview
from courtsync_web.schedule.draft import BadSchedule, Draft
from courtsync_web.schedule.rows import stored_event
from courtsync_web.settings import Settings

T = TypeVar("T")
ERRORS_SHOWN = 50
"""Bad rows printed before the rest is only counted."""


def run(job: Callable[[Database, Settings], Coroutine[Any, Any, T]]) -> T:
    """Run a job on the configured database; what goes wrong becomes one clear line."""
    settings = Settings()
    url = settings.effective_database_url
    if url.startswith("sqlite"):
        migrate(url)

    async def whole() -> T:
        if not url.startswith("sqlite") and not await is_current(url):
            raise click.ClickException("The database's schema is behind. Run: courtsync migrate")
        db = Database(url)
        try:
            return await job(db, settings)
        finally:
            await db.close()

    try:
        return asyncio.run(whole())
    except Problem as problem:
        raise click.ClickException(problem.detail) from None
    except BadSchedule as bad:
        raise click.ClickException(listed(bad)) from None


def listed(bad: BadSchedule) -> str:
    """Every problem on its own line, after a line that counts them."""
    lines = [f"{one.pointer}: {one.detail}" for one in bad.problems]
    more = len(lines) - ERRORS_SHOWN
    shown = [*lines[:ERRORS_SHOWN], *([f"… and {more} more"] if more > 0 else [])]
    return "\n".join([f"nothing was imported, {len(lines)} problems:", *shown])


async def owner_called(db: Database, email: str) -> Person:
    """The account that will own the event."""
    user = await find_user(db, email.strip().lower())
    if user is None:
        raise click.ClickException(
            f"No account has the e-mail {email}. "
            f"Make one: courtsync create-user --email {email} --password … --role organizer"
        )
    if user.role != "organizer":
        note(f"{email} is not an organizer: the event is theirs, but they cannot change it.")
    return Person(user.id, user.display_name, user.role, user.email)


async def known_zone(db: Database, event_id: str) -> str | None:
    """The zone of an event imported before: a later import does not guess again."""
    async with db.read() as session:
        event = await stored_event(await session.connection(), event_id)
    return str(event["timezone"]) if event else None


async def store(db: Database, draft: Draft, owner: Person, *, only_preview: bool) -> None:
    """Apply, say what the source left unsaid on stderr, print the summary line."""
    for line in draft.notes:
        note(line)
    event_id = draft.event.event_id
    if only_preview:
        async with db.read() as session:
            said = await preview(session, draft, event_id=event_id, now=now_ms())
        click.echo(msgspec.json.format(msgspec.json.encode(said), indent=2))
        return
    async with db.write() as tx:
        await apply(tx, MemoryBus(), draft, event_id=event_id, owner=owner, now=now_ms())
    click.echo(draft.summary())


def note(line: str) -> None:
    click.echo(f"note: {line}", err=True)


@contextmanager
def progress(words: str) -> Iterator[Say | None]:
    """A progress bar on stderr, on a terminal only."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, asked: bar.update(task, completed=done, total=asked)
