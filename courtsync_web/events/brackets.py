"""A bracket as trees: who plays whom for what, read off its matches. Pure.

No source is asked for the tree: as long as a side is open its words name the match it waits for
("Winner of Match 6"); once a team stands there, the match it last played in the same bracket is
where it came from. So a bracket of any source has its trees, consolation ones too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from courtsync_web.events.cards import Card, Side
from courtsync_web.schedule.placeholders import placeholder

NUMBER = re.compile(r"(\d+)\W*$")
DONE = frozenset({"final", "result"})


@dataclass(slots=True)
class Bout:
    """One match of a bracket, with those whose winners meet in it."""

    card: Card
    name: str
    sources: list["Bout"] = field(default_factory=list)
    expected: list[str] = field(default_factory=lambda: ["", ""])
    """Who will stand on either side by the scores, while the schedule does not say so yet."""

    @property
    def depth(self) -> int:
        """Rounds up to and with this one."""
        return 1 + max((source.depth for source in self.sources), default=0)


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree and what its last match is about: ``Final``, ``Consolation`` or nothing."""

    title: str
    root: Bout


def trees_of(matches: Sequence[tuple[str, Card]]) -> list[Tree]:
    """The trees of one bracket, the final's first. ``matches``: names inside it, and cards."""
    bouts = [Bout(card, name) for name, card in sorted(matches, key=turn)]
    roots = list(bouts)
    for index, bout in enumerate(bouts):
        for side, one in enumerate((bout.card.one, bout.card.two)):
            found = came_from(one, bout, bouts, bouts[:index])
            if found is None:
                continue
            source, won = found
            if one.team_id is None:
                bout.expected[side] = standing(source.card, won=won)
            if won and source in roots:
                roots.remove(source)
                bout.sources.append(source)
    roots.sort(key=lambda root: -root.depth)
    return [Tree(title_of(root, roots), root) for root in roots]


def turn(match: tuple[str, Card]) -> tuple[int, int]:
    """The order in which a bracket is played."""
    name, card = match
    return (card.starts_at or 1 << 62, number_of(name))


def number_of(name: str) -> int:
    """``Match 6`` and ``R2GoldM6`` → 6."""
    found = NUMBER.search(name)
    return int(found[1]) if found else 0


def came_from(
    side: Side, bout: Bout, bouts: Sequence[Bout], earlier: Sequence[Bout]
) -> tuple[Bout, bool] | None:
    """The match that a side comes from, and whether as its winner."""
    if side.team_id is not None:
        played = [one for one in earlier if plays(one.card, side.team_id)]
        return (played[-1], not lost(played[-1].card, side.team_id)) if played else None
    words = placeholder(side.name)
    if words is None or words.kind not in ("winner", "loser"):
        return None
    number = number_of(words.target)
    named = [one for one in bouts if number and number_of(one.name) == number and one is not bout]
    return (named[0], words.kind == "winner") if named and not waits_for(named[0], bout) else None


def waits_for(one: Bout, other: Bout) -> bool:
    """Whether ``one`` already comes after ``other``; a schedule may bite its own tail."""
    return one is other or any(waits_for(source, other) for source in one.sources)


def plays(card: Card, team_id: int) -> bool:
    return team_id in (card.one.team_id, card.two.team_id)


def lost(card: Card, team_id: int) -> bool:
    own, theirs = (card.one, card.two) if card.one.team_id == team_id else (card.two, card.one)
    return card.status in DONE and theirs.won and not own.won


def standing(card: Card, *, won: bool) -> str:
    """The winner's name, or the loser's; empty while that is open."""
    if card.status not in DONE or card.one.won == card.two.won:
        return ""
    winner, loser = (card.one, card.two) if card.one.won else (card.two, card.one)
    return winner.name if won else loser.name


def title_of(root: Bout, roots: Sequence[Bout]) -> str:
    if len(roots) == 1 and root.depth == 1:
        return ""
    return "Final" if root is roots[0] and root.depth > 1 else "Consolation"
