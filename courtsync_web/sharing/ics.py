"""Entries as an iCalendar file (RFC 5545). Pure.

``SEQUENCE`` is the number of the schedule's last change, so it only rises: whatever was copied
before is replaced by its UID.
"""

from collections.abc import Sequence
from datetime import timedelta

from icalendar import Calendar, vDuration
from icalendar import Event as Component

from courtsync_web.clock import to_utc, venue
from courtsync_web.events.models import Event
from courtsync_web.sharing.entries import Entry

REFRESH = timedelta(minutes=15)
"""How often a calendar is asked to look again; most look when they like."""


def written(event: Event, name: str, entries: Sequence[Entry]) -> bytes:
    """The file, with the rules of the venue's zone in it."""
    book = Calendar()
    book.add("prodid", "-//CourtSync//Schedule//EN")
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    book.add("name", name)
    book.add("x-wr-calname", name)
    book.add("x-wr-timezone", event.timezone)
    book.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    book.add("x-published-ttl", vDuration(REFRESH))
    for entry in entries:
        book.add_component(component(event, entry))
    if entries:
        years = [venue(entry.starts_at, event.timezone).date() for entry in entries]
        book.add_missing_timezones(
            first_date=min(years).replace(month=1, day=1),
            last_date=max(years).replace(month=12, day=31),
        )
    return bytes(book.to_ical())


def component(event: Event, entry: Entry) -> Component:
    one = Component()
    one.add("uid", entry.uid)
    one.add("sequence", event.schedule_seq)
    one.add("dtstamp", to_utc(event.updated_at))
    one.add("last-modified", to_utc(max(event.updated_at, entry.changed_at)))
    one.add("dtstart", venue(entry.starts_at, event.timezone))
    one.add("dtend", venue(entry.ends_at, event.timezone))
    one.add("summary", entry.summary)
    one.add("status", entry.status)
    if entry.location:
        one.add("location", entry.location)
    if entry.details:
        one.add("description", "\n".join(entry.details))
    if entry.url:
        one.add("url", entry.url)
    return one
