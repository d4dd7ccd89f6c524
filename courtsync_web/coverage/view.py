"""All that the Coverage page shows, from a plan and the event's matches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.clock import venue_day
from courtsync_web.coverage.device import OwnPlan
from courtsync_web.coverage.entries import Clashing, Entry, Missing, Words, clashing_of, missing_of
from courtsync_web.coverage.facts import facts_of
from courtsync_web.coverage.matches import Planable, planables
from courtsync_web.coverage.route import Advice, Route, advice_of, route_of
from courtsync_web.coverage.stays import Stay
from courtsync_web.coverage.wanted import covered_teams, wanted_teams
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.cards import Moment
from courtsync_web.events.day import nearest_day
from courtsync_web.events.models import Event
from courtsync_web.events.names import Names, names_of
from courtsync_web.events.walking import Place, Walks, walks_of
from courtsync_web.events.words import day_in_words, weekday

STAYS = (
    (Stay.WHOLE, "Whole match"),
    (Stay.SET, "One set"),
    (Stay.SHORT, "Ten minutes"),
)
CLASHES = 4
"""Shown at once."""
LATELY = 2 * 3_600_000
"""Whoever shot a match longer ago than this may be anywhere."""


@dataclass(frozen=True, slots=True)
class PlanDay:
    """A play day to choose, with the number of matches planned on it."""

    day: str
    weekday: str
    number: int
    planned: int
    chosen: bool


@dataclass(slots=True)
class CoverageView:
    """The page of one day."""

    event: Event
    plan: OwnPlan
    day: str
    day_words: str
    days: list[PlanDay]
    advice: Advice
    at: Entry | None
    to: Entry | None
    leave_at: str
    entries: list[Entry]
    clashes: list[Clashing]
    covered: list[str]
    """Names of the wanted teams that play in the plan."""
    missing: list[Missing]
    wanted: int
    aims: list[tuple[str, str]]
    facts: str
    changed_at: int | None = None
    """When a score last changed."""
    stays: Sequence[tuple[Stay, str]] = field(default=STAYS)

    @property
    def ahead(self) -> list[Entry]:
        """What there is still to shoot."""
        return [entry for entry in self.entries if not entry.done]

    @property
    def done(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.done]

    @property
    def shot(self) -> int:
        return sum(entry.shot for entry in self.entries)

    @property
    def first_clashes(self) -> list[Clashing]:
        """Those to begin with; settling one often settles others."""
        return self.clashes[:CLASHES]

    @property
    def sure_clashes(self) -> int:
        return sum(clash.sure for clash in self.clashes)


async def coverage_view(
    session: AsyncSession,
    event: Event,
    plan: OwnPlan,
    asked: str,
    moment: Moment,
    recent: RecentEstimates,
) -> CoverageView:
    """The day asked for, else today, else the nearest play day."""
    names = await names_of(session, event.id)
    walks = await walks_of(session, event.id)
    estimates = await recent.of(session, event, moment.now)
    matches = await planables(session, event.id, names, estimates, moment.now)
    today = venue_day(moment.now, event.timezone).isoformat()
    days = sorted({match.day for match in matches.values() if match.day}) or [event.end_date]
    day = asked if asked in days else nearest_day(days, today)
    here = {day, ""} if day == days[-1] else {day}  # what has no time yet may end the last day
    mine = [one for one in matches.values() if one.match_id in plan.planned and one.day in here]
    route = route_through(mine, plan, names, walks, moment.now)
    advice = advice_of(route.calls, place_lately(mine, plan, names, moment.now), walks, moment.now)
    words = Words(names, moment, plan, route)
    wanted = wanted_teams(plan, names)
    covered = covered_teams(plan, matches.values())
    return CoverageView(
        event=event,
        plan=plan,
        day=day,
        day_words=day_in_words(day),
        days=[plan_day(one, day, matches, plan) for one in days],
        advice=advice,
        at=words.entry(matches[advice.at.stop.match_id]) if advice.at else None,
        to=words.entry(matches[advice.to.stop.match_id]) if advice.to else None,
        leave_at=words.clock(advice.leave_at),
        entries=sorted(map(words.entry, mine), key=in_order),
        clashes=clashing_of(route, matches, words),
        covered=sorted(names.teams[team][0] for team in wanted & covered),
        missing=missing_of(wanted - covered, matches.values(), words),
        wanted=len(wanted),
        aims=aims_of(names, plan),
        facts=facts_of(names, matches.values(), walks, plan.followed),
        changed_at=max((one.changed_at or 0 for one in matches.values()), default=0) or None,
    )


def in_order(entry: Entry) -> tuple[int, int]:
    """By expected start; what has none comes last."""
    return (1 << 62 if entry.start is None else entry.start, entry.match_id)


def route_through(
    mine: Sequence[Planable], plan: OwnPlan, names: Names, walks: Walks, now: int
) -> Route:
    """The way through what is neither over nor shot."""
    stops = [one.stop(names) for one in mine if one.is_ahead(now) and one.match_id not in plan.shot]
    return route_of([stop for stop in stops if stop], plan.stay, walks, now)


def place_lately(mine: Sequence[Planable], plan: OwnPlan, names: Names, now: int) -> Place | None:
    """The court of the last match that one has shot or that has gone by; none if that is long
    ago."""
    lately = [one for one in mine if one.start is not None and now - LATELY < one.start <= now]
    been = [one for one in lately if not one.is_ahead(now) or one.match_id in plan.shot]
    last = max(been, key=lambda one: one.start or 0, default=None)
    stop = last.stop(names) if last else None
    return stop.place if stop else None


def plan_day(one: str, chosen: str, matches: Mapping[int, Planable], plan: OwnPlan) -> PlanDay:
    planned = sum(matches[key].day == one for key in plan.planned if key in matches)
    return PlanDay(one, weekday(one), int(one[-2:]), planned, one == chosen)


def aims_of(names: Names, plan: OwnPlan) -> list[tuple[str, str]]:
    """Whom one can mean to cover, in words."""
    followed = len(plan.followed & names.teams.keys())
    mine = f"Teams I follow ({followed})" if followed else "Teams I follow (none yet: all)"
    everyone = [("followed", mine), ("all", f"All {len(names.teams)} teams")]
    return everyone + [(str(key), name) for key, name in names.clubs.items()]
