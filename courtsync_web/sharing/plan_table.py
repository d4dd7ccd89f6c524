"""A coverage plan as a table for spreadsheets."""

from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.coverage.queries import matches_planned
from courtsync_web.events.models import Event
from courtsync_web.schedule.export import stored
from courtsync_web.schedule.export_files import table_of


async def plan_table(session: AsyncSession, event: Event, user_id: str) -> bytes:
    """The matches of a plan, in the columns of the event's own table."""
    planned = await matches_planned(session, event.id, user_id)
    whole = await stored(session, event.id)
    rows = [row for row in whole.matches() if row["match_id"] in planned]
    return table_of(whole, rows).encode()
