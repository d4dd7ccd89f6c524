"""A proposal as a photographer waits for it: over HTTP, from a real server."""

import random
import tempfile
import time
from pathlib import Path
from threading import Event, Thread

import httpx

from courtsync_web.coverage.stays import Stay
from tests.bench.events import import_file, make_owner, write_event
from tests.bench.figures import milliseconds_since, percentile, table
from tests.coverage.days import LARGE
from tests.servers.app import start_server

DAYS = 2
ASKED = 30
OTHERS = 400
"""Answers that somebody else waits for."""


def measure() -> None:
    """Each time for other teams; and how long others wait for an answer meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_owner(folder)
        import_file(
            folder,
            write_event(
                folder, "big", matches=DAYS * LARGE.matches, days=DAYS, courts=LARGE.courts
            ),
        )
        server = start_server(folder, cwd=folder, environment={"COURTSYNC_LIMITS": "off"})
        try:
            with httpx.Client(base_url=f"{server.url}/api/events/big") as web:
                rows = [asked(web, stay) for stay in Stay]
                others = [
                    ("nobody plans", *waits(server.url)),
                    ("somebody does", *beside(web, server.url)),
                ]
        finally:
            server.stop()
    table(
        f"A proposal over HTTP: {LARGE.courts} courts, {LARGE.teams} teams",
        ("stay", "proposals", "median", "9 of 10 within", "longest"),
        rows,
    )
    table("An event's document meanwhile", ("", "median", "95 of 100 within", "longest"), others)


def waits(url: str) -> tuple[str, str, str]:
    """How long somebody else waits for a page of the house."""
    taken = []
    with httpx.Client(base_url=url) as web:
        for _ in range(OTHERS):
            started = time.perf_counter()
            web.get("/api/events/big").raise_for_status()
            taken.append(milliseconds_since(started))
    return tuple(f"{percentile(taken, share):.1f} ms" for share in (0.5, 0.95, 1))  # type: ignore[return-value]  # three of them


def beside(web: httpx.Client, url: str) -> tuple[str, str, str]:
    """While one proposal after another is asked for."""
    done = Event()

    def plan() -> None:
        while not done.is_set():
            asked(web, Stay.SET, times=1)

    thread = Thread(target=plan)
    thread.start()
    try:
        return waits(url)
    finally:
        done.set()
        thread.join()


def asked(web: httpx.Client, stay: Stay, times: int = ASKED) -> tuple[object, ...]:
    """Tomorrow, for teams chosen at random."""
    event = web.get("").json()
    teams = [team["teamId"] for team in web.get("/teams").json()]
    rng, taken = random.Random(1), []
    for _ in range(times):
        wishes = {"day": event["days"][-1]["day"], "stay": stay.value,
                  "teams": rng.sample(teams, LARGE.teams)}  # fmt: skip
        started = time.perf_counter()
        answer = web.post("/coverage-plans/proposal", json=wishes)
        taken.append(milliseconds_since(started))
        answer.raise_for_status()
    return (stay, times, *(f"{percentile(taken, share):.0f} ms" for share in (0.5, 0.9, 1)))
