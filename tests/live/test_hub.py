"""The hub tells everyone at once, waits for nobody, and skips nothing's newest state."""

import asyncio
import math
from collections.abc import Callable

import pytest

from courtsync_web.live import channel as channels
from courtsync_web.live.bus import MemoryBus
from courtsync_web.live.feed import EVERYTHING, Change, News, Wish
from courtsync_web.live.hub import Hub, Place
from courtsync_web.live.readers import Reader
from tests.live.lines import AnyPhone, AsgiPhone, WirePhone

EVENT, OTHER = "lakeside", "harbor"


class Board:
    """A feed whose events are dicts of points by match; match 12 is on court 1, 35 on 3."""

    def __init__(self) -> None:
        self.seqs = {EVENT: 0, OTHER: 0}
        self.points: dict[tuple[str, int], tuple[int, int]] = {}
        self.reads = 0
        self.snapshots = 0
        self.reading = 0
        self.most_at_once = 0

    def point(self, match_id: int, event_id: str = EVENT) -> int:
        self.seqs[event_id] += 1
        points = self.points.get((event_id, match_id), (0, 0))[1]
        self.points[event_id, match_id] = (self.seqs[event_id], points + 1)
        return self.seqs[event_id]

    async def news(self, event_id: str, since: int) -> News:
        self.reads += 1
        await asyncio.sleep(0)
        changes = [
            Change(seq, "score-update", match_id, b"%d=%d" % (match_id, points), match_id // 10)
            for (event, match_id), (seq, points) in self.points.items()
            if event == event_id and seq > since
        ]
        return News(self.seqs[event_id], sorted(changes, key=lambda change: change.seq))

    async def snapshot(self, event_id: str, wish: Wish) -> tuple[int, bytes]:
        self.reads += 1
        self.snapshots += 1
        self.reading += 1
        self.most_at_once = max(self.most_at_once, self.reading)
        seq = self.seqs[event_id]
        shown = {
            match_id: points
            for (event, match_id), (_, points) in self.points.items()
            if event == event_id and (not wish.is_narrow or match_id in (wish.matches or ()))
        }
        await asyncio.sleep(0)
        self.reading -= 1
        return seq, repr(shown).encode()


@pytest.fixture(params=[AsgiPhone, WirePhone], ids=["asgi", "wire"])
def phone(request: pytest.FixtureRequest) -> Callable[[], AnyPhone]:
    """Makes phones on one kind of line."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def bus() -> MemoryBus:
    return MemoryBus()


@pytest.fixture
def hub(board: Board, bus: MemoryBus) -> Hub:
    return Hub(board, bus)


async def settled(hub: Hub) -> None:
    """Until every channel has told all it was rung for, and nobody is being written to."""
    for channel in list(hub.channels.values()):
        while channel.pump is not None and not channel.pump.done():
            await channel.pump
        for reader in channel.readers():
            finishing = getattr(reader.line, "finishing", None)
            if finishing is not None and not finishing.done():
                await asyncio.wait([finishing], timeout=0.01)


async def join(
    hub: Hub, phone: AnyPhone, wish: Wish = EVERYTHING, since: int | None = None
) -> Reader:
    reader = await hub.join([Place(EVENT, wish, since)], phone.line, phone.dialect)
    await settled(hub)
    return reader


async def test_first_the_snapshot_then_each_change(
    hub: Hub, bus: MemoryBus, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    board.point(1)
    await join(hub, one := phone())
    assert "id: 1\nevent: snapshot\ndata: {1: 1}\n\n" in one.text
    bus.ring(EVENT, board.point(1))
    await settled(hub)
    assert one.got[-1] == b"id: 2\nevent: score-update\ndata: 1=2\n\n"


async def test_after_a_reconnect_only_what_is_newer(
    hub: Hub, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    board.point(1)
    seen = board.point(2)
    board.point(3)
    await join(hub, one := phone(), since=seen)
    assert "snapshot" not in one.text
    assert "3=1" in one.text
    assert "2=1" not in one.text


async def test_what_the_channel_remembers_is_not_read_again_for_who_comes_back(
    hub: Hub, bus: MemoryBus, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    await join(hub, phone())
    for match_id in (1, 2, 3):
        bus.ring(EVENT, board.point(match_id))
        await settled(hub)
    reads = board.reads
    await join(hub, one := phone(), since=1)
    assert board.reads == reads
    assert "2=1" in one.text
    assert "3=1" in one.text
    assert "1=1" not in one.text


async def test_everybody_who_arrives_at_once_shares_one_snapshot(
    hub: Hub, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    phones = [phone() for _ in range(50)]
    await asyncio.gather(*(join(hub, one) for one in phones))
    assert board.reads == 1
    assert all("snapshot" in one.text for one in phones)


async def test_who_arrives_after_a_point_begins_with_it(
    hub: Hub, bus: MemoryBus, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    await join(hub, phone())
    bus.ring(EVENT, board.point(1))
    await join(hub, one := phone())
    assert "id: 1\nevent: snapshot\ndata: {1: 1}\n\n" in one.text


async def test_however_many_arrive_between_points_one_state_is_read_at_a_time(
    hub: Hub, bus: MemoryBus, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    await join(hub, phone())
    before, phones, joining = board.snapshots, [], []
    for number in range(1, 31):
        bus.ring(EVENT, board.point(1))
        phones.append(phone())
        joining.append(asyncio.create_task(join(hub, phones[-1])))
        if number % 10 == 0:
            await asyncio.sleep(0)
    await asyncio.gather(*joining)
    assert board.snapshots - before < 10
    assert board.most_at_once == 1
    for number, one in enumerate(phones, start=1):
        begins_with = int(one.text.partition("id: ")[2].partition("\n")[0])
        assert begins_with >= number


async def test_a_point_made_while_somebody_joins_reaches_them(
    hub: Hub, bus: MemoryBus, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    await join(hub, phone())
    joining = asyncio.create_task(join(hub, one := phone()))
    await asyncio.sleep(0)
    bus.ring(EVENT, board.point(7))
    await joining
    await settled(hub)
    assert "7" in one.text


async def test_a_reader_from_the_future_gets_the_snapshot(
    hub: Hub, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    board.point(1)
    await join(hub, one := phone(), since=99)
    assert "snapshot" in one.text


async def test_many_changes_at_one_moment_are_one_read_and_one_write(
    hub: Hub, bus: MemoryBus, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    phones = [phone() for _ in range(50)]
    for one in phones:
        await join(hub, one)
    reads, writes = board.reads, [len(one.got) for one in phones]
    for match_id in range(20):
        bus.ring(EVENT, board.point(match_id))
    await settled(hub)
    assert board.reads == reads + 1
    assert [len(one.got) for one in phones] == [count + 1 for count in writes]
    assert phones[0].got[-1].count(b"event: score-update") == 20


async def test_one_encoded_frame_serves_all(hub: Hub, bus: MemoryBus, board: Board) -> None:
    phones = [AsgiPhone() for _ in range(50)]
    for one in phones:
        await join(hub, one)
    bus.ring(EVENT, board.point(1))
    await settled(hub)
    assert len({id(one.got[-1]) for one in phones}) == 1


async def test_no_task_is_made_for_readers_that_keep_up(
    hub: Hub, bus: MemoryBus, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    for _ in range(50):
        await join(hub, phone())
    before = len(asyncio.all_tasks())
    bus.ring(EVENT, board.point(1))
    assert len(asyncio.all_tasks()) <= before + 1, "only the channel's own reading"
    await settled(hub)
    assert len(asyncio.all_tasks()) <= before


async def test_a_slow_reader_gets_the_newest_state_and_slows_nobody(
    hub: Hub, bus: MemoryBus, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    reader = await join(hub, slow := phone())
    await join(hub, quick := phone())
    slow.stop()
    for _ in range(30):
        bus.ring(EVENT, board.point(1))
        await settled(hub)
    assert "1=30" in quick.text
    assert reader in hub.channels[EVENT].circles[slow.dialect, EVERYTHING].slow, "passed over"
    slow.go_on()
    await settled(hub)
    assert slow.text.endswith("data: 1=30\n\n")
    assert slow.text.count("score-update") == 2, "the one it was stuck in, and the newest"
    bus.ring(EVENT, board.point(1))
    await settled(hub)
    assert slow.text.endswith("data: 1=31\n\n")


async def test_news_on_the_way_joins_the_round_and_nobody_is_written_to_twice_in_it(
    hub: Hub,
    bus: MemoryBus,
    board: Board,
    phone: Callable[[], AnyPhone],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    phones = await several(hub, phone, 6)
    few_at_a_time(monkeypatch)
    before = [len(one.got) for one in phones]
    bus.ring(EVENT, board.point(1))
    await has_heard(phones[1], "1=1")
    assert hub.channels[EVENT].told == 0, "the others are still to be told"
    board.point(2)
    bus.ring(EVENT, board.point(1))
    await settled(hub)
    heard = [
        [frame.decode() for frame in one.got[n:]] for one, n in zip(phones, before, strict=True)
    ]
    assert heard[:2] == [[event(1, "1=1"), event(2, "2=1") + event(3, "1=2")]] * 2
    assert heard[2:] == [[event(2, "2=1") + event(3, "1=2")]] * 4, "only the newest of each match"
    assert hub.channels[EVENT].told == 3


async def test_who_falls_behind_in_a_round_that_news_joined_misses_neither(
    hub: Hub,
    bus: MemoryBus,
    board: Board,
    phone: Callable[[], AnyPhone],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    phones = await several(hub, phone, 6)
    few_at_a_time(monkeypatch)
    last = phones[-1]
    last.stop()
    bus.ring(EVENT, board.point(1))
    await has_heard(phones[1], "1=1")
    bus.ring(EVENT, board.point(2))
    await settled(hub)
    bus.ring(EVENT, board.point(3))
    await settled(hub)
    last.go_on()
    await settled(hub)
    assert all(point in last.text for point in ("1=1", "2=1", "3=1"))


async def test_who_follows_something_else_hears_only_that_of_a_round_that_news_joined(
    hub: Hub,
    bus: MemoryBus,
    board: Board,
    phone: Callable[[], AnyPhone],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    phones = await several(hub, phone, 4, Wish(matches=frozenset({1})))
    await join(hub, other := phone(), Wish(matches=frozenset({2})))
    few_at_a_time(monkeypatch)
    bus.ring(EVENT, board.point(1))
    await has_heard(phones[1], "1=1")
    bus.ring(EVENT, board.point(2))
    await settled(hub)
    assert "2=1" in other.text
    assert "1=1" not in other.text
    assert all("1=1" in one.text and "2=1" not in one.text for one in phones)


async def several(
    hub: Hub, phone: Callable[[], AnyPhone], number: int, wish: Wish = EVERYTHING
) -> list[AnyPhone]:
    """So many phones, one after another."""
    phones = [phone() for _ in range(number)]
    for one in phones:
        await join(hub, one, wish)
    return phones


async def has_heard(phone: AnyPhone, text: str) -> None:
    """Let the loop turn until it has, and no further."""
    for _ in range(100):
        if text in phone.text:
            return
        await asyncio.sleep(0)
    pytest.fail(f"{text} was never heard")


def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two readers are written to, then others have a turn and news may join."""
    monkeypatch.setattr(channels, "SLICE", 2)
    monkeypatch.setattr(channels, "JOIN_EVERY", 2)


def event(seq: int, data: str) -> str:
    return f"id: {seq}\nevent: score-update\ndata: {data}\n\n"


async def test_narrowing_by_matches_and_courts(
    hub: Hub, bus: MemoryBus, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    await join(hub, by_match := phone(), Wish(matches=frozenset({12})))
    await join(hub, by_court := phone(), Wish(courts=frozenset({3})))
    await join(hub, by_both := phone(), Wish(frozenset({12}), frozenset({3})))
    for match_id in (12, 20, 35):
        bus.ring(EVENT, board.point(match_id))
    await settled(hub)
    heard = {
        name: [match_id for match_id in (12, 20, 35) if f"{match_id}=1" in one.text]
        for name, one in (("match", by_match), ("court", by_court), ("both", by_both))
    }
    assert heard == {"match": [12], "court": [35], "both": [12, 35]}


async def test_who_follows_other_matches_costs_nothing(
    hub: Hub, bus: MemoryBus, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    for match_id in range(100):
        await join(hub, phone(), Wish(matches=frozenset({match_id})))
    channel = hub.channels[EVENT]
    change = Change(1, "score-update", 7, b"{}", 0)
    assert [circle.wish.matches for circle in channel.parts([change])] == [frozenset({7})]


async def test_those_who_narrow_alike_share_a_circle_that_goes_with_the_last(
    hub: Hub, phone: Callable[[], AnyPhone]
) -> None:
    wish = Wish(matches=frozenset({1, 2}), courts=frozenset({3}))
    await join(hub, phone())
    readers = [await join(hub, phone(), wish) for _ in range(3)]
    channel = hub.channels[EVENT]
    assert len(channel.circles) == 2
    for reader in readers:
        reader.leave()
    assert len(channel.circles) == 1
    assert not channel.of_match
    assert not channel.of_court


async def test_a_lost_ring_is_made_good_by_the_next_look(
    hub: Hub, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    await join(hub, one := phone())
    board.point(7)
    await hub.look(hub.channels[EVENT])
    await settled(hub)
    assert "7=1" in one.text


async def test_a_failing_read_is_tried_again(
    hub: Hub,
    bus: MemoryBus,
    board: Board,
    phone: Callable[[], AnyPhone],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await join(hub, one := phone())
    working = board.news

    async def broken(event_id: str, since: int) -> News:
        raise ConnectionError("the database went away")

    monkeypatch.setattr(board, "news", broken)
    bus.ring(EVENT, board.point(1))
    await settled(hub)
    monkeypatch.setattr(board, "news", working)
    await hub.look(hub.channels[EVENT])
    await settled(hub)
    assert "1=1" in one.text


async def test_a_stalled_reader_is_dropped_and_a_quiet_one_hears_a_beat(
    hub: Hub,
    bus: MemoryBus,
    board: Board,
    phone: Callable[[], AnyPhone],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("courtsync_web.live.hub.STALLED_AFTER", -1.0)
    await join(hub, quiet := phone())
    await join(hub, stalled := phone())
    stalled.stop()
    bus.ring(EVENT, board.point(1))
    await settled(hub)
    long_ago(hub)
    await hub.beat(hub.channels[EVENT])
    assert stalled.ended
    assert hub.channels[EVENT].readers() == [quiet.line.reader]
    assert quiet.got[-1].startswith(b": ")


def long_ago(hub: Hub) -> None:
    """Nobody had a sign of life for a long time."""
    for circle in hub.channels[EVENT].circles.values():
        circle.beaten_at = -math.inf


async def test_a_sign_of_life_travels_with_news_and_does_not_come_again(
    hub: Hub, bus: MemoryBus, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    await join(hub, one := phone())
    await join(hub, other := phone())
    long_ago(hub)
    for _ in range(2):
        bus.ring(EVENT, board.point(1))
        await settled(hub)
        await hub.beat(hub.channels[EVENT])
    assert one.got[1:] == other.got[1:]
    assert ["event: beat" in frame.decode() for frame in one.got[-2:]] == [True, False]


async def test_a_websocket_that_answers_no_beat_is_dropped(hub: Hub) -> None:
    await join(hub, silent := WirePhone())
    silent.heard_at = 0.0
    await hub.beat(hub.channels[EVENT])
    assert silent.ended
    assert EVENT not in hub.channels


async def test_a_lost_line_is_forgotten(hub: Hub, bus: MemoryBus, board: Board) -> None:
    await join(hub, lost := WirePhone())
    await join(hub, one := WirePhone())

    def write(frame: bytes) -> None:
        raise RuntimeError("the handler is closed")

    circle = hub.channels[EVENT].circles[lost.dialect, EVERYTHING]
    assert lost.reader is not None
    circle.ready[lost.reader] = write
    bus.ring(EVENT, board.point(1))
    await settled(hub)
    assert "1=1" in one.text
    assert hub.channels[EVENT].readers() == [one.reader]


async def test_nothing_is_left_when_the_last_reader_leaves(
    hub: Hub, bus: MemoryBus, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    reader = await join(hub, phone())
    assert EVENT in hub.channels
    reader.leave()
    assert hub.channels == {}
    bus.ring(EVENT, board.point(1))


async def test_closing_says_good_bye_and_when_to_come_back(
    hub: Hub, phone: Callable[[], AnyPhone]
) -> None:
    phones = [phone() for _ in range(30)]
    for one in phones:
        await join(hub, one)
    hub.close()
    assert all(one.ended for one in phones)
    assert all('"reason":"restart"' in one.text for one in phones)
    assert len({one.got[-1] for one in phones}) > 10, "not all at once"
    assert hub.channels == {}


async def follow_both(hub: Hub, one: AnyPhone, seen: dict[str, int] | None = None) -> Reader:
    places = [Place(event, since=(seen or {}).get(event)) for event in (EVENT, OTHER)]
    reader = await hub.join(places, one.line, hub.medley([EVENT, OTHER], type(one).pack))
    await settled(hub)
    return reader


def last_id(text: str) -> dict[str, int]:
    last = [line for line in text.splitlines() if line.startswith("id: ")][-1]
    pairs = (part.split(":") for part in last.removeprefix("id: ").split(","))
    return {event: int(seq) for event, seq in pairs}


async def test_several_events_on_one_stream_with_ids_that_resume_all(
    hub: Hub, bus: MemoryBus, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    board.point(1, EVENT)
    await follow_both(hub, one := phone())
    assert one.text.count("event: snapshot") == 2
    assert last_id(one.text) == {EVENT: 1, OTHER: 0}
    bus.ring(OTHER, board.point(5, OTHER))
    await settled(hub)
    bus.ring(EVENT, board.point(1, EVENT))
    await settled(hub)
    assert last_id(one.text) == {EVENT: 2, OTHER: 1}
    board.point(9, EVENT)
    await follow_both(hub, back := phone(), last_id(one.text))
    assert "snapshot" not in back.text
    await hub.look(hub.channels[EVENT])
    await settled(hub)
    assert "9=1" in back.text
    assert "5=1" not in back.text


async def test_an_id_never_says_more_than_its_reader_got(
    hub: Hub, bus: MemoryBus, board: Board, phone: Callable[[], AnyPhone]
) -> None:
    await follow_both(hub, slow := phone())
    await follow_both(hub, phone())
    slow.stop()
    bus.ring(OTHER, board.point(5, OTHER))
    bus.ring(EVENT, board.point(1, EVENT))
    await settled(hub)
    bus.ring(OTHER, board.point(6, OTHER))
    await settled(hub)
    before = len(slow.text)
    slow.go_on()
    await settled(hub)
    told: set[str] = set()
    for block in slow.text[before:].split("\n\n"):
        told |= {line.removeprefix("data: ") for line in block.splitlines() if "=" in line}
        if "id: " in block:
            known = last_id(block)
            assert "5=1" in told or known[OTHER] < 1
            assert "6=1" in told or known[OTHER] < 2
            assert "1=1" in told or known[EVENT] < 1
    assert {"5=1", "6=1", "1=1"} <= told


async def test_who_follows_several_events_leaves_them_all(
    hub: Hub, phone: Callable[[], AnyPhone]
) -> None:
    reader = await follow_both(hub, one := phone())
    reader.dismiss("signed-out")
    assert one.ended
    assert '"reason":"signed-out"' in one.text
    assert hub.channels == {}
