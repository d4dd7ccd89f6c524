"""Who may keep score in an event, and how far what they say is trusted."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.errors import Problem, not_found
from courtsync_web.events.models import Event, Match


async def match_for_scoring(
    session: AsyncSession, event: Event, match_id: int, person: Person
) -> Match:
    """The match, if ``person`` may keep its score; else a refusal."""
    match = await match_in(session, event.id, match_id)
    if not may_score(event, person):
        raise Problem(403, "not-a-scorer", "The organizer decides who keeps score at this event.")
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


def may_score(event: Event, person: Person) -> bool:
    """Whether the event's scoring policy lets this person claim a match."""
    return event.scoring_policy == "open" or runs(event, person)


def runs(event: Event, person: Person) -> bool:
    """Is this the event's organizer?"""
    return event.owner_id == person.id


def provenance_of(event: Event, person: Person) -> str:
    """official: the event's organizer; team: a coach; fan: anyone else."""
    if runs(event, person):
        return "official"
    return "team" if person.role == "coach" else "fan"
