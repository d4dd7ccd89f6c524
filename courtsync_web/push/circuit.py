"""When to leave a push service alone: it is down, it asked for a pause, or it refuses us."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

FAILURES = 5
"""In a row, before a service is taken for down; single ones are the network's noise."""
FIRST_PAUSE = 30.0
LONGEST_PAUSE = 600.0
REFUSED_PAUSE = 600.0
"""Seconds after a 401 or 403: our key or contact is wrong, and a person must look at it."""


@dataclass(slots=True)
class Circuit:
    """One service's state. ``clock`` counts seconds."""

    clock: Callable[[], float] = monotonic
    failures: int = 0
    pause: float = FIRST_PAUSE
    open_until: float = 0.0
    probing: bool = False

    def wait(self) -> float:
        """Seconds until one may post there; 0: now. After a pause one probe goes first."""
        left = self.open_until - self.clock()
        if left > 0:
            return left
        if self.failures >= FAILURES:
            if self.probing:
                return 1.0
            self.probing = True
        return 0.0

    def worked(self) -> None:
        self.failures, self.pause, self.open_until, self.probing = 0, FIRST_PAUSE, 0.0, False

    def failed(self) -> None:
        """No answer, or a fault of theirs."""
        self.failures += 1
        self.probing = False
        if self.failures >= FAILURES:
            self.open_until = self.clock() + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def asked_to_wait(self, seconds: float) -> None:
        """They said when to come back; that is an answer, not a failure."""
        self.probing = False
        self.open_until = max(self.open_until, self.clock() + min(seconds, LONGEST_PAUSE))

    def refused(self) -> None:
        """They do not believe who we are."""
        self.asked_to_wait(REFUSED_PAUSE)
