"""Who may see an event is the same in SQL as for the person who asks."""

import pytest
from sqlmodel import col, select

from courtsync_web.accounts.models import User
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.models import Event
from courtsync_web.events.queries import may_see
from courtsync_web.organizing.standing import let_in, signed_in
from tests.small_house import KEYS
from tests.standing_world import PEOPLE, build_standing


@pytest.mark.parametrize("visibility", ["public", "unlisted", "private"])
async def test_everybody_is_let_in_or_not_as_they_may_see(db: Database, visibility: str) -> None:
    world = await build_standing(db, KEYS, visibility=visibility, password_hash="x")
    async with db.read() as session:
        event = await session.get_one(Event, world.event_id)
        everybody = await signed_in(session, now_ms())
        found = select(User.id).where(let_in(event.id, col(User.id)))
        let = set(await session.exec(found))
    assert len(everybody) == len(PEOPLE)
    assert let == {one.id for one in everybody if may_see(event, one)}
    assert len(let) == (4 if visibility == "private" else len(PEOPLE))
