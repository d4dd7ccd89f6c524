"""The tally in memory, by a clock that the test moves: exact bounds, and bounded memory."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from courtsync_web.limits.buckets import Charge
from courtsync_web.limits.failures import Attempt, Forbearance
from courtsync_web.limits.memory import MemoryTally
from courtsync_web.limits.rates import Rate

SECOND = 1_000_000


@dataclass
class Clock:
    """Microseconds, moved by hand."""

    now: int = 1_000 * SECOND

    def __call__(self) -> int:
        return self.now


@given(
    st.integers(1, 20),
    st.sampled_from([1, 7, 60]),
    st.lists(st.integers(0, 3 * SECOND), min_size=1, max_size=150),
)
async def test_never_more_than_the_limit_and_what_refilled(
    limit: int, seconds: int, pauses: list[int]
) -> None:
    """Every window that begins and ends with a granted request, to the microsecond."""
    clock, rate = Clock(), Rate(limit, seconds)
    tally, granted = MemoryTally(clock), []
    for pause in pauses:
        clock.now += pause
        if (await tally.take([Charge("key", rate)])).allowed:
            granted.append(clock.now)
    for first, begins in enumerate(granted):
        for last, ends in enumerate(granted[first:], first):
            assert last - first + 1 <= limit + (ends - begins) // rate.interval


@given(st.integers(1, 20), st.sampled_from([1, 7, 60]), st.lists(st.integers(0, SECOND)))
async def test_the_wait_is_enough_and_one_microsecond_less_is_not(
    limit: int, seconds: int, pauses: list[int]
) -> None:
    clock, charge = Clock(), Charge("key", Rate(limit, seconds))
    tally = MemoryTally(clock)
    for pause in pauses:
        clock.now += pause
        while (taken := await tally.take([charge])).allowed:
            pass
        clock.now += taken.wait - 1
        assert not (await tally.take([charge])).allowed
        clock.now += 1
        assert (await tally.take([charge])).allowed


async def test_twenty_thousand_addresses_neither_stay_nor_push_out_a_hot_key() -> None:
    clock, rate = Clock(), Rate(5, 60)
    tally = MemoryTally(clock, most_keys=4000)
    hot = Charge("hot", rate)
    while (await tally.take([hot])).allowed:
        pass
    for number in range(20_000):
        clock.now += 100
        await tally.take([Charge(f"address-{number}", rate)])
        assert len(tally) <= 4000
    assert not (await tally.take([hot])).allowed
    clock.now += 120 * SECOND
    for number in range(4000):
        await tally.take([Charge(f"tomorrow-{number}", rate)])
        clock.now += 120 * SECOND
    assert len(tally) <= 1100  # of the dead no more than until the next tidying


async def test_delays_double_to_the_longest_and_failures_are_forgotten_one_by_one() -> None:
    clock, bear = Clock(), Forbearance(free=2, first=1, longest=8, forgets=1000)
    tally, attempt = MemoryTally(clock), [Attempt("key", bear)]
    delays = []
    for _ in range(9):
        assert await tally.attempt(attempt) == 0
        delays.append(delay := await tally_wait(tally, attempt))
        clock.now += delay
    assert [round(delay / SECOND) for delay in delays] == [0, 0, 1, 2, 4, 8, 8, 8, 8]
    clock.now += 100_000 * SECOND
    assert [await tally.attempt(attempt) for _ in range(3)] == [0, 0, 0]


async def tally_wait(tally: MemoryTally, attempts: list[Attempt]) -> int:
    """What the next attempt would have to wait, without making it count."""
    failed = tally._failed.get(attempts[0].key)
    return max(0, failed.until - tally._clock()) if failed else 0


async def test_failures_of_many_addresses_are_bounded_too() -> None:
    clock, bear = Clock(), Forbearance(free=1, first=10, longest=600, forgets=600)
    tally = MemoryTally(clock, most_keys=2000)
    hot = [Attempt("hot", bear)]
    for _ in range(6):
        clock.now += await tally.attempt(hot)
    for number in range(20_000):
        clock.now += 100
        await tally.attempt([Attempt(f"address-{number}", bear)])
        assert len(tally) <= 2000
    assert await tally.attempt(hot) > 0
