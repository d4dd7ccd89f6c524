"""What every tally does, in memory and on Redis alike."""

import asyncio
import time
from itertools import count

import pytest

from courtsync_web.limits.buckets import Charge, Taken
from courtsync_web.limits.failures import Attempt, Forbearance
from courtsync_web.limits.rates import Rate
from courtsync_web.limits.tally import Tally

HOURLY = Rate(5, 3600)
"""Slow enough that nothing refills while a test runs."""
QUICK = Rate(10, 0.5)
SERIAL = count()


@pytest.fixture
def key() -> str:
    """A key nobody has used on this Redis."""
    return f"test-{time.time_ns()}-{next(SERIAL)}"


async def spent(tally: Tally, charge: Charge) -> Taken:
    """Take until it is refused; the refusal."""
    while (taken := await tally.take([charge])).allowed:
        pass
    return taken


async def test_the_whole_limit_at_once_and_not_one_more(tally: Tally, key: str) -> None:
    taken = [await tally.take([Charge(key, HOURLY)]) for _ in range(7)]
    assert [one.allowed for one in taken] == [True] * 5 + [False] * 2
    assert [one.remaining for one in taken] == [4, 3, 2, 1, 0, 0, 0]
    assert all(one.limit == 5 for one in taken)
    assert [one.wait for one in taken[:5]] == [0] * 5
    assert 0 < taken[6].wait <= HOURLY.interval
    assert 3590 * 1_000_000 < taken[6].full_in <= 3600 * 1_000_000


async def test_keys_do_not_know_each_other(tally: Tally, key: str) -> None:
    await spent(tally, Charge(key, HOURLY))
    assert (await tally.take([Charge(f"{key}-other", HOURLY)])).remaining == 4


async def test_several_buckets_are_charged_together_or_not_at_all(tally: Tally, key: str) -> None:
    full, empty = Charge(f"{key}-full", HOURLY), Charge(f"{key}-empty", Rate(2, 3600))
    assert (await tally.take([full, empty])).remaining == 1  # of the tighter one
    await spent(tally, empty)
    refused = await tally.take([full, empty])
    assert (refused.allowed, refused.limit, refused.remaining) == (False, 2, 0)
    assert (await tally.take([full])).remaining == 3  # the refusal has cost nothing


async def test_who_waits_as_long_as_told_is_let_in(tally: Tally, key: str) -> None:
    for _ in range(5):
        refused = await spent(tally, Charge(key, QUICK))
        assert 0 < refused.wait <= QUICK.interval
        await asyncio.sleep(refused.wait / 1_000_000)
        assert (await tally.take([Charge(key, QUICK)])).allowed


async def test_no_window_gets_more_than_the_limit_and_what_refills(tally: Tally, key: str) -> None:
    """Twenty at a time, as fast as they go, for as long as the bucket needs to refill once."""
    granted: list[tuple[float, float]] = []  # asked, answered

    async def hammer() -> None:
        while time.monotonic() < end:
            asked = time.monotonic()
            if (await tally.take([Charge(key, QUICK)])).allowed:
                granted.append((asked, time.monotonic()))
            await asyncio.sleep(0)

    end = time.monotonic() + QUICK.seconds
    await asyncio.gather(*(hammer() for _ in range(20)))
    for first, (asked, _) in enumerate(granted):
        for last in range(first, len(granted)):
            window = granted[last][1] - asked
            assert last - first + 1 <= QUICK.limit + window * QUICK.limit / QUICK.seconds + 1
    assert len(granted) > QUICK.limit  # and it did refill


async def test_failures_are_free_then_wait(tally: Tally, key: str) -> None:
    bear = Forbearance(free=3, first=100, longest=1000, forgets=3600)
    tries = [await tally.attempt([Attempt(key, bear)]) for _ in range(6)]
    assert tries[:4] == [0, 0, 0, 0]
    assert all(99_000_000 < wait <= 100_000_000 for wait in tries[4:])


async def test_success_forgives_the_whole_key_or_one_attempt(tally: Tally, key: str) -> None:
    bear = Forbearance(free=2, first=100, longest=1000, forgets=3600)
    account, address = Attempt(f"{key}-account", bear), Attempt(f"{key}-place", bear, whole=False)
    assert [await tally.attempt([account, address]) for _ in range(2)] == [0, 0]
    await tally.succeeded([account, address])
    assert [await tally.attempt([account]) for _ in range(3)] == [0, 0, 0]
    assert [await tally.attempt([address]) for _ in range(2)] == [0, 0]
    assert await tally.attempt([address]) > 0


async def test_one_key_that_must_wait_holds_the_others_and_charges_none(
    tally: Tally, key: str
) -> None:
    bear = Forbearance(free=1, first=100, longest=100, forgets=3600)
    hot, fresh = Attempt(f"{key}-hot", bear), Attempt(f"{key}-fresh", bear)
    while not await tally.attempt([hot]):
        pass
    assert await tally.attempt([fresh, hot]) > 0
    assert [await tally.attempt([fresh]) for _ in range(2)] == [0, 0]


async def test_a_hundred_attempts_at_once_are_a_hundred_in_a_row(tally: Tally, key: str) -> None:
    bear = Forbearance(free=5, first=100, longest=100, forgets=3600)
    waits = await asyncio.gather(*(tally.attempt([Attempt(key, bear)]) for _ in range(100)))
    assert waits.count(0) == 6
