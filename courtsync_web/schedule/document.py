"""Reading the schedule document: JSON in, draft out, or every problem of it at once."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from courtsync_web.errors import FieldError
from courtsync_web.schedule.draft import (
    BadSchedule,
    Draft,
    DraftClub,
    DraftCourt,
    DraftDivision,
    DraftEvent,
    DraftMatch,
    DraftResult,
    DraftStage,
    DraftTeam,
    Side,
    Wire,
)
from courtsync_web.schedule.numbers import Numbers
from courtsync_web.schedule.references import References
from courtsync_web.schedule.shape import checked_shape, decoded
from courtsync_web.schedule.wire import (
    Format,
    MatchIn,
    ScheduleDocument,
    StageIn,
    TeamIn,
)
from courtsync_web.schedule.zones import ZONES
from courtsync_web.volleyball.formats import format_to_wire, read_format

WALL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?")
YEARS = range(1970, 2200)
T = TypeVar("T")


def read_document(given: bytes | str | object, *, event_id: str | None = None) -> Draft:
    """A schedule document (JSON text, or already decoded) as a draft.

    ``event_id``: the event it must be about. Raises :class:`BadSchedule` with every problem
    by JSON pointer.
    """
    raw = decoded(given) if isinstance(given, bytes | str) else given
    return Document(checked_shape(raw)).draft(event_id)


class Document:
    """One document of the right shape, on its way to a draft."""

    def __init__(self, document: ScheduleDocument) -> None:
        self._given = document
        self._problems: list[FieldError] = []
        self._numbers = Numbers()

    def draft(self, event_id: str | None) -> Draft:
        given = self._given
        References(given, self._problems).check()
        event = self._event(event_id)
        stages = self._stages()
        by_key = {(one.division_id, one.round, one.name): one for one in reversed(stages)}
        matches = [
            self._match(one, f"/matches/{index}", by_key) for index, one in enumerate(given.matches)
        ]
        divisions = tuple(
            DraftDivision(
                one.division_id,
                one.name.strip(),
                (one.code or "").strip(),
                one.color,
                self._format(one.format, f"/divisions/{index}/format"),
            )
            for index, one in enumerate(given.divisions)
        )
        results = tuple(self._results())
        if self._problems:
            raise BadSchedule(self._problems)
        return Draft(
            event=event,
            divisions=divisions,
            clubs=tuple(DraftClub(one.club_id, one.name.strip()) for one in given.clubs),
            teams=tuple(team_of(one) for one in given.teams),
            courts=tuple(
                DraftCourt(one.court_id, one.name.strip(), (one.video_link or "").strip())
                for one in given.courts
            ),
            stages=tuple({one.stage_id: one for one in (*stages, *by_key.values())}.values()),
            matches=tuple(matches),
            results=results,
            derived=frozenset(self._numbers.derived),
        )

    def _event(self, event_id: str | None) -> DraftEvent:
        given = self._given
        if event_id is not None and given.event_id != event_id:
            self._refuse("/eventId", f"is {given.event_id}, but this is event {event_id}")
        if given.timezone not in ZONES:
            self._refuse("/timezone", "is no IANA time zone such as America/Chicago")
        first = self._read(given.start_date, "/startDate", date.fromisoformat)
        last = self._read(given.end_date, "/endDate", date.fromisoformat)
        if first and last and last < first:
            self._refuse("/endDate", "is before startDate")
        return DraftEvent(
            event_id=given.event_id,
            name=given.name.strip(),
            timezone=given.timezone,
            start_date=first,
            end_date=last,
            location=(given.location or "").strip(),
            visibility=given.visibility,
            source="json",
            format=self._format(given.format, "/format"),
        )

    def _stages(self) -> list[DraftStage]:
        for one in self._given.stages:
            if one.stage_id is not None:
                self._numbers.given("stage", one.stage_id)
        stages = [
            self._stage(one, f"/stages/{index}") for index, one in enumerate(self._given.stages)
        ]
        seen: set[int] = set()
        for index, stage in enumerate(stages):
            if stage.stage_id in seen and self._given.stages[index].stage_id is None:
                self._refuse(f"/stages/{index}", "names the same pool or bracket as one before it")
            seen.add(stage.stage_id)
        return stages

    def _stage(self, given: StageIn, at: str) -> DraftStage:
        round_, name = (given.round or "").strip(), (given.pool or "").strip()
        number = given.stage_id
        if number is None:
            number = self._numbers.derive("stage", given.division_id, round_, name)
        return DraftStage(
            number,
            given.division_id,
            round_,
            name,
            given.kind or likely_kind(round_, name),
            self._format(given.format, f"{at}/format"),
            given.finished,
            [list(pair) for pair in given.ranks] if given.ranks else None,
        )

    def _match(
        self, given: MatchIn, at: str, stages: dict[tuple[int | None, str, str], DraftStage]
    ) -> DraftMatch:
        start = self._wall(given.start, f"{at}/start")
        end = self._wall(given.end, f"{at}/end")
        if start and end and end < start:
            self._refuse(f"{at}/end", "is before the match's start")
        return DraftMatch(
            match_id=given.match_id,
            name=(given.name or "").strip(),
            division_id=given.division_id,
            stage_id=self._stage_id(given, stages),
            court_id=given.court_id,
            team1=Side(given.team1_id, (given.team1_text or "").strip()),
            team2=Side(given.team2_id, (given.team2_text or "").strip()),
            work_team=Side(given.work_team_id, (given.work_team_text or "").strip()),
            start=start,
            end=end,
            format=self._format(given.format, f"{at}/format"),
        )

    def _stage_id(
        self, given: MatchIn, stages: dict[tuple[int | None, str, str], DraftStage]
    ) -> int | None:
        """The stage it names by id, or by round and pool; one that is not listed is made."""
        round_, name = (given.round or "").strip(), (given.pool or "").strip()
        if given.stage_id is not None or not (round_ or name):
            return given.stage_id
        key = (given.division_id, round_, name)
        if key not in stages:
            number = self._numbers.derive("stage", *key)
            stages[key] = DraftStage(number, *key, kind=likely_kind(round_, name))
        return stages[key].stage_id

    def _results(self) -> list[DraftResult]:
        results = []
        for index, match in enumerate(self._given.matches):
            given = match.result
            if given is not None and not given.sets and given.outcome in (None, "undecided"):
                self._refuse(f"/matches/{index}/result", "needs sets or an outcome")
            elif given is not None:
                outcome = given.outcome or "undecided"
                results.append(DraftResult(match.match_id, tuple(given.sets), outcome))
        return results

    def _format(self, given: Format | None, at: str) -> Wire | None:
        if given is None:
            return None
        return self._read(given, at, lambda value: format_to_wire(read_format(value)))

    def _wall(self, given: str | None, at: str) -> datetime | None:
        return None if given is None else self._read(given, at, wall)

    def _read(self, given: Any, at: str, read: Callable[[Any], T]) -> T | None:
        try:
            return read(given)
        except ValueError as error:
            self._refuse(at, str(error))
            return None

    def _refuse(self, at: str, words: str) -> None:
        self._problems.append(FieldError(at, words))


def wall(text: str) -> datetime:
    """A wall clock time; a zone or an offset in it is refused, for the event has one."""
    if not WALL.fullmatch(text):
        raise ValueError("must be venue wall clock such as 2026-01-31T08:00:00, without a zone")
    time = datetime.fromisoformat(text).replace(microsecond=0)
    if time.year not in YEARS:
        raise ValueError(f"must be in a year from {YEARS.start} to {YEARS.stop - 1}")
    return time


def team_of(given: TeamIn) -> DraftTeam:
    code = (given.code or "").strip()
    return DraftTeam(given.team_id, given.name.strip(), code, given.club_id, given.division_id)


def likely_kind(round_: str, name: str) -> str:
    """A bracket by its words, or because nothing calls it a pool."""
    words = f"{round_} {name}".casefold()
    bracket = any(word in words for word in ("bracket", "final", "crossover", "playoff"))
    return "bracket" if bracket or not name else "pool"
