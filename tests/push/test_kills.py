"""Killed between claim and send, again and again: everything arrives, at most once too often.

``make kill-push`` kills a hundred times; the tests a few.
"""

import asyncio
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.push.jobs import insert_new, row
from courtsync_web.push.kinds import HOUR
from courtsync_web.push.pushing import LANES
from courtsync_web.push.sender import Pace
from courtsync_web.push.vapid import vapid_of
from courtsync_web.settings import Settings
from tests.push.conftest import keep
from tests.push.service import PushService, Received, push_service
from tests.servers.app import clean_environment
from tests.servers.ports import free_port
from tests.world import EVENT, SAM, build_world, match

KILLS = int(os.environ.get("KILLS", "5"))
MATCHES = 20
"""Jobs that become due for each life of a server: more than one dies with."""
DICE = random.Random(20_261_125)  # a schedule of kills, to be run again


class Life:
    """One life of the server. It ends by SIGKILL when a message has come, or a moment later."""

    def __init__(self, service: PushService, folder: Path) -> None:
        self.service = service
        self.over = asyncio.Event()
        self.left = DICE.randint(0, MATCHES // 2)
        environment = clean_environment() | {
            "COURTSYNC_DATA_DIR": str(folder),
            "COURTSYNC_PUSH_HOSTS": service.origin,
            "COURTSYNC_VAPID_SUBJECT": "mailto:desk@example.org",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.push.victim", str(free_port())],
            env=environment, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        service.on_receipt = self.received

    def received(self, _one: Received) -> None:
        """The server is killed before it can hear that this one was taken, or some later."""
        self.left -= 1
        if self.left < 0:
            self.process.kill()
            self.over.set()

    async def end(self) -> None:
        async with asyncio.timeout(60):
            await self.over.wait()
        self.process.wait()
        await self.service.wait_for(lambda: self.service.lines == 0)  # what it had sent is read


@contextmanager
def living(service: PushService, folder: Path) -> Iterator[Life]:
    """A life that is over afterwards, come what may."""
    life = Life(service, folder)
    try:
        yield life
    finally:
        life.process.kill()
        life.process.wait()


async def owe(db: Database, life: int) -> None:
    """So many things to tell Sam, each of another match: of one match only the newest is told."""
    now = now_ms()
    numbers = range(life * MATCHES + 1, (life + 1) * MATCHES + 1)
    rows = [
        row(
            SAM.id, "setWon", event_id=EVENT, match_id=number, occasion=1,
            reason="self", due_at=now, expires_at=now + HOUR, now=now,
            facts={"set": number, "points": (25, 20), "setsWon": (1, 0)},
        )
        for number in numbers
    ]  # fmt: skip
    async with db.write() as tx:
        tx.session.add_all([match(number, -1, 1, 2) for number in numbers])
        await tx.session.flush()
        await insert_new(tx.session, rows)


async def test_every_push_arrives_and_what_came_twice_has_one_tag(
    tmp_path: Path, sqlite_url: str, built_assets: Path
) -> None:
    (tmp_path / "assets").symlink_to(built_assets)
    db = Database(sqlite_url)
    await build_world(db)
    async with push_service() as service:
        phone = service.browser()
        vapid = vapid_of(Settings(_env_file=None, data_dir=tmp_path))
        await keep(db, SAM, phone, now_ms(), key_id=vapid.key_id)
        lives = []
        for life in range(KILLS):
            await owe(db, life)
            with living(service, tmp_path) as one:
                await one.end()
            lives.append(len(service.received))
        owed = KILLS * MATCHES
        await owe(db, KILLS)
        with living(service, tmp_path) as last:
            last.left = 10 * owed
            await service.wait_for(lambda: len(unlike(service)) == owed + MATCHES, 60)
        judge(service, owed + MATCHES, lives)
    await db.close()


def unlike(service: PushService) -> set[str]:
    """Different pushes that have come: each tells of another set."""
    return {one.payload["title"] for one in service.received}


def judge(service: PushService, owed: int, lives: list[int]) -> None:
    """``lives``: how many messages had come when each life ended.

    A kill doubles what the dead server had sent and not yet written down: each of those once, and
    no more of them than its lanes had claimed. A smaller number is usual and not certain: while
    one settlement is on its way to the disk, what else is claimed goes on being sent. Counted is
    by kill, for what two dead servers held may come again in one later life.
    """
    assert len(unlike(service)) == owed
    places = {(one.payload["title"], one.payload["tag"], one.headers["topic"])
              for one in service.received}  # fmt: skip
    assert len(places) == owed, "what came twice came to the same place"
    last_came: dict[str, int] = {}
    doubled_by: Counter[int] = Counter()
    for life, (start, end) in enumerate(pairwise([0, *lives, len(service.received)])):
        of_one_life = [one.payload["title"] for one in service.received[start:end]]
        assert len(of_one_life) == len(set(of_one_life)), "only a kill doubles"
        doubled_by.update(last_came[title] for title in of_one_life if title in last_came)
        last_came |= dict.fromkeys(of_one_life, life)
    most = max(doubled_by.values(), default=0)
    print(  # noqa: T201  # what `make kill-push` is run for
        f"{len(lives)} kills: {owed} pushes owed, {owed} came, {doubled_by.total()} of them once "
        f"more; by one kill {most} at most"
    )
    assert most <= LANES * Pace().batch, "no more than the dead server had claimed"
