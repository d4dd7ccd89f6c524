"""Who is asking."""

from dataclasses import dataclass

ROLES = ("spectator", "coach", "media", "organizer")
CHOSEN_ROLES = ("spectator", "coach", "media")
"""What registering may choose; ``organizer`` is granted."""


@dataclass(frozen=True, slots=True)
class Person:
    """The signed-in person behind a request, as far as deciding and showing needs."""

    id: str
    display_name: str
    role: str
    email: str | None = None
    session_id: str | None = None

    @property
    def is_guest(self) -> bool:
        """Signed in without an account."""
        return self.email is None
