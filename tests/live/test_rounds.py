"""A round through a circle's readers: everybody once, at no cost to the collector."""

import gc
import math
from collections.abc import Iterator
from typing import Any, cast

import pytest

from courtsync_web.live.channel import Channel
from courtsync_web.live.dialects import JSON_FRAMES, SSE
from courtsync_web.live.feed import EVERYTHING, Change, Feed
from courtsync_web.live.hub import PING_TURNS
from courtsync_web.live.readers import Circle, Reader
from courtsync_web.live.rounds import BEAT_TRAVELS_AFTER, Round

READERS = 1000
PING = b"\x89\x00"
POINT = Change(7, "score-update", 1, b"25:23")


class Tally:
    """A line that counts what it is given."""

    heard_at = math.inf

    def __init__(self) -> None:
        self.reader: Reader | None = None
        self.writes = 0
        self.beats = 0
        self.pings = 0

    def write(self, frame: bytes) -> None:
        self.writes += 1
        self.beats += frame.count(b"event: beat")
        self.pings += frame == PING

    def end(self, _farewell: Any, _reason: str) -> None: ...

    def cut(self) -> None: ...


@pytest.fixture
def lines() -> list[Tally]:
    return [Tally() for _ in range(READERS)]


@pytest.fixture
def circle(lines: list[Tally]) -> Circle:
    """A circle of a thousand who keep up."""
    found = Circle(Channel("lakeside", cast(Feed, None)), SSE, EVERYTHING)
    for line in lines:
        Reader(line, [found], None, lambda _: None).catch_up()
    return found


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Nothing is collected meanwhile, so that every object made is still counted."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_everybody_is_written_to_once(circle: Circle, lines: list[Tally]) -> None:
    one = Round()
    one.join(6, {circle: [POINT]})
    for _ in range(5):
        assert not one.is_over
        assert one.told(7) == 6
        one.go_on(READERS // 5)
    assert one.is_over
    assert one.told(7) == 7
    assert {line.writes for line in lines} == {1}


def test_news_on_the_way_costs_those_who_wait_no_second_write(
    circle: Circle, lines: list[Tally]
) -> None:
    one = Round()
    one.join(6, {circle: [POINT]})
    one.go_on(READERS // 4)
    one.join(7, {circle: [Change(8, "score-update", 1, b"25:24")]})
    one.go_on(2 * READERS)
    assert one.is_over
    assert sorted(line.writes for line in lines) == [1] * 750 + [2] * 250


def test_who_waits_and_who_was_told_hear_one_sign_of_life(
    circle: Circle, lines: list[Tally]
) -> None:
    one = Round()
    one.join(6, {circle: [POINT]})
    one.go_on(READERS // 4)
    circle.beaten_at -= 2 * BEAT_TRAVELS_AFTER
    one.join(7, {circle: [Change(8, "score-update", 1, b"25:24")]})
    one.join(8, {circle: [Change(9, "score-update", 1, b"26:24")]})
    one.go_on(2 * READERS)
    assert one.is_over
    assert {line.beats for line in lines} == {1}


def test_in_all_turns_every_websocket_is_asked_once_for_a_sign_of_life(
    lines: list[Tally],
) -> None:
    channel = Channel("lakeside", cast(Feed, None))
    circle = channel.circle(JSON_FRAMES, EVERYTHING)
    for line in lines:
        Reader(line, [circle], None, lambda _: None).catch_up()
    for turn in range(1, PING_TURNS + 1):
        channel.ping(PING_TURNS)
        assert sum(line.pings for line in lines) == turn * READERS // PING_TURNS, "a part at a time"
    assert {line.pings for line in lines} == {1}


def test_a_thousand_writes_make_nothing_for_the_collector(
    circle: Circle, uncollected: None
) -> None:
    one = Round()
    before = gc.get_count()[0]
    one.join(6, {circle: [POINT]})
    one.go_on(READERS // 4)
    one.join(7, {circle: [POINT]})
    made = gc.get_count()[0] - before
    one.go_on(2 * READERS)
    assert one.is_over
    assert made < READERS // 20
