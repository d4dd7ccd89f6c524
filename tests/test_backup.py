"""A backup made while scores are written holds one moment, and a server lives on from it."""

import asyncio
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from courtsync_web.backup import back_up
from courtsync_web.db import Database
from courtsync_web.live.bus import MemoryBus
from courtsync_web.scoring.actions import record_updates
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.queries import history_of, score_of
from tests.scoring.test_record_updates import update as points
from tests.servers.app import run_command
from tests.servers.postgres import Cluster, server_programs
from tests.world import EVENT, FIRST, SAM, build_world


async def standing(db: Database) -> tuple[int, int]:
    """The match's revision, and how much of its history there is."""
    async with db.read() as session:
        score = await score_of(session, EVENT, FIRST)
        history = await history_of(session, EVENT, FIRST, limit=1, offset=0)
    assert score is not None
    return score.revision, history.total


async def test_a_backup_during_writes_is_one_moment_and_can_be_lived_on(
    sqlite_url: str, tmp_path: Path
) -> None:
    db, bus = Database(sqlite_url), MemoryBus()
    await build_world(db)
    await Claims(db, bus).claim(EVENT, FIRST, SAM)
    over = asyncio.Event()

    async def play() -> int:
        made = 0
        while not over.is_set() or made < 3:
            await record_updates(db, bus, SAM, EVENT, [points((made % 24 + 1, 0))])
            made += 1
        return made

    playing = asyncio.create_task(play())
    copy = tmp_path / "copy.db"
    source = Path(sqlite_url.partition(":///")[2])
    await record_updates(db, bus, SAM, EVENT, [points((1, 0))])
    await asyncio.to_thread(back_up, source, copy)
    over.set()
    made = await playing
    await db.close()

    restored = Database(f"sqlite:///{copy}")
    revision, kept = await standing(restored)
    assert 1 <= revision == kept <= made + 1
    await record_updates(restored, bus, SAM, EVENT, [points((20, 0))])
    assert await standing(restored) == (revision + 1, kept + 1)
    await restored.close()


def test_the_command_makes_a_private_file_and_replaces_nothing(
    sqlite_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    said = run_command(tmp_path / "data", "backup", str(copy), database_url=sqlite_url)
    assert "pages=" in said
    assert copy.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(copy) as restored:
        assert restored.execute("SELECT count(*) FROM event").fetchone() == (0,)
    with pytest.raises(AssertionError, match="exists already"):
        run_command(tmp_path / "data", "backup", str(copy), database_url=sqlite_url)


async def test_a_dump_of_postgresql_is_restored_as_the_page_says(
    postgres: Cluster, postgres_url: str, tmp_path: Path
) -> None:
    programs = server_programs()
    pg_dump = shutil.which("pg_dump") or str(programs / "pg_dump")
    pg_restore = shutil.which("pg_restore") or str(programs / "pg_restore")
    db, bus = Database(postgres_url), MemoryBus()
    await build_world(db)
    await Claims(db, bus).claim(EVENT, FIRST, SAM)
    await record_updates(db, bus, SAM, EVENT, [points((7, 0))])
    dump = tmp_path / "courtsync.dump"
    empty = await postgres.fresh(migrated=False)
    for command in (
        [pg_dump, "--format=custom", f"--file={dump}", f"--dbname={postgres_url}"],
        [pg_restore, "--no-owner", f"--dbname={empty}", str(dump)],
    ):
        await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True)
    restored = Database(empty)
    assert await standing(restored) == await standing(db)
    await restored.close()
    await db.close()
    await postgres.drop(empty)
