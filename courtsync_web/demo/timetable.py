"""Courts and times for drawn matches.

Every play gets its courts for one unbroken stretch, at the earliest time at which they are
free and everything it waits for that day is over; so no court, team or work team is ever
needed twice at a time, whatever the results. Where more plays than courts wait, the rest
makes the afternoon wave.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from courtsync_web.demo.draw import Block
from courtsync_web.demo.world import Court, Match, Source

CLOSING = timedelta(hours=23)


@dataclass(slots=True)
class Timetable:
    """Places blocks one after another. ``opening`` is when the first hall's matches begin."""

    courts: Sequence[Court]
    first_day: date
    opening: time
    matches: list[Match] = field(default_factory=list)
    _free: dict[tuple[int, int], datetime] = field(default_factory=dict)  # by (day, court)
    _over: dict[tuple[str, int], datetime] = field(default_factory=dict)  # plays and matches
    _home: dict[tuple[int, int], str] = field(default_factory=dict)  # hall by (day, division)

    def place(self, block: Block) -> None:
        """Give a block its courts and times. Blocks it waits for must have been placed before.

        Raises ``ValueError`` when the halls would close before its end.
        """
        start, courts = self._find(block)
        for drawn in block.matches:
            begin = start + timedelta(minutes=block.minutes * drawn.slot)
            end = begin + timedelta(minutes=block.minutes)
            if end > self._midnight(block.day) + CLOSING:
                raise ValueError(f"{len(self.courts)} courts are too few for day {block.day + 1}")
            court = courts[drawn.lane].court_id
            play = drawn.play
            self.matches.append(
                Match(
                    drawn.match_id,
                    play.play_id,
                    play.division_id,
                    drawn.number,
                    drawn.first,
                    drawn.second,
                    drawn.work,
                    court,
                    begin,
                    end,
                )
            )
            self._free[block.day, court] = end
            self._note("match", drawn.match_id, end)
            self._note("play", play.play_id, end)

    def _find(self, block: Block) -> tuple[datetime, Sequence[Court]]:
        ready = self._ready(block)
        home = self._home.get((block.day, block.matches[0].play.division_id))

        def rank(courts: Sequence[Court]) -> tuple[datetime, bool]:
            free = max(self._free_at(block.day, court) for court in courts)
            return max(free, ready), home not in (None, courts[0].hall)

        courts = min(self._neighbours(block.lanes), key=rank)
        self._home.setdefault((block.day, block.matches[0].play.division_id), courts[0].hall)
        return rank(courts)[0], courts

    def _neighbours(self, lanes: int) -> Iterator[Sequence[Court]]:
        """Every run of ``lanes`` courts side by side in one hall."""
        for index in range(len(self.courts) - lanes + 1):
            run = self.courts[index : index + lanes]
            if run[0].hall == run[-1].hall:
                yield run

    def _free_at(self, day: int, court: Court) -> datetime:
        known = self._free.get((day, court.court_id))
        if known is not None:
            return known
        # Every second hall begins half an hour later, so that doors and cafés are not overrun.
        halls = list(dict.fromkeys(court.hall for court in self.courts))
        late = timedelta(minutes=30 * (halls.index(court.hall) % 2))
        self._free[day, court.court_id] = opens = (
            self._midnight(day)
            + timedelta(hours=self.opening.hour, minutes=self.opening.minute)
            + late
        )
        return opens

    def _ready(self, block: Block) -> datetime:
        own = {drawn.match_id for drawn in block.matches}
        sources = [s for d in block.matches for s in (d.first, d.second, d.work) if s is not None]
        over = [self._over_at(source) for source in sources if source.of not in own]
        return max([self._midnight(block.day), *(end for end in over if end is not None)])

    def _over_at(self, source: Source) -> datetime | None:
        kind = "play" if source.kind == "place" else "match"
        return None if source.kind == "team" else self._over[kind, source.of]

    def _note(self, kind: str, id_: int, end: datetime) -> None:
        self._over[kind, id_] = max(end, self._over.get((kind, id_), end))

    def _midnight(self, day: int) -> datetime:
        return datetime.combine(self.first_day, time()) + timedelta(days=day)
