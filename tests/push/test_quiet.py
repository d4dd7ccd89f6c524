"""Quiet hours go by the clock on the person's own wall, also in the nights it is changed."""

from datetime import UTC, datetime

import pytest

from courtsync_web.push.models import PushPreference
from courtsync_web.push.quiet import quiet_until


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def night(
    start: str = "22:00", end: str = "07:00", zone: str = "America/Chicago"
) -> PushPreference:
    def minute(text: str) -> int:
        return int(text[:2]) * 60 + int(text[3:])

    return PushPreference(
        user_id="x", lead_minutes=15, quiet_from=minute(start), quiet_to=minute(end), timezone=zone
    )


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2026-01-31T04:00", "2026-01-31T13:00"),  # 22:00 in Chicago
        ("2026-01-31T12:59", "2026-01-31T13:00"),
        ("2026-01-31T03:59", None),
        ("2026-01-31T13:00", None),
        # 8 March 2026: 02:00 becomes 03:00, the night is an hour shorter
        ("2026-03-08T05:00", "2026-03-08T12:00"),
        ("2026-03-08T11:59", "2026-03-08T12:00"),
        ("2026-03-08T12:00", None),
        # 1 November 2026: 02:00 becomes 01:00, the night is an hour longer
        ("2026-11-01T03:00", "2026-11-01T13:00"),
        ("2026-11-01T12:30", "2026-11-01T13:00"),
        ("2026-11-01T13:00", None),
    ],
)
def test_a_night(now: str, ends: str | None) -> None:
    assert quiet_until(night(), at(now)) == (at(ends) if ends else None)


def test_an_end_inside_the_hour_that_is_repeated_comes_within_minutes() -> None:
    second_time = at("2026-11-01T07:15")  # 01:15 for the second time
    until = quiet_until(night(end="01:30"), second_time)
    assert until is not None
    assert second_time < until <= second_time + 60_000


def test_an_end_in_the_hour_that_is_skipped() -> None:
    assert quiet_until(night(end="02:30"), at("2026-03-08T07:00")) == at("2026-03-08T08:30")
    assert quiet_until(night(end="02:30"), at("2026-03-08T08:30")) is None


def test_an_afternoon_nap_and_no_quiet_at_all() -> None:
    nap = night("13:00", "14:30", "Europe/Berlin")
    assert quiet_until(nap, at("2026-07-01T11:30")) == at("2026-07-01T12:30")
    assert quiet_until(nap, at("2026-07-01T20:00")) is None
    assert quiet_until(night("00:00", "00:00"), at("2026-07-01T20:00")) is None
    assert quiet_until(PushPreference(user_id="x", lead_minutes=15), at("2026-07-01T20:00")) is None
    assert quiet_until(None, 0) is None
