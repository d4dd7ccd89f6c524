"""Tables for spreadsheets. (``sharing`` writes the calendars.)"""

import csv
import io
from collections.abc import Iterable

from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.schedule.export import Stored, stored
from courtsync_web.schedule.rows import Row
from courtsync_web.schedule.tables.columns import HEADERS

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run as a formula by spreadsheets."""


async def table(session: AsyncSession, event_id: str) -> str:
    """The schedule as CSV (UTF-8 with a mark that spreadsheets need), one row per match."""
    event = await stored(session, event_id)
    return table_of(event, event.matches())


def table_of(event: Stored, rows: Iterable[Row]) -> str:
    """These matches of the event as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    for row in rows:
        writer.writerow([guarded(cell) for cell in cells(event, row)])
    return "\ufeff" + out.getvalue()


def cells(event: Stored, row: Row) -> list[str]:
    """One match, in the order of ``HEADERS``."""
    start, end = event.wall(row["starts_at"]), event.wall(row["ends_at"])
    stage = event.rows["stage"].get(row["stage_id"] or 0, {"round": "", "name": ""})
    result = event.results.get(row["match_id"])
    sets = [f"{one[0]}-{one[1]}" for one in result["sets"]] if result else []
    return [
        str(row["match_id"]),
        event.name("court", row["court_id"]),
        start[:10] if start else "",
        start[11:16] if start else "",
        end[11:16] if end else "",
        event.name("division", row["division_id"]),
        event.side(row, "team1"),
        event.side(row, "team2"),
        event.side(row, "work_team"),
        stage["name"],
        stage["round"],
        ", ".join(sets),
        result["outcome"] if result else "",
    ]


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: those get a leading apostrophe.

    A plain negative number (AES's match ids) is no formula and stays one.
    """
    if cell.startswith(FORMULA) and not cell.removeprefix("-").isdecimal():
        return f"'{cell}"
    return cell
