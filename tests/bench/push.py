"""Pushes: how many a second, what a burst does to a score, how well reminders meet starts."""

import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from courtsync_web.accounts.models import User
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.models import Match
from courtsync_web.following.models import Follow
from courtsync_web.happenings import MatchFinal
from courtsync_web.push.hearing import hear
from courtsync_web.push.models import PushSubscription
from courtsync_web.push.subscriptions import hash_of
from courtsync_web.push.vapid import vapid_of
from courtsync_web.settings import Settings
from tests.bench.events import import_file, make_owner, write_event
from tests.bench.figures import percentile, table
from tests.bench.live import Scorer
from tests.bench.reminders import measure as measure_reminders
from tests.push.browser import Browser
from tests.servers.app import Server, start_server

EVENT = "day400"
DEVICES = 5000
POINTS = 200
BETWEEN = 0.02
RALLIES = 20
"""Scores that a set can have before it is over, again and again."""


def measure() -> None:
    """A burst of 5,000 through the real server, then simulated days."""
    asyncio.run(burst())
    measure_reminders()


async def burst() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_owner(folder)
        import_file(folder, write_event(folder, EVENT, matches=400, days=1, courts=200))
        taker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.taker", str(DEVICES), stdout=subprocess.PIPE
        )
        assert taker.stdout is not None
        origin = f"http://127.0.0.1:{int(await taker.stdout.readline())}"
        server = start_server(
            folder, cwd=folder,
            environment={"COURTSYNC_LIMITS": "off", "COURTSYNC_PUSH_HOSTS": origin},
        )  # fmt: skip
        try:
            enough = asyncio.ensure_future(taker.stdout.readline())
            key_id = vapid_of(Settings(_env_file=None, data_dir=folder)).key_id
            db = Database(f"sqlite:///{folder}/courtsync.db")
            await with_server(server, origin, enough, db, key_id)
        finally:
            await asyncio.to_thread(server.stop)
            taker.kill()
            await taker.wait()


async def with_server(
    server: Server, origin: str, enough: asyncio.Future[bytes], db: Database, key_id: str
) -> None:
    async with Scorer(server.url) as scorer:
        quiet = [await posted(scorer, number) for number in range(POINTS)]
        await subscribe(db, origin, scorer, key_id)
        began = time.perf_counter()
        written = await owe(db, scorer.match_id)
        busy: list[float] = []
        while not enough.done():
            busy.append(await posted(scorer, len(busy)))
        took = time.perf_counter() - began
    await db.close()
    table(
        f"{DEVICES} pushes at once",
        ("jobs written in", "all taken after", "a second"),
        [(f"{written:.0f} ms", f"{took:.1f} s", f"{DEVICES / took:.0f}")],
    )
    shares = (0.5, 0.95, 0.99)
    table(
        "A score's POST, ms",
        ("while", "posts", "median", "95 %", "99 %"),
        [
            (title, len(times), *(f"{percentile(times, share):.1f}" for share in shares))
            for title, times in (("nothing is pushed", quiet), ("5,000 are pushed", busy))
        ],
    )


async def posted(scorer: Scorer, number: int) -> float:
    """Milliseconds; some fifty are posted in a second at most."""
    await asyncio.sleep(BETWEEN)
    began = time.perf_counter()
    await scorer.score(1 + number % RALLIES)
    return (time.perf_counter() - began) * 1000


async def subscribe(db: Database, origin: str, scorer: Scorer, key_id: str) -> None:
    """So many people with a phone each follow a team of the scorer's match. One key for all:
    what is measured is our side."""
    first = Browser(origin)
    now = now_ms()
    async with db.write() as tx:
        match = await tx.session.get_one(Match, (EVENT, scorer.match_id))
        match.starts_at = now
        tx.session.add(match)
        for number in range(DEVICES):
            browser = Browser(origin, private=first.private, auth=first.auth)
            person = f"{number:032}"
            tx.session.add(User(id=person, display_name="Fan", role="spectator", created_at=0))
            tx.session.add(
                PushSubscription(
                    id=browser.name.ljust(32, "0"), user_id=person, endpoint=browser.endpoint,
                    endpoint_hash=hash_of(browser.endpoint), key_id=key_id, created_at=now,
                    active_at=now, **browser.subscription()["keys"],
                )
            )  # fmt: skip
            tx.session.add(
                Follow(
                    user_id=person, event_id=EVENT, team_id=match.team1_id or 0, following=True,
                    changed_at=1,
                )
            )  # fmt: skip


async def owe(db: Database, match_id: int) -> float:
    """The match ends: a job for everybody, in the transaction that says so. Milliseconds."""
    began = time.perf_counter()
    now = now_ms()
    async with db.write() as tx:
        await hear(
            tx.session,
            MatchFinal(
                event_id=EVENT, at=now, match_id=match_id, sets=((25, 20),), sets_won=(1, 0),
                winner=1,
            ),
        )  # fmt: skip
    return (time.perf_counter() - began) * 1000
