"""Lines to readers that keep what they were sent: through ASGI's ``send``, and beneath it."""

import asyncio
import math
from collections.abc import Callable
from typing import Any

from courtsync_web.live.asgi_line import AsgiLine
from courtsync_web.live.dialects import SSE, SSE_CHUNKS, Sse, bare, chunk
from courtsync_web.live.readers import Reader


class Phone:
    """Somebody who follows; they may stop taking anything. What they got is unpacked."""

    dialect: Sse
    pack: Callable[[bytes], bytes]

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.ended = False

    @property
    def text(self) -> str:
        return b"".join(self.got).decode()


class AsgiPhone(Phone):
    """Behind an ASGI server, whose ``send`` waits while the phone takes nothing."""

    dialect = SSE
    pack = staticmethod(bare)

    def __init__(self) -> None:
        super().__init__()
        self.flows = asyncio.Event()
        self.flows.set()
        self.line = AsgiLine(self.send)
        self.line._owner = None  # the test is nobody's request
        self.line.end = self.end  # type: ignore[method-assign,assignment]
        self.line.cut = self.cut  # type: ignore[method-assign]

    async def send(self, frame: bytes) -> None:
        if not self.flows.is_set():
            await self.flows.wait()
        self.got.append(frame)

    def stop(self) -> None:
        """Take nothing from now on."""
        self.flows.clear()

    def go_on(self) -> None:
        self.flows.set()

    def end(self, farewell: bytes, _reason: str) -> None:
        self.got.append(farewell)
        self.ended = True

    def cut(self) -> None:
        self.ended = True
        if self.line.finishing is not None:
            self.line.finishing.cancel()


class WirePhone(Phone):
    """On a connection of our own: what it does not take is kept, and then it says stop."""

    dialect = SSE_CHUNKS
    pack = staticmethod(chunk)
    heard_at = math.inf

    def __init__(self) -> None:
        super().__init__()
        self.reader: Reader | None = None
        self.line = self
        self.kept: list[bytes] | None = None

    def write(self, frame: Any) -> None:
        unpacked = without_chunks(frame)
        if self.kept is None:
            self.got.append(unpacked)
            return
        self.kept.append(unpacked)
        if self.reader is not None:
            self.reader.fell_behind()

    def stop(self) -> None:
        """Take nothing from now on."""
        self.kept = []

    def go_on(self) -> None:
        self.got += self.kept or []
        self.kept = None
        if self.reader is not None:
            self.reader.catch_up()

    def end(self, farewell: bytes, _reason: str) -> None:
        self.got.append(without_chunks(farewell))
        self.ended = True

    def cut(self) -> None:
        self.ended = True


def without_chunks(data: bytes) -> bytes:
    """What HTTP's chunked encoding carries."""
    text = b""
    while data:
        size, _, rest = data.partition(b"\r\n")
        length = int(size, 16)
        text, data = text + rest[:length], rest[length + 2 :]
    return text


AnyPhone = AsgiPhone | WirePhone
