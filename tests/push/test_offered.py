"""What the page of notifications offers, and what it leaves alone, on both databases."""

import pytest

from courtsync_web.db import Database
from courtsync_web.events.models import Event
from courtsync_web.push.documents import PreferencesIn
from courtsync_web.push.offered import NAMELESS, events_to_mute, matches_rung
from courtsync_web.push.preferences import change_preferences, preferences_of, ring_match, ring_team
from courtsync_web.push.shown import Shown, change_shown
from tests.world import EVENT, FIRST, RIVAL, SAM, SECOND, build_world

EIGHT = 1_769_868_000_000
"""When the world's matches start."""
WORDS = ("Harbor 15 Gold – Falcon 15 Blue", "Sat, Jan 31, 8:00 AM · Court 1")


@pytest.fixture(autouse=True)
async def world(db: Database) -> None:
    await build_world(db)


async def test_matches_rung_for_are_put_into_words(db: Database) -> None:
    for match_id in (SECOND, FIRST):
        await ring_match(db, SAM, EVENT, match_id, on=True)
    async with db.read() as session:
        [matches] = await matches_rung(session, SAM, EIGHT, twelve=True)
        assert [one.match_id for one in matches] == [SECOND, FIRST]
        assert (matches[1].teams, matches[1].when) == WORDS
        assert await matches_rung(session, RIVAL, EIGHT, twelve=True) == []
        assert await matches_rung(session, SAM, EIGHT + 48 * 3_600_000, twelve=True) == []


async def test_whoever_has_a_team_or_a_bell_there_may_mute_an_event(db: Database) -> None:
    await ring_match(db, SAM, EVENT, FIRST, on=True)
    await ring_team(db, RIVAL, EVENT, 1, on=True)
    await change_preferences(db, RIVAL, PreferencesIn(muted_events=[EVENT]))
    async with db.read() as session:
        for person in (SAM, RIVAL):
            assert await events_to_mute(session, person) == [(EVENT, "Lakeside Winter Classic")]
    async with db.write() as tx:
        event = await tx.session.get(Event, EVENT)
        assert event is not None
        event.visibility = "private"
        tx.session.add(event)
    async with db.read() as session:
        assert await events_to_mute(session, SAM) == []
        assert await events_to_mute(session, RIVAL) == [(EVENT, NAMELESS)]


async def test_a_page_that_shows_nothing_changes_nothing(db: Database) -> None:
    await ring_match(db, SAM, EVENT, FIRST, on=True)
    await ring_team(db, SAM, EVENT, 1, on=False)
    await change_preferences(db, SAM, PreferencesIn(muted_events=[EVENT]))
    async with db.read() as session:
        before = await preferences_of(session, SAM.id)
    assert await change_shown(db, SAM, PreferencesIn(), Shown()) == before
    after = await change_shown(db, SAM, PreferencesIn(), Shown(stilled={(EVENT, FIRST)}))
    assert (after.matches, after.teams, after.muted_events) == ([], before.teams, [EVENT])
