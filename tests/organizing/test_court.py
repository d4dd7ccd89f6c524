"""Which match a court's table should score, by what is over and by the clock."""

from dataclasses import dataclass
from typing import Any, cast

import pytest

from courtsync_web.events.cards import Card
from courtsync_web.organizing.court import FEW, match_for_now, neighbours, next_after

HOUR = 3_600_000
EIGHT = 8 * HOUR


@dataclass
class Slot:
    """As much of a card as the choice looks at."""

    match_id: int
    status: str
    starts_at: int | None
    ends_at: int | None


def court(*statuses: str) -> list[Card]:
    """One match an hour from eight o'clock, numbered from 1."""
    slots: list[Any] = [
        Slot(number, status, EIGHT + (number - 1) * HOUR, EIGHT + number * HOUR)
        for number, status in enumerate(statuses, 1)
    ]
    return cast(list[Card], slots)


@pytest.mark.parametrize(
    ("statuses", "hours", "expected"),
    [
        (["final", "live", "upcoming"], 9.5, 2),  # what is being played
        (["live", "upcoming", "live"], 10.5, 3),  # one that nobody closed, and the real one
        (["final", "upcoming", "upcoming"], 8.8, 2),  # early
        (["final", "upcoming", "upcoming"], 10.8, 2),  # late, and still in order
        (["final", "upcoming", "upcoming", "upcoming"], 11.6, 3),  # nobody scored the second
        (["upcoming", "upcoming", "upcoming"], 7.0, 1),  # before the first
        (["upcoming", "upcoming", "upcoming"], 9.5, 2),  # nobody scores here yet: by the clock
        (["final", "called", "upcoming"], 9.0, 2),  # somebody sits there already
        (["upcoming", "upcoming"], 30.0, 2),  # long after
        (["result", "result"], 9.5, None),  # nothing is left
        ([], 9.0, None),
    ],
)
def test_the_match_for_now(statuses: list[str], hours: float, expected: int | None) -> None:
    chosen = match_for_now(court(*statuses), int(hours * HOUR))
    assert (chosen.match_id if chosen else None) == expected


def test_a_match_without_a_time_may_come_at_any() -> None:
    cards = court("final", "upcoming")
    cards[1].starts_at = cards[1].ends_at = None
    chosen = match_for_now(cards, 100 * HOUR)
    assert chosen is cards[1]


def test_the_next_one_is_the_next_that_is_not_over() -> None:
    cards = court("final", "live", "result", "upcoming")
    assert next_after(cards, 2) is cards[3]
    assert next_after(cards, 4) is None
    assert next_after(cards, 99) is None


def test_a_few_neighbours_are_offered() -> None:
    cards = court("final", "upcoming", "upcoming", *["upcoming"] * 9)
    offered = neighbours(cards, cards[2])
    assert [card.match_id for card in offered] == [2, 4, 5, 6]
    assert len(neighbours(cards, None)) == FEW
