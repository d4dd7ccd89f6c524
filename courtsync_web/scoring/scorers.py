"""Who may keep score in an event, and how far what they say is trusted."""

from typing import Protocol

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import CourtPass, Person
from courtsync_web.errors import Problem, not_found
from courtsync_web.events.models import Match
from courtsync_web.events.queries import Open, organizes


class Ruled(Open, Protocol):
    """An event as far as it says who may keep score."""

    scoring_policy: str


async def match_for_scoring(
    session: AsyncSession, event: Ruled, match_id: int, person: Person
) -> Match:
    """The match, if ``person`` may keep its score; else a refusal."""
    match = await match_in(session, event.id, match_id)
    refuse_outsiders(event, match, person)
    return match


async def match_in(session: AsyncSession, event_id: str, match_id: int) -> Match:
    """The match of an event that the caller may see."""
    found = await session.exec(
        select(Match).where(col(Match.event_id) == event_id, col(Match.match_id) == match_id)
    )
    match = found.first()
    if match is None:
        raise not_found("match")
    return match


class OnCourt(Protocol):
    """A match, as far as its place says who may score it."""

    event_id: str
    match_id: int
    court_id: int | None


def refuse_outsiders(event: Ruled, match: OnCourt, person: Person) -> None:
    """Raises 403 ``outside-court`` or ``not-a-scorer`` unless ``person`` may score the match."""
    refuse_outside_court(match, person)
    if not may_score(event, person):
        raise Problem(403, "not-a-scorer", "The organizer decides who keeps score at this event.")


def refuse_outside_court(match: OnCourt, person: Person) -> None:
    """A court's code is good for the matches on that court, as the schedule has them now."""
    if not reaches(person, match.event_id, match.court_id):
        raise Problem(403, "outside-court", "Your court code is for another court.")


def reaches(person: Person, event_id: str, court_id: int | None) -> bool:
    """Whether a sign-in by a court's code is for this court; any other sign-in is for all."""
    if person.court is None:
        return True
    return court_id is not None and person.court == CourtPass(event_id, court_id)


def may_score(event: Ruled, person: Person) -> bool:
    """Whether the event's scoring policy lets this person claim a match.

    ``open``: anyone signed in; ``members``: those the organizer added, whatever their role;
    ``codes``: only who signed in by a court's code. The organizer always may. Who came by a
    court's code was let in by the organizer, under every policy, and for that court only.
    """
    if person.court is not None:
        return person.court.event_id == event.id
    if runs(event, person) or event.scoring_policy == "open":
        return True
    return event.scoring_policy == "members" and event.id in person.roles


def runs(event: Open, person: Person) -> bool:
    """Is this an organizer of the event?"""
    return organizes(event, person)


def provenance_of(event: Open, person: Person) -> str:
    """How far a score is to be trusted, by who keeps it.

    official: the desk, and those it put at the table (scorers, whoever holds the court's
    code); team: a coach; fan: anyone else.
    """
    at_table = person.court is not None and person.court.event_id == event.id
    if at_table or runs(event, person) or person.roles.get(event.id) == "scorer":
        return "official"
    return "team" if "coach" in (person.role, person.roles.get(event.id)) else "fan"
