"""What SQLite does not wait for by itself."""

import sqlite3
from pathlib import Path

import pytest

from courtsync_web import sqlite
from courtsync_web.sqlite import once_free


def opened(path: Path) -> sqlite3.Connection:
    """A connection that fails at once where the file is busy."""
    return sqlite3.connect(path, timeout=0, isolation_level=None)


def test_a_file_that_is_busy_for_a_moment_is_opened_after_it(tmp_path: Path) -> None:
    closing, opening = opened(tmp_path / "a.db"), opened(tmp_path / "a.db")
    closing.execute("BEGIN EXCLUSIVE")
    tries = []

    def work() -> None:
        tries.append(1)
        if len(tries) == 3:
            closing.execute("COMMIT")
        opening.execute("PRAGMA journal_mode=WAL")

    once_free(work)
    assert len(tries) == 3
    closing.close()
    opening.close()


def test_a_file_that_stays_busy_is_an_error_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.02)
    closing, opening = opened(tmp_path / "a.db"), opened(tmp_path / "a.db")
    closing.execute("BEGIN EXCLUSIVE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        once_free(lambda: opening.execute("PRAGMA journal_mode=WAL"))
    closing.close()
    opening.close()


def test_any_other_error_is_not_tried_again(tmp_path: Path) -> None:
    connection = opened(tmp_path / "a.db")
    tries = []

    def work() -> None:
        tries.append(1)
        connection.execute("PRAGMA =")

    with pytest.raises(sqlite3.OperationalError, match="syntax"):
        once_free(work)
    assert len(tries) == 1
    connection.close()
