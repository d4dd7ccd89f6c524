"""One row of a table, read: what it says in our words, or what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from courtsync_web.errors import FieldError
from courtsync_web.schedule.tables.clocks import Unreadable, clock
from courtsync_web.schedule.tables.columns import Cell, Line, cell_text
from courtsync_web.schedule.tables.days import Days
from courtsync_web.schedule.tables.sets import outcome, set_scores
from courtsync_web.schedule.words import folded, tidy

LIMITS = {
    "court": 80,
    "division": 120,
    "team 1": 160,
    "team 2": 160,
    "work team": 160,
    "pool": 120,
    "round": 120,
}
EVENING, MORNING = 18, 6
"""A match from the evening to before this hour ends on the next day."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """One match as its row has it."""

    line: Line
    match_id: int | None
    texts: dict[str, str]
    start: datetime | None
    end: datetime | None
    sets: tuple[tuple[int, int], ...]
    outcome: str

    def meeting(self) -> tuple[str, ...]:
        """Who meets where, as it is compared."""
        return tuple(
            folded(self.texts[name]) for name in ("division", "round", "pool", "team 1", "team 2")
        )


class Entries:
    """Rows read one after another; a day written once goes for the rows below it."""

    def __init__(self, days: Days, *, noon: bool) -> None:
        self._days = days
        self._noon = noon
        self._day: date | None = None
        self.problems: list[FieldError] = []
        self.notes: list[str] = []

    def read(self, line: Line) -> Entry | None:
        """The row's match; none for a heading. Problems are added to ``problems``."""
        if self._is_heading(line):
            return None
        self._carry_day(line)
        start, end = self._times(line)
        texts = {name: self._text(line, name, limit) for name, limit in LIMITS.items()}
        if texts["team 1"] and folded(texts["team 1"]) == folded(texts["team 2"]):
            self._refuse(line, "team 2", "is the same team as team 1")
        return Entry(
            line=line,
            match_id=self._try(line, "match id", match_id),
            texts=texts,
            start=start,
            end=end,
            sets=self._try(line, "sets", set_scores) or (),
            outcome=self._try(line, "outcome", lambda cell: outcome(cell_text(cell)))
            or "undecided",
        )

    def _is_heading(self, line: Line) -> bool:
        """A row with one cell: a day for the rows below, or a title that is left out."""
        filled = [name for name in line.cells if line.text(name)]
        if len(filled) != 1:
            return False
        try:
            self._day = self._days.day(line.cells[filled[0]]) or self._day
        except Unreadable:
            shown = line.text(filled[0])[:40]
            self.notes.append(f"line {line.number} holds only {shown!r} and was left out")
        return True

    def _carry_day(self, line: Line) -> None:
        """The row's own day, the one inside its start time, or that of a row above."""
        day = self._try(line, "date", self._days.day)
        if day is None and not line.text("date"):
            day = dated(line.cells.get("start"))
        self._day = day or self._day

    def _times(self, line: Line) -> tuple[datetime | None, datetime | None]:
        first = self._try(line, "start", lambda cell: clock(cell, noon=self._noon))
        last = self._try(line, "end", lambda cell: clock(cell, noon=self._noon))
        if first is None:
            return None, None
        if self._day is None:
            if not line.text("date"):
                self._refuse(line, "date", "is empty, and no row above has a day")
            return None, None
        start = datetime.combine(self._day, first)
        if last is None:
            return start, None
        end = datetime.combine(self._day, last)
        if end < start and first.hour >= EVENING and last.hour < MORNING:
            end += timedelta(days=1)
        if end < start:
            self._refuse(line, "end", f"{last:%H:%M} is before the start, {first:%H:%M}")
        return start, end

    def _text(self, line: Line, column: str, limit: int) -> str:
        text = tidy(line.text(column), limit + 1)
        if len(text) > limit:
            self._refuse(line, column, f"is longer than {limit} characters")
        return text

    def _try(self, line: Line, column: str, read: Callable[[Cell], T]) -> T | None:
        try:
            return read(line.cells.get(column))
        except Unreadable as error:
            self._refuse(line, column, str(error))
            return None

    def _refuse(self, line: Line, column: str, words: str) -> None:
        self.problems.append(FieldError(line.place(column), words))


def match_id(cell: Cell) -> int | None:
    """A whole number of 64 bits, or none."""
    text = cell_text(cell)
    if not text:
        return None
    bare = text.removeprefix("-")
    if not (bare.isascii() and bare.isdigit() and len(bare) < 20 and abs(int(text)) < 2**63):
        raise Unreadable(f"{text[:40]!r} is no whole number")
    return int(text)


def dated(cell: Cell) -> date | None:
    """The day inside a start such as ``2026-01-31 08:00``, if there is one."""
    if isinstance(cell, datetime):
        return cell.date()
    head = cell_text(cell)[:10]
    try:
        return date.fromisoformat(head) if len(head) == 10 else None
    except ValueError:
        return None
