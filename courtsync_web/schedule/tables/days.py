"""Days as people write them, and what 3/4/2026 means: decided by the whole column, aloud."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from courtsync_web.schedule.tables.clocks import Unreadable
from courtsync_web.schedule.tables.columns import Cell, Line, cell_text

ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d{2})")
SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?:\s.*)?")
WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE
)
NAMED = ("%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")
SERIAL = date(1899, 12, 30)
"""Day 0 of spreadsheets' day numbers."""
SERIALS = range(25_569, 109_937)
"""Day numbers of the years 1970 to 2200; smaller numbers are no dates."""
YEARS = range(1970, 2200)
MONTHS = 12


@dataclass(slots=True)
class Days:
    """How a column writes its days. ``month_first`` is set by :meth:`learn`."""

    month_first: bool = True
    notes: list[str] = field(default_factory=list)

    def learn(self, lines: Iterable[Line], column: str = "date") -> None:
        """Look at all days of a column: a number over 12 proves which one is the month."""
        firsts = seconds = 0
        doubtful: Line | None = None
        for line in lines:
            found = SLASHED.fullmatch(bare(line.cells.get(column)))
            if found:
                firsts += int(found.group(1)) > MONTHS
                seconds += int(found.group(2)) > MONTHS
                doubtful = doubtful or line
        self.month_first = seconds >= firsts
        if doubtful and not firsts and not seconds:
            self.notes.append(
                f"days such as {doubtful.text(column)} were read with the month first; nothing in "
                "the file proves it. Write 2026-03-04 to be sure"
            )

    def day(self, cell: Cell) -> date | None:
        """The day in a cell; none for an empty one. Raises :class:`Unreadable`."""
        if isinstance(cell, datetime):
            return sane(cell.date())
        if isinstance(cell, date):
            return sane(cell)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return of_serial(int(cell))
        text = bare(cell)
        return sane(self._spoken(text)) if text else None

    def _spoken(self, text: str) -> date:
        try:
            if found := ISO.fullmatch(text):
                return date(*map(int, found.groups()))
            if found := DOTTED.fullmatch(text):
                day, month, year = found.groups()
                return date(full_year(year), int(month), int(day))
            if found := SLASHED.fullmatch(text):
                first, second, year = found.groups()
                month, day = (first, second) if self.month_first else (second, first)
                return date(full_year(year), int(month), int(day))
        except ValueError:
            other = "" if self.month_first else " with the day first, as in other rows"
            raise Unreadable(f"{text!r} is no day of the calendar{other}") from None
        return named(text)


def bare(cell: Cell) -> str:
    """A cell's text without a weekday in front."""
    return WEEKDAY.sub("", cell_text(cell)) if isinstance(cell, str) else ""


def named(text: str) -> date:
    """A day whose month is a word, or a bare day number."""
    for form in NAMED:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    if text.isdecimal() and len(text) < 7:
        return of_serial(int(text))
    raise Unreadable(f"{text[:40]!r} is no day such as 2026-01-31 or 1/31/2026")


def of_serial(number: int) -> date:
    if number not in SERIALS:
        raise Unreadable(f"{number} is no day")
    return SERIAL + timedelta(days=number)


def full_year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def sane(day: date) -> date:
    if day.year not in YEARS:
        raise Unreadable(f"{day} is not in a year from {YEARS.start} to {YEARS.stop - 1}")
    return day
