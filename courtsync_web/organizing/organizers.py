"""The first question of everything here: does this person run the event?"""

from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.errors import Problem
from courtsync_web.events.models import Event
from courtsync_web.events.queries import event_for, organizes, owns


async def event_run_by(session: AsyncSession, event_id: str, person: Person) -> Event:
    """The event, if ``person`` organizes it.

    Raises 404 where they may not even see it, else 403 ``not-organizer``.
    """
    event = await event_for(session, event_id, person)
    if not organizes(event, person):
        raise Problem(403, "not-organizer", "Only the event's organizer may do this.")
    return event


def refuse_unless_owner(event: Event, person: Person) -> None:
    """Organizers are made and unmade by the owner alone: a guest of the house sells no keys."""
    if not owns(event, person):
        raise Problem(403, "owner-only", "Only the event's owner decides who else organizes it.")
