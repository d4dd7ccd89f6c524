"""The court grid: all divisions on all courts, with texts only and times of unsure origin."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from courtsync_web.schedule.aes.source import Json, is_id
from courtsync_web.schedule.aes.texts import reference
from courtsync_web.schedule.aes.times import first_moment_after, grid_wall


@dataclass(frozen=True, slots=True)
class GridMatch:
    """A match as the grid has it: where and when, with words instead of teams."""

    match: Json
    court: Json
    start: datetime | None
    end: datetime | None

    @property
    def division_id(self) -> int | None:
        own = self.match.get("Division")
        number = own.get("DivisionId") if isinstance(own, dict) else None
        return number if is_id(number) else None

    @property
    def play_and_match(self) -> str:
        """``CompleteShortName`` of the play and the match's short name, run together."""
        return reference(str(self.match.get("CompleteShortName") or ""))


def courts_of(grid: Json) -> list[Json]:
    """The grid's courts, with or without matches."""
    listed = grid.get("CourtSchedules")
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def matches_of(grid: Json) -> Iterator[tuple[Json, Json]]:
    """Each match of the grid with its court."""
    for court in courts_of(grid):
        for match in court.get("CourtMatches") or ():
            if isinstance(match, dict) and is_id(match.get("MatchId")):
                yield match, court


def calibrated(grid: Json, asked: int, known: Mapping[int, datetime]) -> tuple[int, bool]:
    """By how many minutes the grid's times lie after the wall clock, and whether it is sure.

    What the number in the grid's address means is not known for certain, so matches whose
    wall clock is known from a sheet or a bracket decide; without one, the address is believed.
    """
    offsets: Counter[int] = Counter()
    for match, _ in matches_of(grid):
        wall, drawn = known.get(match["MatchId"]), match.get("ScheduledStartDateTime")
        if wall is not None and isinstance(drawn, int | float):
            offsets[round((drawn / 1000 - wall.replace(tzinfo=UTC).timestamp()) / 60)] += 1
    return (offsets.most_common(1)[0][0], True) if offsets else (asked, False)


def drawn_matches(
    day: date, asked: int, grid: Json, known: Mapping[int, datetime]
) -> tuple[list[GridMatch], bool]:
    """The grid's matches in wall clock; False beside them when their times are unsure."""
    offset, sure = calibrated(grid, asked, known)
    drawn = []
    for match, court in matches_of(grid):
        start = grid_wall(match.get("ScheduledStartDateTime"), offset)
        end = grid_wall(match.get("ScheduledEndDateTime"), offset)
        drawn.append(GridMatch(match, court, start, first_moment_after(end) if end else None))
        sure = sure and (start is None or start.date() == day)
    return drawn, sure
