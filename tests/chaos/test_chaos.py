"""A few stories of the torture bench, and the proof that it would notice (``make chaos``: 300)."""

import pytest

from tests.chaos.__main__ import play
from tests.chaos.house import BUGS

SEEDS = [3, 5]
"""Between them every kind of fault happens."""
TRIES = {
    "no-dedup": [11],
    "client-clock-wins": [12],
    "fence-ignored": [13, 14, 15, 16],
    "announce-before-commit": [17, 18, 19, 20],
    "poison-blocks": [21, 22],
    "delete-before-send": [23],
    "new-id-on-retry": [24],
    "any-200-settles": [25],
    "poison-dropped": [26, 27],
}
"""By seeded bug, seeds of which one must find it."""


def test_no_promise_is_broken() -> None:
    for told in play(SEEDS):
        assert not told.faults, str(told)


@pytest.mark.parametrize("bug", TRIES)
def test_the_bench_would_notice(bug: str) -> None:
    """Each of these has happened to somebody; the checker must not let it pass."""
    in_server = bug if bug in BUGS else ""
    told = play(TRIES[bug], in_server, "" if in_server else bug)
    assert told[-1].faults, f"nobody noticed {bug}"
