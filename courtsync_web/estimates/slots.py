"""One day's matches as estimating sees them. Times are instants in milliseconds."""

from dataclasses import dataclass

from courtsync_web.volleyball.formats import Format

MINUTE = 60_000

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Played:
    """How a match stands."""

    points: tuple[Pair, ...]
    """Set by set."""
    won: Pair
    """Sets won, of those that are closed."""
    running: bool
    """The last set of ``points`` is not closed."""
    over: bool
    changed_at: int
    """When the score last changed."""
    begun_at: int | None = None
    """When the first point was scored; none: nobody followed it, only the result came."""
    waited: int = 0
    """Breaks between sets that are over."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A match that has a time: where, whose, by which rules, and how far it is."""

    match_id: int
    court_id: int | None
    teams: tuple[int, ...]
    """Who must be there; the work team is not among them."""
    starts_at: int
    ends_at: int
    format: Format
    played: Played | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """When the first ball of a match is served: in four of five cases between ``earliest`` and
    ``latest``.

    ``late_by`` compares with the printed time: milliseconds, negative for early. Of a match that
    has begun all is a fact, and where nothing is being scored it is the printed time.
    """

    start: int
    earliest: int
    latest: int
    late_by: int = 0
