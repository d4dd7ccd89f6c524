"""What the desk publishes: official, with history, and never over the head of a scorer."""

from collections.abc import Sequence

import pytest

from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.actions import next_seq
from courtsync_web.events.models import Match
from courtsync_web.scoring.actions import record_updates
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.official import record_official_results
from courtsync_web.scoring.queries import conflicts_of, history_of, score_of
from courtsync_web.scoring.updates import ScoreDocument
from tests.scoring.test_record_updates import update
from tests.world import EVENT, FIRST, SAM, Bell, build_world

Sets = Sequence[tuple[int, int]]
TWO_NIL: Sets = ((25, 20), (25, 18))


@pytest.fixture
async def hall(db: Database) -> Database:
    await build_world(db)
    return db


async def publish(db: Database, sets: Sets, outcome: str = "") -> int:
    async with db.write() as tx:
        seq = await next_seq(tx.session, EVENT)
        return await record_official_results(tx, EVENT, [(FIRST, sets, outcome)], seq, now_ms())


async def set_end(db: Database, ends_at: int) -> None:
    async with db.write() as tx:
        match = await tx.session.get_one(Match, (EVENT, FIRST))
        match.ends_at = ends_at


async def standing(db: Database) -> ScoreDocument:
    async with db.read() as session:
        score = await score_of(session, EVENT, FIRST)
    assert score is not None
    return score


async def test_a_published_result_is_official_and_has_a_history(hall: Database) -> None:
    assert await publish(hall, TWO_NIL) == 1
    score = await standing(hall)
    assert (score.provenance, score.status, score.winner) == ("official", "completed", 1)
    async with hall.read() as session:
        history = await history_of(session, EVENT, FIRST, limit=10, offset=0)
    assert [item.action for item in history.items] == ["final-score"]


async def test_published_again_it_changes_nothing(hall: Database) -> None:
    await publish(hall, TWO_NIL)
    assert await publish(hall, TWO_NIL) == 0
    assert (await standing(hall)).revision == 1


async def test_a_correction_by_the_desk_is_a_new_revision(hall: Database) -> None:
    await publish(hall, TWO_NIL)
    assert await publish(hall, ((25, 20), (18, 25), (15, 9))) == 1
    score = await standing(hall)
    assert (score.revision, score.sets_won) == (2, (2, 1))


async def test_sets_that_leave_the_match_open_mean_that_it_still_runs(hall: Database) -> None:
    await set_end(hall, now_ms() - 60_000)
    await publish(hall, ((25, 20),))
    assert (await standing(hall)).status == "in-progress"
    await publish(hall, TWO_NIL)
    assert (await standing(hall)).status == "completed"


async def test_long_after_its_end_no_match_is_running(hall: Database) -> None:
    await set_end(hall, now_ms() - 24 * 3_600_000)
    await publish(hall, ((25, 24),))
    score = await standing(hall)
    assert score.status == "completed"
    assert score.warnings


async def test_what_the_rules_cannot_explain_is_kept_as_printed_and_flagged(hall: Database) -> None:
    await publish(hall, ((25, 20), (25, 18), (25, 3), (4, 4), (3, 9)))
    score = await standing(hall)
    assert (score.status, score.sets_won, score.winner) == ("completed", (3, 1), 1)
    assert score.warnings


async def test_an_outcome_without_sets_is_a_result(hall: Database) -> None:
    await publish(hall, (), "second-won")
    score = await standing(hall)
    assert (score.status, score.winner, score.sets) == ("completed", 2, [])


async def test_a_running_match_is_left_to_its_scorer(hall: Database) -> None:
    await Claims(hall, Bell()).claim(EVENT, FIRST, SAM)
    await record_updates(hall, Bell(), SAM, EVENT, [update((3, 1), action="point")])
    assert await publish(hall, TWO_NIL) == 0
    score = await standing(hall)
    assert (score.provenance, score.sets[0].team1_score) == ("fan", 3)


async def test_a_disagreement_with_a_finished_scorer_is_kept_once(hall: Database) -> None:
    await Claims(hall, Bell()).claim(EVENT, FIRST, SAM)
    mine = update((25, 20), (25, 19), status="completed", action="point")
    await record_updates(hall, Bell(), SAM, EVENT, [mine])
    for _ in range(2):
        await publish(hall, TWO_NIL)
    assert (await standing(hall)).sets[1].team2_score == 19
    async with hall.read() as session:
        [conflict] = await conflicts_of(session, EVENT, author_id=None)
    assert conflict.reason == "official"
    assert conflict.update["sets"][1]["team2Score"] == 18
