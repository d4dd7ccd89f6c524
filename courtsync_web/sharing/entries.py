"""Matches as entries of a calendar. Pure.

An entry begins at the printed time, also when its court runs late: a calendar is asked hours
apart, and who comes by an old estimate may come too late. What is expected stands in its text.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from courtsync_web.events.cards import Card
from courtsync_web.events.models import DroppedMatch, Event
from courtsync_web.events.names import Names

USUAL = 3_600_000
"""Milliseconds that a match takes in a calendar when the schedule does not say."""
DONE = frozenset({"final", "result"})

UrlOf = Callable[[int], str]
"""The address of a match's page; empty where nobody knows our own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; ``uid`` stays the same whatever becomes of the match."""

    uid: str
    starts_at: int
    ends_at: int
    summary: str
    location: str
    details: tuple[str, ...]
    status: str
    """CONFIRMED, TENTATIVE (a side is still open) or CANCELLED."""
    url: str = ""
    changed_at: int = 0
    """When its score last changed, once it is over."""


def entries_of(
    event: Event, names: Names, cards: Iterable[Card], url: UrlOf, *, works_for: int | None = None
) -> list[Entry]:
    """Of every match that has a time; ``works_for``: a team's calendar, with its duties."""
    return [
        entry_of(event, names, card, url, works_for=works_for)
        for card in cards
        if card.starts_at is not None
    ]


def entry_of(event: Event, names: Names, card: Card, url: UrlOf, *, works_for: int | None) -> Entry:
    start = card.starts_at or 0
    works = works_for is not None and works_for not in (card.one.team_id, card.two.team_id)
    sides = f"{card.one.name} – {card.two.name}"
    return Entry(
        uid=uid_of(event.id, card.match_id, works=works),
        starts_at=start,
        ends_at=card.ends_at if card.ends_at and card.ends_at > start else start + USUAL,
        summary=f"Work duty: {sides}" if works else sides,
        location=place_of(event, (names.courts.get(card.court_id or 0) or ("",))[0]),
        details=tuple(details_of(card)),
        status=status_of(card),
        url=url(card.match_id),
        changed_at=(card.changed_at or 0) if card.status in DONE else 0,
    )


def uid_of(event_id: str, match_id: int, *, works: bool = False) -> str:
    return f"{'work' if works else 'match'}-{match_id}@{event_id}.courtsync"


def status_of(card: Card) -> str:
    """A match that left the schedule is off, unless it was played all the same."""
    if card.vanished and card.status not in DONE:
        return "CANCELLED"
    known = card.one.team_id is not None and card.two.team_id is not None
    return "CONFIRMED" if known else "TENTATIVE"


def place_of(event: Event, court: str) -> str:
    """The court first: it is what a phone's lock screen has room for."""
    return ", ".join(part for part in (court, event.location) if part)


def details_of(card: Card) -> list[str]:
    """Division, round and pool; who works; how it ended, or when it is expected."""
    where = " · ".join(part for part in (card.division, card.stage) if part)
    work = f"Work team: {card.work}" if card.work else ""
    told = ""
    if card.status in DONE and card.one.cells:
        told = "Result: " + ", ".join(
            f"{one[1]}–{two[1]}" for one, two in zip(card.one.cells, card.two.cells, strict=True)
        )
    elif card.est:
        told = f"Expected {card.est}, when this calendar was last refreshed"
    return [line for line in (where, work, told) if line]


def called_off(
    event: Event, dropped: Iterable[DroppedMatch], *, works_for: int | None = None
) -> list[Entry]:
    """Matches that the schedule dropped: cancelled, so that no copy leaves them standing."""
    return [off(event, match, works_for=works_for) for match in dropped]


def off(event: Event, match: DroppedMatch, *, works_for: int | None) -> Entry:
    works = works_for is not None and works_for not in (match.team1_id, match.team2_id)
    return Entry(
        uid=uid_of(event.id, match.match_id, works=works),
        starts_at=match.starts_at,
        ends_at=match.ends_at or match.starts_at + USUAL,
        summary=f"Work duty: {match.title}" if works else match.title,
        location=place_of(event, match.place),
        details=("No longer in the schedule",),
        status="CANCELLED",
    )
