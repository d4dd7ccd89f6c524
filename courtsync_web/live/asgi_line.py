"""A line through any ASGI server: its ``send`` is stepped once, and waited for elsewhere."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any

from courtsync_web.live.readers import Reader

Sending = Callable[[Any], Coroutine[Any, Any, None]]


class AsgiLine:
    """Made in the task that serves the reader: cancelling that task is how the line is cut."""

    heard_at = math.inf  # the server pings, not we

    def __init__(self, send: Sending) -> None:
        self.send = send
        self.reader: Reader | None = None
        self.reason = ""
        """Why it was ended, for whoever catches the cancellation."""
        self.finishing: asyncio.Task[None] | None = None
        self._owner = asyncio.current_task()

    def write(self, frame: Any) -> None:
        """Step the send once; only if it would wait, finish it in a task."""
        sending = self.send(frame)
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        except Exception:  # noqa: BLE001  # each server has its own word for a lost connection
            if self.reader is not None:
                self.reader.leave()
            return
        if self.reader is not None:
            self.reader.fell_behind()
        self.finishing = asyncio.create_task(self._finish(RestOf(sending, waits_for)))

    async def _finish(self, sending: Awaitable[None]) -> None:
        try:
            await sending
        except Exception:  # noqa: BLE001  # as above
            if self.reader is not None:
                self.reader.leave()
            return
        if self.reader is not None:
            self.reader.catch_up()

    def end(self, farewell: Any, reason: str) -> None:
        self.reason = reason
        self.write(farewell)
        self.cut()

    def cut(self) -> None:
        if self.finishing is not None:
            self.finishing.cancel()
        if self._owner is not None:
            self._owner.cancel()


class RestOf:
    """Awaits a coroutine that was already stepped to its first wait."""

    def __init__(self, sending: Coroutine[Any, Any, None], waits_for: Any) -> None:
        self.sending = sending
        self.waits_for = waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        try:
            yield self.waits_for
        except BaseException:  # cancelled: whatever the send holds must be let go
            self.sending.close()
            raise
        yield from self.sending.__await__()
