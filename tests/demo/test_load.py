"""The demo tournament as it lies in the database, whenever somebody starts it."""

import stat
from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from courtsync_web.accounts.actions import find_user
from courtsync_web.accounts.passwords import fits
from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.demo.cities import CITIES, late_morning_zone, minutes_of_day
from courtsync_web.demo.load import DEMO, demo_draft, load_demo, load_demo_once, load_into
from courtsync_web.demo.people import PEOPLE
from courtsync_web.events.models import Event, Match
from courtsync_web.live.bus import MemoryBus
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.models import Score
from courtsync_web.scoring.queries import claims_of
from courtsync_web.settings import Settings

HOUR = 3_600_000
NOW = int(datetime(2026, 11, 22, 12, 40, tzinfo=UTC).timestamp() * 1000)
PASSWORD = "a password for tests"


async def states(db: Database, now: int) -> Counter[str]:
    """Today's matches: finished, live or to come."""
    async with db.read() as session:
        event = await session.get_one(Event, DEMO)
        scores = {s.match_id: s for s in await session.exec(select(Score))}
        matches = list(await session.exec(select(Match).where(col(Match.event_id) == DEMO)))
    days = sorted({match.day for match in matches if match.day})
    assert len(days) == 3
    assert (event.start_date, event.end_date) == (days[0], days[2])
    found: Counter[str] = Counter()
    for match in matches:
        done = match.match_id in scores
        assert match.starts_at is not None
        if match.day == days[1]:
            live = match.starts_at <= now and not done
            found["done" if done else "live" if live else "coming"] += 1
        else:
            assert done == (match.day == days[0])
    return found


@pytest.mark.parametrize("days", [0, 60, 120, 180, 240, 300])
def test_it_is_late_morning_somewhere_at_any_hour_of_the_year(days: int) -> None:
    for quarter in range(24 * 4):
        now = NOW + 24 * days * HOUR + quarter * HOUR // 4
        zone = late_morning_zone(now)
        assert zone in CITIES
        assert 10 * 60 + 25 <= minutes_of_day(now, zone) <= 11 * 60 + 55


@pytest.mark.parametrize("hours", range(0, 24, 5))
def test_the_demo_reads_as_a_schedule_without_faults(hours: int) -> None:
    draft = demo_draft(NOW + hours * HOUR, late_morning_zone(NOW + hours * HOUR))
    counts = draft.counts()
    assert (counts["matches"], counts["teams"], counts["courts"]) == (476, 96, 24)


async def test_today_has_finished_live_and_coming_matches(db: Database) -> None:
    summary = await load_into(db, MemoryBus(), PASSWORD, NOW)
    today = await states(db, NOW)
    assert today["done"] >= 30
    assert today["live"] >= 16
    assert today["coming"] >= 60
    assert summary.counts["matches"] == 476
    assert "476" in str(summary)
    assert PASSWORD in str(summary)
    async with db.read() as session:
        scores = list(await session.exec(select(Score)))
    assert {score.provenance for score in scores} == {"official"}


async def test_its_people_can_sign_in_even_after_the_password_has_changed(db: Database) -> None:
    await load_into(db, MemoryBus(), PASSWORD, NOW)
    await load_into(db, MemoryBus(), "another password", NOW)
    for email, (role, _) in PEOPLE.items():
        user = await find_user(db, email)
        assert user is not None
        assert user.role == role
        assert await fits("another password", user.password_hash)
    async with db.read() as session:
        event = await session.get_one(Event, DEMO)
    organizer = await find_user(db, "organizer@demo.test")
    assert organizer is not None
    assert event.owner_id == organizer.id


async def scorer(db: Database) -> Person:
    user = await find_user(db, "coach@demo.test")
    assert user is not None
    return Person(user.id, user.display_name, user.role, user.email)


async def first_live(db: Database) -> int:
    async with db.read() as session:
        done = {s.match_id for s in await session.exec(select(Score))}
        matches = await session.exec(select(Match).order_by(col(Match.starts_at)))
        return next(match.match_id for match in matches if match.match_id not in done)


async def test_loading_anew_forgets_everything_but_counts_on(db: Database) -> None:
    bus = MemoryBus()
    await load_into(db, bus, PASSWORD, NOW)
    async with db.read() as session:
        before = (await session.get_one(Event, DEMO)).seq
    await Claims(db, bus).claim(DEMO, await first_live(db), await scorer(db))
    await load_into(db, bus, PASSWORD, NOW)
    async with db.read() as session:
        assert await claims_of(session, DEMO, NOW) == []
        assert (await session.get_one(Event, DEMO)).seq > before + 1


async def test_loading_once_keeps_a_demo_whose_day_it_is(db: Database) -> None:
    bus = MemoryBus()
    await load_into(db, bus, PASSWORD, NOW)
    coach = await scorer(db)
    match_id = await first_live(db)
    await Claims(db, bus).claim(DEMO, match_id, coach)
    again = await load_into(db, bus, PASSWORD, NOW + HOUR, anew=False)
    assert again.counts == {}
    async with db.read() as session:
        assert [claim.claimed_by for claim in await claims_of(session, DEMO, NOW)] == [coach.id]
    evening = await load_into(db, bus, PASSWORD, NOW + 6 * HOUR, anew=False)
    assert evening.counts["matches"] == 476


async def test_matches_of_scorers_who_were_cut_off_are_free_again(db: Database) -> None:
    bus = MemoryBus()
    await load_into(db, bus, PASSWORD, NOW)
    coach = await scorer(db)
    async with db.write() as tx:
        user = await find_user(db, "coach@demo.test")
        assert user is not None
        user.display_name = "Scorer Windhollow"
        await tx.session.merge(user)
    await Claims(db, bus).claim(DEMO, await first_live(db), coach)
    await load_into(db, bus, PASSWORD, NOW, anew=False)
    async with db.read() as session:
        assert await claims_of(session, DEMO, NOW) == []


async def test_the_commands_keep_one_password_for_a_data_directory(settings: Settings) -> None:
    first = await load_demo(settings)
    again = await load_demo_once(settings)
    assert first.password == again.password
    assert again.counts == {}
    kept = settings.data_dir / "demo-password"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
