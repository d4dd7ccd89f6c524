"""Sign-ins per second over the API, with passwords hashed as ever and as cheaply as can be."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from argon2 import PasswordHasher

from courtsync_web.accounts import passwords
from courtsync_web.accounts.actions import create_user, sign_in
from courtsync_web.accounts.tokens import Keys
from courtsync_web.db import Database
from courtsync_web.live.bus import MemoryBus
from courtsync_web.migrate import migrate
from tests.bench.figures import table

SIGN_INS = 60
AT_ONCE = 8
"""As many as a hall's desk at eight in the morning; more than the queue takes are turned away."""
EMAIL, PASSWORD = "bench@example.org", "a long enough password"


def measure() -> None:
    """From a password to a stored session and both tokens."""
    rows = [("as people sign in", f"{asyncio.run(per_second()):.0f}")]
    with cheap_hashing():
        rows.append(("hashing next to free", f"{asyncio.run(per_second()):.0f}"))
    table(f"Sign-ins per second, {AT_ONCE} at once", ("argon2id", "sign-ins per second"), rows)


async def per_second() -> float:
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'bench.db'}"
        await asyncio.to_thread(migrate, url)
        db, keys = Database(url), Keys.of(b"a key of the benchmark alone, long enough")
        await create_user(db, email=EMAIL, password=PASSWORD)
        turns = asyncio.Semaphore(AT_ONCE)

        async def once() -> None:
            async with turns:
                await sign_in(db, keys, MemoryBus(), email=EMAIL, password=PASSWORD, device="")

        began = time.perf_counter()
        await asyncio.gather(*(once() for _ in range(SIGN_INS)))
        seconds = time.perf_counter() - began
        await db.close()
        return SIGN_INS / seconds


@contextmanager
def cheap_hashing() -> Iterator[None]:
    """argon2 with the least it accepts: what is left is everything but the hashing."""
    usual = passwords._argon2
    passwords._argon2 = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords._nobodys_hash.cache_clear()
    try:
        yield
    finally:
        passwords._argon2 = usual
        passwords._nobodys_hash.cache_clear()
