"""Requests that never end, over real sockets: in drops, in floods, and left half said.

The real server runs in the test's own loop, with deadlines of a moment instead of seconds.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from itertools import chain, repeat
from urllib.parse import urlsplit

import pytest

from courtsync_web.app import create_app
from courtsync_web.serve import Server, listening
from courtsync_web.settings import Settings
from courtsync_web.web import half_requests, slow_bodies, slow_requests
from tests.servers.app import Server as Process

MOMENT = 0.3
DROP = 0.02
"""Seconds between two drops: each comes in good time, all together never end."""
WHOLE = b"GET /healthz HTTP/1.1\r\nHost: hall\r\n\r\n"
GUEST = b"POST /api/auth/guest HTTP/1.1\r\nHost: hall\r\nContent-Type: application/json\r\n"
CHUNKED = GUEST + b"Transfer-Encoding: chunked\r\n\r\n"
PLACES = 20

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
def door() -> socket.socket:
    """Where it listens; small buffers, so that a reader who does not read is soon noticed."""
    door = listening("127.0.0.1", 0)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    return door


@pytest.fixture
def serving(door: socket.socket, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The real server, in a hurry."""
    monkeypatch.setattr(slow_bodies, "SECONDS", MOMENT)
    for name in ("HEAD_SECONDS", "LINGER_SECONDS", "UNREAD_SECONDS"):
        monkeypatch.setattr(slow_requests, name, MOMENT)
    monkeypatch.setattr(half_requests, "MOST", PLACES)
    return Server(create_app(settings), "127.0.0.1", door.getsockname()[1], settings)


@pytest.fixture
async def hall(serving: Server, door: socket.socket) -> AsyncIterator[int]:
    """The port at which it answers."""
    port: int = door.getsockname()[1]
    until_told = asyncio.create_task(serving.serve(sockets=[door]))
    async with connected(port) as line:  # it waits in the backlog until the server is up
        assert await asked(line) == 200
    yield port
    serving.should_exit = True
    await until_told


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Line]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    yield reader, writer
    writer.transport.abort()


async def asked(line: Line, request: bytes = WHOLE) -> int:
    """The status of the answer, which is read whole."""
    reader, writer = line
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    size = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    await reader.readexactly(int(size or 0))
    return int(head.split()[1])


async def until_closed(line: Line, drops: Iterable[bytes], pause: float = 0.0) -> bytes:
    """What the server says until it closes, while one drop after another is sent."""
    reader, writer = line
    reading = asyncio.ensure_future(reader.read())
    try:
        for drop in drops:
            writer.write(drop)
            await asyncio.wait([reading], timeout=pause)
            if reading.done():
                break
            await writer.drain()
        return await reading
    except ConnectionError:
        reading.cancel()
        return b""


def refused(said: bytes, status: int) -> bool:
    """Closed with this answer. A reset, where more was sent than was read, may overtake it."""
    return said.startswith(b"HTTP/1.1 %d" % status) or said == b""


def dripped(text: bytes) -> Iterable[bytes]:
    return (text[at : at + 1] for at in range(len(text)))


async def test_who_connects_and_says_nothing_is_let_go(hall: int) -> None:
    async with connected(hall) as line:
        assert await until_closed(line, []) == b""


@pytest.mark.parametrize("before", [b"", WHOLE])
async def test_a_head_in_drops_is_given_up(hall: int, before: bytes) -> None:
    """A connection's first, and one after a request that was answered."""
    async with connected(hall) as line:
        if before:
            assert await asked(line, before) == 200
        said = await until_closed(line, dripped(WHOLE[:-2] + b"X-Drip: " + b"a" * 5000), DROP)
        assert refused(said, 408)


async def test_line_ends_between_requests_hold_nothing_open(hall: int) -> None:
    async with connected(hall) as line:
        assert await asked(line) == 200
        await until_closed(line, repeat(b"\r\n"), DROP)


@pytest.mark.parametrize(
    ("begin", "more"),
    [
        (WHOLE[:-2] + b"X-Long: ", b"a" * 1024),
        (WHOLE[:-2], b"X-Many: 1\r\n" * 100),
        (b"GET /?q=", b"a" * 1024),
        (CHUNKED + b"1;", b"a" * 1024),
        (CHUNKED + b"2\r\n{}\r\n0\r\nX-Trailer: ", b"a" * 1024),
        (CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-Trailer: 1\r\n" * 100),
    ],
    ids=["a header", "headers", "an address", "a chunk's extension", "a trailer", "trailers"],
)
async def test_what_never_ends_is_ended(hall: int, begin: bytes, more: bytes) -> None:
    """As fast as the line takes it, so it is the size that ends it and not the time."""
    async with connected(hall) as line:
        said = await until_closed(line, chain([begin], repeat(more)))
        assert refused(said, 431)


async def test_a_head_too_large_is_refused_in_one_piece_too(hall: int) -> None:
    async with connected(hall) as line:
        large = WHOLE[:-2] + b"X-Large: " + b"a" * slow_requests.MOST_HEAD + b"\r\n\r\n"
        assert await asked(line, large) == 431
    async with connected(hall) as line:
        assert await asked(line, large.replace(b"a" * 2048, b"", 1)) == 200


async def test_a_body_in_drops_is_given_up(hall: int) -> None:
    async with connected(hall) as line:
        begin = GUEST + b"Content-Length: 5000\r\n\r\n"
        said = await until_closed(line, chain([begin], dripped(b" " * 5000)), DROP)
        assert refused(said, 408)


async def test_a_body_nobody_reads_holds_nothing_open(hall: int) -> None:
    """Its request is answered at once; what comes after that is nobody's."""
    async with connected(hall) as line:
        begin = b"POST /nowhere HTTP/1.1\r\nHost: hall\r\nContent-Length: 5000\r\n\r\n"
        said = await until_closed(line, chain([begin], dripped(b" " * 5000)), DROP)
        assert said.startswith(b"HTTP/1.1 40") or said == b""


async def test_an_answer_nobody_takes_is_dropped(hall: int, serving: Server) -> None:
    """Sixteen pages asked for and none read: the server keeps them a moment, not for ever."""
    with socket.socket() as mute:
        mute.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        mute.connect(("127.0.0.1", hall))
        mute.sendall(b"GET /schema/openapi.json HTTP/1.1\r\nHost: hall\r\n\r\n" * 16)
        await until(lambda: bool(serving.server_state.connections))
        await until(lambda: not serving.server_state.connections)
        assert not serving.server_state.tasks


async def until(fact: Callable[[], bool]) -> None:
    while not fact():
        await asyncio.wait([asyncio.get_running_loop().create_future()], timeout=DROP)


async def test_a_thousand_requests_at_once_are_not_queued(hall: int) -> None:
    async with connected(hall) as line:
        said = await until_closed(line, [WHOLE * 1000])
        assert said.count(b" 200 OK") <= slow_requests.MOST_AHEAD + 1


async def test_half_requests_keep_nobody_out(hall: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those who came first and still say nothing go first; a whole request takes no place."""
    monkeypatch.setattr(slow_requests, "HEAD_SECONDS", 60.0)
    half = [await asyncio.open_connection("127.0.0.1", hall) for _ in range(3 * PLACES)]
    for _, writer in half:
        writer.write(b"GET /healthz HTTP/1.1\r\nHost:")
    async with connected(hall) as line:
        assert await asked(line) == 200
    assert all([refused(await reader.read(), 408) for reader, _ in half[: 2 * PLACES]])
    assert not any(reader.at_eof() for reader, _ in half[2 * PLACES + 1 :])
    assert await asked((half[-1][0], half[-1][1]), b" hall\r\n\r\n") == 200
    for _, writer in half:
        writer.transport.abort()


def test_the_process_bears_thousands_of_half_requests(server: Process) -> None:
    """As `courtsync serve` runs it, with its own loop and its own number of open files."""
    where = (urlsplit(server.url).hostname, urlsplit(server.url).port or 80)
    half = []
    try:
        for _ in range(1500):
            half.append(socket.create_connection(where, 10))
            half[-1].sendall(b"GET / HTTP/1.1\r\nX-")
        with socket.create_connection(where, 10) as honest:
            honest.sendall(WHOLE)
            assert honest.recv(4096).startswith(b"HTTP/1.1 200")
        assert refused(half[0].recv(4096), 408)
    finally:
        for line in half:
            line.close()
