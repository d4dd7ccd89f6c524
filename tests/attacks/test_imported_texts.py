"""Hostile texts in what others publish, AES's answers and workbooks: on our pages and in files."""

import csv
import io
import json
import unicodedata
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, cast

import httpx
import openpyxl
import pytest
from litestar import Litestar

from courtsync_web.app import create_app
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.demo.tournament import make_tournament
from courtsync_web.printable import is_printable
from courtsync_web.schedule.aes.gather import gather
from courtsync_web.schedule.aes.read import read_aes
from courtsync_web.schedule.aes.recorded import Recorded
from courtsync_web.schedule.apply import apply
from courtsync_web.schedule.document import read_document
from courtsync_web.schedule.draft import BadSchedule, Draft
from courtsync_web.schedule.rows import stored_event, stored_rows
from courtsync_web.schedule.tables.read import read_table
from courtsync_web.settings import Settings
from tests.aes_world import Answers, aes_answers, event_key, write_answers
from tests.attacks.markup import EVIL, MARK, witness
from tests.schedule.test_document import small
from tests.schedule.test_hostile import rezipped
from tests.servers.lifetime import living
from tests.world import Bell

KEY = event_key(49001)
FORMULA = f'=HYPERLINK("https://{MARK}.example.org")'
WORST = f"{EVIL}\x00\x1b[31m\u202egnp.\u2066\u2028{'a' * 5000}"
"""Markup, what ends a line or a string, what turns a line about, no end."""


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[Litestar]:
    async with living(create_app(settings)) as app:
        yield app


@pytest.fixture
async def web(house: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=cast(Any, house))
    async with httpx.AsyncClient(transport=transport, base_url="http://hall.test") as caller:
        yield caller


@pytest.fixture(scope="module")
def published() -> str:
    """What AES says about a tournament of four teams."""
    tournament = make_tournament(first_day=date(2026, 1, 31), divisions=1)
    return json.dumps(aes_answers(tournament))


def bent(value: Any, change: Callable[[str, str], str], key: str = "") -> Any:
    """Answers with every text changed by the name of its field."""
    if isinstance(value, dict):
        return {name: bent(one, change, name) for name, one in value.items()}
    if isinstance(value, list):
        return [bent(one, change, key) for one in value]
    return change(key, value) if isinstance(value, str) else value


def fields_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in value.items():
            if isinstance(one, str):
                yield name
            yield from fields_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from fields_of(one)


def hostile(published: str, text: str) -> Answers:
    """Every name and every label is ``text`` and then what it was, so that names differ still."""
    shown = ("Name", "Text", "Notes", "Location", "Alias", "Description")
    answers: Answers = bent(
        json.loads(published), lambda key, old: f"{text}{old}" if key.endswith(shown) else old
    )
    return answers


async def drafted(answers: Answers, folder: Path) -> Draft:
    directory = write_answers(folder / "recorded", answers)
    return read_aes(await gather(Recorded(directory, KEY)), zone="America/Chicago")


async def store(db: Database, draft: Draft) -> None:
    async with db.write() as tx:
        await apply(tx, Bell(), draft, event_id=draft.event.event_id, owner=None, now=now_ms())


async def texts_stored(db: Database, event_id: str) -> list[str]:
    async with db.read() as session:
        connection = await session.connection()
        event = await stored_event(connection, event_id)
        rows = await stored_rows(connection, event_id)
    kept = [event, *(row for kind in rows.values() for row in kind.values())]
    return [text for row in kept if row for text in row.values() if isinstance(text, str)]


async def test_every_text_of_aes_on_every_page(
    house: Litestar, web: httpx.AsyncClient, published: str, tmp_path: Path
) -> None:
    draft = await drafted(hostile(published, EVIL), tmp_path)
    await store(house.state["db"], draft)
    match, team = draft.matches[0].match_id, draft.teams[0].team_id
    for path in (
        "", "?day=2026-01-31", f"?q={MARK}", f"/matches/{match}", f"/matches/{match}/score",
        f"/teams/{team}",
    ):  # fmt: skip
        answer = await web.get(f"/events/{KEY}{path}")
        assert answer.status_code == 200, path
        found = witness(answer.text)
        assert (found.faults, found.shown > 0) == ([], True), path


async def test_no_field_of_aes_breaks_the_reading_or_leaves_more_than_a_line(
    db: Database, published: str, tmp_path: Path
) -> None:
    """One field after the other is the worst that a text can be; then all of them."""
    answers = json.loads(published)
    stored = 0
    for field in (*sorted(set(fields_of(answers))), ""):
        worst = bent(answers, partial(worst_at, field))
        try:
            await store(db, await drafted(worst, tmp_path))
        except BadSchedule:  # in words, as tests/schedule/test_hostile.py asks
            continue
        stored += 1
        assert await printable(db, KEY), field
    assert stored > 10


def worst_at(field: str, key: str, text: str) -> str:
    return WORST if field in ("", key) else text


async def printable(db: Database, event_id: str) -> bool:
    texts = await texts_stored(db, event_id)
    return bool(texts) and all(is_line(text) and len(text) <= 500 for text in texts)


def is_line(text: str) -> bool:
    """Unassigned characters may come with the next Unicode, so an import keeps them."""
    return all(is_printable(one) or unicodedata.category(one) in ("Co", "Cn") for one in text)


async def test_formulas_of_aes_stay_text_in_our_table(
    house: Litestar, web: httpx.AsyncClient, published: str, tmp_path: Path
) -> None:
    await store(house.state["db"], await drafted(hostile(published, FORMULA), tmp_path))
    await no_cell_is_run(web, KEY)


async def no_cell_is_run(web: httpx.AsyncClient, event_id: str) -> None:
    answer = await web.get(f"/api/events/{event_id}/export?format=csv")
    assert answer.status_code == 200
    cells = [cell for row in csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))) for cell in row]
    assert any(MARK in cell for cell in cells)
    assert [cell for cell in cells if cell[:1] in tuple("=+@\t\r")] == []


def workbook(text: str) -> bytes:
    """Every text that a table brings, as cells of a workbook that hold text and no formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["match id", "court", "date", "start", "division", "team 1", "team 2", "pool"])
    sheet.append([7, text, "2026-01-31", "8:00", text, text, "B", text])
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "n" if isinstance(cell.value, int) else "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def test_every_text_of_a_workbook_on_every_page(
    house: Litestar, web: httpx.AsyncClient
) -> None:
    await store(house.state["db"], read_table(workbook(EVIL), event_id="evil", zone="UTC"))
    for path in ("?day=2026-01-31", "/matches/7", "/matches/7/score"):
        answer = await web.get(f"/events/evil{path}")
        assert answer.status_code == 200, path
        found = witness(answer.text)
        assert (found.faults, found.shown > 0) == ([], True), path


async def test_formulas_of_a_workbook_stay_text_in_our_table(
    house: Litestar, web: httpx.AsyncClient
) -> None:
    await store(house.state["db"], read_table(workbook(FORMULA), event_id="evil", zone="UTC"))
    await no_cell_is_run(web, "evil")


@pytest.mark.parametrize(
    "written", ["_x0000_", "_x001B_", "_x202E_", "\u202e", "&#x202e;", "&#x2028;"]
)
async def test_what_a_workbook_hides_in_a_cell_comes_out_as_a_line(
    db: Database, written: str
) -> None:
    """Workbooks may write any character as _xHHHH_, NUL too."""

    def hide(name: str, part: bytes) -> bytes:
        return part.replace(MARK.encode(), f"Team {written} One".encode())

    data = rezipped(workbook(MARK), hide)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert any(written.encode() in package.read(name) for name in package.namelist())
    await store(db, read_table(data, event_id="evil", zone="UTC"))
    assert await printable(db, "evil")


def test_a_cell_without_end_is_refused_with_its_place() -> None:
    with pytest.raises(BadSchedule, match='line 2, column "court"'):
        read_table(workbook("a" * 30_000), event_id="evil", zone="UTC")


@pytest.mark.parametrize("end", ["\n", "\x85", "\u2028", "\u202e", "\x00"])
@pytest.mark.parametrize("field", ["name", "eventId", "location", "color"])
def test_a_document_s_texts_are_one_line_to_their_last_character(field: str, end: str) -> None:
    given = small()
    place = given["divisions"][0] if field == "color" else given
    place[field] = place.get(field, "Hall 1") + end
    with pytest.raises(BadSchedule):
        read_document(given)
