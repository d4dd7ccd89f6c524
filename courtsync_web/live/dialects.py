"""How news is put into bytes: once, for every reader who speaks the same dialect.

Server-Sent Events and WebSocket carry the same documents. Each comes in two forms: ready for
the socket, with the framing of HTTP chunks or WebSocket already around it, or bare, for an
ASGI server that does the framing itself.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import msgspec
from websockets.frames import Close, Frame, Opcode

from courtsync_web.live.feed import Change

SPREAD = (500, 4000)
"""Milliseconds after which browsers come back when the server goes: not all at once."""

CLOSE_CODES = {
    "restart": 1012,
    "idle": 4408,
    "too-many-messages": 4429,
    "signed-out": 4401,
    "token-expired": 4401,
    "not-found": 4404,
}
"""WebSocket's close codes for the reasons of a farewell (docs/live.md)."""


Known = Mapping[str, int] | None
"""Of each event on a stream, the ``seq`` up to which it was told."""


class Dialect(Protocol):
    """Frames of one kind; they can be joined with ``+``."""

    @property
    def hello(self) -> Any:
        """What stands before the first state."""

    @property
    def beat(self) -> Any:
        """A sign of life, for proxies and for pages."""

    @property
    def ping(self) -> Any:
        """Asks for a sign of life; none: nobody answers in this dialect."""

    def snapshot(self, event_id: str, seq: int, document: bytes, known: Known = None) -> Any:
        """The whole state, as of ``seq``."""

    def news(self, event_id: str, changes: Sequence[Change], known: Known = None) -> Any:
        """What changed, in order. ``known``: what one reader has; none: what all have."""

    def farewell(self, reason: str, within: int) -> Any:
        """The last words, and whatever ends the stream. Who hears them comes back within so
        many milliseconds, not all at once."""

    def told(self, event_id: str, seq: int) -> None:
        """Every reader who keeps up has now been told so far."""


def bare(data: bytes) -> bytes:
    """As it is: the server does the framing."""
    return data


def chunk(data: bytes) -> bytes:
    """One chunk of an HTTP/1.1 answer."""
    return b"%x\r\n%s\r\n" % (len(data), data) if data else b""


LAST_CHUNK = b"0\r\n\r\n"


class Sse:
    """Server-Sent Events of one event: the id is its ``seq``."""

    def __init__(self, pack: Callable[[bytes], bytes] = bare) -> None:
        self.pack = pack
        self.end = LAST_CHUNK if pack is chunk else b""
        # A comment for proxies; an event for pages, to which browsers do not show comments.
        self._beat = pack(b": still here\n\nevent: beat\ndata: {}\n\n")

    @property
    def hello(self) -> bytes:
        return self.pack(b"retry: %d\n\n" % random.randint(*SPREAD))  # noqa: S311  # spread, no secret

    @property
    def beat(self) -> bytes:
        return self._beat

    @property
    def ping(self) -> None:
        return None

    def id_of(self, _event_id: str, seq: int, _known: Known) -> bytes:
        return b"%d" % seq

    def snapshot(self, event_id: str, seq: int, document: bytes, known: Known = None) -> bytes:
        return self.pack(message(b"snapshot", document, self.id_of(event_id, seq, known)))

    def news(self, event_id: str, changes: Sequence[Change], known: Known = None) -> bytes:
        return self.pack(
            b"".join(
                message(one.kind.encode(), one.document, self.id_of(event_id, one.seq, known))
                for one in changes
            )
        )

    def farewell(self, reason: str, within: int) -> bytes:
        wait = random.randint(SPREAD[0], within)  # noqa: S311  # as above
        document = msgspec.json.encode({"reason": reason, "retry": wait})
        return self.pack(b"retry: %d\nevent: bye\ndata: %s\n\n" % (wait, document)) + self.end

    def told(self, event_id: str, seq: int) -> None:
        """One event's ids need no memory."""


def message(name: bytes, document: bytes, last_id: bytes) -> bytes:
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (last_id, name, document)


class Medley(Sse):
    """Server-Sent Events of several events: the id says of each how far it was told.

    ``a:12,b:7``. The other events' numbers are those that everybody on this stream has been
    told for certain, so whoever resumes may hear a state twice, and misses none.
    """

    def __init__(self, pack: Callable[[bytes], bytes] = bare) -> None:
        super().__init__(pack)
        self.seqs: dict[str, int] = {}

    def id_of(self, event_id: str, seq: int, known: Known) -> bytes:
        seqs = {**(self.seqs if known is None else known), event_id: seq}
        return ",".join(f"{one}:{at}" for one, at in seqs.items()).encode()

    def told(self, event_id: str, seq: int) -> None:
        self.seqs[event_id] = seq


Texts = list[str]


def frames(messages: list[bytes]) -> bytes:
    """WebSocket text messages as they go over the wire."""
    return b"".join(Frame(Opcode.TEXT, one).serialize(mask=False) for one in messages)


def texts(messages: list[bytes]) -> Texts:
    """The same for an ASGI server, which takes one text at a time."""
    return [one.decode() for one in messages]


class Json:
    """WebSocket: each message is the document with its ``type``."""

    def __init__(self, pack: Callable[[list[bytes]], Any]) -> None:
        self.pack = pack
        self._beat = pack([b'{"type":"beat"}'])
        # An ASGI server pings by itself.
        self._ping = Frame(Opcode.PING, b"").serialize(mask=False) if pack is frames else None

    @property
    def hello(self) -> Any:
        return self.pack([])

    @property
    def beat(self) -> Any:
        return self._beat

    @property
    def ping(self) -> bytes | None:
        return self._ping

    def snapshot(self, _event_id: str, _seq: int, document: bytes, _known: Known = None) -> Any:
        return self.pack([typed("snapshot", document)])

    def news(self, _event_id: str, changes: Sequence[Change], _known: Known = None) -> Any:
        return self.pack([typed(one.kind, one.document) for one in changes])

    def farewell(self, reason: str, within: int) -> Any:
        wait = random.randint(SPREAD[0], within)  # noqa: S311  # as above
        last = self.pack([msgspec.json.encode({"type": "bye", "reason": reason, "retry": wait})])
        if self.pack is frames:
            last += Frame(Opcode.CLOSE, Close(CLOSE_CODES[reason], reason).serialize()).serialize(
                mask=False
            )
        return last

    def told(self, event_id: str, seq: int) -> None:
        """Its messages carry their own ``seq``."""


def typed(kind: str, document: bytes) -> bytes:
    """The document with ``type`` before its own fields."""
    return b'{"type":"%s",%s' % (kind.encode(), document[1:])


SSE, SSE_CHUNKS = Sse(), Sse(chunk)
JSON_TEXTS, JSON_FRAMES = Json(texts), Json(frames)
