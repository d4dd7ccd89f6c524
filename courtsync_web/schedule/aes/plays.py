"""A play as AES has it: a pool or a bracket, whose parts come with different answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from courtsync_web.schedule.aes.source import Json, is_id

POOL = 0
"""``Type`` of a pool; 1 is a bracket or a crossover."""


@dataclass(slots=True)
class Play:
    """A pool or bracket: ``meta`` from the season's list, ``body`` from a day, its ``sheet``."""

    play_id: int
    division_id: int | None = None
    meta: Json = field(default_factory=dict)
    body: Json = field(default_factory=dict)
    sheet: Json = field(default_factory=dict)

    @property
    def pool(self) -> Json:
        """The pool as its sheet has it, the day's listing where there is no sheet."""
        pool = self.sheet.get("Pool")
        return pool if isinstance(pool, dict) else self.body

    @property
    def is_pool(self) -> bool:
        return bool(self.sheet) or self.fact("Type", POOL) == POOL

    @property
    def scheduled(self) -> bool:
        """A day lists it, or it has courts: so it should have matches."""
        return bool(self.body or self.meta.get("Courts"))

    @property
    def unread(self) -> bool:
        """It should have matches, but the answer that holds them did not come."""
        return self.scheduled and not (self.sheet if self.is_pool else self.body)

    def fact(self, name: str, default: Any = "") -> Any:
        """A field that several answers repeat, from the first that has it."""
        for part in (self.meta, self.body, self.sheet.get("Pool")):
            if isinstance(part, dict) and part.get(name) is not None:
                return part[name]
        return default

    def teams(self) -> list[Json]:
        """The teams of a pool."""
        listed = self.pool.get("Teams")
        return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []

    def matches(self) -> list[Json]:
        """Its matches, each once, in AES's own form: flat in pools, nested in brackets."""
        if self.is_pool:
            listed = self.sheet.get("Matches")
            found = listed if isinstance(listed, list) else []
        else:
            found = [node["Match"] for node in bracket_nodes(self.body)]
        unique: dict[int, Json] = {}
        for one in found:
            if isinstance(one, dict) and is_id(one.get("MatchId")):
                unique.setdefault(one["MatchId"], one)
        return list(unique.values())


def bracket_nodes(bracket: Json) -> Iterator[Json]:
    """Every node of a bracket's trees that has a match.

    There may be several roots (final, third place), and a second root repeats the nodes of
    the semifinals: the same match comes more than once.
    """
    waiting = [root for root in bracket.get("Roots") or () if isinstance(root, dict)]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node.get("Match"), dict):
            yield node
        sources = (node.get("TopSource"), node.get("BottomSource"))
        waiting.extend(source for source in sources if isinstance(source, dict))


def feeders(bracket: Json) -> dict[int, tuple[str, str]]:
    """By match: the words for its two sides that follow from the tree alone.

    A ``Reversed`` root is played by the losers of its sources.
    """
    words: dict[int, tuple[str, str]] = {}
    for node in bracket_nodes(bracket):
        who = "Loser" if node.get("Reversed") is True else "Winner"
        sides = []
        for source in (node.get("TopSource"), node.get("BottomSource")):
            match = source.get("Match") if isinstance(source, dict) else None
            name = match.get("FullName") if isinstance(match, dict) else None
            sides.append(f"{who} of {name}" if name else "")
        words.setdefault(node["Match"].get("MatchId"), (sides[0], sides[1]))
    return words


def division_of(play: Any) -> int | None:
    """The division a pool, sheet, bracket or season list is of, where it says so.

    Work teams are not asked: they come from other divisions too.
    """
    if not isinstance(play, dict):
        return None
    pool = play["Pool"] if isinstance(play.get("Pool"), dict) else play
    teams = list(pool.get("Teams") or ())
    for node in bracket_nodes(play):
        teams += [node["Match"].get("FirstTeam"), node["Match"].get("SecondTeam")]
    for holder in (play, *teams):
        own = holder.get("Division") if isinstance(holder, dict) else None
        number = own.get("DivisionId") if isinstance(own, dict) else None
        if isinstance(number, int):
            return number
    return None
