"""Planned matches, clashes and teams without a match, as the Coverage page words them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from courtsync_web.coverage.device import OwnPlan
from courtsync_web.coverage.matches import Planable
from courtsync_web.coverage.route import Route
from courtsync_web.estimates.slots import Estimate
from courtsync_web.events.cards import Moment
from courtsync_web.events.expected import WORTH_SAYING, band
from courtsync_web.events.names import Names
from courtsync_web.events.words import NEUTRAL, clock_time

MOST_MISSING = 60
"""Teams listed that are not in the plan; whoever wants more chooses a club or follows teams."""
CHANCES = 3
"""Matches offered for each of them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A match in the photographer's day."""

    match_id: int
    start: int | None
    time: str
    est: str
    hall: str
    court: str
    division: str
    color: str
    sides: tuple[str, str]
    status: str
    shot: bool
    done: bool
    """Shot, or gone by."""
    walk: int
    """Minutes from the stop before."""
    clash: str
    """sure, tight or nothing."""

    @property
    def title(self) -> str:
        return f"{self.sides[0]} – {self.sides[1]}"

    @property
    def place(self) -> str:
        return f"{self.hall} {self.court}".strip()


@dataclass(frozen=True, slots=True)
class Clashing:
    """Two matches of which one has to go, or may have to."""

    first: Entry
    second: Entry
    sure: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """A team that plays in no planned match, and its next chances."""

    team_id: int
    name: str
    division: str
    chances: list[Entry]


class Words:
    """Puts matches into words for one reader."""

    def __init__(self, names: Names, moment: Moment, plan: OwnPlan, route: Route) -> None:
        self.names = names
        self.moment = moment
        self.plan = plan
        self._walks = {call.stop.match_id: call.walk for call in route.calls}
        self._clashes: dict[int, str] = {}
        for clash in sorted(route.clashes, key=lambda one: one.sure):
            for one in (clash.first, clash.second):
                self._clashes[one] = "sure" if clash.sure else "tight"

    def entry(self, match: Planable) -> Entry:
        court = self.names.courts.get(match.court_id or 0, ("", 0, "", "–"))
        division = self.names.divisions.get(match.division_id or 0, ("", NEUTRAL))
        return Entry(
            match_id=match.match_id,
            start=match.start,
            time=self.clock(match.printed) or "To follow",
            est=self.expected(match),
            hall=court[2],
            court=court[3],
            division=division[0],
            color=division[1],
            sides=match.sides,
            status=match.status,
            shot=match.match_id in self.plan.shot,
            done=match.match_id in self.plan.shot or not match.is_ahead(self.moment.now),
            walk=self._walks.get(match.match_id, 0),
            clash=self._clashes.get(match.match_id, ""),
        )

    def clock(self, at: int | None) -> str:
        """An instant on the hall's clock; nothing for none."""
        return "" if at is None else clock_time(at, self.moment.zone, self.moment.twelve)

    def expected(self, match: Planable) -> str:
        """The expected start as a band, where it is news."""
        if match.status != "upcoming" or match.start is None or match.printed is None:
            return ""
        if abs(match.start - match.printed) < WORTH_SAYING:
            return ""
        earliest, latest = match.earliest or match.start, match.latest or match.start
        return band(Estimate(match.start, earliest, latest), self.moment)


def clashing_of(route: Route, matches: Mapping[int, Planable], words: Words) -> list[Clashing]:
    """Clashes in words, the sure ones first."""
    found = [
        Clashing(words.entry(matches[one.first]), words.entry(matches[one.second]), one.sure)
        for one in route.clashes
    ]
    return sorted(found, key=lambda one: (not one.sure, one.second.start or 0))


def missing_of(teams: Collection[int], matches: Iterable[Planable], words: Words) -> list[Missing]:
    """Teams that are not in the plan, those with a chance first, by name."""
    chances: dict[int, list[Planable]] = {team: [] for team in teams}
    for match in matches:
        if not match.is_ahead(words.moment.now):
            continue
        for team in match.teams:
            if team in chances and len(chances[team]) < CHANCES:
                chances[team].append(match)
    called = words.names.teams
    order = sorted(chances, key=lambda team: (not chances[team], called[team][0], team))
    return [
        Missing(
            team,
            called[team][0],
            words.names.divisions.get(called[team][2] or 0, ("", ""))[0],
            [words.entry(match) for match in chances[team]],
        )
        for team in order[:MOST_MISSING]
    ]
