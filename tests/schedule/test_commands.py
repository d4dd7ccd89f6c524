"""``courtsync import``, ``import-aes`` and ``export``, as typed."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from courtsync_web.cli import courtsync
from tests.aes_world import Answers, write_answers
from tests.schedule.aes_server import AesServer, Reply, aes_server
from tests.schedule.conftest import KEY
from tests.schedule.test_document import small

RECORDED = Path(__file__).parents[3] / "shared" / "aes-41831-14s-girls"
EMAIL = "owner@example.org"
OTHER = "other@example.org"


class Shell:
    """A shell whose data is this test's own. It runs the command in this process."""

    def __init__(self, data: Path) -> None:
        self.environment: dict[str, str | None] = {
            name: None for name in os.environ if name.startswith("COURTSYNC_")
        }
        self.environment["COURTSYNC_DATA_DIR"] = str(data)

    def run(self, *words: str, code: int = 0) -> Result:
        done = CliRunner(env=self.environment).invoke(courtsync, words, prog_name="courtsync")
        assert done.exit_code == code, (done.stderr, done.exception)
        return done


@pytest.fixture
def shell(tmp_path: Path, sqlite_template: Path) -> Shell:
    """With an organizer in its database."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copyfile(sqlite_template, data / "courtsync.db")
    with sqlite3.connect(data / "courtsync.db") as connection:
        for email in (EMAIL, OTHER):
            connection.execute(
                "INSERT INTO person (id, email, display_name, role, created_at) "
                "VALUES (?, ?, 'Somebody', 'organizer', 0)",
                (email.ljust(32, "0"), email),
            )
    return Shell(data)


@pytest.fixture
def directory(tmp_path: Path, answers: Answers) -> str:
    return str(write_answers(tmp_path / "recorded", answers))


def test_importing_a_recording_prints_its_counts_and_can_be_repeated(
    shell: Shell, directory: str
) -> None:
    command = ("import-aes", KEY, "--from", directory, "--owner", EMAIL)
    first = shell.run(*command)
    again = shell.run(*command)
    assert first.stdout.startswith("matches=")
    assert first.stdout.count("\n") == 1
    assert again.stdout == first.stdout
    exported = json.loads(shell.run("export", KEY).stdout)
    counts = f"matches={len(exported['matches'])} teams={len(exported['teams'])} "
    assert first.stdout.startswith(counts)


def test_the_zone_is_said_on_stderr_unless_it_is_given(shell: Shell, directory: str) -> None:
    command = ("import-aes", KEY, "--from", directory, "--owner", EMAIL)
    assert "no time zone" in shell.run(*command).stderr
    assert "no time zone" not in shell.run(*command).stderr
    given = shell.run(*command, "--timezone", "America/New_York")
    assert "no time zone" not in given.stderr
    assert json.loads(shell.run("export", KEY).stdout)["timezone"] == "America/New_York"


def test_importing_live_uses_the_configured_host(shell: Shell) -> None:
    with aes_server() as aes:
        aes.otherwise = lambda _: Reply(200, b"<!doctype html>")
        shell.environment["COURTSYNC_AES_BASE_URL"] = aes.url
        done = shell.run("import-aes", KEY, "--owner", EMAIL, code=1)
        assert aes.asked
    assert "web page" in done.stderr


@pytest.fixture
def refusing() -> Iterator[AesServer]:
    with aes_server() as aes:
        aes.otherwise = lambda _: Reply(403)
        yield aes


def test_a_refusal_is_one_clear_failure(shell: Shell, refusing: AesServer) -> None:
    shell.environment["COURTSYNC_AES_BASE_URL"] = refusing.url
    done = shell.run("import-aes", KEY, "--owner", EMAIL, code=1)
    assert "403" in done.stderr
    assert done.stdout == ""
    assert "no event" in shell.run("export", KEY, code=1).stderr


def test_importing_a_document_a_table_and_its_own_exports(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "lakeside.json"
    file.write_text(json.dumps(small()), "utf-8")
    summary = "matches=1 teams=2 courts=1 sets=2\n"
    assert shell.run("import", str(file), "--owner", EMAIL).stdout == summary
    file.write_text(shell.run("export", "lakeside").stdout, "utf-8")
    assert shell.run("import", str(file), "--owner", EMAIL).stdout == summary
    table = tmp_path / "lakeside.csv"
    table.write_text(shell.run("export", "lakeside", "--format", "csv").stdout, "utf-8")
    assert shell.run("import", str(table), "--owner", EMAIL).stdout == summary
    assert "BEGIN:VCALENDAR" in shell.run("export", "lakeside", "--format", "ics").stdout


def test_a_preview_imports_nothing(shell: Shell, directory: str) -> None:
    command = ("import-aes", KEY, "--from", directory, "--owner", EMAIL)
    said = json.loads(shell.run(*command, "--preview").stdout)
    assert said["isNew"]
    assert said["added"]["matches"]
    assert "no event" in shell.run("export", KEY, code=1).stderr


def test_a_bad_table_names_every_row_and_imports_nothing(shell: Shell, tmp_path: Path) -> None:
    table = tmp_path / "winter.csv"
    table.write_text("team 1,team 2,date,start\nA,B,2026-01-31,25:00\nC,D,someday,8:00\n", "utf-8")
    done = shell.run("import", str(table), "--owner", EMAIL, code=1)
    assert 'line 2, column "start"' in done.stderr
    assert 'line 3, column "date"' in done.stderr
    assert "no event" in shell.run("export", "winter", code=1).stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("import-aes", "two words", "--owner", EMAIL), 2, "names no AES event"),
        (("import-aes", KEY), 2, "--owner"),
        (("import-aes", KEY, "--owner", EMAIL, "--timezone", "Mars"), 2, "time zone"),
        (("import-aes", KEY, "--owner", EMAIL, "--from", "/nowhere"), 2, "/nowhere"),
        (("import", "/nowhere.csv", "--owner", EMAIL), 2, "/nowhere.csv"),
        (("export", "nowhere"), 1, "no event"),
        (("export", "nowhere", "--format", "pdf"), 2, "pdf"),
    ],
)
def test_what_goes_wrong_is_said_in_one_line(
    shell: Shell, words: tuple[str, ...], code: int, said: str
) -> None:
    done = shell.run(*words, code=code)
    assert said in done.stderr
    assert done.stdout == ""


def test_an_owner_without_an_account_is_told_how_to_get_one(shell: Shell, directory: str) -> None:
    done = shell.run("import-aes", KEY, "--from", directory, "--owner", "x@example.org", code=1)
    assert "courtsync create-user" in done.stderr


def test_another_organizers_event_is_refused(shell: Shell, directory: str) -> None:
    shell.run("import-aes", KEY, "--from", directory, "--owner", EMAIL)
    done = shell.run("import-aes", KEY, "--from", directory, "--owner", OTHER, code=1)
    assert "another organizer" in done.stderr


@pytest.mark.skipif(not RECORDED.is_dir(), reason="no recorded event lies beside the repository")
def test_the_recorded_event(shell: Shell) -> None:
    done = shell.run("import-aes", "41831", "--from", str(RECORDED), "--owner", EMAIL)
    assert done.stdout == "matches=240 teams=48 courts=16 sets=548\n"
    exported = json.loads(shell.run("export", "PTAwMDAwNDE4MzE90").stdout)
    days = {match["start"][:10] for match in exported["matches"]}
    assert days == {"2026-01-31", "2026-02-01", "2026-02-22"}
