"""Pushes: how many a second, what a burst does to a score, how well reminders meet starts."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from courtsync_web.accounts.models import User
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.estimates.outlook import outlook
from courtsync_web.events.models import Match
from courtsync_web.following.models import Follow
from courtsync_web.happenings import MatchFinal
from courtsync_web.push.hearing import hear
from courtsync_web.push.kinds import MINUTE
from courtsync_web.push.models import PushSubscription
from courtsync_web.push.reminders import EVERY
from courtsync_web.push.subscriptions import hash_of
from tests.bench.events import import_file, make_owner, write_event
from tests.bench.figures import percentile, table
from tests.bench.live import Scorer
from tests.estimates.simulated_day import SimulatedDay, simulated_day
from tests.push.browser import Browser
from tests.push.service import PushService, push_service
from tests.servers.app import Server, start_server

EVENT = "day400"
DEVICES = 5000
POINTS = 100
RALLIES = 20
"""Scores that a set can have before it is over, again and again."""
LEAD = 15 * MINUTE
SEEDS = range(1, 5)


def measure() -> None:
    """A burst of 5,000 through the real server, then simulated days."""
    asyncio.run(burst())
    table(
        f"Reminders {LEAD // MINUTE} minutes ahead on simulated days of 88 matches, minutes that "
        "they came too early (negative: too late)",
        ("day", "courts run", "5 %", "median", "95 %", "within 2", "within 5", "only at the start"),
        [reminders_of(seed) for seed in SEEDS],
    )


async def burst() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_owner(folder)
        import_file(folder, write_event(folder, EVENT, matches=400, days=1, courts=200))
        async with push_service() as service:
            server = start_server(
                folder, cwd=folder,
                environment={"COURTSYNC_LIMITS": "off", "COURTSYNC_PUSH_HOSTS": service.origin},
            )  # fmt: skip
            try:
                await with_server(server, service, Database(f"sqlite:///{folder}/courtsync.db"))
            finally:
                await asyncio.to_thread(server.stop)


async def with_server(server: Server, service: PushService, db: Database) -> None:
    async with Scorer(server.url) as scorer:
        quiet = [await posted(scorer, 1 + number % RALLIES) for number in range(POINTS)]
        await subscribe(db, service, scorer)
        began = time.perf_counter()
        written = await owe(db, scorer.match_id)
        busy: list[float] = []
        while len(service.received) < DEVICES:
            busy.append(await posted(scorer, 1 + len(busy) % RALLIES))
            await asyncio.sleep(0.02)
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


async def posted(scorer: Scorer, points: int) -> float:
    began = time.perf_counter()
    await scorer.score(points)
    return (time.perf_counter() - began) * 1000


async def subscribe(db: Database, service: PushService, scorer: Scorer) -> None:
    """So many people with a phone each follow a team of the scorer's match. One key for all:
    what is measured is our side."""
    first = service.browser()
    now = now_ms()
    async with db.write() as tx:
        match = await tx.session.get_one(Match, (EVENT, scorer.match_id))
        match.starts_at = now
        tx.session.add(match)
        for number in range(DEVICES):
            browser = Browser(service.origin, private=first.private, auth=first.auth)
            service.browsers[browser.name] = browser
            person = f"{number:032}"
            tx.session.add(User(id=person, display_name="Fan", role="spectator", created_at=0))
            tx.session.add(
                PushSubscription(
                    id=browser.name.ljust(32, "0"), user_id=person, endpoint=browser.endpoint,
                    endpoint_hash=hash_of(browser.endpoint), key_id="k", created_at=now,
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


def reminders_of(seed: int) -> tuple[str, ...]:
    """One day, by the real estimates: how well a reminder meets the real start."""
    day = simulated_day(seed, matches=60, courts=10)
    begins = {id_: course.begins for id_, course in day.courses.items()}
    printed = {slot.match_id: slot.starts_at for slot in day.slots}
    sent = dict(reminded(day, begins))
    off = sorted((begins[id_] - at - LEAD) / MINUTE for id_, at in sent.items())
    drift = median(begins[id_] - printed[id_] for id_ in begins) / MINUTE
    near = [sum(abs(one) <= most for one in off) / len(begins) for most in (2, 5)]
    return (
        str(seed),
        f"{drift:+.0f} min",
        *(f"{percentile(off, share):+.1f}" for share in (0.05, 0.5, 0.95)),
        *(f"{share:.0%}" for share in near),
        str(len(begins) - len(sent)),
    )


def reminded(day: SimulatedDay, begins: dict[int, int]) -> Iterator[tuple[int, int]]:
    waiting = set(begins)
    for now in range(min(begins.values()) - 60 * MINUTE, max(begins.values()), EVERY):
        waiting -= {id_ for id_ in waiting if begins[id_] <= now}
        expected = outlook(day.at(now), now)
        for id_ in [one for one in waiting if expected[one].start - now <= LEAD + EVERY // 2]:
            waiting.discard(id_)
            yield id_, now
