"""Formats: presets, published texts, objects, and what can't be one."""

from collections.abc import Mapping
from dataclasses import fields

import pytest

from courtsync_web.volleyball.formats import (
    DEFAULT,
    PRESETS,
    Format,
    FormatError,
    format_in_words,
    format_to_wire,
    read_format,
)
from tests.vectors.table import TABLE

PLAIN: dict[str, object] = {"setsMax": 3, "mode": "first_to", "target": 25, "targetDecider": 15}


def test_every_preset_is_the_row_of_the_table() -> None:
    assert set(PRESETS) == set(TABLE)
    for name, row in TABLE.items():
        f = PRESETS[name]
        at = f.ends_at_single if f.sets_max == 1 else f.ends_at_decider
        assert (f.sets_max, f.mode == "play_all", f.target, f.target_decider) == row[:4], name
        assert (f.win_by, f.cap, f.cap_decider, f.start) == row[4:8], name
        assert (f.start_decider or 0) == (row.decider_start if f.has_decider else 0), name
        assert (f.ends_between_sets, at, f.ends_every, f.ends_every_decider) == row[9:13], name
        assert (f.timeouts, f.timeouts_per == "match") == row[13:], name


@pytest.mark.parametrize(
    ("preset", "seconds", "early"),
    [
        ("fivb-indoor", 30, False),
        ("usav-junior-bo3", 30, False),
        ("nfhs-varsity", 60, True),
        ("ncaa", 75, False),
        ("nysphsaa", 60, False),
        ("fivb-beach", 30, False),
        ("beach-one-cap23", 60, False),
    ],
)
def test_how_long_timeouts_last(preset: str, seconds: int, early: bool) -> None:
    f = PRESETS[preset]
    assert (f.timeout_seconds, f.timeout_can_end_early) == (seconds, early)


def test_only_the_beach_has_a_technical_timeout() -> None:
    technical = {name: f.technical_timeout for name, f in PRESETS.items() if f.technical_timeout}
    assert technical == {"fivb-beach": "sum-21"}


def test_a_draw_is_allowed_exactly_where_an_even_number_of_sets_is_played_out() -> None:
    draws = {name for name, f in PRESETS.items() if f.draw_allowed}
    assert draws == {"pool-play2-44", "pool-play2-44-cap27", "pool-play2-21", "beach-pool2-15"}


def test_the_default_is_a_preset() -> None:
    assert PRESETS[DEFAULT].id == "usav-junior-bo3"


@pytest.mark.parametrize("f", PRESETS.values(), ids=lambda f: f.id)
def test_a_format_survives_the_wire(f: Format) -> None:
    assert read_format(format_to_wire(f)) == f
    assert read_format(f.id) == f


def test_the_wire_has_every_parameter_and_what_follows_from_them() -> None:
    wire = format_to_wire(PRESETS["pool-bo3-cap"])
    assert len(wire) == len(fields(Format)) + 3
    assert wire["setsToWin"] == 2
    assert wire["drawAllowed"] is False
    assert wire["capDecider"] == 17
    assert wire["label"] == "best of 3 to 25, decider to 15, cap 27 (decider 17)"
    assert format_to_wire(PRESETS["pool-play3"])["setsToWin"] is None


@pytest.mark.parametrize(
    ("text", "sets", "mode", "target", "decider"),
    [
        ("2 of 3 to 25(15)", 3, "first_to", 25, 15),
        ("  2 OF 3  to 25 ( 15 ) ", 3, "first_to", 25, 15),
        ("2 of 3 sets to 21(15)", 3, "first_to", 21, 15),
        ("Best of 5 to 25 (15)", 5, "first_to", 25, 15),
        ("2/3 to 25(15)", 3, "first_to", 25, 15),
        ("2 of 3 to 25", 3, "first_to", 25, 25),
        ("3 Sets to 25", 3, "play_all", 25, None),
        ("2 sets to 21", 2, "play_all", 21, None),
        ("3 Sets to 25(25)", 3, "play_all", 25, None),
        ("1 Set to 25", 1, "first_to", 25, None),
        ("1 of 1 to 25", 1, "first_to", 25, None),
    ],
)
def test_published_texts(text: str, sets: int, mode: str, target: int, decider: int | None) -> None:
    f = read_format(text)
    assert (f.sets_max, f.mode, f.target, f.target_decider) == (sets, mode, target, decider)
    assert f.cap is None
    assert f.forfeit_score == f"{target}-0"
    assert " ".join(text.split()) in f.note
    assert read_format(format_to_wire(f)) == f


@pytest.mark.parametrize(
    ("text", "field", "why"),
    [
        ("", "", "no known format"),
        ("best of luck", "", "no known format"),
        ("3 of 3 to 25", "setsMax", "3 sets of 3 decide no match"),
        ("4 sets to 15", "setsMax", "1, 2, 3 or 5"),
        ("1 of 2 to 25", "setsMax", "decide no match"),
        ("3 Sets to 25(15)", "target", "one target"),
        ("2 of 3 to 0(15)", "target", "1 to 60"),
        ("x" * 500, "", "no known format"),
    ],
)
def test_texts_that_are_no_format(text: str, field: str, why: str) -> None:
    with pytest.raises(FormatError) as error:
        read_format(text)
    assert error.value.field == field
    assert why in str(error.value)
    assert len(str(error.value)) < 200


def test_a_plain_object_gets_sensible_rest() -> None:
    f = read_format({"setsMax": 3, "mode": "first_to", "target": 21, "winBy": 1, "endsEvery": 7})
    assert (f.target_decider, f.win_by_decider, f.start_decider) == (21, 1, 0)
    assert (f.ends_every_decider, f.cap_decider, f.first_serve) == (7, None, "toss_decider")
    assert (f.id, f.forfeit_score) == ("custom", "21-0")
    assert read_format({"setsMax": 2, "mode": "play_all", "target": 25, "start": 4}).start == 4


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        ({"setsMax": 4}, "setsMax", "1, 2, 3 or 5"),
        ({"setsMax": True}, "setsMax", "whole number"),
        ({"setsMax": 2, "targetDecider": None}, "setsMax", "first to win"),
        ({"mode": "sudden-death"}, "mode", "first_to, play_all"),
        ({"mode": "play_all"}, "targetDecider", "no deciding set"),
        ({"target": 0}, "target", "1 to 60"),
        ({"target": "25"}, "target", "whole number"),
        ({"target": None}, "target", "whole number"),
        ({"targetDecider": None}, "targetDecider", "needs a target"),
        ({"winBy": 3}, "winBy", "1 or 2"),
        ({"winByDecider": None}, "winByDecider", "1 or 2"),
        ({"cap": 24}, "cap", "25 (the target) to 99"),
        ({"cap": 100}, "cap", "to 99"),
        ({"capDecider": 14}, "capDecider", "15 (the target)"),
        ({"start": 25}, "start", "0 to 24"),
        ({"start": -1}, "start", "0 to 24"),
        ({"startDecider": 15}, "startDecider", "0 to 14"),
        ({"startDecider": None}, "startDecider", "needs a start"),
        ({"endsAtDecider": 15}, "endsAtDecider", "1 to 14"),
        ({"endsAtSingle": 13}, "endsAtSingle", "one set"),
        ({"endsEvery": 0}, "endsEvery", "1 to 60"),
        ({"firstServe": "loser"}, "firstServe", "alternate, toss_decider"),
        ({"timeouts": 11}, "timeouts", "0 to 10"),
        ({"timeoutsPer": "hour"}, "timeoutsPer", "set, match"),
        ({"timeoutSeconds": 601}, "timeoutSeconds", "0 to 600"),
        ({"timeoutCanEndEarly": 1}, "timeoutCanEndEarly", "true or false"),
        ({"technicalTimeout": "sum-22"}, "technicalTimeout", "none, leading-8-16, sum-21"),
        ({"intervalSeconds": 3601}, "intervalSeconds", "0 to 3600"),
        ({"forfeitScore": "25-1"}, "forfeitScore", "“25-0”"),
        ({"forfeitScore": "24-0"}, "forfeitScore", "“25-0”"),
        ({"id": "two words"}, "id", "plain characters"),
        ({"id": ""}, "id", "plain characters"),
        ({"note": "n" * 501}, "note", "500"),
        ({"setsToWin": 3}, "setsToWin", "follows from mode and setsMax: 2"),
        ({"drawAllowed": True}, "drawAllowed", "follows from mode and setsMax: false"),
        ({"colour": "gold"}, "colour", "no such parameter"),
    ],
)
def test_objects_that_are_no_format(change: Mapping[str, object], field: str, why: str) -> None:
    with pytest.raises(FormatError) as error:
        read_format(PLAIN | dict(change))
    assert error.value.field == field
    assert why in error.value.reason


@pytest.mark.parametrize("missing", ["setsMax", "mode", "target"])
def test_what_an_object_must_have(missing: str) -> None:
    wire = {name: value for name, value in PLAIN.items() if name != missing}
    with pytest.raises(FormatError, match=f"{missing}: is missing"):
        read_format(wire)


def test_other_things_are_no_format() -> None:
    with pytest.raises(FormatError, match="preset"):
        read_format(7)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ("usav-junior-bo3", "best of 3 to 25, decider to 15, no cap"),
        ("bracket-44", "best of 3 to 25, decider to 15, no cap, from 4–4 (decider 0)"),
        ("pool-play2-44-cap27", "all 2 sets to 25, cap 27, from 4–4"),
        ("one-set-30", "1 set to 30, no cap"),
        ("festival", "best of 3 to 15, decider to 3, win by 1, no cap"),
    ],
)
def test_formats_in_words(preset: str, words: str) -> None:
    assert format_in_words(PRESETS[preset]) == words


def test_a_cap_in_the_sets_alone_is_said() -> None:
    assert "cap 27 (decider none)" in format_in_words(read_format(PLAIN | {"cap": 27}))
