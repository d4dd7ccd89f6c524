"""Estimates from what is stored: schedule, scores, and when the first point was made."""

from typing import Any

from courtsync_web.db import Database
from courtsync_web.estimates.queries import estimates_of
from courtsync_web.estimates.slots import MINUTE
from courtsync_web.events.models import Event, Match
from courtsync_web.scoring.models import Score, ScoreUpdate
from tests.world import EVENT, FIRST, SECOND, build_world, match

NEXT, TOMORROW = -110, -120
HOUR = 60 * MINUTE


async def scored(db: Database, *sets: Any, begun: int, changed: int, **facts: Any) -> None:
    """A score of the first match, followed from its first point; minutes after its start."""
    async with db.write() as tx:
        start = (await tx.session.get_one(Match, (EVENT, FIRST))).starts_at or 0
        columns: dict[str, Any] = {
            "event_id": EVENT, "match_id": FIRST, "status": "in-progress", "sets": [*sets],
            "timeouts": [0, 0], "warnings": [], "provenance": "fan", "revision": 40, "seq": 1,
            "changed_at": start + changed * MINUTE,
        }  # fmt: skip
        tx.session.add(Score(**(columns | facts)))
        state = {"sets": [[0, 0, None]], "status": "in-progress"}
        tx.session.add(
            ScoreUpdate(
                event_id=EVENT, match_id=FIRST, revision=1, seq=1, action="set-start", detail={},
                state=state, happened_at=start + begun * MINUTE, arrived_at=0,
            )
        )  # fmt: skip


async def asked(db: Database, after: int) -> tuple[int, dict[int, Any]]:
    """The first match's printed start, and what is estimated so many minutes after it."""
    async with db.write() as tx:
        later = match(NEXT, -1, 1, 3)
        start = later.starts_at or 0
        later.starts_at, later.ends_at = start + HOUR, start + 2 * HOUR
        other_day = match(TOMORROW, -1, 2, 3)
        other_day.day = "2026-02-01"
        tx.session.add_all([later, other_day])
    async with db.read() as session:
        event = await session.get_one(Event, EVENT)
        return start, await estimates_of(session, event, start + after * MINUTE)


async def test_a_late_match_makes_the_next_on_its_court_late(db: Database) -> None:
    await build_world(db)
    await scored(db, [25, 20, 1], [10, 12, None], begun=30, changed=60)
    start, found = await asked(db, after=61)
    assert found[FIRST].start == start + 30 * MINUTE
    assert found[NEXT].late_by > 10 * MINUTE
    assert found[SECOND].start == start, "nobody keeps score there"
    assert TOMORROW not in found


async def test_a_scorer_who_came_late_missed_what_was_played(db: Database) -> None:
    await build_world(db)
    await scored(db, [25, 20, 1], [10, 12, None], begun=30, changed=60)
    async with db.write() as tx:
        update = await tx.session.get_one(ScoreUpdate, 1)
        update.state = {"sets": [[20, 16, None]], "status": "in-progress"}
        tx.session.add(update)
    start, found = await asked(db, after=61)
    assert found[FIRST].start == start + 15 * MINUTE


async def test_a_result_that_was_typed_in_says_nothing_about_the_clock(db: Database) -> None:
    await build_world(db)
    await scored(
        db, [25, 20, 1], [25, 12, 1], begun=300, changed=300, revision=2, status="completed",
        sets_won1=2, winner=1,
    )  # fmt: skip
    start, found = await asked(db, after=301)
    assert abs(found[FIRST].start - start) < 3 * MINUTE


async def test_a_match_before_its_first_point_has_not_begun(db: Database) -> None:
    await build_world(db)
    await scored(db, begun=0, changed=0, status="not-started")
    start, found = await asked(db, after=5)
    assert found[FIRST].start == start


async def test_a_match_of_a_few_points_has_begun(db: Database) -> None:
    await build_world(db)
    await scored(db, [2, 1, None], begun=20, changed=21, revision=3)
    start, found = await asked(db, after=22)
    assert found[FIRST].start == start + 20 * MINUTE
    assert found[NEXT].late_by > 5 * MINUTE
