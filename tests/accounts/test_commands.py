"""``create-user``, ``reset-link``, ``hand-over``: what whoever runs the server does for people."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from courtsync_web.accounts.actions import create_user, find_user
from courtsync_web.accounts.commands import (
    create_user_command,
    hand_over,
    hand_over_command,
    reset_link_command,
)
from courtsync_web.accounts.models import User
from courtsync_web.accounts.recovery import is_good
from courtsync_web.db import Database
from courtsync_web.events.models import Event
from tests.world import EVENT, build_world


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An embedded database that nobody has made yet."""
    url = f"sqlite:///{tmp_path / 'new' / 'courtsync.db'}"
    monkeypatch.setenv("COURTSYNC_DATABASE_URL", url)
    return url


def create(*options: str) -> Result:
    return CliRunner().invoke(create_user_command, options)


def found(url: str, email: str) -> User | None:
    async def look() -> User | None:
        db = Database(url)
        try:
            return await find_user(db, email)
        finally:
            await db.close()

    return asyncio.run(look())


def test_an_organizer_is_made_on_a_fresh_database(database: str) -> None:
    done = create("--email", "Desk@Example.org", "--password", "correct horse",
                  "--role", "organizer", "--name", "The desk")  # fmt: skip
    assert (done.exit_code, done.output) == (0, "created organizer The desk\n")
    user = found(database, "desk@example.org")
    assert user
    assert user.role == "organizer"


@pytest.mark.usefixtures("database")
def test_the_same_address_again_is_one_clear_line() -> None:
    same = ("--email", "jo@example.org", "--password", "correct horse")
    create(*same)
    again = create(*same)
    assert again.exit_code == 1
    assert again.output.startswith("Error: There is an account with this e-mail address")


@pytest.mark.usefixtures("database")
def test_bad_fields_are_named_in_one_line() -> None:
    bad = create("--email", "jo", "--password", "short")
    assert bad.exit_code == 1
    assert "e-mail address" in bad.output
    assert "8 to 256" in bad.output


def made(email: str = "jo@example.org", role: str = "spectator") -> None:
    create("--email", email, "--password", "correct horse", "--role", role, "--name", "Jo")


def test_a_reset_link_is_printed_and_works(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURTSYNC_PUBLIC_URL", "https://scores.example.org/")
    made()
    done = CliRunner().invoke(reset_link_command, ["--email", "Jo@Example.org"])
    assert done.exit_code == 0, done.output
    address, _, secret = done.output.strip().partition("?token=")
    assert address == "https://scores.example.org/reset"

    async def use() -> bool:
        db = Database(database)
        try:
            return await is_good(db, secret)
        finally:
            await db.close()

    assert asyncio.run(use())


@pytest.mark.usefixtures("database")
def test_there_is_no_link_for_nobody() -> None:
    refused = CliRunner().invoke(reset_link_command, ["--email", "nobody@example.org"])
    assert refused.exit_code == 1
    assert "no account" in refused.output


@pytest.mark.usefixtures("database")
def test_an_event_is_handed_over_only_to_an_organizer() -> None:
    made()
    made("desk@example.org", "organizer")
    for options, why in (
        (["cup", "--to", "nobody@example.org"], "no account"),
        (["cup", "--to", "jo@example.org"], "no organizer"),
        (["cup", "--to", "desk@example.org"], "no event"),
    ):
        refused = CliRunner().invoke(hand_over_command, options)
        assert (refused.exit_code, why in refused.output) == (1, True), refused.output


async def test_handing_over_changes_the_owner(db: Database) -> None:
    await build_world(db)
    await create_user(
        db, email="desk@example.org", password="correct horse", role="organizer", name="Desk"
    )
    said = await hand_over(db, EVENT, "desk@example.org")
    assert said == "Lakeside Winter Classic is now organized by Desk"
    async with db.read() as session:
        event = await session.get_one(Event, EVENT)
        owner = await session.get_one(User, str(event.owner_id))
    assert owner.display_name == "Desk"


def test_an_unknown_role_is_bad_usage() -> None:
    assert create("--email", "jo@example.org", "--password", "x", "--role", "king").exit_code == 2
