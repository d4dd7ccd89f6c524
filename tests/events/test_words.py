"""Times, days, courts and ages in words."""

import pytest

from courtsync_web.events.words import (
    age_in_words,
    clock_time,
    dates_in_words,
    day_in_words,
    hall_and_number,
    safe_color,
    twelve_hours,
)

NOON = 1_769_889_600_000
"""2026-01-31 20:00 UTC: noon in Los Angeles."""


@pytest.mark.parametrize(
    ("language", "twelve"),
    [
        ("en-US,en;q=0.9", True),
        ("en", True),
        ("", True),
        ("en-GB", False),
        ("de-DE,de;q=0.9,en-US;q=0.5", False),
        ("fr-CA", True),
        ("de", False),
    ],
)
def test_the_readers_first_language_decides_on_am_and_pm(language: str, twelve: bool) -> None:
    assert twelve_hours(language) is twelve


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (NOON, "12:00 PM"),
        (NOON - 12 * 3_600_000, "12:00 AM"),
        (NOON - 60_000, "11:59 AM"),
        (NOON + 65 * 60_000, "1:05 PM"),
    ],
)
def test_noon_and_midnight_are_twelve(ms: int, words: str) -> None:
    assert clock_time(ms, "America/Los_Angeles", True) == words


def test_the_hall_s_clock_not_the_reader_s() -> None:
    assert clock_time(NOON, "America/New_York", False) == "15:00"


@pytest.mark.parametrize(
    ("court", "parts"),
    [
        ("West 12", ("West", "12")),
        ("Court 3", ("Court", "3")),
        ("Grounds Ct.1", ("Grounds Ct", "1")),
        ("Main Hall #7b", ("Main Hall", "7b")),
        ("Center", ("", "Center")),
        ("12", ("", "12")),
        ("Hall 2 East", ("", "Hall 2 East")),
    ],
)
def test_a_court_is_known_by_its_number(court: str, parts: tuple[str, str]) -> None:
    assert hall_and_number(court) == parts


def test_days_and_dates() -> None:
    assert day_in_words("2026-01-31") == "Sat, Jan 31"
    assert dates_in_words("2026-01-31", "2026-01-31") == "Jan 31, 2026"
    assert dates_in_words("2026-01-30", "2026-02-01") == "Jan 30 – Feb 1, 2026"
    assert dates_in_words("2026-02-01", "2026-02-03") == "Feb 1 – 3, 2026"
    assert dates_in_words("2025-12-31", "2026-01-01") == "Dec 31, 2025 – Jan 1, 2026"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "now"),
        (0, "now"),
        (59, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (47 * 3600, "47 h"),
        (49 * 3600, "2 d"),
    ],
)
def test_an_age_has_one_unit(seconds: int, words: str) -> None:
    assert age_in_words(seconds * 1000) == words


@pytest.mark.parametrize("color", [None, "", "red", "#12345", '#123456"/><script>', "#1234567"])
def test_only_a_plain_colour_reaches_the_page(color: str | None) -> None:
    assert safe_color(color) == "#8b929c"
    assert safe_color("#DF5F9F") == "#DF5F9F"
