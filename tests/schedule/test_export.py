"""What leaves can come back: the document, the table, the calendar."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import icalendar
import pytest

from courtsync_web.errors import Problem
from courtsync_web.schedule.document import read_document
from courtsync_web.schedule.draft import Draft
from courtsync_web.schedule.export import document
from courtsync_web.schedule.export_files import guarded, table
from courtsync_web.schedule.tables.read import read_table
from courtsync_web.sharing.calendars import calendar
from tests.aes_world import Answers
from tests.schedule.conftest import KEY, NOW, Reader, Shelf, match_in
from tests.schedule.test_document import small


@pytest.fixture
async def draft(read: Reader, answers: Answers) -> Draft:
    return await read(answers)


async def exported(shelf: Shelf, event_id: str = KEY) -> dict[str, object]:
    async with shelf.db.read() as session:
        return await document(session, event_id)


async def test_a_document_taken_home_and_back_changes_nothing(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft)
    before, rows = await shelf.event(), await shelf.rows()
    back = read_document(await exported(shelf), event_id=KEY)
    applied = await shelf.put(back, now=NOW + 1)
    assert (await shelf.event(), await shelf.rows()) == (before, rows)
    assert applied.counts == draft.counts()


async def test_a_document_makes_the_same_event_elsewhere(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft)
    there = await exported(shelf) | {"eventId": "copy"}
    await shelf.put(read_document(there))
    assert await shelf.rows("copy") == await shelf.rows()
    assert await exported(shelf, "copy") == there


async def test_a_small_document_comes_back_as_it_was(shelf: Shelf) -> None:
    await shelf.put(read_document(small()))
    first = await exported(shelf, "lakeside")
    await shelf.put(read_document(first), now=NOW + 1)
    assert await exported(shelf, "lakeside") == first
    assert (await shelf.event("lakeside"))["seq"] == 1


async def test_what_a_document_changes_or_leaves_out_is_changed_or_cleared(shelf: Shelf) -> None:
    await shelf.put(read_document(small()))
    given = small() | {"location": "Harbor hall"}
    given["divisions"][0] |= {"format": "one-set", "color": "#DF5F9F"}
    applied = await shelf.put(read_document(given), now=NOW + 1)
    assert set(applied.preview.event) == {"location"}
    [change] = applied.preview.changed["divisions"]
    assert set(change.fields) == {"format", "color"}
    row = (await shelf.rows("lakeside"))["division"][15]
    assert (row["format"]["id"], row["color"]) == ("one-set", "#DF5F9F")
    del given["location"], given["divisions"][0]["format"], given["divisions"][0]["color"]
    await shelf.put(read_document(given), now=NOW + 2)
    row = (await shelf.rows("lakeside"))["division"][15]
    assert (row["format"], row["color"]) == (None, None)
    assert (await shelf.event("lakeside"))["location"] == ""


async def test_a_preview_calls_matches_by_pool_and_teams(shelf: Shelf) -> None:
    applied = await shelf.put(read_document(small()))
    [match] = applied.preview.added["matches"]
    assert match.name == "Round 1 Pool 1: Harbor 15 Gold – Falcon 15 Blue"


async def test_vanished_matches_are_not_exported(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft)
    number = draft.results[0].match_id
    less = tuple(one for one in draft.matches if one.match_id != number)
    results = tuple(one for one in draft.results if one.match_id != number)
    await shelf.put(replace(draft, matches=less, results=results), now=NOW + 1)
    matches = (await exported(shelf))["matches"]
    assert isinstance(matches, list)
    assert number not in {match["matchId"] for match in matches}


async def test_an_event_that_is_not_there(shelf: Shelf) -> None:
    with pytest.raises(Problem) as refused:
        await exported(shelf, "nowhere")
    assert refused.value.status == 404


async def test_the_table_has_the_columns_and_the_venues_clock(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft)
    async with shelf.db.read() as session:
        text = await table(session, KEY)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == len(draft.matches)
    by_id = {int(row["match id"]): row for row in rows}
    for result in draft.results:
        row, match = by_id[result.match_id], match_in(draft, result.match_id)
        assert match.start is not None
        assert f"{row['date']} {row['start']}" == f"{match.start:%Y-%m-%d %H:%M}"
        assert row["sets"] == ", ".join(f"{a}-{b}" for a, b in result.sets)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "-1+1"])
def test_cells_that_spreadsheets_would_run_are_guarded(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Harbor", "-54433", "25-20", "'quoted"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell


async def test_a_dangerous_name_survives_the_round_trip(shelf: Shelf) -> None:
    given = small()
    given["teams"][0]["name"] = '=HYPERLINK("https://x.example.org")'
    await shelf.put(read_document(given))
    async with shelf.db.read() as session:
        text = await table(session, "lakeside")
    assert ",\"'=HYPERLINK" in text
    back = read_table(text.encode(), event_id="lakeside")
    assert given["teams"][0]["name"] in {team.name for team in back.teams}


async def entries_of(shelf: Shelf) -> dict[str, Any]:
    """The calendar's entries by UID."""
    async with shelf.db.read() as session:
        book = icalendar.Calendar.from_ical(await calendar(session, KEY))
    return {str(one["UID"]): one for one in book.walk("VEVENT")}


async def test_the_calendar_has_every_match_with_a_time(shelf: Shelf, draft: Draft) -> None:
    to_follow = replace(draft.matches[0], start=None, end=None)
    await shelf.put(replace(draft, matches=(to_follow, *draft.matches[1:])))
    entries = await entries_of(shelf)
    assert len(entries) == len(draft.matches) - 1
    match = draft.matches[1]
    entry = entries[f"match-{match.match_id}@{KEY}.courtsync"]
    assert match.start is not None
    assert entry["DTSTART"].dt.astimezone(UTC).hour == match.start.hour + 6
    assert entry["DTEND"].dt > entry["DTSTART"].dt
    assert entry["SEQUENCE"] == 1


async def test_a_moved_match_keeps_its_uid_and_its_sequence_rises(
    shelf: Shelf, draft: Draft
) -> None:
    await shelf.put(draft)
    later = replace(draft.matches[0], start=datetime.fromisoformat("2026-02-02T21:00"), end=None)
    await shelf.put(replace(draft, matches=(later, *draft.matches[1:])), now=NOW + 1)
    entry = (await entries_of(shelf))[f"match-{later.match_id}@{KEY}.courtsync"]
    assert entry["SEQUENCE"] == 2
    assert (entry["DTEND"].dt - entry["DTSTART"].dt).total_seconds() == 3600
