"""A day drawn court by court."""

from datetime import datetime

import pytest

from courtsync_web.clock import wall_to_ms
from courtsync_web.events.cards import Card, Moment, Side
from courtsync_web.sharing.timeline import HOUR_WIDE, LEFT, timeline_of


def at(wall: str, zone: str) -> int:
    return wall_to_ms(datetime.fromisoformat(f"2026-01-31T{wall}"), zone)


def card(match_id: int, court: int, starts_at: int | None, ends_at: int | None = None) -> Card:
    sides = [Side(number, f"Team {number}", []) for number in (1, 2)]
    return Card(
        match_id=match_id, status="upcoming", tag="", hall="West", court=str(court),
        court_id=court, division="15 National American Division", division_id=15, color="#000000",
        stage="", one=sides[0], two=sides[1], work="", work_id=None, clubs="", teams="", wave="",
        serving=None, provenance="", changed_at=None, starts_at=starts_at, ends_at=ends_at,
        vanished=False, outcome="", revision=0, time="", age="",
    )  # fmt: skip


@pytest.mark.parametrize("zone", ["America/Chicago", "Asia/Kolkata"])
def test_bars_stand_where_their_hour_is(zone: str) -> None:
    cards = [
        card(1, 12, at("08:30", zone), at("09:30", zone)),
        card(2, 3, at("09:00", zone)),
        card(3, 12, at("11:00", zone), at("11:05", zone)),
        card(4, 3, None),
    ]
    drawing = timeline_of(cards, Moment(at("10:00", zone), zone))
    assert drawing is not None
    assert [word for _, word in drawing.hours] == ["8:00 AM", "9:00 AM", "10:00 AM", "11:00 AM"]
    assert [lane.court for lane in drawing.lanes] == ["12", "3"]
    first, last = drawing.lanes[0].bars
    assert first.x == LEFT + HOUR_WIDE / 2
    assert first.title.endswith("…")
    assert last.width == 24, "a short match can still be seen"
    assert drawing.now == LEFT + 2 * HOUR_WIDE


def test_a_day_without_a_time_is_not_drawn() -> None:
    assert timeline_of([card(1, 1, None)], Moment(0, "UTC")) is None
