"""How long an import takes: the whole command, from its start to its summary line."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from courtsync_web.migrate import migrate
from tests.bench.events import import_file, make_owner, write_event
from tests.bench.figures import milliseconds_since, spread, table
from tests.servers.postgres import NoPostgres, start_cluster

MATCHES, COURTS, RUNS = 1200, 200, 5


def measure() -> None:
    """A new event of 1,200 matches on 200 courts, and the same file once more, on each database."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = write_event(folder, "bench", matches=MATCHES, days=3, courts=COURTS)
        for kind, databases in (("SQLite", sqlite(folder)), ("PostgreSQL", postgres())):
            first: list[float] = []
            again: list[float] = []
            summary = ""
            for number, url in enumerate(databases):
                data_dir = folder / f"{kind}-{number}"
                make_owner(data_dir, url)
                for times in (first, again):
                    started = time.perf_counter()
                    summary = import_file(data_dir, path, url)
                    times.append(milliseconds_since(started))
            if first:
                rows.append((kind, summary, spread(first), spread(again)))
    table(
        f"Import of a generated event, the whole command, ms, median of {RUNS} (lowest to highest)",
        ("database", "event", "new", "the same again"),
        rows,
    )


def sqlite(folder: Path) -> Iterator[str]:
    """A new database for each run."""
    for number in range(RUNS):
        url = f"sqlite:///{folder / f'import-{number}.db'}"
        migrate(url)
        yield url


def postgres() -> Iterator[str]:
    """The same on a cluster of our own, as the tests start it; none where it cannot be had."""
    try:
        cluster = start_cluster()
    except NoPostgres as error:
        print(f"\nPostgreSQL left out: {error}")
        return
    try:
        cluster.prepare(migrate)
        for _ in range(RUNS):
            yield asyncio.run(cluster.fresh())
    finally:
        cluster.stop()
