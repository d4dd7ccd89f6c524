"""``python -m tests.bench.fanout [readers…]``: the live tables of docs/benchmarks.md."""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import astuple, dataclass
from pathlib import Path

import httpx

from tests.bench.fanout.servers import READER_CORE, Measured, running
from tests.bench.figures import machine, table

SERVERS = ("ours-sse", "ours-ws", "nchan-sse", "nchan-ws", "ws", "socketio")
COURTS = 64
PAYLOAD = 200
TURNS, MANY = 3, 100_000
"""Each server is measured so often, all of them in turn, and the medians count; once where so many
updates are delivered at one moment."""
QUIET = 0.5
"""Seconds after the last update in which stragglers may come."""


@dataclass
class Figures:
    """What one run showed."""

    cpu: float
    """Microseconds of the server's processor per update delivered."""
    median: float
    p99: float
    memory: float
    """KB per reader."""
    heard: float
    """Share of what should have come."""


NOBODY = Figures(0, 0, 0, 0, 0)


def update(match_id: int) -> bytes:
    """A document of 200 bytes with its time."""
    head = b'{"eventId":"lakeside","matchId":%d,"at":%d,"pad":"' % (match_id, time.time() * 1e6)
    return head + b"x" * (PAYLOAD - len(head) - 2) + b'"}'


class Readers:
    """The readers' process, on the other core."""

    def __init__(self, server: Measured, protocol: str, count: int, stalled: int = 0) -> None:
        words = [str(server.port), protocol, str(count), str(stalled)]
        program = [sys.executable, "-m", "tests.bench.fanout.readers", *words]
        self.process = subprocess.Popen(
            ["taskset", "-c", str(READER_CORE), *program],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        if self.process.stdout.readline().strip() != "connected":
            raise RuntimeError("the readers could not connect")

    def report(self) -> dict[str, float]:
        """What was heard since the last report."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("report\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        return {"heard": said["heard"], **said["delays"]}

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


async def publish(http: httpx.AsyncClient, port: int, courts: int) -> None:
    """One update on each court, all at one moment."""

    async def one(court: int) -> None:
        answer = await http.post(f"http://127.0.0.1:{port}/publish?{court}", content=update(court))
        answer.raise_for_status()

    await asyncio.gather(*(one(court) for court in range(courts)))


async def rounds(port: int, courts: int, times: int, every: float) -> None:
    # Idle ones are not used again: servers close theirs after some seconds.
    limits = httpx.Limits(max_connections=courts, keepalive_expiry=1.0)
    async with httpx.AsyncClient(limits=limits, timeout=120) as http:
        for _ in range(times):
            started = time.monotonic()
            await publish(http, port, courts)
            await asyncio.sleep(max(0.0, every - (time.monotonic() - started)))
    await asyncio.sleep(QUIET)


def measure(name: str, count: int, courts: int, folder: Path, stalled: int = 0) -> Figures:
    """One server, so many readers, one or 64 courts."""
    times = 60 if courts == 1 else 4
    every = count / 1000 * (0.05 if courts == 1 else 1.6)
    with running(name, folder) as server:
        before = server.memory()
        readers = Readers(server, name, count, stalled)
        try:
            asyncio.run(rounds(server.port, 1, 3, every))  # warm
            memory = (server.memory() - before) / count
            if stalled:  # until those who do not read are full
                asyncio.run(rounds(server.port, COURTS, 12, every))
            readers.report()
            cpu = server.cpu()
            asyncio.run(rounds(server.port, courts, times, every))
            spent = server.cpu() - cpu
            said = readers.report()
        finally:
            readers.end()
    wanted = times * courts * (count - stalled)
    return Figures(
        spent / max(said["heard"], 1) * 1e6,
        said.get("median", 0), said.get("p99", 0), memory, said["heard"] / wanted,
    )  # fmt: skip


def compare(count: int, courts: int) -> dict[str, Figures]:
    """All servers in turn; one that is not to be had is left out, and said so."""
    runs: dict[str, list[Figures]] = {}
    for name in SERVERS * (TURNS if count * courts < MANY else 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                runs.setdefault(name, []).append(measure(name, count, courts, Path(folder)))
            except FileNotFoundError as missing:
                print(f"{name}: left out, {missing} is not here.")
            except (httpx.TransportError, RuntimeError) as error:
                print(f"{name}: failed, {error!r}")
    found = {name: middle(several) for name, several in runs.items() if several}
    what = "one court" if courts == 1 else f"{courts} courts at once"
    columns = ("server", "CPU µs per delivery", "median ms", "p99 ms", "KB per reader", "heard",
               "CPU against nchan SSE", "against Socket.IO", "p99 against Socket.IO")  # fmt: skip
    rows = [(name, *row(one, found)) for name, one in found.items()]
    table(f"{count} readers, {what}, {PAYLOAD}-byte updates", columns, rows)
    return found


def middle(several: list[Figures]) -> Figures:
    """The median of each column by itself."""
    columns = zip(*map(astuple, several), strict=True)
    return Figures(*(statistics.median(column) for column in columns))


def row(one: Figures, found: dict[str, Figures]) -> tuple[str, ...]:
    nchan, socketio = found.get("nchan-sse", NOBODY), found.get("socketio", NOBODY)
    return (
        f"{one.cpu:.1f}", f"{one.median:.1f}", f"{one.p99:.1f}", f"{one.memory:.1f}",
        f"{one.heard:.1%}", ratio(one.cpu, nchan.cpu),
        ratio(one.cpu, socketio.cpu), ratio(one.p99, socketio.p99),
    )  # fmt: skip


def ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.2f}" if theirs else "–"


def stalled(count: int) -> None:
    """What 1 % of readers that stopped reading do to the others."""
    rows = []
    for title, still in (("all read", 0), ("1 % stopped reading", count // 100)):
        with tempfile.TemporaryDirectory() as folder:
            one = measure("ours-sse", count, 1, Path(folder), still)
            rows.append((title, f"{one.median:.1f}", f"{one.p99:.1f}", f"{one.cpu:.1f}"))
    table(f"{count} readers over SSE, some stalled", ("who", "median ms", "p99 ms", "CPU µs"), rows)


def main(counts: list[int]) -> None:
    print(machine(), "Server on one core, readers on the other.")
    for count in counts or [1000, 8000]:
        compare(count, 1)
        compare(count, COURTS)
    stalled((counts or [1000])[0])


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]])
