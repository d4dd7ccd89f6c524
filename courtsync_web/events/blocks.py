"""A day's matches by the time at which they start, folded so that what matters is in sight."""

from dataclasses import dataclass, field

from courtsync_web.events.cards import Card
from courtsync_web.events.expected import running_together
from courtsync_web.events.words import count_of

DONE = frozenset({"final", "result"})
FEW = 12
"""So few matches after filtering are shown at once, without folding anything."""


@dataclass(slots=True)
class Block:
    """The matches that start together: ``8:00 AM · 5 matches``."""

    starts_at: int | None
    title: str
    cards: list[Card] = field(default_factory=list)
    shown: int = 0
    """Cards that the filters let through and that are not live."""
    open: bool = False
    next: bool = False
    past: bool = False
    running: str = ""
    """``running 12 min late``, where its matches are not on time."""

    @property
    def key(self) -> str:
        """Name of the block in the page."""
        return str(self.starts_at) if self.starts_at is not None else "later"

    @property
    def words(self) -> str:
        """``5 matches``."""
        return count_of(self.shown, "match", "matches")


def blocks_of(cards: list[Card]) -> list[Block]:
    """Group by start; live cards stay with their block, whose page shows them above."""
    blocks: dict[int | None, Block] = {}
    for card in cards:
        start = card.starts_at
        block = blocks.get(start)
        if block is None:
            title = "Time to follow" if start is None else card.time
            block = blocks[start] = Block(start, title)
        block.cards.append(card)
        block.shown += not card.hidden and card.status != "live"
    for block in blocks.values():
        block.running = running_together(block.cards)
    return list(blocks.values())


def fold(blocks: list[Block], now: int, *, filtered: bool) -> None:
    """Past blocks are folded, the next one is open; a short filtered list is open altogether."""
    few = filtered and sum(block.shown for block in blocks) <= FEW
    upcoming: Block | None = None
    for block in blocks:
        block.past = is_past(block, now)
        if upcoming is None and not block.past and block.shown:
            upcoming = block
            block.next = True
        begun = not block.past and block.starts_at is not None and block.starts_at <= now
        block.open = few or block.next or begun
    if upcoming is None and blocks:
        blocks[-1].open = True


def is_past(block: Block, now: int) -> bool:
    """Its time is over, or all of it is decided."""
    if block.starts_at is None:
        return all(card.status in DONE for card in block.cards)
    return all(
        card.status in DONE or (card.ends_at or block.starts_at) < now for card in block.cards
    )
