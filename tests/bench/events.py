"""Generated events to measure with, and how they get into a database."""

import datetime
import json
from pathlib import Path

from courtsync_web.demo.document import schedule_document
from courtsync_web.demo.tournament import make_tournament
from tests.servers.app import run_command

OWNER = "organizer@example.org"
PASSWORD = "a long enough password"


def write_event(folder: Path, event_id: str, *, matches: int, days: int, courts: int) -> Path:
    """A schedule document of that size in a file, beginning today."""
    tournament = make_tournament(
        7,
        first_day=datetime.date.today(),  # noqa: DTZ011 - whichever day it is here
        days=days,
        courts=courts,
        matches=matches,
        event_id=event_id,
        timezone="UTC",
    )
    path = folder / f"{event_id}.json"
    path.write_text(json.dumps(schedule_document(tournament)))
    return path


def make_owner(data_dir: Path, database_url: str = "") -> None:
    """An organizer, to whom imported events belong."""
    run_command(
        data_dir, "create-user", "--email", OWNER, "--password", PASSWORD, "--role", "organizer",
        database_url=database_url,
    )  # fmt: skip


def import_file(data_dir: Path, path: Path, database_url: str = "") -> str:
    """Import a file through the command, as an organizer does; answers its summary line."""
    return run_command(
        data_dir, "import", str(path), "--owner", OWNER, database_url=database_url
    ).strip()
