"""A private PostgreSQL cluster for one test run: on a Unix socket, never durable, gone afterwards.

PostgreSQL refuses to run as root, so a run as root gives it to an unprivileged account.
"""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import asyncpg

UNPRIVILEGED = ("postgres", "nobody")
TEMPLATE = "courtsync_migrated"
NEVER_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class NoPostgres(Exception):
    """PostgreSQL cannot be had here; the text says why."""


EMPTIED = """
DO $$
DECLARE one text;
BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET session_replication_role = replica;  -- in any order, whatever refers to what
    FOR one IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', one);
    END LOOP;
    FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', one);
    END LOOP;
END $$
"""


class Cluster:
    """A running cluster. ``fresh()`` hands out an empty, migrated database.

    To copy one takes a tenth of a second and more, to empty one a third of that: what a test
    gives back, the next one gets.
    """

    def __init__(
        self, folder: Path, programs: Path, account: str | None, *, durable: bool = False
    ) -> None:
        self._durable = durable
        self.folder = folder
        self._programs = programs
        self._account = account
        self._count = 0
        self._given_back: list[str] = []

    def url(self, database: str) -> str:
        """Address of one of its databases."""
        return f"postgresql://courtsync@/{database}?host={self.folder}"

    def start(self) -> None:
        """Make the files, start the server, and return when it takes connections."""
        self._run(
            "initdb", "--pgdata", self.folder / "data", "--username=courtsync", "--auth=trust",
            "--encoding=UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        self.start_again()

    def start_again(self) -> None:
        """After :meth:`crash`, on what it had written."""
        data, log = self.folder / "data", self.folder / "log"
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}"]
        settings += () if self._durable else NEVER_DURABLE
        options = " ".join(f"-c {setting}" for setting in [*settings, "max_connections=200"])
        self._run("pg_ctl", "start", "--wait", "--pgdata", data, "--log", log, "--options", options)

    def crash(self) -> None:
        """End the server at once, as if killed: it has to recover at the next start."""
        self._run("pg_ctl", "stop", "--wait", "--mode=immediate", "--pgdata", self.folder / "data")

    def stop(self) -> None:
        """End the server at once and remove its files."""
        self.crash()
        shutil.rmtree(self.folder)

    def prepare(self, migrate: Callable[[str], None]) -> None:
        """Migrate the template that every test's database is copied from."""
        asyncio.run(self._admin(f'CREATE DATABASE "{TEMPLATE}"'))
        migrate(self.url(TEMPLATE))

    async def fresh(self, *, migrated: bool = True) -> str:
        """URL of a database in which nothing is."""
        if migrated and self._given_back:
            return self._given_back.pop()
        self._count += 1
        name = f"test_{self._count}"
        await self._admin(
            f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE if migrated else "template0"}"'
        )
        return self.url(name)

    async def give_back(self, url: str) -> None:
        """A migrated database that a test is done with, whoever is still connected to it."""
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(EMPTIED)
        finally:
            await connection.close()
        self._given_back.append(url)

    async def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        name = url.partition("@/")[2].partition("?")[0]
        await self._admin(f'DROP DATABASE "{name}" WITH (FORCE)')

    async def _admin(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _run(self, program: str, *arguments: str | Path) -> None:
        said = self.folder / "said"
        with said.open("a") as output:  # a pipe would stay open in the server and never end
            done = subprocess.run(
                [self._programs / program, *arguments],
                user=self._account,
                group=pwd.getpwnam(self._account).pw_gid if self._account else None,
                extra_groups=[] if self._account else None,
                cwd=self.folder,
                env=os.environ | {"HOME": str(self.folder), "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode:
            raise NoPostgres(f"{program} failed: {said.read_text()[-400:]}")


def start_cluster(*, durable: bool = False) -> Cluster:
    """A running cluster, or :class:`NoPostgres`."""
    programs, account = server_programs(), unprivileged_account()
    folder = Path(tempfile.mkdtemp(prefix="courtsync-pg-"))
    if account:
        shutil.chown(folder, account)
    cluster = Cluster(folder, programs, account, durable=durable)
    try:
        cluster.start()
    except BaseException:
        shutil.rmtree(folder)
        raise
    return cluster


def server_programs() -> Path:
    """Folder of initdb and pg_ctl: on the path, or where Debian keeps its versions."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    by_version = sorted(versions, key=lambda folder: int(folder.parent.name), reverse=True)
    found = shutil.which("initdb")
    for folder in [*([Path(found).parent] if found else []), *by_version]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoPostgres("PostgreSQL's server programs are not installed")


def unprivileged_account() -> str | None:
    """The account PostgreSQL shall run as; none: the one running the tests."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in UNPRIVILEGED:
        if name in known:
            return name
    raise NoPostgres("there is no unprivileged account to run PostgreSQL as")
