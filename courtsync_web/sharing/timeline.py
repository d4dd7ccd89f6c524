"""A day of a plan as a drawing: a line for each court, time from left to right. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from courtsync_web.clock import venue
from courtsync_web.events.cards import Card, Moment
from courtsync_web.events.words import clock_time
from courtsync_web.sharing.entries import USUAL

HOUR = 3_600_000
LEFT, HOUR_WIDE, LANE, TOP = 84, 108, 56, 28
"""The drawing's own units, which are CSS pixels: the courts' names, an hour, a court, the hours."""
LETTER = 6.6
"""How wide a letter is, on average: so many fit into a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One match."""

    x: float
    width: float
    match_id: int
    time: str
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One court."""

    y: int
    hall: str
    court: str
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole drawing."""

    width: int
    height: int
    hours: list[tuple[float, str]]
    lanes: list[Lane]
    now: float | None
    """Where the present is; none on another day."""


def timeline_of(cards: Sequence[Card], moment: Moment) -> Timeline | None:
    """Of one day's cards; none where no match has a time."""
    timed = [card for card in cards if card.starts_at is not None]
    if not timed:
        return None
    first = full_hour(min(card.starts_at or 0 for card in timed), moment.zone)
    last = max(ends(card) for card in timed)
    hours = max(1, -(-(last - first) // HOUR))

    def x(at: int) -> float:
        return round(LEFT + (at - first) / HOUR * HOUR_WIDE, 1)

    courts: dict[int | None, list[Card]] = {}
    for card in timed:
        courts.setdefault(card.court_id, []).append(card)
    lanes = [
        Lane(TOP + place * LANE, own[0].hall, own[0].court, [bar(card, x) for card in own])
        for place, own in enumerate(courts.values())
    ]
    return Timeline(
        width=LEFT + hours * HOUR_WIDE + 12,
        height=TOP + len(lanes) * LANE,
        hours=[
            (x(first + n * HOUR), clock_time(first + n * HOUR, moment.zone, moment.twelve))
            for n in range(hours)
        ],
        lanes=lanes,
        now=x(moment.now) if first <= moment.now <= first + hours * HOUR else None,
    )


def full_hour(at: int, zone: str) -> int:
    """The hour of the hall's clock that has begun: some zones are half an hour off."""
    clock = venue(at, zone)
    return at - (clock.minute * 60 + clock.second) * 1000 - clock.microsecond // 1000


def ends(card: Card) -> int:
    return card.ends_at or (card.starts_at or 0) + USUAL


def bar(card: Card, x: Callable[[int], float]) -> Bar:
    begins = x(card.starts_at or 0)
    width = max(24.0, x(ends(card)) - begins - 4)
    sides = f"{card.one.name} – {card.two.name}"
    most = int((width - 14) / LETTER)
    division = card.division or sides
    return Bar(
        x=begins,
        width=round(width, 1),
        match_id=card.match_id,
        time=card.time.partition(" ")[0],
        title=division if len(division) <= most else division[: max(1, most - 1)] + "…",
        status=card.status,
    )
