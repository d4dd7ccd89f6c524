"""``courtsync create-user``."""

import asyncio

import click

from courtsync_web.accounts.actions import create_user
from courtsync_web.accounts.people import ROLES
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.migrate import is_current, migrate
from courtsync_web.settings import Settings


@click.command("create-user")
@click.option("--email", required=True, help="What they sign in with.")
@click.option("--password", required=True, help="8 to 256 characters.")
@click.option("--role", type=click.Choice(ROLES), default=ROLES[0], show_default=True)
@click.option("--name", help="How others see them; without one, a name is made up.")
def create_user_command(email: str, password: str, role: str, name: str | None) -> None:
    """Make an account, in any role; an organizer can only be made here."""
    url = Settings().effective_database_url
    if url.startswith("sqlite"):
        migrate(url)

    async def make() -> str:
        if not await is_current(url):
            raise click.ClickException("The database's schema is behind. Run: courtsync migrate")
        db = Database(url)
        try:
            user = await create_user(db, email=email, password=password, role=role, name=name)
        finally:
            await db.close()
        return user.display_name

    try:
        click.echo(f"created {role} {asyncio.run(make())}")
    except Problem as problem:
        why = " ".join(error.detail for error in problem.errors) or problem.detail
        raise click.ClickException(why) from None
