"""Generated days for the autopilot: a tournament's schedule, late here and there, and wishes."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random

from courtsync_web.coverage.autopilot.task import Option, Task
from courtsync_web.coverage.stays import MINUTE, Stay, visit_of
from courtsync_web.demo.tournament import make_tournament
from courtsync_web.demo.world import Match, Tournament
from courtsync_web.events.walking import minutes_between, place_of

FIRST_DAY = date(2026, 1, 31)
WALKS = {frozenset(("West", "Main")): 3, frozenset(("Main", "North")): 4,
         frozenset(("West", "North")): 7}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How large a day is, and how many teams are followed."""

    courts: int
    matches: int
    teams: int


LARGE = Size(courts=200, matches=1400, teams=20)
MIDDLE = Size(courts=60, matches=420, teams=12)
SMALL = Size(courts=16, matches=90, teams=8)


@lru_cache(maxsize=32)
def tournament_of(seed: int, courts: int, matches: int) -> Tournament:
    return make_tournament(
        seed, first_day=FIRST_DAY, days=1, courts=courts, matches=matches, halls=min(3, courts)
    )


def made_day(seed: int, size: Size, stay: Stay, *, an_hour: int | None = None) -> Task:
    """The same day for the same seed. Half of them follow whole clubs, half whom they like."""
    rng = Random(seed)
    tournament = tournament_of(seed % 8, size.courts, size.matches)
    wanted = followed(tournament, size.teams, rng, by_club=seed % 2 == 0)
    late = {court.court_id: max(0, round(rng.gauss(4, 8))) for court in tournament.courts}
    rows = {court.court_id: number for number, court in enumerate(tournament.courts)}
    places = [place_of(court.name) for court in tournament.courts]
    first = min(match.start for match in tournament.matches)
    options = []
    for match in tournament.matches:
        teams = sum(1 << wanted.index(team) for team in players(match) if team in wanted)
        if teams:
            begins = round((match.start - first).total_seconds() / 60) + late[match.court_id]
            ends = begins + max(25, round(rng.gauss(46, 9)))
            visit = visit_of(stay, begins * MINUTE, ends * MINUTE)
            options.append(
                Option(
                    match.match_id,
                    rows[match.court_id],
                    visit.earliest // MINUTE,
                    visit.latest // MINUTE,
                    max(1, visit.lasts // MINUTE),
                    teams,
                )
            )
    must = (1 << rng.choice((0, 0, 1, 2))) - 1
    noon = 60 * rng.randint(3, 5)
    breaks = ((noon, noon + 45),) if rng.random() < 0.5 else ()
    walk = [[minutes_between(one, other, WALKS) for other in places] for one in places]
    return Task(tuple(options), walk, must=must, breaks=breaks, an_hour=an_hour)


def followed(tournament: Tournament, number: int, rng: Random, *, by_club: bool) -> list[int]:
    """Teams that somebody follows: of as few clubs as it takes, or any."""
    teams = list(tournament.teams)
    rng.shuffle(teams)
    if by_club:
        teams.sort(key=lambda team: (team.club_id * 7919) % 101)
    return [team.team_id for team in teams[:number]]


def players(match: Match) -> list[int]:
    return [side.of for side in (match.first, match.second) if side.kind == "team"]
