"""The other two exports: a table for spreadsheets, a calendar for phones."""

import csv
import io
from datetime import datetime, timedelta

from icalendar import Calendar, Event
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.clock import to_utc
from courtsync_web.schedule.export import Stored, stored
from courtsync_web.schedule.rows import Row
from courtsync_web.schedule.tables.columns import HEADERS

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run as a formula by spreadsheets."""
USUAL = timedelta(hours=1)
"""How long a match takes in a calendar when the schedule does not say."""


async def table(session: AsyncSession, event_id: str) -> str:
    """The schedule as CSV (UTF-8 with a mark that spreadsheets need), one row per match."""
    event = await stored(session, event_id)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    for row in event.matches():
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


async def calendar(session: AsyncSession, event_id: str) -> bytes:
    """The schedule as iCalendar, in UTC. Asked again, entries replace each other by their UID."""
    event = await stored(session, event_id)
    book = Calendar()
    book.add("prodid", "-//CourtSync//Schedule//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", event.event["name"])
    for row in event.matches():
        if row["starts_at"] is not None:
            book.add_component(entry(event, row))
    return bytes(book.to_ical())


def entry(event: Stored, row: Row) -> Event:
    """One match. ``SEQUENCE`` is the number of the schedule's last change, so it only rises."""
    start = to_utc(row["starts_at"])
    court = event.name("court", row["court_id"])
    places = [part for part in (court, event.event["location"]) if part]
    one = Event()
    one.add("uid", f"match-{row['match_id']}@{event.event['id']}.courtsync")
    one.add("sequence", event.event["schedule_seq"])
    one.add("dtstamp", stamp(event))
    one.add("dtstart", start)
    one.add("dtend", to_utc(row["ends_at"]) if row["ends_at"] is not None else start + USUAL)
    one.add("summary", summary(event, row))
    one.add("location", ", ".join(places))
    one.add("description", "\n".join(details(event, row)))
    return one


def stamp(event: Stored) -> datetime:
    return to_utc(event.event["updated_at"])


def summary(event: Stored, row: Row) -> str:
    sides = [event.side(row, side) or "To be decided" for side in ("team1", "team2")]
    return " – ".join(sides)


def details(event: Stored, row: Row) -> list[str]:
    """Division, round and pool, and who works."""
    stage = event.rows["stage"].get(row["stage_id"] or 0, {"round": "", "name": ""})
    where = (event.name("division", row["division_id"]), stage["round"], stage["name"], row["name"])
    work = event.side(row, "work_team")
    lines = [" · ".join(part for part in where if part), f"Work team: {work}" if work else ""]
    return [line for line in lines if line]
