"""Tables: one row per match, however people write days, times, sets and teams."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest

from courtsync_web.schedule.draft import BadSchedule, Draft, DraftMatch, Side
from courtsync_web.schedule.tables.clocks import Unreadable, clock
from courtsync_web.schedule.tables.columns import Line
from courtsync_web.schedule.tables.csv import csv_rows
from courtsync_web.schedule.tables.days import Days
from courtsync_web.schedule.tables.read import event_id_of, read_table
from courtsync_web.schedule.tables.sets import set_scores

HEAD = "match id,court,date,start,end,division,team 1,team 2,work team,pool,round,sets"
ROW = "7,Court 1,2026-01-31,08:00,09:00,15 Open,Harbor,Falcon,Bay,Pool 1,Round 1,25-20 25-18"


def read(text: str | bytes, **options: Any) -> Draft:
    data = text.encode() if isinstance(text, str) else text
    return read_table(data, event_id="lakeside", zone="America/Chicago", **options)


def faults(text: str | bytes) -> list[str]:
    with pytest.raises(BadSchedule) as bad:
        read(text)
    return [one.pointer for one in bad.value.problems]


def words(text: str | bytes) -> str:
    with pytest.raises(BadSchedule) as bad:
        read(text)
    return " | ".join(one.detail for one in bad.value.problems)


def workbook(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def team(draft: Draft, side: Side) -> str:
    if side.team_id is None:
        return side.text
    return next(one.name for one in draft.teams if one.team_id == side.team_id)


def test_a_row_is_a_match() -> None:
    draft = read(f"{HEAD}\n{ROW}\n")
    [match] = draft.matches
    assert match.match_id == 7
    assert match.start == datetime.fromisoformat("2026-01-31T08:00")
    assert match.end == datetime.fromisoformat("2026-01-31T09:00")
    assert [team(draft, side) for side in (match.team1, match.team2)] == ["Harbor", "Falcon"]
    assert match.work_team == Side(None, "Bay")
    assert (draft.stages[0].round, draft.stages[0].name) == ("Round 1", "Pool 1")
    assert draft.results[0].sets == ((25, 20), (25, 18))
    assert draft.summary() == "matches=1 teams=2 courts=1 sets=2"


@pytest.mark.parametrize(
    "head",
    [
        HEAD.upper(),
        HEAD.replace(" ", ""),
        HEAD.replace(" ", "_"),
        " , ".join(HEAD.split(",")),
        HEAD.replace("team 1", "Team  1").replace("match id", "Match-ID"),
    ],
)
def test_headers_in_any_case_and_spacing(head: str) -> None:
    assert read(f"{head}\n{ROW}\n").matches == read(f"{HEAD}\n{ROW}\n").matches


def test_columns_in_any_order_and_unknown_ones_named() -> None:
    draft = read("start,notes,team 2,team 1,date\n8:00,x,Falcon,Harbor,2026-01-31\n")
    assert team(draft, draft.matches[0].team1) == "Harbor"
    assert draft.notes == ("columns not known here were left out: notes",)


def test_titles_above_the_headers_and_headers_again_below() -> None:
    draft = read(
        f"Lakeside Winter Classic,,\n\n{HEAD}\n{ROW}\n\n{HEAD}\n{ROW.replace('7', '8', 1)}\n"
    )
    assert [match.match_id for match in draft.matches] == [7, 8]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(delimiter: str) -> None:
    assert read(f"{HEAD}\n{ROW}\n".replace(",", delimiter)).matches


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = f"{HEAD}\n{ROW}\n".replace("Harbor", "Señoría")
    data = text.encode(encoding)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    draft = read(data)
    assert team(draft, draft.matches[0].team1) == "Señoría"
    assert any("Latin-1" in note for note in draft.notes) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("8:00", time(8)),
        ("08:00:00", time(8)),
        ("8:00 AM", time(8)),
        ("8 am", time(8)),
        ("8:30p", time(20, 30)),
        ("12:15 a.m.", time(0, 15)),
        ("12:00 PM", time(12)),
        ("20:45", time(20, 45)),
        ("2026-01-31 08:00", time(8)),
        ("0.3333", time(8)),
        (0.3333, time(8)),
        (46053.75, time(18)),
        (time(9, 15), time(9, 15)),
        (datetime.fromisoformat("2026-01-31T09:15"), time(9, 15)),
        (timedelta(hours=9, minutes=15), time(9, 15)),
        (None, None),
        ("", None),
    ],
)
def test_times(given: object, expected: time | None) -> None:
    assert clock(given) == expected


@pytest.mark.parametrize(
    "given", ["8", "25:00", "8:61", "13:00 PM", "soon", "0:30 am", -0.5, "nan", "1e400"]
)
def test_what_is_no_time(given: object) -> None:
    with pytest.raises(Unreadable):
        clock(given)


def test_a_time_without_am_or_pm_beside_others_with_is_not_guessed() -> None:
    text = "team 1,team 2,date,start\nA,B,2026-01-31,11:00 AM\nC,D,2026-01-31,1:00\n"
    assert faults(text) == ['line 3, column "start"']
    assert "AM or PM" in words(text)


def days_for(*cells: object) -> Days:
    days = Days()
    days.learn([Line(number, {"date": cell}) for number, cell in enumerate(cells)])
    return days


@pytest.mark.parametrize(
    "given",
    [
        "2026-01-31",
        "2026/1/31",
        "1/31/2026",
        "01/31/26",
        "31.01.2026",
        "Jan 31, 2026",
        "Saturday, January 31, 2026",
        "Sat 1/31/2026",
        "31-Jan-2026",
        "2026-01-31T08:00:00",
        "46053",
        46053,
        46053.33,
        date(2026, 1, 31),
        datetime.fromisoformat("2026-01-31T08:00"),
    ],
)
def test_days(given: object) -> None:
    assert days_for(given).day(given) == date(2026, 1, 31)


@pytest.mark.parametrize(
    "given", ["2026-02-30", "13/13/2026", "someday", "1850-01-01", 5, "99999999"]
)
def test_what_is_no_day(given: object) -> None:
    with pytest.raises(Unreadable):
        days_for(given).day(given)


def test_one_day_over_twelve_decides_for_the_whole_column() -> None:
    assert days_for("3/4/2026", "31/3/2026").day("3/4/2026") == date(2026, 4, 3)
    assert days_for("3/4/2026", "3/31/2026").day("3/4/2026") == date(2026, 3, 4)
    assert not days_for("3/4/2026", "3/31/2026").notes


def test_days_that_nothing_decides_are_read_the_us_way_and_that_is_told() -> None:
    days = days_for("3/4/2026")
    assert days.day("3/4/2026") == date(2026, 3, 4)
    assert "month first" in days.notes[0]


def test_days_that_contradict_each_other_are_faults() -> None:
    text = "team 1,team 2,date,start\nA,B,1/31/2026,8:00\nC,D,1/30/2026,8:00\nE,F,31/1/2026,8:00\n"
    assert faults(text) == ['line 4, column "date"']


def test_a_day_goes_for_the_rows_below_it() -> None:
    """Merged cells and headings: the day stands once."""
    rows = ("2026-01-31,,,", ",A,B,8:00", ",C,D,9:00", "2026-02-01,E,F,8:00", ",G,H,9:00")
    text = "\n".join(["date,team 1,team 2,start", *rows])
    starts = [match.start for match in read(text).matches]
    assert [start.day for start in starts if start] == [31, 31, 1, 1]


def test_a_heading_that_is_no_day_is_left_out_and_told() -> None:
    draft = read(f"{HEAD}\n,Main hall,,,,,,,,,,\n{ROW}\n")
    assert len(draft.matches) == 1
    assert draft.notes == ("line 2 holds only 'Main hall' and was left out",)


def test_a_start_may_hold_its_day() -> None:
    draft = read("team 1,team 2,start\nA,B,2026-01-31 08:00\n")
    assert draft.matches[0].start == datetime.fromisoformat("2026-01-31T08:00")


def test_a_match_without_a_start_is_to_follow() -> None:
    assert read("team 1,team 2,start,pool\nA,B,,P1\n").matches[0].start is None


def test_a_late_match_ends_on_the_next_day() -> None:
    draft = read("team 1,team 2,date,start,end\nA,B,2026-01-31,23:30,00:30\n")
    assert draft.matches[0].end == datetime.fromisoformat("2026-02-01T00:30")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("25-20, 25-18", ((25, 20), (25, 18))),
        ("25:20 25:18", ((25, 20), (25, 18))),
        ("25–20; 22–25; 15–13", ((25, 20), (22, 25), (15, 13))),
        ("(25-20) (25-18)", ((25, 20), (25, 18))),
        ("25 - 20 / 25 - 18", ((25, 20), (25, 18))),
        ("", ()),
        (None, ()),
        (timedelta(hours=25, minutes=20), ((25, 20),)),
        (time(15, 9), ((15, 9),)),
    ],
)
def test_sets(cell: object, expected: tuple[tuple[int, int], ...]) -> None:
    assert set_scores(cell) == expected


@pytest.mark.parametrize(
    "cell", ["won", "25-20, x", "25", "125-20", "25-20 " * 6, datetime.fromisoformat("2026-01-31")]
)
def test_what_are_no_sets(cell: object) -> None:
    with pytest.raises(Unreadable):
        set_scores(cell)


def test_every_bad_row_is_named_by_line_and_column() -> None:
    text = f"""{HEAD}
x,Court 1,2026-01-31,08:00,09:00,15 Open,Harbor,Falcon,,Pool 1,,
2,Court 1,2026-13-31,25:00,09:00,15 Open,Harbor,Falcon,,Pool 1,,

3,Court 1,2026-01-31,10:00,09:00,15 Open,Harbor,harbor,,Pool 1,,won
2,{"C" * 81},2026-01-31,10:00,11:00,15 Open,Harbor,Falcon,,Pool 1,,
"""
    assert faults(text) == [
        'line 2, column "match id"',
        'line 3, column "date"',
        'line 3, column "start"',
        'line 5, column "end"',
        'line 5, column "team 2"',
        'line 5, column "sets"',
        'line 6, column "court"',
        'line 6, column "match id"',
    ]


def test_the_line_is_the_files_even_after_a_cell_of_several_lines() -> None:
    text = 'team 1,team 2,start,notes\nA,B,,"one\ntwo"\nC,D,noon,\n'
    assert faults(text) == ['line 4, column "start"']


def test_a_row_that_is_there_twice_is_told() -> None:
    row = "A,B,2026-01-31,8:00"
    text = f"team 1,team 2,date,start\n{row}\n{row}\n"
    assert words(text) == "is the same match as line 2"


def test_missing_and_doubled_columns() -> None:
    assert words("team 1,start\nA,8:00\n") == 'has no column "team 2"'
    assert words("team 1,team 2,start,Team1\nA,B,8:00,C\n") == 'has two columns "team 1"'
    assert "column names" in words("a,b,c\n1,2,3\n")


@pytest.mark.parametrize("data", [b"", b"\n\n", HEAD.encode(), b"\x00\x01\x02", b'"'])
def test_files_without_matches(data: bytes) -> None:
    assert faults(data)


def test_placeholders_are_words_not_teams() -> None:
    draft = read("team 1,team 2,start\nWinner of Match 6,1st-P5,\nTBD,Harbor,\n")
    assert [one.name for one in draft.teams] == ["Harbor"]
    assert draft.matches[0].team1 == Side(None, "Winner of Match 6")


def test_a_work_team_from_another_division() -> None:
    head = "division,team 1,team 2,work team,start\n"
    draft = read(f"{head}15 Open,A,B,Elm,\n16 Open,Elm,Oak,Officials,\n")
    assert team(draft, draft.matches[0].work_team) == "Elm"
    assert draft.matches[0].work_team.team_id is not None
    assert draft.matches[1].work_team == Side(None, "Officials")


def test_teams_of_one_name_in_two_divisions_are_two() -> None:
    draft = read("division,team 1,team 2,start\n15 Open,Elm,Oak,\n16 Open,Elm,Ash,\n")
    assert len(draft.teams) == 4


def by_teams(draft: Draft) -> dict[tuple[str, str, datetime | None], int]:
    def key(match: DraftMatch) -> tuple[str, str, datetime | None]:
        return team(draft, match.team1), team(draft, match.team2), match.start

    return {key(match): match.match_id for match in draft.matches}


def test_ids_do_not_depend_on_the_order_of_rows() -> None:
    head = "team 1,team 2,date,start,pool"
    rows = [f"T{a},T{b},2026-01-31,{8 + a}:{b}0,P1" for a in range(4) for b in range(a + 1, 5)]
    again = [*rows, "T0,T1,2026-01-31,20:00,P1"]
    one = read("\n".join([head, *again]))
    other = read("\n".join([head, *reversed(again)]))
    assert by_teams(one) == by_teams(other)
    assert {match.match_id for match in one.matches} & {
        m.match_id for m in read("\n".join([head, *rows])).matches
    }


def test_spreadsheets_with_their_own_dates_times_and_fractions() -> None:
    data = workbook(
        ["Lakeside"],
        [None],
        ["Match ID", "Court", "Date", "Start", "End", "Team 1", "Team 2", "Sets"],
        [7, "Court 1", date(2026, 1, 31), time(8), 0.375, "A", "B", "25-20, 25-18"],
        [
            8.0,
            2,
            datetime.fromisoformat("2026-01-31T00:00"),
            "9:00",
            None,
            "C",
            "D",
            timedelta(hours=25, minutes=20),
        ],
        [None, None, None, None, None, None, None, None],
        [9, "Court 3", None, 0.5, None, "E", 14, None],
    )
    draft = read(data)
    assert [match.match_id for match in draft.matches] == [7, 8, 9]
    assert [m.start.isoformat() for m in draft.matches if m.start] == [
        "2026-01-31T08:00:00",
        "2026-01-31T09:00:00",
        "2026-01-31T12:00:00",
    ]
    assert draft.matches[0].end == datetime.fromisoformat("2026-01-31T09:00")
    assert {one.name for one in draft.courts} == {"Court 1", "2", "Court 3"}
    assert [one.sets for one in draft.results] == [((25, 20), (25, 18)), ((25, 20),)]
    assert draft.event.source == "xlsx"


def test_merged_day_cells_of_a_spreadsheet() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["date", "team 1", "team 2", "start"])
    sheet.append([date(2026, 1, 31), "A", "B", "8:00"])
    sheet.append([None, "C", "D", "9:00"])
    sheet.merge_cells("A2:A3")
    out = io.BytesIO()
    book.save(out)
    starts = [match.start for match in read(out.getvalue()).matches]
    assert [start.date() for start in starts if start] == [date(2026, 1, 31)] * 2


def test_a_bad_row_of_a_spreadsheet_is_named_as_excel_counts() -> None:
    data = workbook(["team 1", "team 2", "start"], [], ["A", "B", "noon"])
    assert faults(data) == ['line 3, column "start"']


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Winter Classic 2026.csv", "winter-classic-2026"),
        ("/somewhere/Señoría!.xlsx", "se-or-a"),
        ("日程.csv", "schedule"),
        (f"{'x' * 90}.csv", "x" * 64),
    ],
)
def test_a_files_name_gives_the_events_id(name: str, expected: str) -> None:
    assert event_id_of(name) == expected


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("8,Court 1", "cut off"),
        ("8,Court 1,2026-01-31,08:00,09:00,A,B,extra,more", "headings"),
        ('8,"Court 1,2026-01-31,08:00,09:00,A,B', "line 3"),
    ],
)
def test_a_row_that_is_cut_off_or_too_long_is_named(row: str, word: str) -> None:
    header = "match id,court,date,start,end,team 1,team 2"
    good = "7,Court 1,2026-01-31,07:00,08:00,A,B"
    with pytest.raises(BadSchedule) as refused:
        csv_rows(f"{header}\n{good}\n{row}\n".encode())
    [problem] = refused.value.problems
    assert problem.pointer == "line 3"
    assert word in f"{problem.pointer} {problem.detail}"
