"""Estimates for pages: worked out once for all who look within some seconds."""

from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.estimates.queries import estimates_of
from courtsync_web.estimates.slots import Estimate
from courtsync_web.events.models import Event

FRESH = 15_000
"""Milliseconds. A rally takes longer, and an estimate is a matter of minutes."""
MOST = 64
"""Events remembered at once."""


class RecentEstimates:
    """Of each event what was last worked out, while it is fresh."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, int, dict[int, Estimate]]] = {}

    async def of(self, session: AsyncSession, event: Event, now: int) -> dict[int, Estimate]:
        """As ``estimates_of``, at most fifteen seconds old, and never of an older schedule."""
        known = self._found.get(event.id)
        if known and now - known[0] < FRESH and known[1] == event.schedule_seq:
            return known[2]
        found = await estimates_of(session, event, now)
        if len(self._found) >= MOST:
            self._found.clear()
        self._found[event.id] = (now, event.schedule_seq, found)
        return found
