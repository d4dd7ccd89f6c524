"""What a preview card says: a match, a team, an event, a plan in a few words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from courtsync_web.events.cards import Card

MOST_ROWS = 4
LONGEST = 120
"""Characters of a text that is drawn at all: no card has room for more."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a card: a team with its sets, or a match of a plan with its time."""

    text: str
    cells: tuple[str, ...] = ()
    strong: bool = False
    """Who won, or leads the card."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A card of 1200 × 630. The same words make the same picture, whoever asks."""

    kicker: str
    """Where: the event."""
    rows: tuple[Row, ...]
    foot: str
    tag: str = ""
    live: bool = False
    title: str = ""
    color: str = ""
    """The division's; empty for none."""


def of_match(event: str, card: Card, court: str, day: str) -> Preview:
    """Both teams with their sets, and where the match stands."""
    live = card.status == "live"
    return Preview(
        kicker=short(event),
        rows=tuple(
            Row(short(side.name), tuple(str(points) for _, points, _ in side.cells), side.won)
            for side in (card.one, card.two)
        ),
        foot=short(" · ".join(part for part in (court, card.division, card.stage) if part)),
        tag=(f"Live · {card.tag}" if live else card.tag) or when(day, card.time),
        live=live,
        color=card.color if card.division else "",
    )


def of_list(kicker: str, title: str, cards: Sequence[Card], foot: str, color: str = "") -> Preview:
    """A team, a plan or an event: its name large, and what comes next."""
    return Preview(
        kicker=short(kicker),
        title=short(title),
        rows=tuple(
            Row(
                short(f"{card.one.name} – {card.two.name}"),
                (card.time, f"{card.hall} {card.court}".strip()),
            )
            for card in cards[:MOST_ROWS]
        ),
        foot=short(foot),
        color=color,
    )


def when(day: str, time: str) -> str:
    return " · ".join(part for part in (day, time) if part)


def short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
