"""From wishes to a proposal: what is known is read, planned elsewhere, and told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import venue_day
from courtsync_web.coverage.crew.queries import crew_of, members_of, taken_in
from courtsync_web.coverage.device import OwnPlan
from courtsync_web.coverage.matches import Planable, planables
from courtsync_web.coverage.own import own_plan_of
from courtsync_web.coverage.planner import Planner
from courtsync_web.coverage.proposing.answer import proposal_of
from courtsync_web.coverage.proposing.errand import Day, Photographer, errand_of
from courtsync_web.coverage.proposing.teller import Teller
from courtsync_web.coverage.proposing.wishes import Proposal, Wishes
from courtsync_web.coverage.wanted import wanted_teams
from courtsync_web.db import Database
from courtsync_web.errors import FieldError, Problem
from courtsync_web.estimates.recent import RecentEstimates
from courtsync_web.events.cards import Moment
from courtsync_web.events.day import nearest_day
from courtsync_web.events.models import Event
from courtsync_web.events.names import Names, names_of
from courtsync_web.events.queries import event_for
from courtsync_web.events.walking import walks_of


@dataclass(frozen=True, slots=True)
class Asked:
    """All that one proposal needs to know; nothing is held while it is planned."""

    event: Event
    day: Day
    photographers: list[Photographer]


async def propose(
    db: Database,
    planner: Planner,
    recent: RecentEstimates,
    event_id: str,
    viewer: Person | None,
    wishes: Wishes,
    now: int,
    *,
    twelve: bool,
) -> Proposal:
    """A plan for a day from now on. Raises 404, 422 ``validation`` and 503 ``busy``."""
    async with db.read() as session:
        asked = await read(session, recent, event_id, viewer, wishes, now)
    errand = errand_of(asked.day, asked.photographers)
    flights = await planner.fly(errand.tasks)
    teller = Teller(errand, asked.event.timezone, twelve)
    return proposal_of(asked.event.id, errand, flights, teller)


async def read(
    session: AsyncSession,
    recent: RecentEstimates,
    event_id: str,
    viewer: Person | None,
    wishes: Wishes,
    now: int,
) -> Asked:
    event = await event_for(session, event_id, viewer)
    names = await names_of(session, event.id)
    estimates = await recent.of(session, event, now)
    matches = await planables(session, event.id, names, estimates, now)
    check(wishes, names, matches)
    kept = await own_plan_of(session, event.id, viewer) if viewer else OwnPlan()
    plan = said(kept, wishes)
    crew = await crew_of(session, event.id, viewer.id) if viewer else None
    others = await others_of(session, event.id, crew.id, viewer) if crew and viewer else {}
    taken = {} if wishes.crew or not crew else await taken_by_others(session, crew.id, others)
    wanted = frozenset(wishes.teams) if wishes.teams is not None else wanted_teams(plan, names)
    me = Photographer(
        plan,
        plan.stay,
        keep=wishes.keep,
        must_matches=frozenset(wishes.must_matches),
        breaks=tuple((one.from_, one.to) for one in wishes.breaks),
        an_hour=wishes.most_per_hour,
    )
    day = Day(
        day_of(event, matches, wishes.day, Moment(now, event.timezone)),
        now,
        matches,
        names,
        await walks_of(session, event.id),
        wanted | frozenset(wishes.must_teams),
        frozenset(wishes.must_teams),
        taken,
    )
    if not wishes.crew:
        return Asked(event, day, [me])
    together = {
        user_id: Photographer(kept_by_them, kept_by_them.stay, name=name)
        for user_id, (name, kept_by_them) in others.items()
    }
    if viewer:
        together[viewer.id] = me
    # In one order, whoever asks: so all of them are proposed the same.
    return Asked(event, day, [together[key] for key in sorted(together)] or [me])


async def others_of(
    session: AsyncSession, event_id: str, crew_id: str, viewer: Person
) -> dict[str, tuple[str, OwnPlan]]:
    """Names and plans of the others of a crew, by id."""
    found = {}
    for user_id, name in await members_of(session, crew_id):
        if user_id != viewer.id:
            person = Person(id=user_id, display_name=name, role="media")
            found[user_id] = (name, await own_plan_of(session, event_id, person))
    return found


async def taken_by_others(
    session: AsyncSession, crew_id: str, others: Mapping[str, tuple[str, OwnPlan]]
) -> dict[int, str]:
    """Names of those who have them, by match."""
    taken = await taken_in(session, crew_id)
    return {match: others[user_id][0] for match, user_id in taken.items() if user_id in others}


def said(kept: OwnPlan, wishes: Wishes) -> OwnPlan:
    """What the account keeps, less what is said otherwise."""
    planned = kept.planned if wishes.planned is None else frozenset(wishes.planned)
    shot = kept.shot if wishes.shot is None else frozenset(wishes.shot)
    stay = kept.stay if wishes.stay is None else wishes.stay
    return replace(kept, planned=planned | shot, shot=shot, stay=stay)


def day_of(event: Event, matches: Mapping[int, Planable], asked: str | None, moment: Moment) -> str:
    """The day asked for; else today or the next play day."""
    days = sorted({match.day for match in matches.values() if match.day}) or [event.end_date]
    if asked is None:
        return nearest_day(days, venue_day(moment.now, moment.zone).isoformat())
    if asked not in days:
        raise unusable([FieldError("/day", f"Nothing is played on {asked}.")])
    return asked


def check(wishes: Wishes, names: Names, matches: Mapping[int, Planable]) -> None:
    """Raises 422 for teams and matches that the event does not have, and breaks without length."""
    errors = [
        FieldError(f"/{field}/{index}", f"The event has no team {team}.")
        for field, teams in (("teams", wishes.teams or ()), ("mustTeams", wishes.must_teams))
        for index, team in enumerate(teams)
        if team not in names.teams
    ]
    errors += [
        FieldError(f"/mustMatches/{index}", f"The event has no match {match}.")
        for index, match in enumerate(wishes.must_matches)
        if match not in matches
    ]
    errors += [
        FieldError(f"/breaks/{index}", "A break ends after it begins.")
        for index, one in enumerate(wishes.breaks)
        if one.to <= one.from_
    ]
    if errors:
        raise unusable(errors)


def unusable(errors: list[FieldError]) -> Problem:
    return Problem(422, "validation", "Some of these wishes cannot be used.", errors)
