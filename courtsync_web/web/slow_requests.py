"""A request arrives in time and in size, or its connection is closed.

uvicorn bounds neither how long a head may take nor how large it may grow, and somebody who has
connected and says nothing may stay for ever. Here every wait for a client ends, and of those who
have not finished a head only so many are kept: beyond it the one that has waited longest goes, so
thousands of idle half-requests do not keep the next visitor out. Whoever is honest sends the head
in one piece and is hardly ever among the waiting.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from courtsync_web.web import slow_bodies
from courtsync_web.web.half_requests import HalfRequests, places

HEAD_SECONDS = 20.0
"""For the head of a request, from connecting or from its first byte on."""
LINGER_SECONDS = 5.0
"""For the rest of a body that nobody reads any more: its request is answered."""
UNREAD_SECONDS = 60.0
"""For a reader to take something of an answer or a stream when every buffer is full."""
MOST_HEAD = 32 * 1024
"""Bytes of a head; what our own pages send stays below four thousand."""
MOST_AHEAD = 16
"""Requests that one connection may send before the first is answered. Browsers send none."""


class TooMuch(Exception):
    """A larger head, or more requests at once, than anybody needs. The parser wraps it."""


class InTime(HttpToolsProtocol):
    """uvicorn's HTTP connection with an end to every wait."""

    half: HalfRequests
    """Shared by all connections of one server."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._deadline: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None
        self._in_head, self._in_body = True, False
        self._head_size = 0
        self._unheard = 0
        """Bytes since the parser last had something to say: a head, a body, an end."""
        super().connection_made(transport)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)
        self._taken()

    def data_received(self, data: bytes) -> None:
        self._unheard += len(data)
        super().data_received(data)
        if self.transport.is_closing() or self not in self.connections:  # over, or a WebSocket's
            return
        if self._unheard > MOST_HEAD and (self._in_head or self._in_body):
            self._refuse(431)
        elif self._deadline is None:
            self._wait_for_the_rest()

    def on_message_begin(self) -> None:
        self._in_head, self._head_size = True, 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._measure(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._measure(len(name) + len(value) + 4)
        if self._in_head:  # a trailer must not pass for a header
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if len(self.pipeline) >= MOST_AHEAD:
            raise TooMuch
        self._heard(in_body=True)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._unheard = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._heard(in_body=False)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing():
            self._await_reader()
        elif self._in_body and self.cycle.response_complete:
            self._wait(LINGER_SECONDS)

    def handle_websocket_upgrade(self) -> None:
        self._heard(in_body=False)
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        """The parser stumbled, or was stopped by us."""
        if self._head_size > MOST_HEAD:
            self._refuse(431)
        else:
            super().send_400_response(msg)
            self._await_reader()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._await_reader()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._await_reader()

    def resume_writing(self) -> None:
        super().resume_writing()
        if not self.transport.is_closing():
            self._taken()

    def give_up(self) -> None:
        """The time is over, or the place is needed."""
        self._stop_waiting()
        if self._in_head and self._unheard:
            self._refuse(408)
        else:
            self.transport.close()
            self._await_reader()

    def _measure(self, size: int) -> None:
        self._head_size += size
        if self._head_size > MOST_HEAD:
            raise TooMuch

    def _heard(self, *, in_body: bool) -> None:
        """A head or a whole request is there; what follows is waited for anew."""
        self._in_head, self._in_body = False, in_body
        self._unheard = 0
        self._stop_waiting()

    def _wait_for_the_rest(self) -> None:
        if self._in_body:
            self._wait(slow_bodies.SECONDS + LINGER_SECONDS)
        elif self._in_head or self.cycle is None or self.cycle.response_complete:
            self._wait_for_head()  # in no head: line ends between requests, which may not go on

    def _wait_for_head(self) -> None:
        self.half.enter(self)
        self._wait(HEAD_SECONDS)

    def _wait(self, seconds: float) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(seconds, self.give_up)

    def _stop_waiting(self) -> None:
        self.half.leave(self)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _refuse(self, status: int) -> None:
        if self.cycle is None or self.cycle.response_complete:  # else within another's answer
            self.transport.write(
                STATUS_LINE[status] + b"content-length: 0\r\nconnection: close\r\n\r\n"
            )
        self.transport.close()
        self._await_reader()

    def _await_reader(self) -> None:
        """Somebody who does not take what is written to them does not keep it lying here."""
        if self._unread is None:
            self._unread = self.loop.call_later(UNREAD_SECONDS, self.transport.abort)

    def _taken(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None


def in_time(connection: type[InTime] = InTime) -> type[InTime]:
    """The connections of one server: they share the places of those who have not said enough."""
    return type("InTime", (connection,), {"half": HalfRequests(places())})
