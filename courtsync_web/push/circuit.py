"""When to leave a push service alone: it is down, it asked for a pause, or it refuses us."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

FAILURES = 5
"""In a row, before a service is taken for down; single ones are the network's noise."""
FIRST_PAUSE = 30.0
LONGEST_PAUSE = 600.0
REFUSED_PAUSE = 600.0
"""Seconds after a 401 or 403: our key or contact is wrong, and a person must look at it."""
AGREED = 3
"""Browsers that a service must have turned away, and none taken since, before it is taken to mean
us: one alone may be worn out, or made with another key, and must not silence the others."""
REMEMBERED = 1000
"""Browsers left alone, from which on those whose time is up are forgotten."""


@dataclass(slots=True)
class Circuit:
    """One service's state. ``clock`` counts seconds; ``browser`` is an endpoint."""

    clock: Callable[[], float] = monotonic
    failures: int = 0
    pause: float = FIRST_PAUSE
    open_until: float = 0.0
    probing: bool = False
    alone: dict[str, float] = field(default_factory=dict)
    """Until when a browser is left alone."""
    turned_away: set[str] = field(default_factory=set)
    """Browsers, since the last that was taken."""

    def wait(self, browser: str) -> float:
        """Seconds until one may post there; 0: now. After a pause one probe goes first."""
        left = max(self.open_until, self.alone.get(browser, 0.0)) - self.clock()
        if left > 0:
            return left
        if self.failures >= FAILURES:
            if self.probing:
                return 1.0
            self.probing = True
        return 0.0

    def worked(self) -> None:
        self.failures, self.pause, self.open_until, self.probing = 0, FIRST_PAUSE, 0.0, False
        self.turned_away.clear()

    def failed(self) -> None:
        """No answer, or a fault of theirs."""
        self.failures += 1
        if self.failures >= FAILURES:
            self.open_until = self.clock() + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def asked_to_wait(self, browser: str, seconds: float, *, proven: bool = True) -> None:
        """They said when to come back; that is an answer, not a failure. A browser that nothing
        has ever reached says nothing about its service."""
        until = self.clock() + min(seconds, LONGEST_PAUSE)
        self.leave_alone(browser, until)
        if proven:
            self.turned_away.add(browser)
        if len(self.turned_away) >= AGREED:
            self.open_until = max(self.open_until, until)

    def leave_alone(self, browser: str, until: float) -> None:
        if len(self.alone) >= REMEMBERED:
            now = self.clock()
            self.alone = {one: time for one, time in self.alone.items() if time > now}
        self.alone[browser] = until
