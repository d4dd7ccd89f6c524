"""A round through an event's readers, which news may join on its way.

Ten thousand writes take a tenth of a second. News that comes meanwhile does not wait for their
end: who is still to be written to gets it in the same write, and the others are put behind
them. So each reader is written to once a round, and waits for one round at most.

A sign of life travels with news where one is soon due: as a round of its own it would hold up
a round of news.

A round makes no object per reader that the garbage collector would count: with eight thousand
of them it would look through everything, and stop everybody, after every tenth round.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from courtsync_web.figures import DELIVERIES, FAN_OUT_SECONDS
from courtsync_web.live.feed import Change
from courtsync_web.live.readers import Circle, Reader

BEAT_TRAVELS_AFTER = 10.0
"""Seconds since the last sign of life after which the next travels with news."""


@dataclass(slots=True)
class Party:
    """Readers who are owed the same news."""

    since: int
    """The ``seq`` up to which they were told before."""
    waiting: dict[Circle, deque[Reader]]
    news: dict[Circle, dict[tuple[int | None, str], Change]]
    """By circle the newest change of each kind and match."""
    began: float = field(default_factory=monotonic)
    frames: dict[Circle, Any] = field(default_factory=dict)
    """What was encoded of it."""
    beats: set[Circle] = field(default_factory=set)
    """Those who hear a sign of life with it."""

    def owe(self, parts: Mapping[Circle, Sequence[Change]]) -> None:
        """More news, for those of its circles that it concerns."""
        for circle, changes in parts.items():
            if circle in self.news:
                self.news[circle].update(((one.match_id, one.kind), one) for one in changes)
                self.frames.pop(circle, None)

    def frame(self, circle: Circle) -> Any:
        """All that is owed to one circle, encoded once for all its readers."""
        found = self.frames.get(circle)
        if found is None:
            changes = sorted(self.news[circle].values(), key=lambda one: one.seq)
            found = circle.dialect.news(circle.channel.event_id, changes)
            if circle in self.beats:
                found = found + circle.dialect.beat
            self.frames[circle] = found
        return found

    def tell(self, readers: int) -> int:
        """Write to so many at most, circle by circle; to how many it was."""
        left = readers
        while self.waiting and left:
            circle, line = next(iter(self.waiting.items()))
            left -= write_to(circle, line, self.frame(circle), left)
            if not line:
                del self.waiting[circle]
        return readers - left


class Round:
    """Who is still to be told what: those who have waited longest first."""

    def __init__(self) -> None:
        self.parties: deque[Party] = deque()

    @property
    def is_over(self) -> bool:
        return not self.parties

    def told(self, seq: int) -> int:
        """Up to where every reader who keeps up was told, the channel being at ``seq``."""
        return self.parties[0].since if self.parties else seq

    def join(self, since: int, parts: Mapping[Circle, Sequence[Change]]) -> None:
        """News joins: for those who are waiting anyway, then for all others it concerns."""
        for party in self.parties:
            party.owe(parts)
        others = {circle: line for circle in parts if (line := self.not_waiting(circle))}
        if others:
            news: dict[Circle, dict[tuple[int | None, str], Change]] = {one: {} for one in parts}
            self.parties.append(Party(since, others, news))
            self.parties[-1].owe(parts)
        self.add_beats(parts)

    def add_beats(self, circles: Iterable[Circle]) -> None:
        """A sign of life for those circles to which one is soon due."""
        now = monotonic()
        for circle in circles:
            if now - circle.beaten_at > BEAT_TRAVELS_AFTER:
                circle.beaten_at = now
                for party in self.parties:
                    party.beats.add(circle)

    def not_waiting(self, circle: Circle) -> deque[Reader]:
        """Those of a circle who keep up and are not in the round."""
        lines = [party.waiting[circle] for party in self.parties if circle in party.waiting]
        if not lines:
            return deque(circle.ready)
        waiting = set().union(*lines)
        return deque(one for one in circle.ready if one not in waiting)

    def go_on(self, readers: int) -> None:
        """Write to so many more."""
        left = readers
        while self.parties and left:
            party = self.parties[0]
            left -= party.tell(left)
            if not party.waiting:
                self.parties.popleft()
                FAN_OUT_SECONDS.observe(monotonic() - party.began)
        DELIVERIES.inc(readers - left)


def write_to(circle: Circle, line: deque[Reader], frame: Any, at_most: int) -> int:
    """Write to the first in line; to how many. Who has left since, or fallen behind, is
    passed over."""
    number = min(at_most, len(line))
    for _ in range(number):
        deliver(circle, line.popleft(), frame)
    return number


def deliver(circle: Circle, reader: Reader, frame: Any) -> None:
    """Write to a reader, unless it has left or fallen behind since."""
    write = circle.ready.get(reader)
    if write is not None:
        try:
            write(frame)
        except Exception:  # noqa: BLE001  # each server has its own word for a lost line
            reader.leave()
