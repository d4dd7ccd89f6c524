"""A generated event as AES would publish it, and a shelf to put it on."""

import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from courtsync_web.accounts.models import User
from courtsync_web.db import Database
from courtsync_web.demo.rallies import play_results
from courtsync_web.demo.results import Result
from courtsync_web.demo.tournament import make_tournament
from courtsync_web.demo.world import Tournament
from courtsync_web.schedule.aes.gather import gather
from courtsync_web.schedule.aes.read import read_aes
from courtsync_web.schedule.aes.recorded import Recorded
from courtsync_web.schedule.apply import Applied, apply
from courtsync_web.schedule.draft import Draft, DraftMatch
from courtsync_web.schedule.rows import Rows, stored_event, stored_rows
from tests.aes_world import Answers, aes_answers, event_key, write_answers
from tests.world import OWNER, RIVAL, SAM, Bell

KEY = event_key(49001)
ZONE = "America/Chicago"
NOW = 1_770_000_000_000
HALFWAY = datetime(2026, 2, 1, 12)  # noqa: DTZ001 - venue wall clock

Reader = Callable[..., Awaitable[Draft]]


@pytest.fixture(scope="session")
def tournament() -> Tournament:
    """Two divisions of eight teams, three days."""
    return make_tournament(first_day=date(2026, 1, 31), divisions=2, teams_per_division=8, courts=6)


@pytest.fixture(scope="session")
def half_played(tournament: Tournament) -> dict[int, Result]:
    """Results until noon of the second day, all of them clean."""
    return play_results(tournament, Random(1), until=HALFWAY, odd=0)


@pytest.fixture(scope="session")
def at_noon(tournament: Tournament, half_played: dict[int, Result]) -> str:
    return json.dumps(aes_answers(tournament, half_played))


@pytest.fixture
def answers(at_noon: str) -> Answers:
    """What AES says at noon of the second day; a test may bend it."""
    fresh: Answers = json.loads(at_noon)
    return fresh


@pytest.fixture
def unplayed_answers(tournament: Tournament) -> Answers:
    """What AES says before the first match."""
    return aes_answers(tournament)


@pytest.fixture
def finished_answers(tournament: Tournament) -> Answers:
    """What AES says after the last match."""
    return aes_answers(tournament, play_results(tournament, Random(1), odd=0))


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Answers as a draft, through a directory of recordings."""

    async def reading(given: Answers, **options: Any) -> Draft:
        directory = write_answers(tmp_path / "recorded", given)
        for path in directory.iterdir():
            if path.name not in given:
                path.unlink()
        options.setdefault("zone", ZONE)
        return read_aes(await gather(Recorded(directory, KEY)), **options)

    return reading


@pytest.fixture
async def shelf(db: Database) -> "Shelf":
    """The database, with an organizer and some others in it."""
    async with db.write() as tx:
        for one in (OWNER, RIVAL, SAM):
            tx.session.add(
                User(
                    id=one.id,
                    email=one.email,
                    display_name=one.display_name,
                    role=one.role,
                    created_at=0,
                )
            )
    return Shelf(db)


class Shelf:
    """Where drafts are put, and what stands there afterwards."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.bell = Bell()

    async def put(self, draft: Draft, *, now: int = NOW, **options: Any) -> Applied:
        """Apply a draft as its organizer would."""
        options.setdefault("owner", OWNER)
        async with self.db.write() as tx:
            return await apply(
                tx, self.bell, draft, event_id=draft.event.event_id, now=now, **options
            )

    async def rows(self, event_id: str = KEY) -> Rows:
        async with self.db.read() as session:
            return await stored_rows(await session.connection(), event_id)

    async def event(self, event_id: str = KEY) -> dict[str, Any]:
        async with self.db.read() as session:
            event = await stored_event(await session.connection(), event_id)
        assert event is not None
        return event


def match_in(draft: Draft, match_id: int) -> DraftMatch:
    """One match of a draft."""
    return next(match for match in draft.matches if match.match_id == match_id)
