"""A few stories of the torture bench, and the proof that it would notice (``make chaos``: 300)."""

import pytest

from tests.chaos.__main__ import stories
from tests.chaos.server import House

pytestmark = pytest.mark.timeout(600)
"""A server that is killed is started again, and that takes long on a busy machine."""
SEEDS = [3, 5]
"""Between them every kind of fault happens."""
TRIES = {
    "no-dedup": [11],
    "client-clock-wins": [12],
    "fence-ignored": [13, 14, 15, 16],
    "announce-before-commit": [17, 18, 19, 20],
    "poison-blocks": [21, 22],
    "leaked-reader": [28],
    "delete-before-send": [23],
    "new-id-on-retry": [24],
    "any-200-settles": [25],
    "poison-dropped": [26, 27],
}
"""By seeded bug, seeds of which one must find it."""
OF_PHONES = ("any-200-settles", "delete-before-send", "new-id-on-retry", "poison-dropped")
"""The others are the server's (``tests.chaos.house``)."""


def test_no_promise_is_broken(house: House) -> None:
    told = stories(house, SEEDS)
    assert not told[-1].faults, str(told[-1])


@pytest.mark.parametrize("bug", OF_PHONES)
def test_the_bench_would_notice_a_bad_phone(house: House, bug: str) -> None:
    assert stories(house, TRIES[bug], bug)[-1].faults, f"nobody noticed {bug}"


@pytest.mark.parametrize("bug", sorted(TRIES.keys() - set(OF_PHONES)))
def test_the_bench_would_notice_a_bad_server(house: House, bug: str) -> None:
    house.ail(bug)
    assert stories(house, TRIES[bug])[-1].faults, f"nobody noticed {bug}"
