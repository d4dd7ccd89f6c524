"""The doorbell between whoever changed an event and whoever tells its readers.

A ring says "event X has moved to seq N" and nothing more: the database holds the truth, so
a lost ring delays and never loses (the hub also looks by itself every few seconds).
"""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

Ring = Callable[[str, int], None]
"""Told ``(event_id, seq)``. Must not block and must not raise."""


@runtime_checkable  # Litestar checks what it hands to a handler
class Bus(Protocol):
    """Carries rings to every hub that listens, in this process or another."""

    def ring(self, event_id: str, seq: int) -> None:
        """Tell all listeners that the event has moved. Call it after the commit."""

    def listen(self, ring: Ring) -> None:
        """Have ``ring`` called for every ring from now on."""


class MemoryBus:
    """A bus for one process."""

    def __init__(self) -> None:
        self._listeners: list[Ring] = []

    def ring(self, event_id: str, seq: int) -> None:
        for listener in self._listeners:
            listener(event_id, seq)

    def listen(self, ring: Ring) -> None:
        self._listeners.append(ring)
