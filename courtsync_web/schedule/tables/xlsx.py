"""XLSX, read without trusting it: it is a zip of XML, and may be made to burst."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from courtsync_web.errors import FieldError
from courtsync_web.schedule.draft import BadSchedule
from courtsync_web.schedule.limits import LARGEST_FILE, MOST_ROWS

UNPACKED = 100 * 1024 * 1024
"""Bytes that all parts may have together, unpacked: 20,000 rows of long texts have a tenth."""
PARTS = 1_000
COLUMNS = 100
"""Columns that are looked at."""
BLANK_RUN = 10_000
"""Blank rows one after another that end a sheet: formatting may reach down a million rows."""
HEADINGS = 100
"""Rows with words of any kind that a sheet may have beside its matches."""
MAGIC = b"PK\x03\x04"


def is_xlsx(data: bytes) -> bool:
    """Does it begin like a zip?"""
    return data.startswith(MAGIC)


def xlsx_rows(data: bytes) -> list[tuple[int, list[Any]]]:
    """Every row of the first sheet that has any. Raises :class:`BadSchedule`."""
    try:
        check_package(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that do not matter here
            return list(sheet_rows(data))
    except BadSchedule:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever its parsers raise
        words = f"cannot be read as an Excel workbook ({type(error).__name__})"
        raise BadSchedule([FieldError("the file", words)]) from None


def check_package(data: bytes) -> None:
    """Refuse what is too large packed, unpacked, or in parts, before unpacking any of it."""
    if len(data) > LARGEST_FILE:
        raise refused(f"is larger than {LARGEST_FILE // 1024**2} MB")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise refused(f"would unpack to more than {UNPACKED // 1024**2} MB")
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels")):
                with package.open(part) as opened:
                    start = opened.read(4096).upper()
                if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                    raise refused("holds XML entities, which no spreadsheet program writes")


def sheet_rows(data: bytes) -> Iterator[tuple[int, list[Any]]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            rows = list(rows_of(sheet))
            if rows:
                yield from rows
                return
    finally:
        book.close()


def rows_of(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Rows with anything in them. The sheet's own claim about its size is not believed."""
    if isinstance(sheet, ReadOnlyWorksheet):
        sheet.reset_dimensions()
    filled = last = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=COLUMNS), start=1):
        if number - last > BLANK_RUN:
            return
        if any(cell is not None for cell in row):
            filled, last = filled + 1, number
            if filled > MOST_ROWS + HEADINGS:
                raise refused(f"has more than {MOST_ROWS:,} rows")
            yield number, list(row)


def refused(words: str) -> BadSchedule:
    return BadSchedule([FieldError("the file", words)])
