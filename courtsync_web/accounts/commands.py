"""What whoever runs the server does for people: accounts, reset links, events handed over."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from courtsync_web.accounts.actions import create_user, find_user
from courtsync_web.accounts.people import ROLES
from courtsync_web.accounts.recovery import BY_HAND, link_path, new_link
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.events.models import Event
from courtsync_web.migrate import prepare
from courtsync_web.settings import Settings

Answer = TypeVar("Answer")


@click.command("create-user")
@click.option("--email", required=True, help="What they sign in with.")
@click.option("--password", required=True, help="8 to 256 characters.")
@click.option("--role", type=click.Choice(ROLES), default=ROLES[0], show_default=True)
@click.option("--name", help="How others see them; without one, a name is made up.")
def create_user_command(email: str, password: str, role: str, name: str | None) -> None:
    """Make an account, in any role; an organizer can only be made here."""

    async def make(db: Database) -> str:
        user = await create_user(db, email=email, password=password, role=role, name=name)
        return user.display_name

    try:
        click.echo(f"created {role} {on_database(make)}")
    except Problem as problem:
        why = " ".join(error.detail for error in problem.errors) or problem.detail
        raise click.ClickException(why) from None


@click.command("reset-link")
@click.option("--email", required=True, help="Whose password was forgotten.")
def reset_link_command(email: str) -> None:
    """Print a link that sets a new password, once, within a day. Hand it to its owner only."""
    secret = on_database(lambda db: new_link(db, email, good_for=BY_HAND))
    if secret is None:
        raise click.ClickException("There is no account with this e-mail address.")
    base = Settings().public_url or "http://127.0.0.1:8000"
    click.echo(base.rstrip("/") + link_path(secret))


@click.command("hand-over")
@click.argument("event_id")
@click.option("--to", "email", required=True, help="The account that becomes its organizer.")
def hand_over_command(event_id: str, email: str) -> None:
    """Make somebody else the organizer of an event."""
    click.echo(on_database(lambda db: hand_over(db, event_id, email)))


async def hand_over(db: Database, event_id: str, email: str) -> str:
    """The event's owner becomes the account with this address. What was done, in words."""
    user = await find_user(db, email)
    if user is None:
        raise click.ClickException("There is no account with this e-mail address.")
    if user.role != "organizer":
        raise click.ClickException("This account is no organizer's (see `create-user --role`).")
    async with db.write() as tx:
        event = await tx.session.get(Event, event_id)
        if event is None:
            raise click.ClickException("There is no event with this id.")
        event.owner_id = user.id
        tx.session.add(event)
        return f"{event.name} is now organized by {user.display_name}"


def on_database(work: Callable[[Database], Awaitable[Answer]]) -> Answer:
    """Do ``work`` on the database of the settings; its schema is brought up to date, or told."""
    url = Settings().effective_database_url
    prepare(url)

    async def done() -> Answer:
        db = Database(url)
        try:
            return await work(db)
        finally:
            await db.close()

    return asyncio.run(done())
