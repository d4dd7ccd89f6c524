"""What the live side asks of whoever knows the documents: it knows none itself."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Change:
    """The newest state of one thing, encoded once for every reader.

    ``kind`` is the message's name (``score-update``); ``match_id`` is none for what concerns
    the whole event; ``document`` is JSON in UTF-8.
    """

    seq: int
    kind: str
    match_id: int | None
    document: bytes

    @property
    def frame(self) -> bytes:
        """The change as a Server-Sent Event."""
        return b"id: %d\nevent: %s\ndata: %s\n\n" % (self.seq, self.kind.encode(), self.document)


@dataclass(frozen=True, slots=True)
class News:
    """Everything of an event that is newer than some ``seq``: one state per thing, in order."""

    seq: int
    changes: list[Change]


class Feed(Protocol):
    """Reads an event's live state. Both read one moment of the database."""

    async def news(self, event_id: str, since: int) -> News:
        """What changed after ``since``. ``seq`` of an unknown event is 0."""

    async def snapshot(self, event_id: str, matches: Collection[int] | None) -> tuple[int, bytes]:
        """``seq``, and the snapshot document as JSON in UTF-8, narrowed to ``matches``."""
