"""Estimated starts, as pages say them."""

from datetime import datetime
from typing import Any

from courtsync_web.clock import wall_to_ms
from courtsync_web.estimates.slots import MINUTE, Estimate
from courtsync_web.events.cards import Card, Moment, Side
from courtsync_web.events.expected import band, expect, running, running_together

ZONE = "America/Chicago"
ELEVEN = wall_to_ms(datetime.fromisoformat("2026-01-31T11:00"), ZONE)
MOMENT = Moment(ELEVEN, ZONE)


def card(match_id: int, status: str = "upcoming") -> Card:
    facts: dict[str, Any] = dict.fromkeys(Card.__slots__, "")
    facts |= {"match_id": match_id, "status": status, "one": Side(1, "A", []), "late_by": 0}
    return Card(**facts | {"two": Side(2, "B", []), "expected_at": None, "hidden": False})


def late(minutes: int) -> Estimate:
    start = ELEVEN + minutes * MINUTE
    return Estimate(start, start - 4 * MINUTE, start + 6 * MINUTE, minutes * MINUTE)


def test_a_band_is_told_in_steps_of_five_minutes() -> None:
    assert band(late(12), MOMENT) == "11:05–11:20 AM"
    assert band(late(57), MOMENT) == "11:50 AM–12:05 PM"
    assert band(late(12), Moment(ELEVEN, ZONE, twelve=False)) == "11:05–11:20"
    noon = ELEVEN + 60 * MINUTE
    assert band(Estimate(noon, noon, noon), MOMENT) == "12:00 PM"


def test_late_and_early_in_words() -> None:
    assert running(12 * MINUTE) == "running 12 min late"
    assert running(-7 * MINUTE) == "running 7 min early"
    assert running(4 * MINUTE) == ""


def test_only_what_is_news_is_written_on_a_card() -> None:
    soon, later, live = card(1), card(2), card(3, "live")
    expect([soon, later, live, card(4)], {1: late(3), 2: late(12), 3: late(9)}, MOMENT)
    assert (soon.est, later.est, live.est) == ("", "11:05–11:20 AM", "")
    assert live.late_by == 9 * MINUTE


def test_a_block_says_what_most_of_its_courts_do() -> None:
    cards = [card(number) for number in range(4)]
    expect(cards, {0: late(10), 1: late(12), 2: late(14), 3: late(0)}, MOMENT)
    assert running_together(cards) == "running 12 min late"
    expect(cards, {1: late(0), 2: late(0)}, MOMENT)
    assert running_together(cards) == "1 court late"
    assert running_together([card(1, "final")]) == ""
