"""``courtsync create-user``: how organizers come to be."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from courtsync_web.accounts.actions import find_user
from courtsync_web.accounts.commands import create_user_command
from courtsync_web.accounts.models import User
from courtsync_web.db import Database


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


def test_an_unknown_role_is_bad_usage() -> None:
    assert create("--email", "jo@example.org", "--password", "x", "--role", "king").exit_code == 2
