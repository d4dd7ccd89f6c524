"""The doorbell between whoever changed an event and whoever tells its readers.

A ring says "event X has moved to seq N" and nothing more: the database holds the truth, so
a lost ring delays and never loses (the hub also looks by itself every few seconds).
"""

from abc import ABC, abstractmethod
from collections.abc import Callable

Ring = Callable[[str, int], None]
"""Told ``(event_id, seq)``. Must not block and must not raise."""


class Bus(ABC):
    """Carries rings to every hub that listens, in this process or another.

    No protocol: Litestar checks what it hands to a handler, and to look for a protocol's members
    took a ninth of a score update.
    """

    @abstractmethod
    def ring(self, event_id: str, seq: int) -> None:
        """Tell all listeners that the event has moved. Call it after the commit."""

    @abstractmethod
    def listen(self, ring: Ring) -> None:
        """Have ``ring`` called for every ring from now on."""


class MemoryBus(Bus):
    """A bus for one process."""

    def __init__(self) -> None:
        self._listeners: list[Ring] = []

    def ring(self, event_id: str, seq: int) -> None:
        for listener in self._listeners:
            listener(event_id, seq)

    def listen(self, ring: Ring) -> None:
        self._listeners.append(ring)
