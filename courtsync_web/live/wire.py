"""The line beneath ASGI: a reader's connection itself, taken over from uvicorn.

A stream's request is answered through ASGI up to its headers, so that everything that stands
around the application has had its say. Then the handler takes the connection over and
returns: the request's task, its scope and its parser are gone, and what remains of a reader is
a transport that the hub writes to. uvicorn finds these protocols by its configuration
(``serve.py``); handlers find them in ``scope["extensions"]``, and do without where there is
another server.
"""

import asyncio
import math
from collections.abc import Callable
from time import monotonic
from typing import Any, Protocol, cast

from litestar.types import Scope
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from courtsync_web.live.readers import Line, Reader
from courtsync_web.web.slow_requests import InTime

EXTENSION = "courtsync.wire"


ANSWERS_WITHIN = 2.0
"""Seconds for the other side to answer a WebSocket's close frame."""


class Deaf(asyncio.Queue[Any]):
    """Nobody waits here for what uvicorn has to say; one for all connections."""

    def put_nowait(self, item: Any) -> None:
        """Forget it."""


DEAF = Deaf()


class StreamWire(Line, Protocol):
    """What a stream's handler may find in its scope."""

    def take_over(self) -> bool:
        """Take the connection from its request, whose headers are out. False: it cannot be."""


class SocketWire(Line, Protocol):
    """What a WebSocket's handler may find in its scope."""

    is_open: bool

    def take_over(self, hear: Callable[[str], None]) -> bool:
        """Take the accepted connection from its request. False: it is lost already.

        ``hear`` gets each message, of a binary one an empty text."""

    def hold(self, *, still: bool) -> None:
        """Whether to read on; a client that asks faster than it is answered must wait."""


def stream_wire_in(scope: Scope) -> StreamWire | None:
    """The connection beneath this request, if the server offers it."""
    return cast(StreamWire | None, (scope.get("extensions") or {}).get(EXTENSION))


def socket_wire_in(scope: Scope) -> SocketWire | None:
    """The connection beneath this WebSocket, if the server offers it."""
    return cast(SocketWire | None, (scope.get("extensions") or {}).get(EXTENSION))


class HttpWire(InTime):
    """An HTTP connection, and what it is once it has become a stream."""

    reader: Reader | None = None
    heard_at = math.inf  # nobody speaks on a stream; TCP_USER_TIMEOUT finds the dead
    taken_over = False
    write: Callable[[bytes], None]

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {EXTENSION: self}  # type: ignore[dict-item]

    def take_over(self) -> bool:
        if not self.cycle.chunked_encoding or self.cycle.disconnected:
            return False
        self.taken_over = True
        self.write = self.transport.write
        self.cycle.response_complete = True  # for uvicorn the request is over
        self.cycle = self.scope = self.headers = self.parser = None  # type: ignore[assignment]
        self.flow = self.pipeline = None  # type: ignore[assignment]
        return True

    def data_received(self, data: bytes) -> None:
        if not self.taken_over:
            super().data_received(data)
        else:  # a reader has nothing to say on a stream that does not end
            self.transport.abort()

    def pause_writing(self) -> None:
        if not self.taken_over:
            super().pause_writing()
        elif self.reader is not None:
            self.reader.fell_behind()

    def resume_writing(self) -> None:
        if not self.taken_over:
            super().resume_writing()
        elif self.reader is not None:
            self.reader.catch_up()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self.reader is not None:
            self.reader.leave()

    def end(self, farewell: bytes, _reason: str) -> None:
        self.transport.write(farewell)
        self.transport.close()
        self._await_reader()

    def cut(self) -> None:
        self.transport.abort()


class WebSocketWire(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket, which the hub may write frames to that are already encoded."""

    reader: Reader | None = None
    hear: Callable[[str], None] | None = None
    is_open = False
    write: Callable[[bytes], None]
    heard_at = 0.0

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            self.scope["extensions"][EXTENSION] = self  # type: ignore[assignment]

    def take_over(self, hear: Callable[[str], None]) -> bool:
        if self.disconnected or self.transport.is_closing():
            return False
        self.hear, self.is_open, self.heard_at = hear, True, monotonic()
        self.write = self.transport.write
        said, self.queue = self.queue, DEAF
        del self.scope, self.request, self.response
        self.hold(still=False)
        while not said.empty():  # what came before we were listening
            hear(str(said.get_nowait().get("text") or ""))
        return True

    async def run_asgi(self) -> None:
        """As uvicorn's, for a connection that may outlive its request."""
        scope = self.scope
        try:
            await self.app(scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except Exception:
            self.logger.exception("Exception in ASGI application\n")
            self.send_500_response()
        if self.hear is None and self.close_timer is None:
            self.transport.close()

    def send_receive_event_to_app(self) -> None:
        if self.hear is None:
            super().send_receive_event_to_app()
            return
        self.heard_at = monotonic()
        data, self.frames = b"".join(self.frames), []
        if not self.close_sent:
            self.hear(data.decode(errors="replace") if self.curr_msg_data_type == "text" else "")

    def handle_pong(self, event: Frame) -> None:
        self.heard_at = monotonic()
        super().handle_pong(event)

    def hold(self, *, still: bool) -> None:
        if still != self.read_paused:
            self.read_paused = still
            (self.transport.pause_reading if still else self.transport.resume_reading)()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self.reader is not None:
            self.reader.fell_behind()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.reader is not None:
            self.reader.catch_up()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self.reader is not None:
            self.reader.leave()
        self.hear, self.is_open = None, False

    def end(self, farewell: bytes, _reason: str) -> None:
        self.close_sent, self.is_open = True, False
        self.transport.write(farewell)
        self.hold(still=False)  # the other side's answer is to be read
        self.close_timer = self.loop.call_later(ANSWERS_WITHIN, self.transport.close)

    def cut(self) -> None:
        self.transport.abort()
