"""A table as a draft. Teams, courts, divisions and pools are known by their names."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath

from courtsync_web.errors import FieldError
from courtsync_web.schedule.draft import (
    BadSchedule,
    Draft,
    DraftCourt,
    DraftDivision,
    DraftEvent,
    DraftMatch,
    DraftResult,
    DraftStage,
    DraftTeam,
    Side,
)
from courtsync_web.schedule.limits import MOST_ROWS, too_many_rows
from courtsync_web.schedule.numbers import Numbers
from courtsync_web.schedule.placeholders import placeholder
from courtsync_web.schedule.tables.clocks import uses_noon
from courtsync_web.schedule.tables.columns import Table, table_of
from courtsync_web.schedule.tables.csv import csv_rows
from courtsync_web.schedule.tables.days import Days
from courtsync_web.schedule.tables.entries import Entries, Entry
from courtsync_web.schedule.tables.xlsx import is_xlsx, xlsx_rows
from courtsync_web.schedule.words import folded

BRACKET_WORDS = ("bracket", "final", "crossover", "playoff")


def read_table(data: bytes, *, event_id: str, name: str = "", zone: str = "") -> Draft:
    """A CSV or XLSX file as a draft of the event ``event_id``.

    ``name`` and ``zone`` are the event's, where it is not stored yet. Raises
    :class:`BadSchedule` with every bad row by line and column.
    """
    if is_xlsx(data):
        table, source = table_of(xlsx_rows(data)), "xlsx"
    else:
        rows, notes = csv_rows(data)
        table, source = table_of(rows), "csv"
        table.notes.extend(notes)
    event = DraftEvent(event_id, name, zone, None, None, source=source)
    return Rows(entries_of(table), table.notes).draft(event)


def entries_of(table: Table) -> list[Entry]:
    """All rows, read; or every problem of all rows."""
    if len(table.lines) > MOST_ROWS:
        raise BadSchedule([FieldError("the file", too_many_rows(len(table.lines)))])
    days = Days()
    days.learn(table.lines)
    times = (line.cells.get(column) for line in table.lines for column in ("start", "end"))
    reading = Entries(days, noon=uses_noon(times))
    entries = [entry for line in table.lines if (entry := reading.read(line))]
    problems = [*reading.problems, *repeated(entries)]
    if not entries and not problems:
        problems = [FieldError("the file", "has no matches")]
    if problems:
        raise BadSchedule(problems)
    table.notes.extend([*days.notes, *reading.notes])
    return entries


def repeated(entries: Iterable[Entry]) -> list[FieldError]:
    """Ids that two rows have, and rows that say the same match twice."""
    problems = []
    ids: dict[int, int] = {}
    rows: dict[object, int] = {}
    for entry in entries:
        number = entry.line.number
        if entry.match_id is not None:
            first = ids.setdefault(entry.match_id, number)
            if first != number:
                words = f"{entry.match_id} is on line {first} too"
                problems.append(FieldError(entry.line.place("match id"), words))
        elif entry.start is not None:
            key = (entry.meeting(), entry.start, folded(entry.texts["court"]))
            first = rows.setdefault(key, number)
            if first != number:
                problems.append(FieldError(f"line {number}", f"is the same match as line {first}"))
    return problems


class Rows:
    """Entries on their way to a draft: names become ids."""

    def __init__(self, entries: list[Entry], notes: list[str]) -> None:
        self._entries = entries
        self._notes = notes
        self._numbers = Numbers()
        self._divisions: dict[int, DraftDivision] = {}
        self._courts: dict[int, DraftCourt] = {}
        self._teams: dict[int, DraftTeam] = {}
        self._stages: dict[int, DraftStage] = {}
        self._called: dict[str, set[int]] = defaultdict(set)

    def draft(self, event: DraftEvent) -> Draft:
        for entry in self._entries:
            if entry.match_id is not None:
                self._numbers.given("match", entry.match_id)
            division = self._division(entry)
            for column in ("team 1", "team 2"):
                self._team(entry.texts[column], division)
        numbers = self._match_ids()
        matches = [self._match(entry, numbers[entry.line.number]) for entry in self._entries]
        return Draft(
            event=event,
            divisions=tuple(self._divisions.values()),
            teams=tuple(self._teams.values()),
            courts=tuple(self._courts.values()),
            stages=tuple(self._stages.values()),
            matches=tuple(matches),
            results=tuple(
                DraftResult(numbers[entry.line.number], entry.sets, entry.outcome)
                for entry in self._entries
                if entry.sets or entry.outcome != "undecided"
            ),
            notes=tuple(self._notes),
            derived=frozenset(self._numbers.derived),
        )

    def _match_ids(self) -> dict[int, int]:
        """By line: the id given, or one from who meets where for the how-many-th time."""
        turns: dict[tuple[str, ...], int] = defaultdict(int)
        numbers = {}
        for entry in sorted(self._entries, key=in_time):
            turns[entry.meeting()] += 1
            number = entry.match_id
            if number is None:
                meeting = entry.meeting()
                number = self._numbers.derive("match", *meeting, turns[meeting])
            numbers[entry.line.number] = number
        return numbers

    def _match(self, entry: Entry, number: int) -> DraftMatch:
        division = self._division(entry)
        return DraftMatch(
            match_id=number,
            division_id=division,
            stage_id=self._stage(entry, division),
            court_id=self._court(entry.texts["court"]),
            team1=self._side(entry.texts["team 1"], division),
            team2=self._side(entry.texts["team 2"], division),
            work_team=self._work(entry.texts["work team"], division),
            start=entry.start,
            end=entry.end,
        )

    def _division(self, entry: Entry) -> int | None:
        name = entry.texts["division"]
        if not name:
            return None
        number = self._numbers.derive("division", name)
        self._divisions.setdefault(number, DraftDivision(number, name))
        return number

    def _court(self, name: str) -> int | None:
        if not name:
            return None
        number = self._numbers.derive("court", name)
        self._courts.setdefault(number, DraftCourt(number, name))
        return number

    def _team(self, name: str, division: int | None) -> int | None:
        """A team's id; none for a placeholder or nothing."""
        if not name or placeholder(name):
            return None
        number = self._numbers.derive("team", division, name)
        self._teams.setdefault(number, DraftTeam(number, name, division_id=division))
        self._called[folded(name)].add(number)
        return number

    def _side(self, name: str, division: int | None) -> Side:
        number = self._team(name, division)
        return Side(None, name) if number is None else Side(number)

    def _work(self, name: str, division: int | None) -> Side:
        """A team that plays in the division, or in just one other; else it stays words."""
        same = self._called.get(folded(name), set())
        own = {number for number in same if self._teams[number].division_id == division}
        found = own or same
        return Side(next(iter(found))) if len(found) == 1 else Side(None, name)

    def _stage(self, entry: Entry, division: int | None) -> int | None:
        round_, name = entry.texts["round"], entry.texts["pool"]
        if not round_ and not name:
            return None
        number = self._numbers.derive("stage", division, round_, name)
        words = f"{round_} {name}".casefold()
        kind = "bracket" if any(word in words for word in BRACKET_WORDS) else ""
        self._stages.setdefault(number, DraftStage(number, division, round_, name, kind))
        return number


def in_time(entry: Entry) -> tuple[bool, datetime | int, int]:
    """By start, rows without one last, equal ones in the file's order."""
    return entry.start is None, entry.start or 0, entry.line.number


def event_id_of(file_name: str) -> str:
    """An event id from a file's name: the same file is the same event."""
    stem = PurePath(file_name).stem.casefold()
    plain = "".join(char if char.isascii() and char.isalnum() else "-" for char in stem)
    return "-".join(part for part in plain.split("-") if part)[:64] or "schedule"
