"""``make bench-soak``: ten minutes of a real tournament before ten thousand readers.

``python -m tests.bench.fanout.soak [READERS] [SECONDS]``. Seventy courts, a rally every 20 s on
each, spread as chance spreads them; each minute one line.
"""

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.bench.fanout.__main__ import Readers, update
from tests.bench.fanout.servers import Measured, running
from tests.bench.figures import machine, table

COURTS, RALLY = 70, 20.0
MINUTE = 60.0


async def rallies(port: int, seconds: float) -> int:
    """Post them; how many."""
    until, posted = time.monotonic() + seconds, 0
    async with httpx.AsyncClient(timeout=60) as http:
        while (now := time.monotonic()) < until:
            await asyncio.sleep(min(random.expovariate(COURTS / RALLY), until - now))
            court = random.randrange(COURTS)
            url = f"http://127.0.0.1:{port}/publish?{court}"
            (await http.post(url, content=update(court))).raise_for_status()
            posted += 1
    return posted


def minute(server: Measured, readers: Readers, seconds: float) -> tuple[str, ...]:
    cpu = server.cpu()
    posted = asyncio.run(rallies(server.port, seconds))
    said = readers.report()
    return (
        f"{posted}", f"{said['heard']:.0f}", f"{said.get('median', 0):.0f}",
        f"{said.get('p99', 0):.0f}", f"{said.get('worst', 0):.0f}",
        f"{server.memory() / 1024:.0f}", f"{(server.cpu() - cpu) / seconds:.0%}",
    )  # fmt: skip


def main(count: int, seconds: float) -> None:
    print(machine(), "Server on one core, readers on the other.")
    rows = []
    with tempfile.TemporaryDirectory() as folder, running("ours-sse", Path(folder)) as server:
        readers = Readers(server, "ours-sse", count)
        try:
            readers.report()
            while seconds > 0:
                rows.append(minute(server, readers, min(MINUTE, seconds)))
                print(*rows[-1], flush=True)
                seconds -= MINUTE
        finally:
            readers.end()
    columns = ("updates", "delivered", "median ms", "p99 ms", "worst ms", "server MB", "CPU")
    table(f"{count} readers, {COURTS} courts, each minute", columns, rows)


if __name__ == "__main__":
    asked = [float(one) for one in sys.argv[1:]]
    main(int((asked or [10_000])[0]), (asked[1:] or [600.0])[0])
