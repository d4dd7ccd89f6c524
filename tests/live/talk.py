"""A client of the WebSocket, message by message."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.servers.app import Server
from tests.world import EVENT


class Talk:
    """One client, message by message."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def next(self, *kinds: str) -> dict[str, Any]:
        """The next message, or the next of these types."""
        while True:
            message: dict[str, Any] = json.loads(self.socket.recv(timeout=10))
            if message["type"] != "beat" and (not kinds or message["type"] in kinds):
                return message

    def say(self, **message: Any) -> dict[str, Any]:
        """Send it; its answer."""
        self.socket.send(json.dumps(message))
        return self.next("ack", "error", "pong")

    def close_code(self) -> int:
        """Read on to the end; how it ended."""
        with suppress(ConnectionClosed):
            while True:
                self.socket.recv(timeout=10)
        assert self.socket.close_code is not None
        return self.socket.close_code


@contextmanager
def talking(
    server: Server, token: str | None = None, path: str = f"/api/events/{EVENT}/ws", **options: Any
) -> Iterator[Talk]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    headers |= options.pop("headers", {})
    url = server.url.replace("http:", "ws:") + path
    with connect(url, additional_headers=headers, **options) as socket:
        yield Talk(socket)
