"""What the live side asks of whoever knows the documents: it knows none itself."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Change:
    """The newest state of one thing, encoded once for every reader.

    ``kind`` is the message's name (``score-update``); ``match_id`` is none for what concerns
    the whole event; ``document`` is a JSON object in UTF-8.
    """

    seq: int
    kind: str
    match_id: int | None
    document: bytes
    court_id: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What of an event a reader asks for: these matches, and all on these courts.

    Neither named: everything. What concerns the whole event always belongs to it.
    """

    matches: frozenset[int] | None = None
    courts: frozenset[int] | None = None

    @property
    def is_narrow(self) -> bool:
        return self.matches is not None or self.courts is not None

    def includes(self, change: Change) -> bool:
        return (
            not self.is_narrow
            or change.match_id is None
            or change.match_id in (self.matches or ())
            or change.court_id in (self.courts or ())
        )


EVERYTHING = Wish()


@dataclass(frozen=True, slots=True)
class News:
    """Everything of an event that is newer than some ``seq``: one state per thing, in order."""

    seq: int
    changes: list[Change]


class Feed(Protocol):
    """Reads an event's live state. Both read one moment of the database."""

    async def news(self, event_id: str, since: int) -> News:
        """What changed after ``since``. ``seq`` of an unknown event is 0."""

    async def snapshot(self, event_id: str, wish: Wish) -> tuple[int, bytes]:
        """``seq``, and the snapshot document as JSON in UTF-8, narrowed as wished."""
