"""The schema's versions: bring a database up to date, or tell that it is behind."""

import asyncio
from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from courtsync_web.db import with_async_driver
from courtsync_web.settings import Settings
from courtsync_web.web.places import MIGRATIONS


@click.command("migrate")
def migrate_command() -> None:
    """Bring the database's schema up to date."""
    migrate(Settings().effective_database_url)
    click.echo("The database is up to date.")


def prepare(url: str) -> None:
    """Before a job: migrate an embedded SQLite, insist that a PostgreSQL is up to date.

    Blocking, and it runs its own event loop. Raises :class:`click.ClickException`.
    """
    if url.startswith("sqlite"):
        migrate(url)
    elif not asyncio.run(is_current(url)):
        raise click.ClickException("The database's schema is behind. Run: courtsync migrate")


def migrate(url: str, revision: str = "head") -> None:
    """Bring the schema up to ``revision``; makes the folder of a SQLite file if need be.

    Blocking, and it runs its own event loop: call it before serving, or in a thread.
    """
    if url.startswith("sqlite"):
        Path(url.partition(":///")[2]).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(alembic_config(url), revision)


async def is_current(url: str) -> bool:
    """Does the database have the newest schema?"""
    engine = create_async_engine(with_async_driver(url), poolclass=NullPool)
    head = ScriptDirectory.from_config(alembic_config(url)).get_current_head()

    def revision_of(connection: Connection) -> str | None:
        return MigrationContext.configure(connection).get_current_revision()

    try:
        async with engine.connect() as connection:
            return await connection.run_sync(revision_of) == head
    finally:
        await engine.dispose()


def alembic_config(url: str) -> Config:
    """Alembic's configuration, made from a URL instead of an ``.ini`` file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = with_async_driver(url)
    return config
