"""A table imported again: the same matches are found, whatever moved around them."""

from dataclasses import replace

from courtsync_web.schedule.draft import Draft
from courtsync_web.schedule.export_files import table
from courtsync_web.schedule.tables.read import read_table
from tests.aes_world import Answers
from tests.schedule.conftest import KEY, NOW, Reader, Shelf

HEAD = "division,round,pool,court,date,start,team 1,team 2,work team,sets"
ROWS = [
    "15 Open,R1,Pool 1,Court 1,2026-01-31,08:00,Harbor,Falcon,Bay,25-20 25-18",
    "15 Open,R1,Pool 1,Court 1,2026-01-31,09:00,Bay,Elm,Harbor,",
    "15 Open,R1,Pool 1,Court 2,2026-01-31,10:00,Harbor,Bay,Elm,",
    "15 Open,R1,Pool 1,Court 2,2026-01-31,15:00,Harbor,Bay,Elm,",
    "15 Open,R2,Final,Court 1,2026-01-31,16:00,Winner of Match 3,Winner of Match 4,,",
]


def read(*rows: str, head: str = HEAD) -> Draft:
    text = "\n".join([head, *rows])
    return read_table(text.encode(), event_id="lakeside", name="Lakeside", zone="America/Chicago")


async def ids(shelf: Shelf) -> dict[tuple[int, str, str], int]:
    """Match ids by start and sides."""
    rows = await shelf.rows("lakeside")
    names = {number: row["name"] for number, row in rows["team"].items()}
    return {
        (
            row["starts_at"],
            str(names.get(row["team1_id"], row["team1_text"])),
            str(names.get(row["team2_id"], row["team2_text"])),
        ): number
        for number, row in rows["match"].items()
    }


async def test_the_same_file_changes_nothing(shelf: Shelf) -> None:
    await shelf.put(read(*ROWS))
    before = await shelf.rows("lakeside")
    await shelf.put(read(*ROWS), now=NOW + 1)
    assert await shelf.rows("lakeside") == before
    assert (await shelf.event("lakeside"))["seq"] == 1


async def test_reordered_rows_are_the_same_matches(shelf: Shelf) -> None:
    await shelf.put(read(*ROWS))
    before = await shelf.rows("lakeside")
    await shelf.put(read(*reversed(ROWS)), now=NOW + 1)
    assert await shelf.rows("lakeside") == before


async def test_a_match_at_another_time_is_the_same_match(shelf: Shelf) -> None:
    await shelf.put(read(*ROWS))
    before = sorted((await ids(shelf)).values())
    moved = [row.replace("09:00,Bay", "11:30,Bay") for row in ROWS]
    applied = await shelf.put(read(*moved), now=NOW + 1)
    assert sorted((await ids(shelf)).values()) == before
    assert list(applied.preview.changed) == ["matches"]


async def test_of_two_meetings_the_moved_one_moves(shelf: Shelf) -> None:
    """Harbor meets Bay at ten and at three; the first goes to six: the second stays itself."""
    await shelf.put(read(*ROWS))
    before = await ids(shelf)
    moved = [row.replace("10:00", "18:00") for row in ROWS]
    applied = await shelf.put(read(*moved), now=NOW + 1)
    after = await ids(shelf)
    assert sorted(after.values()) == sorted(before.values())
    assert len(applied.preview.changed["matches"]) == 1
    [change] = applied.preview.changed["matches"]
    assert set(change.fields) == {"startsAt"}


async def test_a_placeholder_becomes_its_team_in_place(shelf: Shelf) -> None:
    await shelf.put(read(*ROWS))
    before = await ids(shelf)
    known = [row.replace("Winner of Match 3", "Harbor") for row in ROWS]
    applied = await shelf.put(read(*known), now=NOW + 1)
    after = await ids(shelf)
    assert sorted(after.values()) == sorted(before.values())
    assert applied.preview.added == {}
    whole = [row.replace("Winner of Match 4", "Elm") for row in known]
    await shelf.put(read(*whole), now=NOW + 2)
    assert sorted((await ids(shelf)).values()) == sorted(before.values())


async def test_a_new_match_under_an_old_name_gets_an_id_of_its_own(shelf: Shelf) -> None:
    """The placeholder's match took its team; later the same words stand for another match."""
    await shelf.put(read(*ROWS))
    known = [row.replace("Winner of Match 3,Winner of Match 4", "Harbor,Elm") for row in ROWS]
    await shelf.put(read(*known), now=NOW + 1)
    another = ROWS[4].replace("Court 1", "Court 2").replace("16:00", "17:00")
    await shelf.put(read(*known, another), now=NOW + 2)
    rows = await shelf.rows("lakeside")
    assert len(rows["match"]) == 6
    await shelf.put(read(another, *known), now=NOW + 3)
    assert await shelf.rows("lakeside") == rows


async def test_sides_the_other_way_round_are_another_match(shelf: Shelf) -> None:
    """Else a live score would change hands."""
    await shelf.put(read(*ROWS))
    turned = [row.replace("09:00,Bay,Elm", "09:00,Elm,Bay") for row in ROWS]
    applied = await shelf.put(read(*turned), now=NOW + 1)
    assert len(applied.preview.added["matches"]) == 1
    assert len(applied.preview.removed["matches"]) == 1


async def test_names_differing_in_case_and_blanks_are_the_same(shelf: Shelf) -> None:
    await shelf.put(read(*ROWS))
    before = await shelf.rows("lakeside")
    loud = [row.replace("Harbor", "HARBOR ").replace("Court 1", "court  1") for row in ROWS]
    applied = await shelf.put(read(*loud), now=NOW + 1)
    assert set((await shelf.rows("lakeside"))["team"]) == set(before["team"])
    assert "matches" not in applied.preview.changed


async def test_a_given_id_wins_over_names(shelf: Shelf) -> None:
    head = f"match id,{HEAD}"
    await shelf.put(read(*(f"{n},{row}" for n, row in enumerate(ROWS, 1)), head=head))
    renamed = [f"{n},{row.replace('Harbor', 'Port')}" for n, row in enumerate(ROWS, 1)]
    applied = await shelf.put(read(*renamed, head=head), now=NOW + 1)
    assert "matches" not in applied.preview.added
    assert sorted((await shelf.rows("lakeside"))["match"]) == [1, 2, 3, 4, 5]


async def test_the_table_of_an_aes_event_finds_everything_by_name(
    shelf: Shelf, read: Reader, answers: Answers
) -> None:
    """Export, look at it in a spreadsheet, import: nothing has changed."""
    await shelf.put(await read(answers))
    before, event = await shelf.rows(), await shelf.event()
    async with shelf.db.read() as session:
        text = await table(session, KEY)
    draft = read_table(text.encode(), event_id=KEY)
    await shelf.put(replace(draft), now=NOW + 1)
    assert await shelf.rows() == before
    assert await shelf.event() == event
