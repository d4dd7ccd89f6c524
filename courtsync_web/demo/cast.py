"""Who takes part: divisions, clubs and their teams."""

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from courtsync_web.demo import names
from courtsync_web.demo.world import Club, Division, Team

FORMAT = "2 of 3 to 25(15)"


def make_division(number: int) -> Division:
    """The ``number``-th division, from 0."""
    name, age = names.division_name(number)
    color = names.COLORS[number % len(names.COLORS)]
    return Division(199001 + number, name, name.replace(" ", "s ", 1), age, color, FORMAT)


def make_clubs(rng: Random, count: int) -> list[Club]:
    """Clubs in the order of their names."""
    codes: set[str] = set()
    shorts: set[str] = set()
    return [
        Club(
            club_id=4001 + 17 * number,
            name=name,
            short=names.short_club(name, shorts),
            code=names.club_code(name, codes),
            region=rng.choice(names.REGIONS),
        )
        for number, name in enumerate(sorted(names.club_names(rng, count)))
    ]


def make_teams(
    rng: Random, clubs: Sequence[Club], divisions: Sequence[Division], sizes: Sequence[int]
) -> list[Team]:
    """``sizes[n]`` teams for division n, strongest first. A few clubs bring many teams."""
    weights = [rng.choice((1, 1, 2, 2, 3, 6)) for _ in clubs]
    ids = _team_ids(rng)
    entered: Counter[tuple[int, int]] = Counter()  # by club and age
    teams = []
    for division, size in zip(divisions, sizes, strict=True):
        for seed, club in enumerate(_entrants(rng, clubs, weights, size), 1):
            number = entered[club.club_id, division.age]
            entered[club.club_id, division.age] += 1
            teams.append(
                Team(
                    team_id=next(ids),
                    name=names.team_name(club.short, division.age, number),
                    code=f"g{division.age}{club.code}{_digit(number)}{club.region.lower()}",
                    club_id=club.club_id,
                    division_id=division.division_id,
                    region=club.region,
                    seed=seed,
                )
            )
    return teams


def _entrants(
    rng: Random, clubs: Sequence[Club], weights: Sequence[int], size: int
) -> Iterator[Club]:
    """A club for each team of a division; none fills more of it than it must."""
    left = {club.club_id: max(2, -(-size // len(clubs))) for club in clubs}
    for _ in range(size):
        open_to = [
            weight if left[c.club_id] else 0 for c, weight in zip(clubs, weights, strict=True)
        ]
        club = rng.choices(clubs, open_to)[0]
        left[club.club_id] -= 1
        yield club


def _team_ids(rng: Random) -> Iterator[int]:
    team_id = 120_000
    while True:
        team_id += rng.randint(1, 90)
        yield team_id


def _digit(number: int) -> str:
    return "123456789abcdefghijklmnopqrstuvwxyz"[number] if number < 35 else str(number + 1)
