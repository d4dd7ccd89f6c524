"""Times, teams and places of a proposal in one reader's words. Pure."""

from dataclasses import dataclass

from courtsync_web.coverage.matches import Planable
from courtsync_web.coverage.proposing.errand import Errand
from courtsync_web.coverage.stays import MINUTE
from courtsync_web.events.words import clock_time

LATE = 5 * MINUTE
"""Less is not worth a word."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells one reader about an errand's proposal."""

    errand: Errand
    zone: str
    twelve: bool

    def clock(self, instant: int) -> str:
        return clock_time(instant, self.zone, self.twelve)

    def team(self, team_id: int) -> str:
        return self.errand.day.names.teams[team_id][0]

    def teams(self, team_ids: list[int]) -> str:
        return " and ".join(self.team(team) for team in team_ids)

    def title(self, match_id: int) -> str:
        match = self.errand.day.matches.get(match_id)
        return " – ".join(match.sides) if match else ""

    def place(self, match_id: int) -> str:
        match = self.errand.day.matches.get(match_id)
        court = self.errand.day.names.courts.get(match.court_id or 0) if match else None
        return court[0] if court else ""

    def where(self, match_id: int) -> str:
        """``9:00 AM West 3``."""
        match = self.errand.day.matches[match_id]
        return f"{self.clock(when(match) or 0)} {self.place(match_id)}".strip()

    def late(self, match: Planable) -> str:
        """``25 min late``; empty where that is not worth a word."""
        if match.start is None or match.printed is None or match.start - match.printed < LATE:
            return ""
        return f"{(match.start - match.printed) // MINUTE} min late"


def when(match: Planable) -> int | None:
    """The printed time, as everybody names a match by it, or what is known better."""
    if match.printed is None or match.start is None:
        return match.start
    return match.start if abs(match.start - match.printed) >= LATE else match.printed
