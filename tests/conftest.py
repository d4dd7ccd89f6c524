"""What every test may ask for: a database of either kind, the app, and a real server."""

import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar
from pydantic import SecretStr

from courtsync_web.app import create_app
from courtsync_web.db import Database
from courtsync_web.migrate import migrate
from courtsync_web.settings import Settings
from tests.servers.app import Server, built_assets, start_server
from tests.servers.lifetime import living
from tests.servers.postgres import Cluster, NoPostgres, start_cluster

BOTH = ("sqlite", "postgres")


LONGEST = (
    "tests/test_wheel.py",
    "tests/cluster/",
    "tests/chaos/",
    "tests/push/test_kills.py",
    "tests/test_openapi.py",
    "tests/test_who_may.py",
    "tests/test_serve.py",
    "tests/attacks/test_slow_requests.py",
)
"""Files of few long tests. Two processes share the files: what is long comes first, so that
neither waits for the other in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where a module says ``ONE_LOOP``, its tests share an event loop, and so can share an app."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))
    for item in items:
        if (
            isinstance(item, pytest.Function)
            and getattr(item.module, "ONE_LOOP", False)
            and iscoroutinefunction(item.function)
        ):
            item.add_marker(pytest.mark.asyncio(loop_scope="module"), append=False)


def pytest_collection_finish() -> None:
    """What importing made stays: the garbage collector need not go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """This run's own PostgreSQL; tests that need it are skipped where it cannot be had."""
    try:
        cluster = start_cluster()
    except NoPostgres as error:
        pytest.skip(f"PostgreSQL cannot be had here: {error}")
    try:
        cluster.prepare(migrate)
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """URL of a migrated, empty SQLite database of this test's own."""
    return f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path / 'courtsync.db')}"


@pytest.fixture
async def postgres_url(postgres: Cluster) -> AsyncIterator[str]:
    """URL of a migrated, empty PostgreSQL database of this test's own."""
    url = await postgres.fresh()
    yield url
    await postgres.give_back(url)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of a migrated, empty database; a test that asks for it runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """An open database, once of each kind."""
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture(scope="session", name="built_assets")
def shared_assets() -> Path:
    """Built static files, shared by the apps of all tests: compressing them takes a second."""
    return built_assets()


@pytest.fixture
def settings(
    tmp_path: Path, sqlite_url: str, built_assets: Path, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """The defaults, on a SQLite database in a temporary folder; no variable of ours leaks in.

    Requests are not limited: simulated people are faster than real ones. tests/limits are.
    """
    for name in os.environ:
        if name.startswith("COURTSYNC_"):
            monkeypatch.delenv(name)
    return settings_in(tmp_path, sqlite_url, built_assets)


def settings_in(folder: Path, database_url: str, built_assets: Path) -> Settings:
    (folder / "assets").symlink_to(built_assets)
    return Settings(
        _env_file=None,
        data_dir=folder,
        database_url=database_url,
        limits="off",
        secret_key=SecretStr("the tests' own key, long enough for SHA-256"),
    )


@pytest.fixture(scope="module")
def shared_settings(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, built_assets: Path
) -> Iterator[Settings]:
    """As ``settings``, for a house that all tests of a module visit and none of them changes."""
    folder = tmp_path_factory.mktemp("shared")
    database = shutil.copyfile(sqlite_template, folder / "courtsync.db")
    with pytest.MonkeyPatch.context() as environment:
        for name in os.environ:
            if name.startswith("COURTSYNC_"):
                environment.delenv(name)
        yield settings_in(folder, f"sqlite:///{database}", built_assets)


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[Litestar]:
    """The app, started, in this test's event loop."""
    async with living(create_app(settings)) as application:
        yield application


@pytest.fixture
async def client(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """A caller of the app without a socket. Endless answers (streams) need ``server``."""
    transport = httpx.ASGITransport(app=cast(Any, app))  # two libraries' words for one ASGI
    async with httpx.AsyncClient(transport=transport, base_url="http://courtsync.test") as caller:
        yield caller


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The real server process on an empty data directory; its orderly end is part of the test."""
    running = start_server(tmp_path / "data", cwd=tmp_path)
    yield running
    if running.process.poll() is None:
        running.stop()
