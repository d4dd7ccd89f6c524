"""Acknowledged score updates a second: many scorers, one server, the disk beneath."""

import asyncio
import os
import sqlite3
import tempfile
import time
from pathlib import Path

import httpx

from tests.bench.calls import Caller, score_body, sync_body
from tests.bench.events import import_file, make_owner, write_event
from tests.bench.figures import milliseconds_since, percentile, table
from tests.servers.app import Server, start_server

EVENT = "writes"
SCORERS = 200
SINGLES, BATCHES = 30, 4
"""Calls of each scorer, after one to warm up."""
PER_BATCH = 50
A_SECOND, SECONDS = 1100, 15
"""The steady pace: so many calls a second by all scorers together."""
ROWS = 2000


def measure() -> None:
    """One server on SQLite (``synchronous=FULL``), 200 scorers who wait for each answer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_owner(folder)
        import_file(folder, write_event(folder, EVENT, matches=SCORERS * 2, days=1, courts=200))
        server = start_server(folder, cwd=folder, environment={"COURTSYNC_LIMITS": "off"})
        try:
            rows = asyncio.run(all_rows(server))
        finally:
            server.stop()
        rows.append(("this disk: SQLite commits of one row, one by one",
                     f"{raw_commits(folder):.0f}", "", "", ""))  # fmt: skip
    table(
        f"Acknowledged score updates, {SCORERS} scorers at once",
        ("what", "updates per second", "median ms", "99 % ms", "server CPU ms per update"),
        rows,
    )


async def all_rows(server: Server) -> list[tuple[str, ...]]:
    callers = await signed_in(server.url)
    rows = [
        await row("single calls", server, callers, SINGLES, 1),
        await steady(server, callers),
        await row(f"/api/sync, {PER_BATCH} a batch", server, callers, BATCHES, PER_BATCH),
    ]
    for caller in callers:
        caller.close()
    return rows


async def signed_in(url: str) -> list[Caller]:
    """Scorers, each with the claim of a match of their own."""
    limits = httpx.Limits(max_connections=8)
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=60) as http:
        listed = (await http.get(f"/api/events/{EVENT}/matches")).raise_for_status().json()
        playable = [one["matchId"] for one in listed if one["team1Id"]][:SCORERS]

        async def one(match_id: int) -> tuple[int, str]:
            guest = await http.post("/api/auth/guest", json={"displayName": "Bench"})
            token = guest.raise_for_status().json()["token"]
            claim = await http.post(
                f"/api/events/{EVENT}/claims/{match_id}",
                json={},
                headers={"Authorization": f"Bearer {token}"},
            )
            claim.raise_for_status()
            return match_id, token

        signed = await asyncio.gather(*(one(match_id) for match_id in playable))
    return [await Caller.connected(url, token, EVENT, match_id) for match_id, token in signed]


async def row(
    what: str, server: Server, callers: list[Caller], calls: int, updates: int
) -> tuple[str, ...]:
    """Everybody makes so many calls, one after another."""
    times: list[float] = []

    async def play(caller: Caller) -> None:
        for _ in range(calls):
            body = score_body(caller) if updates == 1 else sync_body(caller, updates)
            began = time.perf_counter()
            await caller.post(body, batch=updates > 1)
            times.append(milliseconds_since(began))

    spent = Spent(server)
    await asyncio.gather(*map(play, callers))
    return what, *spent.on(times, updates)


async def steady(server: Server, callers: list[Caller]) -> tuple[str, ...]:
    """Everybody at the same even pace, each in their turn; a call's time counts from when it was
    due, so that a slow answer does not hide the wait of the calls behind it."""
    times: list[float] = []
    every = len(callers) / A_SECOND
    start = time.perf_counter() + every

    async def play(place: int, caller: Caller) -> None:
        for turn in range(SECONDS * A_SECOND // len(callers)):
            due = start + (turn + place / len(callers)) * every
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            await caller.post(score_body(caller), batch=False)
            times.append(milliseconds_since(due))

    spent = Spent(server)
    await asyncio.gather(*(play(*one) for one in enumerate(callers)))
    return f"single calls, {A_SECOND} a second asked for", *spent.on(times, 1)


class Spent:
    """What calls cost, from now on."""

    def __init__(self, server: Server) -> None:
        self.pid = server.process.pid
        self.cpu, self.began = cpu_seconds(self.pid), time.perf_counter()

    def on(self, times: list[float], updates: int) -> tuple[str, ...]:
        """The columns of the table for so many calls of so many updates each."""
        seconds, made = time.perf_counter() - self.began, len(times) * updates
        cpu = (cpu_seconds(self.pid) - self.cpu) * 1000 / made
        waits = [f"{percentile(times, share):.0f}" for share in (0.5, 0.99)]
        return f"{made / seconds:.0f}", *waits, f"{cpu:.2f}"


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def raw_commits(folder: Path) -> float:
    """How many durable commits a second this disk gives to anybody."""
    with sqlite3.connect(folder / "raw.db", isolation_level=None) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, text TEXT)")
        began = time.perf_counter()
        for _ in range(ROWS):
            raw.execute("INSERT INTO one (text) VALUES (?)", ("x" * 200,))
        return ROWS / (time.perf_counter() - began)
