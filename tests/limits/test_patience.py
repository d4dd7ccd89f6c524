"""Wrong passwords make the next attempt wait, by account and by address; nobody is locked out."""

from dataclasses import dataclass

import pytest

from courtsync_web.errors import Problem
from courtsync_web.limits.memory import MemoryTally
from courtsync_web.limits.patience import ANYWHERE, HERE, THIS_ADDRESS, Patience

JO, HALL = "jo@example.org", "192.0.2.7"
SECOND = 1_000_000


@dataclass
class Clock:
    now: int = 0

    def __call__(self) -> int:
        return self.now


@dataclass
class Door:
    """Where people try to get in."""

    patience: Patience
    clock: Clock

    async def knock(
        self, account: str = JO, address: str = HALL, *, right: bool = False, status: int = 401
    ) -> int:
        """Seconds to wait; 0: the password was looked at."""
        try:
            async with self.patience.trying(account, address):
                if not right:
                    raise Problem(status, "bad-credentials", "Wrong.")
        except Problem as problem:
            return int(problem.headers["Retry-After"]) if problem.status == 429 else 0
        return 0

    async def knock_until_asked_to_wait(self, account: str = JO, address: str = HALL) -> int:
        """Wrong passwords that were looked at before the first wait."""
        tries = 0
        while not await self.knock(account, address):
            tries += 1
        return tries


@pytest.fixture
def door() -> Door:
    clock = Clock()
    return Door(Patience(MemoryTally(clock)), clock)


async def test_some_mistypes_are_free_and_then_it_takes_longer_and_longer(door: Door) -> None:
    assert await door.knock_until_asked_to_wait() == HERE.free + 1
    waits = []
    for _ in range(10):
        waits.append(wait := await door.knock())
        door.clock.now += wait * SECOND
        assert await door.knock() == 0
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == HERE.longest


async def test_the_right_password_forgets_the_wrong_ones(door: Door) -> None:
    for _ in range(HERE.free):
        await door.knock()
    await door.knock(right=True)
    assert await door.knock_until_asked_to_wait() == HERE.free + 1


async def test_others_at_the_same_address_are_not_concerned(door: Door) -> None:
    await door.knock_until_asked_to_wait()
    assert await door.knock("sam@example.org", right=True) == 0


async def test_one_account_from_many_addresses_waits_a_minute_at_most(door: Door) -> None:
    for number in range(ANYWHERE.free + 1):
        assert await door.knock(address=f"198.51.100.{number}") == 0
    wait = 0
    for number in range(100):
        wait = await door.knock(address=f"203.0.113.{number}")
        door.clock.now += wait * SECOND
        await door.knock(address=f"203.0.113.{number}")
    assert 0 < wait <= ANYWHERE.longest
    door.clock.now += int(ANYWHERE.longest) * SECOND
    assert await door.knock(right=True) == 0


async def test_many_accounts_from_one_address_are_slowed_but_a_hall_stays_open(door: Door) -> None:
    tried = 0
    while not await door.knock(f"person{tried}@example.org"):
        tried += 1
    assert tried == THIS_ADDRESS.free + 1
    longest = 0
    for number in range(50):
        wait = await door.knock(f"more{number}@example.org")
        longest = max(longest, wait)
        door.clock.now += wait * SECOND
        await door.knock(f"more{number}@example.org")
    assert 0 < longest <= THIS_ADDRESS.longest


async def test_an_account_of_ones_own_does_not_make_guessing_free(door: Door) -> None:
    tried = 0
    while not await door.knock(f"person{tried}@example.org"):
        await door.knock("mallory@example.org", right=True)
        tried += 1
    assert tried == THIS_ADDRESS.free + 1


async def test_a_busy_server_is_nobodys_wrong_guess(door: Door) -> None:
    for _ in range(3 * HERE.free):
        assert await door.knock(status=503) == 0
    assert await door.knock_until_asked_to_wait() == HERE.free + 1


async def test_capitals_do_not_make_another_account(door: Door) -> None:
    await door.knock_until_asked_to_wait()
    assert await door.knock(" JO@example.org") > 0
