"""The hub tells everyone at once, waits for nobody, and skips nothing's newest state."""

import asyncio
from collections.abc import Collection
from contextlib import AsyncExitStack

import pytest

from courtsync_web.live.bus import MemoryBus
from courtsync_web.live.feed import Change, News
from courtsync_web.live.hub import Hub, Reader

EVENT = "lakeside"


class Board:
    """A feed whose event is a dict of points by match."""

    def __init__(self) -> None:
        self.seq = 0
        self.points: dict[int, tuple[int, int]] = {}
        self.reads = 0

    def point(self, match_id: int) -> int:
        self.seq += 1
        points = self.points.get(match_id, (0, 0))[1]
        self.points[match_id] = (self.seq, points + 1)
        return self.seq

    async def news(self, event_id: str, since: int) -> News:
        self.reads += 1
        await asyncio.sleep(0)
        changes = [
            Change(seq, "score-update", match_id, b"%d=%d" % (match_id, points))
            for match_id, (seq, points) in sorted(self.points.items(), key=lambda item: item[1])
            if seq > since
        ]
        return News(self.seq, changes)

    async def snapshot(self, event_id: str, matches: Collection[int] | None) -> tuple[int, bytes]:
        await asyncio.sleep(0)
        shown = {m: p for m, (_, p) in self.points.items() if matches is None or m in matches}
        return self.seq, repr(shown).encode()


class Phone:
    """A reader that keeps what it was sent; it may stop taking anything."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.flows = asyncio.Event()
        self.flows.set()
        self.greeted = asyncio.Event()

    async def send(self, frame: bytes) -> None:
        if not self.flows.is_set():
            await self.flows.wait()
        self.got.append(frame)
        self.greeted.set()

    @property
    def text(self) -> str:
        return b"".join(self.got).decode()


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def bus() -> MemoryBus:
    return MemoryBus()


@pytest.fixture
def hub(board: Board, bus: MemoryBus) -> Hub:
    return Hub(board, bus)


@pytest.fixture
async def stack() -> AsyncExitStack:
    return AsyncExitStack()


async def settled(hub: Hub) -> None:
    """Until the channel has told all it was rung for, and nobody is being caught up."""
    channel = hub.channels[EVENT]
    while channel.pump is not None and not channel.pump.done():
        await channel.pump
    while channel.finishing:
        done, _ = await asyncio.wait(channel.finishing, timeout=0.01)
        if not done:
            return


async def join(
    hub: Hub,
    stack: AsyncExitStack,
    matches: frozenset[int] | None = None,
    since: int | None = None,
) -> tuple[Phone, Reader]:
    phone = Phone()
    reader = await stack.enter_async_context(hub.following(EVENT, phone.send, matches, since))
    return phone, reader


async def test_first_the_snapshot_then_each_change(
    hub: Hub, bus: MemoryBus, board: Board, stack: AsyncExitStack
) -> None:
    board.point(1)
    phone, _ = await join(hub, stack)
    assert "id: 1\nevent: snapshot\ndata: {1: 1}\n\n" in phone.text
    bus.ring(EVENT, board.point(1))
    await settled(hub)
    assert phone.got[-1] == b"id: 2\nevent: score-update\ndata: 1=2\n\n"
    await stack.aclose()


async def test_after_a_reconnect_only_what_is_newer(
    hub: Hub, board: Board, stack: AsyncExitStack
) -> None:
    board.point(1)
    seen = board.point(2)
    board.point(3)
    phone, _ = await join(hub, stack, since=seen)
    assert "snapshot" not in phone.text
    assert "3=1" in phone.text
    assert "2=1" not in phone.text
    await stack.aclose()


async def test_a_reader_from_the_future_gets_the_snapshot(
    hub: Hub, board: Board, stack: AsyncExitStack
) -> None:
    board.point(1)
    phone, _ = await join(hub, stack, since=99)
    assert "snapshot" in phone.text
    await stack.aclose()


async def test_many_changes_at_one_moment_are_one_read_and_one_write(
    hub: Hub, bus: MemoryBus, board: Board, stack: AsyncExitStack
) -> None:
    phones = [(await join(hub, stack))[0] for _ in range(50)]
    await settled(hub)
    reads, writes = board.reads, [len(phone.got) for phone in phones]
    for match_id in range(20):
        bus.ring(EVENT, board.point(match_id))
    await settled(hub)
    assert board.reads == reads + 1
    assert [len(phone.got) for phone in phones] == [count + 1 for count in writes]
    assert phones[0].got[-1].count(b"event: score-update") == 20
    assert len({id(phone.got[-1]) for phone in phones}) == 1, "one encoded frame for all"
    await stack.aclose()


async def test_no_task_is_made_for_readers_that_keep_up(
    hub: Hub, bus: MemoryBus, board: Board, stack: AsyncExitStack
) -> None:
    for _ in range(50):
        await join(hub, stack)
    await settled(hub)
    before = len(asyncio.all_tasks())
    bus.ring(EVENT, board.point(1))
    assert len(asyncio.all_tasks()) <= before + 1, "only the channel's own reading"
    await settled(hub)
    assert not hub.channels[EVENT].finishing
    await stack.aclose()


async def test_a_slow_reader_gets_the_newest_state_and_slows_nobody(
    hub: Hub, bus: MemoryBus, board: Board, stack: AsyncExitStack
) -> None:
    slow, _ = await join(hub, stack)
    quick, _ = await join(hub, stack)
    slow.flows.clear()
    for _ in range(30):
        bus.ring(EVENT, board.point(1))
        await settled(hub)
    assert "1=30" in quick.text
    assert len(hub.channels[EVENT].finishing) == 1
    slow.flows.set()
    await settled(hub)
    assert slow.text.endswith("data: 1=30\n\n")
    assert slow.text.count("score-update") == 2, "the one it was stuck in, and the newest"
    await stack.aclose()


async def test_narrowing_by_matches(
    hub: Hub, bus: MemoryBus, board: Board, stack: AsyncExitStack
) -> None:
    phone, _ = await join(hub, stack, matches=frozenset({2}))
    for match_id in (1, 2, 3):
        bus.ring(EVENT, board.point(match_id))
    await settled(hub)
    assert "2=1" in phone.text
    assert "1=1" not in phone.text
    assert "3=1" not in phone.text
    await stack.aclose()


async def test_a_lost_ring_is_made_good_by_the_next_look(
    hub: Hub, board: Board, stack: AsyncExitStack
) -> None:
    phone, _ = await join(hub, stack)
    board.point(7)
    channel = hub.channels[EVENT]
    channel.wake(channel.seq + 1)
    await settled(hub)
    assert "7=1" in phone.text
    await stack.aclose()


async def test_a_failing_read_is_tried_again(
    hub: Hub, bus: MemoryBus, board: Board, stack: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, _ = await join(hub, stack)
    await settled(hub)
    working = board.news

    async def broken(event_id: str, since: int) -> News:
        raise ConnectionError("the database went away")

    monkeypatch.setattr(board, "news", broken)
    bus.ring(EVENT, board.point(1))
    await settled(hub)
    monkeypatch.setattr(board, "news", working)
    channel = hub.channels[EVENT]
    channel.wake(channel.seq + 1)
    await settled(hub)
    assert "1=1" in phone.text
    await stack.aclose()


async def test_a_stalled_reader_is_dropped_and_a_quiet_one_hears_a_beat(
    hub: Hub, bus: MemoryBus, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courtsync_web.live.hub.STALLED_AFTER", -1.0)
    stalled = Phone()

    async def watch() -> None:
        async with hub.following(EVENT, stalled.send, None, None):
            await asyncio.Event().wait()

    async with AsyncExitStack() as stack:
        quiet, _ = await join(hub, stack)
        watching = asyncio.create_task(watch())
        await stalled.greeted.wait()
        stalled.flows.clear()
        bus.ring(EVENT, board.point(1))
        await settled(hub)
        hub.channels[EVENT].beat()
        with pytest.raises(asyncio.CancelledError):
            await watching
        assert len(hub.channels[EVENT].readers) == 1
        assert quiet.got[-1].startswith(b": ")


async def test_nothing_is_left_when_the_last_reader_leaves(
    hub: Hub, bus: MemoryBus, board: Board
) -> None:
    async with AsyncExitStack() as stack:
        await join(hub, stack)
        assert EVENT in hub.channels
    assert hub.channels == {}
    bus.ring(EVENT, board.point(1))
