"""Files made to break a reader: they are refused in words, and nothing else happens."""

import io
import json
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courtsync_web.schedule.aes.source import judged
from courtsync_web.schedule.document import read_document
from courtsync_web.schedule.draft import BadSchedule, Draft
from courtsync_web.schedule.tables.columns import HEADERS
from courtsync_web.schedule.tables.read import read_table
from tests.schedule.test_document import small

PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["8:00", "8:00 AM", "1/2/2026", "2026-01-31", "25-20, 25-18", "25:20", "0.5", "-7", "=1+1"]
    ),
)


def table(data: bytes) -> Draft:
    return read_table(data, event_id="x", zone="UTC")


def survives(read: Callable[[], object]) -> None:
    """Reads it, or refuses it with a place and words for every problem."""
    try:
        read()
    except BadSchedule as refusal:
        bad = refusal
    else:
        return
    assert bad.problems
    assert all(isinstance(one.pointer, str) and one.detail for one in bad.problems)


@PATIENT
@given(st.binary(max_size=400))
def test_random_bytes_as_a_table(data: bytes) -> None:
    survives(lambda: table(data))
    survives(lambda: table(b"PK\x03\x04" + data))
    survives(lambda: read_document(data))
    judged(data.decode("utf-8", errors="replace"))


@PATIENT
@given(st.lists(st.lists(CELLS, min_size=1, max_size=13), max_size=8), st.sampled_from(",;\t"))
def test_random_cells_under_good_headers(rows: list[list[str]], delimiter: str) -> None:
    lines = [delimiter.join(HEADERS), *(delimiter.join(row) for row in rows)]
    survives(lambda: table("\n".join(lines).encode("utf-8", errors="replace")))


@PATIENT
@given(st.text(max_size=400))
def test_random_text_as_a_table(text: str) -> None:
    survives(lambda: table(text.encode("utf-8", errors="replace")))
    survives(lambda: table(text.encode("utf-16", errors="replace")))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["2026-01-31T08:00:00", "UTC", "2 of 3 to 25(15)"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@PATIENT
@given(st.sampled_from([*small(), "stages", "visibility", "format"]), VALUES)
def test_a_random_value_anywhere_in_a_document(field: str, value: object) -> None:
    survives(lambda: read_document(small() | {field: value}))


@PATIENT
@given(
    st.sampled_from(["clubs", "divisions", "courts", "teams", "matches"]),
    st.sampled_from(["name", "matchId", "teamId", "team1Id", "start", "format", "result", "color"]),
    VALUES,
)
def test_a_random_value_anywhere_in_a_list(name: str, field: str, value: object) -> None:
    document = small()
    document[name][0][field] = value
    survives(lambda: read_document(document))


def rezipped(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A workbook with its parts changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    return out.getvalue()


@pytest.fixture(scope="module")
def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["team 1", "team 2", "start"])
    sheet.append(["A", "B", "2026-01-31 8:00"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(BadSchedule) as bad:
        table(data)
    return bad.value.problems[0].detail


def test_a_zip_bomb_is_refused_before_it_unpacks(workbook: bytes) -> None:
    bomb = rezipped(
        workbook, lambda name, part: b" " * (120 * 1024 * 1024) if "sheet1" in name else part
    )
    assert len(bomb) < 1024 * 1024
    assert "unpack to more than" in refused(bomb)


def test_a_workbook_of_very_many_parts_is_refused(workbook: bytes) -> None:
    out = io.BytesIO(workbook)
    with zipfile.ZipFile(out, "a") as package:
        for number in range(1_001):
            package.writestr(f"part{number}", "")
    assert "unpack" in refused(out.getvalue())


def test_entities_are_refused(workbook: bytes) -> None:
    declared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    data = rezipped(workbook, lambda name, part: declared if "sheet1" in name else part)
    assert "entities" in refused(data)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"]
)
def test_broken_parts_are_refused(workbook: bytes, part: str) -> None:
    broken = rezipped(workbook, lambda name, data: data[: len(data) // 2] if name == part else data)
    assert "cannot be read" in refused(broken)


def test_a_sheet_that_claims_a_million_rows_is_read_by_what_it_has(workbook: bytes) -> None:
    def far(name: str, part: bytes) -> bytes:
        if "sheet1" not in name:
            return part
        return part.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"').replace(
            b"</sheetData>", b'<row r="1048576"><c r="A1048576"/></row></sheetData>'
        )

    assert len(table(rezipped(workbook, far)).matches) == 1


def test_more_than_ten_megabytes_are_refused() -> None:
    assert "larger than 10 MB" in refused(b"team 1,team 2,start\n" + b"A,B,\n" * 2_200_000)
    assert "larger than 10 MB" in refused(b"PK\x03\x04" + bytes(11 * 1024 * 1024))


def test_more_than_twenty_thousand_rows_are_refused() -> None:
    rows = "".join(f"{number},A,B,\n" for number in range(20_001))
    assert "20,001 rows" in refused(f"match id,team 1,team 2,start\n{rows}".encode())


def test_twenty_thousand_rows_are_taken() -> None:
    rows = "".join(f"T{number},U{number},2026-01-31,8:00\n" for number in range(20_000))
    assert len(table(f"team 1,team 2,date,start\n{rows}".encode()).matches) == 20_000


def test_an_unclosed_quote_does_not_swallow_the_file() -> None:
    assert refused(b'team 1,team 2,start\n"A,B,\n' + b"C,D,\n" * 20_000)


def test_a_document_with_broken_surrogates_is_refused_or_clean() -> None:
    text = json.dumps(small() | {"name": "\ud800"})
    survives(lambda: read_document(text))
