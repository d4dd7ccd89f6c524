"""The draw: which plays a division has on each day, and who meets whom in them.

Day one: pools by seed. Days between: power pools of equals, with crossovers between
neighbouring pools of four. Last day: brackets for everybody. A one-day event has pools and
brackets on the same day.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True, slots=True)
class Round:
    """A round and, in it, a group of plays."""

    round_id: int
    name: str
    group_id: int
    group: str = ""


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
        stage = self._round(f"Round {round_}")
        pools = []
        for number, entrants in enumerate(groups, 1):
            short = f"P{number}"
            pool = self._play(stage, f"Pool {number}", short, f"R{round_}{short}", entrants)
            shape = POOLS[len(entrants)]
            self._add(day, shape, draw_matches(pool, shape, self._take(shape)))
            pools.append(pool)
        return pools

    def _crossovers(self, day: int, pools: list[Play]) -> list[Source]:
        """Rank meets rank between neighbouring pools of four; the order they leave behind."""
        order: list[Source] = []
        left = list(pools)
        stage = self._round(f"Round {day + 1} Crossover")
        while left:
            pair = left[:2]
            if [len(pool.entrants) for pool in pair] != [4, 4]:
                order += by_rank([left.pop(0)])
                continue
            letter = ascii_uppercase[int(pair[0].short[1:]) // 2 % 26]
            group = replace(stage, group_id=next(self.numbers.groups), group=f"Group {letter}")
            order += self._crossover(day, group, f"R{day + 1}XO{letter}", *pair)
            del left[:2]
        return order

    def _crossover(
        self, day: int, stage: Round, code: str, one: Play, two: Play
    ) -> Iterator[Source]:
        block = Block(day, 2, self.minutes)
        self.blocks.append(block)
        for rank in range(1, 5):
            # 1v1 and 2v2 first, worked by a third and a fourth, who then change places with them.
            work = Source("place", (one if rank % 2 else two).play_id, (rank + 1) % 4 + 1)
            sides = Source("place", one.play_id, rank), Source("place", two.play_id, rank)
            match_id = next(self.numbers.matches)
            short = f"{rank}v{rank}"
            play = self._play(stage, f"{rank} v {rank}", short, code + short, sides, final=match_id)
            lane, slot = (rank - 1) % 2, (rank - 1) // 2
            block.matches.append(Drawn(match_id, play, 1, lane, slot, *sides, work))
            yield Source("winner", match_id)
            yield Source("loser", match_id)

    def _brackets(self, day: int, round_: int, order: list[Source]) -> None:
        stage = self._round(f"Round {round_}")
        for number, entrants in enumerate(in_turn(order, bracket_sizes(len(order)))):
            shape = BRACKETS[len(entrants)]
            name = BRACKET_NAMES[number] if number < len(BRACKET_NAMES) else f"Flight {number + 1}"
            ids = self._take(shape)
            code = f"R{round_}{name}".replace(" ", "")
            bracket = self._play(stage, name, name, code, entrants, final=ids[shape.final - 1])
            self._add(day, shape, draw_matches(bracket, shape, ids))

    def _round(self, name: str) -> Round:
        return Round(next(self.numbers.rounds), name, next(self.numbers.groups))

    def _play(
        self,
        stage: Round,
        name: str,
        short: str,
        code: str,
        entrants: Sequence[Source],
        *,
        final: int | None = None,
    ) -> Play:
        """A new play: a pool, or with a ``final`` a bracket."""
        usual = self.division.format, self.minutes
        format_, minutes = usual if final else POOL_FORMATS.get(len(entrants), usual)
        return Play(
            play_id=next(self.numbers.plays),
            division_id=self.division.division_id,
            round_id=stage.round_id,
            round_name=stage.name,
            group_id=stage.group_id,
            group_name=stage.group,
            name=name,
            short=short,
            code=code,
            kind="bracket" if final else "pool",
            format=format_,
            entrants=tuple(entrants),
            minutes=minutes,
            final=final,
        )

    def _take(self, shape: Shape) -> list[int]:
        return [next(self.numbers.matches) for _ in shape.turns]

    def _add(self, day: int, shape: Shape, matches: Iterable[Drawn]) -> None:
        drawn = list(matches)
        self.blocks.append(Block(day, shape.lanes, drawn[0].play.minutes, drawn))


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
