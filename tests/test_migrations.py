"""The schema's versions on both databases: up, down, up again, and equal to the models."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from courtsync_web.db import with_async_driver
from courtsync_web.migrate import alembic_config, is_current, migrate
from courtsync_web.tables import metadata
from tests.conftest import BOTH

Answer = TypeVar("Answer")

A_PERSON = (
    "INSERT INTO person (id, display_name, role, created_at) VALUES ('p1', 'Robin', 'media', 1)"
)
AN_EVENT = (
    "INSERT INTO event (id, name, timezone, location, start_date, end_date, visibility,"
    " scoring_policy, owner_id, source, seq, schedule_seq, created_at, updated_at)"
    " VALUES ('cup', 'Cup', 'UTC', '', '2026-01-31', '2026-02-01', 'public',"
    " 'open', 'p1', 'json', 9007199254740993, 0, 1, 1)"
)


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'empty.db'}"
        return
    cluster = request.getfixturevalue("postgres")
    url: str = asyncio.run(cluster.fresh(migrated=False))
    yield url
    asyncio.run(cluster.drop(url))


def test_up_makes_what_the_models_say(empty_url: str) -> None:
    migrate(empty_url)
    assert asyncio.run(is_current(empty_url))
    assert on(empty_url, differences) == []


def test_down_leaves_nothing_and_up_works_again(empty_url: str) -> None:
    migrate(empty_url)
    on(empty_url, filled)
    command.downgrade(alembic_config(empty_url), "base")
    assert on(empty_url, tables) == {"alembic_version"}
    assert not asyncio.run(is_current(empty_url))

    migrate(empty_url)
    assert on(empty_url, tables) == set(metadata.tables) | {"alembic_version"}


def test_once_more_changes_nothing(empty_url: str) -> None:
    migrate(empty_url)
    on(empty_url, filled)
    migrate(empty_url)
    assert on(empty_url, seq_of_cup) == 2**53 + 1, "a 64-bit number came back whole"


def differences(connection: Connection) -> list[Any]:
    """What alembic would still change to reach the models."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found: list[Any] = compare_metadata(context, metadata)
    return found


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def filled(connection: Connection) -> None:
    """Rows that refer to each other, so that going down has something to trip over."""
    connection.execute(text(A_PERSON))
    connection.execute(text(AN_EVENT))


def seq_of_cup(connection: Connection) -> Any:
    return connection.execute(text("SELECT seq FROM event WHERE id = 'cup'")).scalar_one()


def on(url: str, work: Callable[[Connection], Answer]) -> Answer:
    """Do something on one connection, and commit."""

    async def connected() -> Answer:
        engine = create_async_engine(with_async_driver(url), poolclass=NullPool)
        async with engine.begin() as connection:
            answer = await connection.run_sync(work)
        await engine.dispose()
        return answer

    return asyncio.run(connected())
