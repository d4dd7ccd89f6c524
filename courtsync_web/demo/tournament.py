"""A whole tournament from a seed: the same seed gives the same event, name by name.

    make_tournament(seed=1, first_day=date(2026, 1, 31))
    make_tournament(first_day=day, matches=1200, courts=200)          # for benchmarks
    make_tournament(first_day=day, days=1, matches=400, courts=200)

Results are made by ``rallies.play_results`` and never change a tournament; which teams they
bring into later rounds is answered by ``results.Progress``.
"""

from collections.abc import Sequence
from datetime import date, time
from itertools import count
from random import Random

from courtsync_web.demo.cast import make_clubs, make_division, make_teams
from courtsync_web.demo.draw import Block, DivisionDraw, Drawn, Numbers
from courtsync_web.demo.timetable import Timetable
from courtsync_web.demo.world import Court, Team, Tournament

HALLS = ("West", "Main", "North", "East", "South", "Annex", "Garden", "Upper")
POOL_SIZES = (4, 4, 3, 4, 5, 6)


def make_tournament(
    seed: int = 1,
    *,
    first_day: date,
    days: int = 3,
    divisions: int = 6,
    teams_per_division: int | Sequence[int] = 16,
    clubs: int | None = None,
    halls: int = 3,
    courts: int = 24,
    timezone: str = "America/Chicago",
    pool_size: int | Sequence[int] = POOL_SIZES,
    match_minutes: int = 60,
    opening: time = time(8),
    matches: int | None = None,
    event_id: str = "demo",
    name: str = "Northlake Winter Classic",
    location: str = "Lakefront Convention Center",
) -> Tournament:
    """A tournament of any size.

    ``teams_per_division`` and ``pool_size`` (what pools come near to) may be sequences, used
    round and round over the divisions. ``matches`` asks for that many instead of for
    ``divisions``: as many divisions as it takes, less some placement matches. Raises
    ``ValueError`` when the courts cannot hold a day's matches.
    """
    rng = Random(seed)  # noqa: S311 - names and dice, no secrets
    pools = _each(pool_size)
    sizes = _each(teams_per_division)
    if matches is not None:
        divisions = _divisions_for(matches, sizes, pools, days)
    taking_part = [make_division(number) for number in range(divisions)]
    entries = [sizes[number % len(sizes)] for number in range(divisions)]
    host_clubs = make_clubs(rng, clubs or max(8, sum(entries) // 5))
    teams = make_teams(rng, host_clubs, taking_part, entries)

    blocks: list[Block] = []
    numbers = Numbers()
    for number, division in enumerate(taking_part):
        draw = DivisionDraw(division, numbers, match_minutes, pools[number % len(pools)])
        blocks += draw.run(_ids(teams, division.division_id), days)
    if matches is not None:
        _drop_placement_matches(blocks, matches)

    floor = _courts(halls, courts)
    timetable = Timetable(floor, first_day, opening)
    for block in sorted(blocks, key=_phase):
        timetable.place(block)
    return Tournament(
        event_id=event_id,
        name=name,
        location=location,
        timezone=timezone,
        first_day=first_day,
        days=days,
        clubs=tuple(host_clubs),
        divisions=tuple(taking_part),
        courts=floor,
        teams=tuple(teams),
        plays=tuple(play for block in blocks for play in block.plays()),
        matches=tuple(sorted(timetable.matches, key=lambda m: (m.start, m.court_id))),
    )


def _each(value: int | Sequence[int]) -> Sequence[int]:
    return (value,) if isinstance(value, int) else tuple(value)


def _ids(teams: Sequence[Team], division_id: int) -> list[int]:
    return [team.team_id for team in teams if team.division_id == division_id]


def _divisions_for(matches: int, sizes: Sequence[int], pools: Sequence[int], days: int) -> int:
    """How many divisions it takes to play at least ``matches``."""
    played = 0
    for number in count():
        if played >= matches:
            return number
        draw = DivisionDraw(make_division(number), Numbers(), 60, pools[number % len(pools)])
        blocks = draw.run(range(sizes[number % len(sizes)]), days)
        played += sum(len(block.matches) for block in blocks)
    raise AssertionError("count() never ends")


def _drop_placement_matches(blocks: Sequence[Block], matches: int) -> None:
    """Leave out bracket matches nothing depends on, last ones first, down to ``matches``."""
    surplus = sum(len(block.matches) for block in blocks) - matches
    while surplus > 0 and (spare := _spare(blocks)):
        for block, drawn in spare[:surplus]:
            block.matches.remove(drawn)
        surplus -= len(spare[:surplus])


def _spare(blocks: Sequence[Block]) -> list[tuple[Block, Drawn]]:
    needed = {
        source.of
        for block in blocks
        for drawn in block.matches
        for source in (drawn.first, drawn.second, drawn.work)
        if source is not None and source.kind in ("winner", "loser")
    }
    return [
        (block, drawn)
        for block in reversed(blocks)
        for drawn in reversed(block.matches)
        if drawn.play.kind == "bracket"
        and drawn.match_id not in needed
        and drawn.match_id != drawn.play.final
    ]


def _phase(block: Block) -> tuple[int, bool]:
    """Pools of all divisions are placed before what follows them on the same day."""
    return block.day, block.matches[0].play.kind == "bracket"


def _courts(halls: int, courts: int) -> tuple[Court, ...]:
    """Courts numbered through the halls: "West 1" … "Main 9" … "North 17"."""
    if not 1 <= halls <= min(len(HALLS), courts):
        raise ValueError(f"between 1 and {len(HALLS)} halls, and a court for each")
    return tuple(
        Court(52001 + n, f"{HALLS[n * halls // courts]} {n + 1}", HALLS[n * halls // courts])
        for n in range(courts)
    )
