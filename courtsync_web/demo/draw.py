"""The draw: which plays a division has on each day, and who meets whom in them.

Day one: pools by seed. Days between: power pools of equals, with crossovers between
neighbouring pools of four. Last day: brackets for everybody. A one-day event has pools and
brackets on the same day.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from string import ascii_uppercase

from courtsync_web.demo.plays import (
    BRACKET_NAMES,
    BRACKETS,
    POOL_FORMATS,
    POOLS,
    Shape,
    bracket_sizes,
    pool_sizes,
)
from courtsync_web.demo.world import Division, Play, Source


@dataclass(frozen=True, slots=True)
class Drawn:
    """A match without a court and a time."""

    match_id: int
    play: Play
    number: int
    lane: int
    slot: int
    first: Source
    second: Source
    work: Source | None


@dataclass(slots=True)
class Block:
    """Plays that share courts for a stretch of one day; ``lanes`` courts side by side."""

    day: int
    lanes: int
    minutes: int
    matches: list[Drawn] = field(default_factory=list)

    def plays(self) -> list[Play]:
        return list({drawn.play.play_id: drawn.play for drawn in self.matches}.values())


@dataclass(slots=True)
class Numbers:
    """Ids as they are handed out while an event is made: earlier rounds have smaller ones."""

    rounds: Iterator[int] = field(default_factory=lambda: count(54001))
    groups: Iterator[int] = field(default_factory=lambda: count(57001))
    plays: Iterator[int] = field(default_factory=lambda: count(60001, 9))
    matches: Iterator[int] = field(default_factory=lambda: count(50001))


@dataclass(slots=True)
class DivisionDraw:
    """Draws one division, day by day."""

    division: Division
    numbers: Numbers
    minutes: int
    pool_size: int
    blocks: list[Block] = field(default_factory=list)

    def run(self, teams: Sequence[int], days: int) -> list[Block]:
        """All blocks of the division. ``teams`` are ids, strongest first."""
        sides = [Source("team", team) for team in teams]
        pools = self._pools(0, 1, serpentine(sides, pool_sizes(len(teams), self.pool_size)))
        order = by_rank(pools)
        for day in range(1, days - 1):
            pools = self._pools(day, day + 1, in_turn(order, [len(p.entrants) for p in pools]))
            order = self._crossovers(day, pools)
        if days > 1 or len(teams) > 3:
            self._brackets(days - 1, max(days, 2), order)
        return self.blocks

    def _pools(self, day: int, round_: int, groups: list[list[Source]]) -> list[Play]:
        round_id, group_id = next(self.numbers.rounds), next(self.numbers.groups)
        pools = []
        for number, entrants in enumerate(groups, 1):
            format_, minutes = POOL_FORMATS.get(len(entrants), (self.division.format, self.minutes))
            pool = Play(
                play_id=next(self.numbers.plays),
                division_id=self.division.division_id,
                round_id=round_id,
                round_name=f"Round {round_}",
                group_id=group_id,
                group_name="",
                name=f"Pool {number}",
                short=f"P{number}",
                code=f"R{round_}P{number}",
                kind="pool",
                format=format_,
                entrants=tuple(entrants),
                minutes=minutes,
            )
            shape = POOLS[len(entrants)]
            block = Block(day, shape.lanes, minutes)
            block.matches += draw_matches(pool, shape, self._take(shape))
            self.blocks.append(block)
            pools.append(pool)
        return pools

    def _take(self, shape: Shape) -> list[int]:
        return [next(self.numbers.matches) for _ in shape.turns]

    def _crossovers(self, day: int, pools: list[Play]) -> list[Source]:
        """Rank meets rank between neighbouring pools of four; the order they leave behind."""
        order: list[Source] = []
        left = list(pools)
        round_id = next(self.numbers.rounds)
        while left:
            pair = left[:2]
            if [len(pool.entrants) for pool in pair] != [4, 4]:
                order += by_rank([left.pop(0)])
                continue
            order += self._crossover(day, round_id, pair[0], pair[1])
            del left[:2]
        return order

    def _crossover(self, day: int, round_id: int, one: Play, two: Play) -> list[Source]:
        group_id = next(self.numbers.groups)
        group = ascii_uppercase[int(one.short[1:]) // 2 % 26]
        block = Block(day, 2, self.minutes)
        order = []
        for rank in range(1, 5):
            # 1v1 and 2v2 first, worked by the thirds and fourths, who then change places.
            helper = Source("place", (one if rank % 2 else two).play_id, (rank + 1) % 4 + 1)
            sides = Source("place", one.play_id, rank), Source("place", two.play_id, rank)
            match_id = next(self.numbers.matches)
            play = Play(
                play_id=next(self.numbers.plays),
                division_id=self.division.division_id,
                round_id=round_id,
                round_name=f"Round {day + 1} Crossover",
                group_id=group_id,
                group_name=f"Group {group}",
                name=f"{rank} v {rank}",
                short=f"{rank}v{rank}",
                code=f"R{day + 1}XO{group}{rank}v{rank}",
                kind="bracket",
                format=self.division.format,
                entrants=sides,
                minutes=self.minutes,
                final=match_id,
            )
            lane, slot = (rank - 1) % 2, (rank - 1) // 2
            block.matches.append(Drawn(match_id, play, 1, lane, slot, *sides, helper))
            order += [Source("winner", match_id), Source("loser", match_id)]
        self.blocks.append(block)
        return order

    def _brackets(self, day: int, round_: int, order: list[Source]) -> None:
        round_id, group_id = next(self.numbers.rounds), next(self.numbers.groups)
        for number, entrants in enumerate(in_turn(order, bracket_sizes(len(order)))):
            shape = BRACKETS[len(entrants)]
            name = BRACKET_NAMES[number] if number < len(BRACKET_NAMES) else f"Flight {number + 1}"
            ids = self._take(shape)
            bracket = Play(
                play_id=next(self.numbers.plays),
                division_id=self.division.division_id,
                round_id=round_id,
                round_name=f"Round {round_}",
                group_id=group_id,
                group_name="",
                name=name,
                short=name,
                code=f"R{round_}{name}".replace(" ", ""),
                kind="bracket",
                format=self.division.format,
                entrants=tuple(entrants),
                minutes=self.minutes,
                final=ids[shape.final - 1],
            )
            block = Block(day, shape.lanes, self.minutes)
            block.matches += draw_matches(bracket, shape, ids)
            self.blocks.append(block)


def draw_matches(play: Play, shape: Shape, ids: Sequence[int]) -> Iterator[Drawn]:
    """The matches of a play, its shape's seeds and references turned into sources."""

    def side(word: str) -> Source:
        number = int(word[1:]) - 1
        if word[0] == "S":
            return play.entrants[number]
        return Source("winner" if word[0] == "W" else "loser", ids[number])

    for number, turn in enumerate(shape.turns, 1):
        work = None if turn.work == "-" else side(turn.work)
        first, second = side(turn.first), side(turn.second)
        yield Drawn(ids[number - 1], play, number, turn.lane, turn.slot, first, second, work)


def serpentine(sides: Sequence[Source], sizes: Sequence[int]) -> list[list[Source]]:
    """Seeds dealt into pools forth and back, so that every pool is as strong as the next."""
    pools: list[list[Source]] = [[] for _ in sizes]
    rest = iter(sides)
    for row in range(max(sizes)):
        open_pools = [pool for pool, size in zip(pools, sizes, strict=True) if size > row]
        for pool in open_pools if row % 2 == 0 else reversed(open_pools):
            pool.append(next(rest))
    return pools


def in_turn(sides: Sequence[Source], sizes: Iterable[int]) -> list[list[Source]]:
    """Sides dealt pool by pool: the best together."""
    rest = iter(sides)
    return [[next(rest) for _ in range(size)] for size in sizes]


def by_rank(pools: Sequence[Play]) -> list[Source]:
    """All firsts, then all seconds, and so on."""
    deepest = max(len(pool.entrants) for pool in pools)
    return [
        Source("place", pool.play_id, place)
        for place in range(1, deepest + 1)
        for pool in pools
        if place <= len(pool.entrants)
    ]
