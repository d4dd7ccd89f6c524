"""The columns of a schedule table, and finding them in whatever order and spelling."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from courtsync_web.errors import FieldError
from courtsync_web.schedule.draft import BadSchedule
from courtsync_web.schedule.words import folded

HEADERS = (
    "match id",
    "court",
    "date",
    "start",
    "end",
    "division",
    "team 1",
    "team 2",
    "work team",
    "pool",
    "round",
    "sets",
    "outcome",
)
NEEDED = ("team 1", "team 2", "start")
BY_LETTERS = {re.sub(r"\W", "", name): name for name in HEADERS}
SEARCHED = 20
"""Rows at the top in which the headers are looked for: sheets often begin with a title."""

Cell = object
"""A text from CSV; a text, number, date or time from a spreadsheet; none when empty."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its number as a person counts, and its cells by column."""

    number: int
    cells: dict[str, Cell]

    def text(self, column: str) -> str:
        """The cell as one trimmed text; whole numbers without ``.0``."""
        return cell_text(self.cells.get(column))

    def place(self, column: str) -> str:
        return f'line {self.number}, column "{column}"'


@dataclass(frozen=True, slots=True)
class Table:
    """All rows under the headers, without blank ones, and what was left out."""

    lines: list[Line]
    notes: list[str]


def cell_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "\t", "\r") else text


def columns_of(row: Sequence[Cell]) -> dict[int, str]:
    """Which position holds which column; what is not a column of ours is left out."""
    found = {}
    for position, cell in enumerate(row):
        name = BY_LETTERS.get(re.sub(r"[\W_]", "", folded(cell_text(cell))))
        if name:
            found[position] = name
    return found


def table_of(rows: Iterable[tuple[int, Sequence[Cell]]]) -> Table:
    """Numbered rows as a table. Raises :class:`BadSchedule` when the headers are not there."""
    numbered = iter(rows)
    columns, number, header = headers_in(numbered)
    problems = [
        FieldError(f"line {number}", f'has no column "{name}"')
        for name in NEEDED
        if name not in columns.values()
    ]
    problems += [
        FieldError(f"line {number}", f'has two columns "{name}"')
        for name in HEADERS
        if list(columns.values()).count(name) > 1
    ]
    if problems:
        raise BadSchedule(problems)
    spare = (cell_text(cell)[:40] for at, cell in enumerate(header) if at not in columns)
    unknown = [name for name in spare if name]
    notes = [f"columns not known here were left out: {', '.join(unknown)}"] if unknown else []
    lines = []
    for number, row in numbered:
        cells = {name: row[at] for at, name in columns.items() if at < len(row)}
        if any(cell_text(cell) for cell in cells.values()) and not is_header(row):
            lines.append(Line(number, cells))
    return Table(lines, notes)


def is_header(row: Sequence[Cell]) -> bool:
    """Does it name columns? Sheets repeat them, day by day."""
    return sum(name in NEEDED for name in columns_of(row).values()) > 1


def headers_in(
    rows: Iterable[tuple[int, Sequence[Cell]]],
) -> tuple[dict[int, str], int, Sequence[Cell]]:
    """The columns, the headers' line and its cells: the first row with two of the needed ones."""
    for turn, (number, row) in enumerate(rows):
        columns = columns_of(row)
        if is_header(row):
            return columns, number, row
        if turn >= SEARCHED:
            break
    wanted = ", ".join(HEADERS)
    raise BadSchedule([FieldError("line 1", f"no row with the column names was found: {wanted}")])
