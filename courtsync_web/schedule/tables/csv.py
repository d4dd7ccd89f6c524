"""CSV, whatever its encoding and delimiter."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from courtsync_web.errors import FieldError
from courtsync_web.schedule.draft import BadSchedule
from courtsync_web.schedule.limits import LARGEST_FILE

DELIMITERS = ",;\t"
LONGEST = 32 * 1024
"""Characters of one cell; a longer one is an unclosed quote."""


def csv_rows(data: bytes) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Every row with the line it begins on, and notes. Raises :class:`BadSchedule`."""
    if len(data) > LARGEST_FILE:
        words = f"is larger than {LARGEST_FILE // 1024**2} MB"
        raise BadSchedule([FieldError("the file", words)])
    text, notes = decoded(data)
    if "\0" in text:
        raise BadSchedule([FieldError("the file", "is no text: it holds null characters")])
    rows = list(parsed(text))
    if problems := list(misshapen(rows)):
        raise BadSchedule(problems)
    return rows, notes


def misshapen(rows: list[tuple[int, list[str]]]) -> Iterator[FieldError]:
    """Rows below the headings that are cut off, or say more than there are headings.

    The headings are the first row of the usual width; what stands above them is a title.
    """
    widths = Counter(len(row) for _, row in rows if len(row) > 1)
    width = max(widths, key=lambda one: (widths[one], one), default=0)
    below = False
    for line, row in rows:
        below = below or len(row) == width
        if below and 1 < len(row) < width and any(cell.strip() for cell in row):
            yield FieldError(f"line {line}", f"has {len(row)} of {width} cells: was it cut off?")
        if below and any(cell.strip() for cell in row[width:]):
            yield FieldError(f"line {line}", f"has {len(row)} cells under {width} headings")


def decoded(data: bytes) -> tuple[str, list[str]]:
    """The text, and a word when its encoding had to be guessed."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), []
        except UnicodeDecodeError:
            words = "begins like UTF-16 but is broken"
            raise BadSchedule([FieldError("the file", words)]) from None
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        note = (
            f"line {line} is not UTF-8; the file was read as Latin-1 (Windows-1252). Check names "
            "with accents, or save it as CSV UTF-8"
        )
        return data.decode("cp1252", errors="replace"), [note]


def parsed(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows by the first lines' most frequent delimiter; a row may span lines in quotes."""
    head = "\n".join(text.splitlines()[:20])
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    csv.field_size_limit(LONGEST)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadSchedule([FieldError(f"line {line}", f"cannot be read: {error}")]) from None
