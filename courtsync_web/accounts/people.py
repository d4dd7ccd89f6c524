"""Who is asking."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ROLES = ("spectator", "coach", "media", "organizer")
CHOSEN_ROLES = ("spectator", "coach", "media")
"""What registering may choose; ``organizer`` is granted."""
PERSONAS = CHOSEN_ROLES
"""As whom the app may be looked at: a view that anybody may switch, apart from what they may do."""


@dataclass(frozen=True, slots=True)
class CourtPass:
    """What a sign-in by a court's code is good for: that court's matches, and nothing else."""

    event_id: str
    court_id: int
    expires_at: int = field(default=0, compare=False)
    """When the code ends."""


@dataclass(frozen=True, slots=True)
class Person:
    """The signed-in person behind a request, as far as deciding and showing needs."""

    id: str
    display_name: str
    role: str
    email: str | None = None
    session_id: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What the person is at events that took them in, by event id (``organizing.Member``)."""
    court: CourtPass | None = None
    """Set when this device signed in by a court's code: it limits what it may do."""
    persona: str = ""
    """As whom they chose to look at the app; empty: as their role says."""

    @property
    def is_guest(self) -> bool:
        """Signed in without an account."""
        return self.email is None

    @property
    def event_ids(self) -> frozenset[str]:
        """Events that took the person in: as a member, or at one of their courts."""
        at_court = {self.court.event_id} if self.court else set()
        return frozenset(self.roles) | at_court

    def is_of(self, event_id: str) -> bool:
        """Taken in by this event."""
        return event_id in self.event_ids
