"""The hall of the small world, on a database of either kind."""

import pytest

from courtsync_web.db import Database
from tests.sync.phones import Hall
from tests.world import build_world


@pytest.fixture
async def hall(db: Database, monkeypatch: pytest.MonkeyPatch) -> Hall:
    await build_world(db)
    return Hall(db, monkeypatch)
