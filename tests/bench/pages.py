"""The server's time for the event page of one day, against the number of that day's matches."""

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any, cast

import httpx

from courtsync_web.app import create_app
from courtsync_web.settings import Settings
from tests.bench.events import import_file, make_owner, write_event
from tests.bench.figures import milliseconds_since, spread, table
from tests.servers.app import start_server

SIZES = (100, 200, 400, 800)
WARMING, RUNS = 3, 30
AS_A_BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Accept": "text/html"}


def measure() -> None:
    """In process (the app alone) and over HTTP (the real server), compressed as for a browser."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_owner(folder)
        for size in SIZES:
            import_file(folder, write_event(folder, f"day{size}", matches=size, days=1, courts=200))
        inside = asyncio.run(in_process(folder))
        outside = over_http(folder)
    table(
        f"Event page of one day, ms, median of {RUNS} (lowest to highest)",
        ("matches that day", "in process", "over HTTP", "compressed bytes"),
        [
            (size, spread(inside[size]), spread(outside[size][0]), outside[size][1])
            for size in SIZES
        ],
    )


async def in_process(data_dir: Path) -> dict[int, list[float]]:
    """The app called without a socket."""
    app = create_app(Settings(_env_file=None, data_dir=data_dir, limits="off"))
    transport = httpx.ASGITransport(app=cast(Any, app))
    times: dict[int, list[float]] = {}
    async with (
        app.lifespan(),
        httpx.AsyncClient(transport=transport, base_url="http://bench", headers=AS_A_BROWSER) as us,
    ):
        for size in SIZES:
            taken = []
            for _ in range(WARMING + RUNS):
                started = time.perf_counter()
                answer = await us.get(f"/events/day{size}")
                taken.append(milliseconds_since(started))
                answer.raise_for_status()
            times[size] = taken[WARMING:]
    return times


def over_http(data_dir: Path) -> dict[int, tuple[list[float], int]]:
    """One caller on one connection, the whole answer read."""
    server = start_server(data_dir, cwd=data_dir, environment={"COURTSYNC_LIMITS": "off"})
    times: dict[int, tuple[list[float], int]] = {}
    try:
        with httpx.Client(base_url=server.url, headers=AS_A_BROWSER) as us:
            for size in SIZES:
                taken = []
                for _ in range(WARMING + RUNS):
                    started = time.perf_counter()
                    answer = us.get(f"/events/day{size}")
                    taken.append(milliseconds_since(started))
                    answer.raise_for_status()
                times[size] = taken[WARMING:], answer.num_bytes_downloaded
    finally:
        server.stop()
    return times
