"""The hall's network: a TCP forwarder between a browser and the server that a test can cut.

Page, worker and an open stream all lose the network at once, as they do behind a concrete
wall. ``navigator.onLine`` stays true, which the app must not rely on anyway.
"""

import asyncio
import socket
import struct
from collections.abc import Callable
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

RESET = struct.pack("ii", 1, 0)
"""SO_LINGER on, zero seconds: closing sends a reset instead of a polite goodbye."""
CHUNK = 65536


class Gate:
    """Forwards ``url`` to ``server_url``. Used as ``async with Gate(server.url) as gate``."""

    def __init__(self, server_url: str) -> None:
        target = urlsplit(server_url)
        self._target = (target.hostname, target.port)
        self._port = 0
        self._listening: asyncio.Server | None = None
        self._live: set[asyncio.StreamWriter] = set()
        self.was_cut = False
        self._swallows = False
        self._answers_only = False
        self._swallowed = asyncio.Event()
        self._overheard: bytearray | None = None

    @property
    def url(self) -> str:
        """The address a browser uses; it stays the same when the gate opens again."""
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        await self.restore()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.cut()

    async def restore(self) -> None:
        """Open: connections get through again."""
        if self._listening is None:
            self._listening = await asyncio.start_server(self._forward, "127.0.0.1", self._port)
            self._port = self._listening.sockets[0].getsockname()[1]

    def turn_to(self, server_url: str) -> None:
        """New connections go to another server from now on."""
        target = urlsplit(server_url)
        self._target = (target.hostname, target.port)

    def swallow(self, *, answers_only: bool = False) -> None:
        """From now on nothing comes back, and nobody says so; requests get through or not."""
        self._swallows = True
        self._answers_only = answers_only

    def let_through(self) -> None:
        """As before."""
        self._swallows = False

    def overhear(self) -> bytearray:
        """Everything that is sent towards the server from now on, as it went over the wire."""
        self._overheard = bytearray()
        return self._overheard

    async def until_answered(self) -> None:
        """Wait until an answer of the server was swallowed."""
        self._swallowed.clear()
        await asyncio.wait_for(self._swallowed.wait(), 15)

    async def cut(self) -> None:
        """Shut: new connections are refused, live ones are reset on both sides."""
        self.was_cut = True
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        for writer in list(self._live):
            reset(writer)

    async def _forward(self, near: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        self._live.add(answer)
        if self._swallows and not self._answers_only:
            return
        try:
            far, question = await asyncio.open_connection(*self._target)
        except OSError:
            self._live.discard(answer)
            reset(answer)
            return
        self._live.add(question)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(pump(near, question, self._asking))
                both.create_task(pump(far, answer, self._answering))
        finally:
            for writer in (question, answer):
                self._live.discard(writer)
                writer.close()

    def _asking(self, chunk: bytes) -> bool:
        if self._overheard is not None:
            self._overheard += chunk
        return self._swallows and not self._answers_only

    def _answering(self, _chunk: bytes) -> bool:
        if self._swallows:
            self._swallowed.set()
        return self._swallows


async def pump(
    source: asyncio.StreamReader, target: asyncio.StreamWriter, swallows: Callable[[bytes], bool]
) -> None:
    """Carry bytes one way until either end is done; then say goodbye to the other."""
    try:
        while chunk := await source.read(CHUNK):
            if swallows(chunk):
                continue
            target.write(chunk)
            await target.drain()
        if target.can_write_eof():
            target.write_eof()
    except OSError:
        target.close()


def reset(writer: asyncio.StreamWriter) -> None:
    """End a connection as a lost network does."""
    connection = writer.get_extra_info("socket")
    if connection is not None and connection.fileno() >= 0:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()
