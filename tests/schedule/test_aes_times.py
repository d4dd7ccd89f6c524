"""AES's wall clocks, ends and grid epochs."""

from datetime import UTC, date, datetime

import pytest

from courtsync_web.schedule.aes.times import day, grid_wall, wall, wall_end


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    "given", ["2026-02-01T07:30:00", "2026-02-01T07:30:00.0000000", "2026-02-01 07:30:00"]
)
def test_a_start_is_wall_clock(given: str) -> None:
    assert wall(given) == at("2026-02-01T07:30")


@pytest.mark.parametrize(
    "given", [None, "", "0001-01-01T00:00:00", "soon", "2026-02-30T07:30:00", 5]
)
def test_no_time_is_set(given: object) -> None:
    assert wall(given) is None


@pytest.mark.parametrize("given", ["2026-02-01T08:29:59", "2026-02-01T08:29:59.9999999"])
def test_an_end_of_a_last_second_is_the_full_minute(given: str) -> None:
    assert wall_end(given) == at("2026-02-01T08:30")


def test_an_end_on_the_minute_stays() -> None:
    assert wall_end("2026-02-01T08:30:00") == at("2026-02-01T08:30")
    assert wall_end("0001-01-01T00:00:00") is None


def test_the_last_second_of_a_year() -> None:
    assert wall_end("2026-12-31T23:59:59.9999999") == at("2027-01-01T00:00")


def test_a_day_comes_from_a_date_or_a_time() -> None:
    assert day("2026-01-31T00:00:00") == day("2026-01-31") == date(2026, 1, 31)


@pytest.mark.parametrize("offset", [0, 240, 300, 420, -60])
def test_a_grid_epoch_is_the_wall_clock_moved_by_the_offset(offset: int) -> None:
    epoch = at("2026-01-31T08:00").replace(tzinfo=UTC).timestamp() * 1000 + offset * 60_000
    assert grid_wall(epoch, offset) == at("2026-01-31T08:00")


@pytest.mark.parametrize("given", [None, "8:00", True, 10**20, -62135596800000])
def test_no_epoch_no_time(given: object) -> None:
    assert grid_wall(given, 0) is None
