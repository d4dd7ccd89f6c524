"""Asking AES everything that one event's schedule needs, and keeping what came.

event → for each division its days and rounds → the plays of each day → the sheet of each
pool → the court grid of each day: about fifty questions for forty-eight teams.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from courtsync_web.schedule.aes import endpoints
from courtsync_web.schedule.aes.endpoints import Endpoint
from courtsync_web.schedule.aes.plays import Play, division_of
from courtsync_web.schedule.aes.source import Answer, Json, Source
from courtsync_web.schedule.aes.times import day

ANY_OFFSET = 0
"""Offset the live court grid is asked with; its times are calibrated, not believed."""

Say = Callable[[int, int], None]
"""Told ``(answered, asked)`` after each answer."""


@dataclass(slots=True)
class Gathered:
    """Everything that came, by what it is, and what did not."""

    key: str
    event: Json = field(default_factory=dict)
    divisions: dict[int, Json] = field(default_factory=dict)
    plays: dict[int, Play] = field(default_factory=dict)
    grids: list[tuple[date, int, Json]] = field(default_factory=list)
    assignments: list[Json] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unread_divisions: set[int] = field(default_factory=set)


class Asking:
    """One round of questions to one source, with what was gathered so far."""

    def __init__(self, source: Source, say: Say | None) -> None:
        self._source = source
        self._say = say
        self._asked = self._answered = 0
        self.gathered = Gathered(source.key)

    async def everything(self) -> Gathered:
        await self._event()
        numbers = sorted(self.gathered.divisions)
        days = await asyncio.gather(*(self._division(number) for number in numbers))
        await self._sheets()
        await self._grids({one for some in days for one in some})
        for club in self._source.offered.clubs:
            answer = await self._ask(endpoints.next_assignments(club))
            self.gathered.assignments += answer.objects()
        return self.gathered

    async def _ask(self, endpoint: Endpoint, *, needed: bool = True) -> Answer:
        self._asked += 1
        answer = await self._source.ask(endpoint)
        self._answered += 1
        if self._say:
            self._say(self._answered, self._asked)
        if answer.missing and needed:
            self.gathered.missing.append(f"{endpoint.words}: {answer.missing}")
        return answer

    async def _event(self) -> None:
        found = self.gathered
        found.event = (await self._ask(endpoints.event())).object()
        for division in found.event.get("Divisions") or ():
            if isinstance(division, dict) and isinstance(division.get("DivisionId"), int):
                found.divisions[division["DivisionId"]] = division
        for number in self._source.offered.divisions:
            found.divisions.setdefault(number, {})

    async def _division(self, number: int) -> set[date]:
        """Its rounds and all plays of its days; the days, for the court grid."""
        season = await self._ask(endpoints.season(number), needed=False)
        self._note_season(number, season.object())
        days = await self._days(number)
        whole = await asyncio.gather(*(self._day(number, one) for one in sorted(days)))
        if season.missing and not days:
            words = f"division {number} ({self._name(number)})"
            self.gathered.missing.append(f"{words}: {season.missing}")
            whole = [False]
        if not all(whole):
            self.gathered.unread_divisions.add(number)
        return days

    def _name(self, number: int) -> str:
        return str(self.gathered.divisions[number].get("Name", "")).strip() or "no name"

    def _note_season(self, number: int, season: Json) -> None:
        own = season.get("Division")
        if isinstance(own, dict) and own.get("DivisionId") == number:
            self.gathered.divisions[number] = self.gathered.divisions[number] or own
        for meta in season.get("Plays") or ():
            if isinstance(meta, dict) and isinstance(meta.get("PlayId"), int):
                self._play(meta["PlayId"], number).meta = meta

    async def _days(self, number: int) -> set[date]:
        """The days it plays on: its own list, else the event's, else what was recorded."""
        answer = await self._ask(endpoints.play_days(number), needed=False)
        if answer.missing:
            answer = await self._ask(endpoints.used_dates(), needed=False)
        days = {one for entry in answer.objects() if (one := day(entry.get("DateTime")))}
        offered = self._source.offered
        return days | set(offered.days) if number in offered.divisions else days

    async def _day(self, number: int, one: date) -> bool:
        """Note the day's plays; False when the day is known but its plays would not come."""
        answer = await self._ask(endpoints.on_day("plays", number, one), needed=False)
        if not answer.missing:
            self._note_plays(number, answer)
            return True
        halves = [
            await self._ask(endpoints.on_day(what, number, one), needed=False)
            for what in ("pools", "brackets")
        ]
        for half in halves:
            self._note_plays(number, half)
        if all(half.missing for half in halves):
            words = endpoints.on_day("plays", number, one).words
            self.gathered.missing.append(f"{words}: {answer.missing}")
            return False
        return True

    def _note_plays(self, number: int, answer: Answer) -> None:
        """A play listed under two days is one play; a shared file's plays tell their division."""
        for body in answer.objects():
            if isinstance(body.get("PlayId"), int):
                own = division_of(body) if answer.shared else None
                play = self._play(body["PlayId"], own or number)
                play.body = play.body or body

    def _play(self, play_id: int, number: int | None) -> Play:
        play = self.gathered.plays.setdefault(play_id, Play(play_id))
        play.division_id = play.division_id or number
        return play

    async def _sheets(self) -> None:
        listed = {one.play_id for one in self.gathered.plays.values() if one.is_pool}
        due = {one for one in listed if self.gathered.plays[one].scheduled}
        wanted = sorted(due | set(self._source.offered.sheets), reverse=True)
        await asyncio.gather(*(self._sheet(one) for one in wanted))

    async def _sheet(self, play_id: int) -> None:
        sheet = (await self._ask(endpoints.pool_sheet(play_id))).object()
        play = self._play(play_id, None)
        play.sheet = sheet
        play.division_id = play.division_id or division_of(sheet)

    async def _grids(self, days: set[date]) -> None:
        drawn = self._source.offered.grids or tuple((one, ANY_OFFSET) for one in sorted(days))
        for one, offset in drawn:
            grid = await self._ask(endpoints.court_grid(one, offset), needed=False)
            if grid.object():
                self.gathered.grids.append((one, offset, grid.object()))


async def gather(source: Source, say: Say | None = None) -> Gathered:
    """Ask a source everything."""
    return await Asking(source, say).everything()
