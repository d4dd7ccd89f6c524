"""What a scorer did is recorded once, in order, under a claim, and nothing is lost."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.scoring import actions
from courtsync_web.scoring import claims as claims_module
from courtsync_web.scoring.actions import record_updates
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.conflicts import restore_conflict
from courtsync_web.scoring.lease import LEASE
from courtsync_web.scoring.queries import claim_of, conflicts_of, history_of, score_of
from courtsync_web.scoring.recorder import Outcome
from courtsync_web.scoring.updates import History, ScoreDocument, ScoreUpdateIn
from tests.world import COACH, EVENT, FIRST, OWNER, RIVAL, SAM, Bell, build_world


class Hall:
    """The scorer's table: people claim, score, and look at what became of it."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.bell = Bell()
        self.claims = Claims(db, self.bell)
        self.now = now_ms()

    async def score(self, person: Person, *sets: tuple[int, int], **more: Any) -> Outcome:
        [outcome] = await record_updates(self.db, self.bell, person, EVENT, [update(*sets, **more)])
        return outcome

    async def batch(self, person: Person, *updates: ScoreUpdateIn, sent_at: int) -> list[Outcome]:
        return await record_updates(self.db, self.bell, person, EVENT, updates, sent_at=sent_at)

    async def standing(self) -> ScoreDocument | None:
        async with self.db.read() as session:
            return await score_of(session, EVENT, FIRST)

    async def points(self) -> tuple[int, int]:
        score = await self.standing()
        assert score is not None
        return score.sets[-1].team1_score, score.sets[-1].team2_score

    async def history(self) -> History:
        async with self.db.read() as session:
            return await history_of(session, EVENT, FIRST, limit=1000, offset=0)


def update(*sets: tuple[int, int], **more: Any) -> ScoreUpdateIn:
    """An update as a phone would write it: ``update((25, 20), (3, 1), action="point")``."""
    body = {
        "matchId": more.pop("match_id", FIRST),
        "status": more.pop("status", "in-progress"),
        "sets": [
            {"setNumber": number, "team1Score": a, "team2Score": b}
            for number, (a, b) in enumerate(sets, start=1)
        ],
        **more,
    }
    return msgspec.convert(body, ScoreUpdateIn)


def new_id() -> str:
    return str(uuid4())


@pytest.fixture
async def hall(db: Database, monkeypatch: pytest.MonkeyPatch) -> Hall:
    await build_world(db)
    hall = Hall(db)
    monkeypatch.setattr(actions, "now_ms", lambda: hall.now)
    monkeypatch.setattr(claims_module, "now_ms", lambda: hall.now)
    return hall


Claimed = Callable[[Person], Awaitable[None]]


@pytest.fixture
async def sam_scores(hall: Hall) -> Hall:
    """Sam holds the claim."""
    await hall.claims.claim(EVENT, FIRST, SAM)
    return hall


async def test_without_the_claim_nothing_is_recorded(hall: Hall) -> None:
    outcome = await hall.score(SAM, (1, 0))
    assert outcome.problem is not None
    assert (outcome.problem.status, outcome.problem.code) == (403, "claim-required")
    assert await hall.standing() is None
    assert hall.bell.rings == []


async def test_each_update_counts_one_revision_and_a_higher_seq(sam_scores: Hall) -> None:
    first = await sam_scores.score(SAM, (1, 0), action="point", team=1)
    second = await sam_scores.score(SAM, (1, 1), action="point", team=2)
    assert first.first
    assert not second.first
    assert first.score is not None
    assert second.score is not None
    assert (first.score.revision, second.score.revision) == (1, 2)
    assert first.score.seq < second.score.seq
    assert sam_scores.bell.rings[-1] == (EVENT, second.score.seq)


async def test_the_history_keeps_what_was_done_and_the_state_after_it(sam_scores: Hall) -> None:
    await sam_scores.score(SAM, (1, 0), action="point", team=1, serving=1)
    await sam_scores.score(SAM, (0, 0), action="undo")
    items = (await sam_scores.history()).items
    assert [(item.action, item.team, item.author) for item in items] == [
        ("point", 1, "Sam"),
        ("undo", None, "Sam"),
    ]
    assert items[0].sets[0].team1_score == 1
    assert items[0].serving == 1


async def test_the_same_id_again_says_the_same_and_changes_nothing(sam_scores: Hall) -> None:
    point = new_id()
    first = await sam_scores.score(SAM, (1, 0), updateId=point)
    again = await sam_scores.score(SAM, (1, 0), updateId=point)
    assert again.outcome == "duplicate"
    assert again.score == first.score
    assert (await sam_scores.history()).total == 1


async def test_the_same_id_says_the_same_even_after_others(sam_scores: Hall) -> None:
    point = new_id()
    first = await sam_scores.score(SAM, (1, 0), updateId=point)
    await sam_scores.score(SAM, (2, 0))
    again = await sam_scores.score(SAM, (1, 0), updateId=point)
    assert again.score == first.score
    assert again.first
    assert await sam_scores.points() == (2, 0)


async def test_the_same_id_with_another_body_is_refused(sam_scores: Hall) -> None:
    point = new_id()
    await sam_scores.score(SAM, (1, 0), updateId=point)
    outcome = await sam_scores.score(SAM, (2, 0), updateId=point)
    assert outcome.problem is not None
    assert outcome.problem.code == "id-reused"
    assert await sam_scores.points() == (1, 0)


async def test_a_stranger_cannot_answer_for_my_id(sam_scores: Hall) -> None:
    point = new_id()
    await sam_scores.score(SAM, (1, 0), updateId=point)
    outcome = await sam_scores.score(RIVAL, (1, 0), updateId=point)
    assert outcome.problem is not None
    assert outcome.problem.code == "id-reused"


async def test_an_impossible_score_is_refused_and_changes_nothing(sam_scores: Hall) -> None:
    await sam_scores.score(SAM, (1, 0))
    for sets in [[(-1, 0)], [(100, 0)], [(25, 1), (25, 1), (25, 1), (1, 0)]]:
        outcome = await sam_scores.score(SAM, *sets)
        assert outcome.problem is not None
        assert outcome.problem.status == 422
        assert outcome.problem.errors
    assert await sam_scores.points() == (1, 0)


async def test_an_unusual_score_is_kept_with_a_warning(sam_scores: Hall) -> None:
    outcome = await sam_scores.score(SAM, (25, 24), (1, 0))
    assert outcome.score is not None
    assert outcome.score.warnings


async def test_the_later_one_wins_and_the_loser_is_kept_whole(sam_scores: Hall) -> None:
    hall = sam_scores
    hall.now += 60_000
    await hall.score(SAM, (5, 3), lastUpdated=hall.now)
    late = await hall.score(SAM, (4, 3), lastUpdated=hall.now - 5_000, updateId=new_id())
    assert late.outcome == "conflict"
    assert late.problem is not None
    assert late.problem.status == 409
    assert await hall.points() == (5, 3)
    async with hall.db.read() as session:
        [conflict] = await conflicts_of(session, EVENT, author_id=None)
    assert conflict.update["sets"][0]["team1Score"] == 4
    assert conflict.reason == "older"


async def test_on_a_tie_the_servers_wins(sam_scores: Hall) -> None:
    hall = sam_scores
    hall.now += 60_000
    await hall.score(SAM, (5, 3), lastUpdated=hall.now)
    tie = await hall.score(SAM, (6, 3), lastUpdated=hall.now)
    assert tie.outcome == "conflict"
    assert await hall.points() == (5, 3)


async def test_who_saw_the_newest_score_comes_after_it_whatever_the_clock(sam_scores: Hall) -> None:
    hall = sam_scores
    await hall.score(SAM, (5, 3), lastUpdated=hall.now)
    slow = await hall.score(SAM, (6, 3), lastUpdated=hall.now - 3_600_000, baseRevision=1)
    assert slow.outcome == "applied"


async def test_a_wrong_clock_does_not_matter_when_the_age_is_known(sam_scores: Hall) -> None:
    hall = sam_scores
    hall.now += 120_000
    for skew in (-3_600_000, 0, 3_600_000):
        await hall.score(SAM, (5, 3))
        device = hall.now + skew
        made = update((9, 9), lastUpdated=device - 60_000)
        [outcome] = await hall.batch(SAM, made, sent_at=device)
        assert outcome.outcome == "conflict", "a minute old is a minute old"
        made = update((7, 3), lastUpdated=device)
        hall.now += 1_000
        [outcome] = await hall.batch(SAM, made, sent_at=device)
        assert outcome.outcome == "applied"


async def test_a_score_made_under_a_claim_counts_after_the_claim_has_ended(
    sam_scores: Hall,
) -> None:
    hall = sam_scores
    made_at = hall.now + 60_000
    hall.now += LEASE + 60_000
    late = await hall.score(SAM, (3, 1), lastUpdated=made_at)
    assert late.outcome == "applied"
    after = await hall.score(SAM, (4, 1))
    assert after.problem is not None
    assert after.problem.code == "claim-required"


async def test_a_former_holder_never_overwrites_the_present_one(sam_scores: Hall) -> None:
    hall = sam_scores
    await hall.score(SAM, (3, 1))
    made_at = hall.now + 30_000
    hall.now += LEASE + 1
    await hall.claims.claim(EVENT, FIRST, RIVAL)
    await hall.score(RIVAL, (4, 1))
    late = await hall.score(SAM, (9, 9), lastUpdated=made_at, updateId=new_id())
    assert late.outcome == "conflict"
    assert await hall.points() == (4, 1)


async def test_old_points_of_a_phone_that_claims_again_do_not_win_either(sam_scores: Hall) -> None:
    hall = sam_scores
    async with hall.db.read() as session:
        old_fence = (await claim_of(session, EVENT, FIRST, hall.now)).fence
    await hall.claims.release(EVENT, FIRST, SAM)
    await hall.claims.claim(EVENT, FIRST, RIVAL)
    await hall.score(RIVAL, (4, 1))
    await hall.claims.release(EVENT, FIRST, RIVAL)
    await hall.claims.claim(EVENT, FIRST, SAM)
    hall.now += 60_000
    waited = await hall.score(SAM, (2, 0), fence=old_fence, lastUpdated=hall.now - 1)
    assert waited.outcome == "conflict"
    assert await hall.points() == (4, 1)
    fresh = await hall.score(SAM, (5, 1), fence=old_fence + 2, lastUpdated=hall.now)
    assert fresh.outcome == "applied"


async def test_who_scores_is_there_and_keeps_the_claim(sam_scores: Hall) -> None:
    hall = sam_scores
    await hall.claims.ask_takeover(EVENT, FIRST, RIVAL)
    await hall.score(SAM, (1, 0))
    hall.now += 60_000
    await hall.claims.settle_takeover(EVENT, FIRST)
    async with hall.db.read() as session:
        claim = await claim_of(session, EVENT, FIRST, hall.now)
    assert claim.claimed_by == SAM.id
    assert claim.takeover is None


async def test_a_point_from_before_the_question_refuses_nothing(sam_scores: Hall) -> None:
    hall = sam_scores
    tapped_at, hall.now = hall.now + 1_000, hall.now + 30_000
    await hall.claims.ask_takeover(EVENT, FIRST, RIVAL)
    assert (await hall.score(SAM, (1, 0), lastUpdated=tapped_at)).outcome == "applied"
    async with hall.db.read() as session:
        claim = await claim_of(session, EVENT, FIRST, hall.now)
    assert claim.takeover is not None


async def test_scoring_renews_the_claim(sam_scores: Hall) -> None:
    hall = sam_scores
    hall.now += LEASE - 1_000
    await hall.score(SAM, (1, 0))
    async with hall.db.read() as session:
        claim = await claim_of(session, EVENT, FIRST, hall.now)
    assert claim.expires_at == hall.now + LEASE


async def test_one_bad_update_never_blocks_the_rest(sam_scores: Hall) -> None:
    outcomes = await sam_scores.batch(
        SAM,
        update((1, 0), action="point"),
        update((-5, 0)),
        update((1, 0), match_id=424242),
        update((2, 0), action="point"),
        sent_at=sam_scores.now,
    )
    assert [outcome.outcome for outcome in outcomes] == [
        "applied",
        "rejected",
        "rejected",
        "applied",
    ]
    assert await sam_scores.points() == (2, 0)


async def test_who_keeps_the_score_shows_in_how_far_it_is_trusted(hall: Hall) -> None:
    for person, provenance in ((SAM, "fan"), (COACH, "team"), (OWNER, "official")):
        await hall.claims.claim(EVENT, FIRST, person)
        outcome = await hall.score(person, (1, 0))
        assert outcome.score is not None
        assert outcome.score.provenance == provenance
        await hall.claims.release(EVENT, FIRST, person)


async def test_a_completed_set_keeps_the_time_at_which_it_first_was(sam_scores: Hall) -> None:
    hall = sam_scores
    first = await hall.score(SAM, (25, 20))
    hall.now += 60_000
    second = await hall.score(SAM, (25, 20), (1, 0))
    assert first.score is not None
    assert second.score is not None
    assert second.score.sets[0].completed_at == first.score.sets[0].completed_at
    assert second.score.sets[1].completed_at is None


async def test_the_organizer_brings_a_lost_update_back(sam_scores: Hall) -> None:
    hall = sam_scores
    hall.now += 60_000
    await hall.score(SAM, (5, 3), lastUpdated=hall.now)
    await hall.score(SAM, (4, 4), lastUpdated=hall.now - 5_000)
    async with hall.db.read() as session:
        [conflict] = await conflicts_of(session, EVENT, author_id=SAM.id)
    await hall.claims.release(EVENT, FIRST, SAM)
    with pytest.raises(Problem) as problem:
        await restore_conflict(hall.db, hall.bell, EVENT, conflict.id, SAM)
    assert problem.value.status == 403
    score = await restore_conflict(hall.db, hall.bell, EVENT, conflict.id, OWNER)
    assert (score.sets[0].team1_score, score.sets[0].team2_score) == (4, 4)
    assert (await hall.history()).total == 2
