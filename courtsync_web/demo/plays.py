"""How pools and brackets are played: the order of matches, as data.

Pool orders with their work teams are those of real pool sheets (four teams: 1v3 2v4 1v4 2v3
3v4 1v2; six teams play twelve matches on two courts, so not every pair meets). A bracket
seeds its teams S1, S2, …; ``W3`` and ``L3`` are the winner and loser of its third match. A
bracket's rows are laid out so that nobody works and plays in one slot, whoever wins.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """One match of a pool or bracket before it has a court and a time."""

    lane: int  # which of the play's courts
    slot: int  # how many matches of that play come before it on a court
    first: str
    second: str
    work: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A pool or bracket of a given size. ``final`` counts from 1; 0 in pools."""

    lanes: int
    turns: tuple[Turn, ...]
    final: int = 0


def _shape(lanes: int, rows: str, final: int = 0) -> Shape:
    """Rows are "first second work" in playing order, ``lanes`` of them at a time."""
    turns = [Turn(n % lanes, n // lanes, *row.split()) for n, row in enumerate(rows.split(","))]
    return Shape(lanes, tuple(turns), final)


POOLS = {
    3: _shape(1, "S1 S3 S2, S2 S3 S1, S1 S2 S3"),
    4: _shape(1, "S1 S3 S2, S2 S4 S1, S1 S4 S3, S2 S3 S1, S3 S4 S2, S1 S2 S4"),
    5: _shape(
        1,
        "S1 S4 S5, S2 S3 S1, S4 S5 S2, S1 S3 S4, S2 S5 S3,"
        "S3 S4 S1, S1 S5 S2, S2 S4 S3, S3 S5 S4, S1 S2 S5",
    ),
    6: _shape(
        2,
        "S4 S6 S1, S3 S5 S2, S1 S6 S4, S2 S5 S3, S1 S4 S6, S2 S3 S5,"
        "S4 S5 S1, S3 S6 S2, S1 S5 S3, S2 S6 S4, S1 S3 S5, S2 S4 S6",
    ),
}

BRACKETS = {
    2: _shape(1, "S1 S2 -", final=1),
    3: _shape(1, "S2 S3 S1, S1 W1 L1", final=2),
    4: _shape(1, "S1 S4 S3, S2 S3 L1, W1 W2 L2, L1 L2 L3", final=3),
    5: _shape(1, "S4 S5 S3, S1 W1 L1, S2 S3 L2, W2 W3 L3, L2 L3 L4", final=4),
    6: _shape(2, "S3 S6 S1, S4 S5 S2, S1 W2 L1, S2 W1 L2, L1 L2 L3, W3 W4 L4, L3 L4 L6", final=6),
    8: _shape(
        2,
        "S1 S8 S3, S4 S5 S2, S3 S6 L1, S2 S7 L2, W1 W2 L3, W3 W4 L4,"
        "L1 L2 L5, L3 L4 L6, L5 L6 L7, W7 W8 L8, L7 L8 L9, W5 W6 L10",
        final=12,
    ),
}

BRACKET_NAMES = ("Gold", "Silver", "Bronze", "Copper", "Emerald", "Sapphire", "Ruby", "Pearl")

# Three teams have time for three full sets, five only for two: what directors really do.
POOL_FORMATS = {3: ("3 Sets to 25", 75), 5: ("2 Sets to 25", 45)}


def pool_sizes(teams: int, wanted: int) -> list[int]:
    """``teams`` split into pools of 3 to 6, as near to ``wanted`` as can be, larger ones first."""
    if teams < 3:
        raise ValueError("a division needs three teams")
    pools = max(1, round(teams / wanted))
    while pools > 1 and teams // pools < 3:
        pools -= 1
    while -(-teams // pools) > 6:
        pools += 1
    base, larger = divmod(teams, pools)
    return [base + 1] * larger + [base] * (pools - larger)


def bracket_sizes(teams: int) -> list[int]:
    """``teams`` split into brackets of 2 to 6 or 8, nobody left out."""
    sizes = []
    while teams:
        size = {9: 5, 10: 6, 11: 8, 7: 4}.get(teams, min(teams, 8))
        sizes.append(size)
        teams -= size
    return sizes
