"""What a reader of the event page asked for, and what there is to ask for.

The same rules run in the browser (``static/js/events/filters.js``): values of one kind are
alternatives, kinds narrow each other, and the text is looked for in everything a card says.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode

from courtsync_web.events.cards import Card
from courtsync_web.events.names import Names
from courtsync_web.numbers import whole_number

KINDS = ("division", "club", "team", "court", "wave")
KIND_WORDS = {
    "division": "Divisions",
    "club": "Clubs",
    "team": "Teams",
    "court": "Courts",
    "wave": "Waves",
}
WAVES = {"am": "Morning", "pm": "Afternoon"}
MOST_TEAMS = 60
"""More teams than this are offered only for the clubs or divisions chosen."""
LONGEST_TEXT = 80


class Query(Protocol):
    """The part of a multi-value query that is needed."""

    def getall(self, key: str, default: list[str]) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for: ids as text, by kind, and a search text."""

    chosen: Mapping[str, tuple[str, ...]]
    text: str = ""

    @property
    def any(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.text) or any(self.chosen.values())

    def query(self, *, without: tuple[str, str] | None = None) -> str:
        """These filters as a query string, or all but one of them."""
        pairs = [
            (kind, value)
            for kind in KINDS
            for value in self.chosen[kind]
            if (kind, value) != without
        ]
        if self.text and without != ("q", self.text):
            pairs.append(("q", self.text))
        return urlencode(pairs)

    def fit(self, card: Card) -> bool:
        """Whether a card is wanted."""
        chosen = self.chosen
        return (
            (not chosen["division"] or str(card.division_id) in chosen["division"])
            and (not chosen["court"] or str(card.court_id) in chosen["court"])
            and (not chosen["wave"] or card.wave in chosen["wave"])
            and (not chosen["club"] or not set(chosen["club"]).isdisjoint(card.clubs.split()))
            and (not chosen["team"] or not set(chosen["team"]).isdisjoint(card.teams.split()))
            and (not self.text or self.text.lower() in said_by(card))
        )


def filters_of(query: Query) -> Filters:
    """Read from an address; what cannot be meant is left out rather than refused."""
    chosen = {
        kind: tuple(dict.fromkeys(filter(is_value, query.getall(kind, [])))) for kind in KINDS
    }
    text = " ".join((query.getall("q", []) or [""])[0].replace("\0", "").split())[:LONGEST_TEXT]
    return Filters(chosen, text)


def is_value(text: str) -> bool:
    return text in WAVES or whole_number(text) is not None


def said_by(card: Card) -> str:
    """Everything a card says, for searching."""
    return " ".join(
        (card.one.name, card.two.name, card.work, card.division, card.hall, card.court, card.stage)
    ).lower()


@dataclass(slots=True)
class Facet:
    """One kind of filter with its values: ``(id, name, matches)``."""

    kind: str
    word: str
    values: list[tuple[str, str, int]] = field(default_factory=list)


def facets(cards: Iterable[Card], names: Names, filters: Filters) -> list[Facet]:
    """What can be chosen today, with the number of matches behind each."""
    counts = counted(cards)
    every = {
        "division": {key: division[0] for key, division in names.divisions.items()},
        "club": names.clubs,
        "team": teams_offered(names, filters),
        "court": {key: court[0] for key, court in names.courts.items()},
    }
    found = [
        Facet(kind, KIND_WORDS[kind], values_of(called, counts[kind]))
        for kind, called in every.items()
    ]
    if all(counts["wave"][wave] for wave in WAVES):
        waves = [(wave, word, counts["wave"][wave]) for wave, word in WAVES.items()]
        found.append(Facet("wave", KIND_WORDS["wave"], waves))
    return [facet for facet in found if len(facet.values) > 1 or filters.chosen[facet.kind]]


def values_of(called: Mapping[int, str], counts: Counter[str]) -> list[tuple[str, str, int]]:
    """Those with a match today."""
    return [(str(key), name, counts[str(key)]) for key, name in called.items() if counts[str(key)]]


def counted(cards: Iterable[Card]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for card in cards:
        counts["division"][str(card.division_id)] += 1
        counts["court"][str(card.court_id)] += 1
        counts["wave"][card.wave] += 1
        counts["club"].update(card.clubs.split())
        counts["team"].update(card.teams.split())
    return counts


def teams_offered(names: Names, filters: Filters) -> dict[int, str]:
    """Teams by name: those of the chosen clubs and divisions, or all while they are few."""
    clubs, divisions, teams = (filters.chosen[kind] for kind in ("club", "division", "team"))
    all_of_them = bool(clubs or divisions) or len(names.teams) <= MOST_TEAMS
    offered = {
        key: name
        for key, (name, club, division) in names.teams.items()
        if str(key) in teams
        or (
            all_of_them
            and (not clubs or str(club) in clubs)
            and (not divisions or str(division) in divisions)
        )
    }
    return dict(sorted(offered.items(), key=lambda team: team[1]))


@dataclass(frozen=True, slots=True)
class Removable:
    """An active filter as a chip: its name, and the address without it."""

    kind: str
    value: str
    name: str
    query: str


def removable(filters: Filters, names: Names) -> list[Removable]:
    """The active filters, in words."""
    chips = [
        Removable(kind, value, name_of(kind, value, names), filters.query(without=(kind, value)))
        for kind in KINDS
        for value in filters.chosen[kind]
    ]
    if filters.text:
        query = filters.query(without=("q", filters.text))
        chips.append(Removable("q", filters.text, f"“{filters.text}”", query))
    return chips


def name_of(kind: str, value: str, names: Names) -> str:
    if kind == "wave":
        return WAVES.get(value, value)
    key = int(value) if value not in WAVES else 0
    called: dict[str, str | None] = {
        "club": names.clubs.get(key),
        "team": names.teams.get(key, (None,))[0],
        "division": names.divisions.get(key, (None,))[0],
        "court": names.courts.get(key, (None,))[0],
    }
    return called[kind] or f"another {kind}"
