"""A reader, the line to it, and the circle of those who hear the same."""

from collections.abc import Callable
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from courtsync_web.live.dialects import SPREAD, Dialect
from courtsync_web.live.feed import Wish

if TYPE_CHECKING:
    from courtsync_web.live.channel import Channel


ARRIVALS = count()


class Ticket(NamedTuple):
    """As whom somebody follows; nobody in particular has none."""

    session_id: str
    person_id: str
    expires_at: int
    """Unix seconds."""


class Line(Protocol):
    """The way to one reader. It tells its reader when it is choked, free again, or cut."""

    reader: "Reader | None"
    heard_at: float
    """When it last gave a sign of life (monotonic); infinity: none is expected."""

    @property
    def write(self) -> Callable[[Any], None]:
        """Takes a frame and never waits."""

    def end(self, farewell: Any, reason: str) -> None:
        """Say these last words and hang up."""

    def cut(self) -> None:
        """Hang up at once: nothing gets through."""


class Circle:
    """Readers of one event who asked for the same in the same dialect: one frame for all."""

    __slots__ = ("beaten_at", "channel", "dialect", "ready", "slow", "wish")

    def __init__(self, channel: "Channel", dialect: Dialect, wish: Wish) -> None:
        self.channel = channel
        self.dialect = dialect
        self.wish = wish
        self.ready: dict[Reader, Callable[[Any], None]] = {}
        """Those who keep up, and how to write to them."""
        self.slow: set[Reader] = set()
        """Those who are passed over: they get the newest state when they can take it."""
        self.beaten_at = monotonic()
        """When all who keep up were last given a sign of life."""

    @property
    def is_empty(self) -> bool:
        return not self.ready and not self.slow


class Reader:
    """One open stream, in one circle per event it follows.

    ``seen`` is none while it keeps up; else the ``seq`` up to which it was surely told, by
    circle. ``ticket`` tells who is reading, for whoever watches the door.
    """

    __slots__ = ("behind_since", "circles", "left", "line", "number", "seen", "ticket")

    def __init__(
        self,
        line: Line,
        circles: list[Circle],
        ticket: Ticket | None,
        left: Callable[["Reader"], None],
    ) -> None:
        self.line = line
        self.circles = circles
        self.ticket = ticket
        self.left = left
        self.seen: dict[Circle, int] | None = dict.fromkeys(circles, 0)
        self.behind_since = monotonic()
        self.number = next(ARRIVALS)
        line.reader = self
        for circle in circles:
            circle.slow.add(self)

    def fell_behind(self) -> None:
        """The line takes no more: pass this reader over."""
        if self.seen is None:
            self.behind_since = monotonic()
            self.seen = {circle: circle.channel.told for circle in self.circles}
            for circle in self.circles:
                circle.ready.pop(self, None)
                circle.slow.add(self)

    def catch_up(self, greeting: Any = None) -> None:
        """The line is free: the newest state of all that was missed, as one write."""
        if self.seen is None:
            return
        frame = greeting
        known = {circle.channel.event_id: seen for circle, seen in self.seen.items()}
        for circle, seen in self.seen.items():
            missed = circle.channel.missed(circle.wish, seen)
            if missed:
                part = circle.dialect.news(circle.channel.event_id, missed, known)
                frame = part if frame is None else frame + part
                known[circle.channel.event_id] = missed[-1].seq
        self.seen = None
        for circle in self.circles:
            circle.slow.discard(self)
            circle.ready[self] = self.line.write
        if frame is not None:
            self.line.write(frame)

    def leave(self) -> None:
        """The reader has gone, or is sent away."""
        for circle in self.circles:
            circle.ready.pop(self, None)
            circle.slow.discard(self)
        self.line.reader = None
        self.left(self)

    def dismiss(self, reason: str, within: int = SPREAD[1]) -> None:
        """End the stream politely, or at once where nothing gets through."""
        line, behind = self.line, self.seen is not None
        self.leave()
        if behind:
            line.cut()
        else:
            line.end(self.circles[0].dialect.farewell(reason, within), reason)
