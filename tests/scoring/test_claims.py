"""A claim is a lease with a fence: it expires, renews, and changes hands politely."""

import pytest

from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.errors import Problem
from courtsync_web.scoring import claims as claims_module
from courtsync_web.scoring.claims import Claims
from courtsync_web.scoring.lease import ASK_AGAIN_AFTER, LEASE, LONGEST, REFUSAL_TIME
from courtsync_web.scoring.queries import claim_of
from courtsync_web.scoring.updates import ClaimDocument
from tests.world import EVENT, FIRST, OWNER, RIVAL, SAM, Bell, build_world


class Clock:
    """The hall's clock, moved by the test."""

    def __init__(self) -> None:
        self.now = now_ms()

    def __call__(self) -> int:
        return self.now

    def passes(self, milliseconds: int) -> None:
        self.now += milliseconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(claims_module, "now_ms", clock)
    return clock


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
async def claims(db: Database, bell: Bell, clock: Clock) -> Claims:
    await build_world(db)
    return Claims(db, bell)


async def claim_now(db: Database, clock: Clock) -> ClaimDocument:
    async with db.read() as session:
        return await claim_of(session, EVENT, FIRST, clock.now)


async def refused(code: str, action: object) -> Problem:
    with pytest.raises(Problem) as problem:
        await action  # type: ignore[misc]
    assert problem.value.code == code
    return problem.value


async def test_a_claim_lasts_ten_minutes(db: Database, claims: Claims, clock: Clock) -> None:
    claim, taken = await claims.claim(EVENT, FIRST, SAM)
    assert taken
    assert claim.claimed_by_name == "Sam"
    assert claim.expires_at == clock.now + LEASE
    clock.passes(LEASE)
    assert not (await claim_now(db, clock)).claimed


async def test_the_holder_claims_again_and_it_is_extended(claims: Claims, clock: Clock) -> None:
    first, _ = await claims.claim(EVENT, FIRST, SAM)
    clock.passes(60_000)
    again, taken = await claims.claim(EVENT, FIRST, SAM)
    assert not taken
    assert again.fence == first.fence
    assert again.claimed_at == first.claimed_at
    assert again.expires_at == clock.now + LEASE


async def test_another_is_told_who_holds_it_and_until_when(claims: Claims) -> None:
    held, _ = await claims.claim(EVENT, FIRST, SAM)
    problem = await refused("claimed-by-other", claims.claim(EVENT, FIRST, RIVAL))
    assert problem.status == 409
    assert problem.extra["claimedByName"] == "Sam"
    assert problem.extra["expiresAt"] == held.expires_at
    assert "Sam" in problem.detail


async def test_the_fence_rises_with_every_change_of_hands(claims: Claims, clock: Clock) -> None:
    first, _ = await claims.claim(EVENT, FIRST, SAM)
    await claims.release(EVENT, FIRST, SAM)
    second, _ = await claims.claim(EVENT, FIRST, RIVAL)
    clock.passes(LEASE + 1)
    third, _ = await claims.claim(EVENT, FIRST, SAM)
    assert first.fence < second.fence < third.fence


async def test_an_asked_for_end_is_kept_within_reason(claims: Claims, clock: Clock) -> None:
    claim, _ = await claims.claim(EVENT, FIRST, SAM, clock.now + 60_000)
    assert claim.expires_at == clock.now + 60_000
    claim, _ = await claims.claim(EVENT, FIRST, SAM, clock.now + 9 * LONGEST)
    assert claim.expires_at == clock.now + LONGEST
    await refused("validation", claims.claim(EVENT, FIRST, SAM, clock.now - 1))


async def test_only_the_holder_or_the_organizer_ends_a_claim(
    db: Database, claims: Claims, clock: Clock
) -> None:
    await claims.claim(EVENT, FIRST, SAM)
    await refused("claim-required", claims.release(EVENT, FIRST, RIVAL))
    assert (await claim_now(db, clock)).claimed
    await claims.release(EVENT, FIRST, OWNER)
    assert not (await claim_now(db, clock)).claimed


async def test_a_takeover_waits_for_the_holders_word(
    db: Database, claims: Claims, clock: Clock
) -> None:
    held, _ = await claims.claim(EVENT, FIRST, SAM)
    asked, mine = await claims.ask_takeover(EVENT, FIRST, RIVAL)
    assert not mine
    assert asked.claimed_by == SAM.id
    assert asked.takeover is not None
    assert asked.takeover.by_name == "Rival"
    assert asked.takeover.until == clock.now + REFUSAL_TIME
    clock.passes(REFUSAL_TIME)
    await claims.settle_takeover(EVENT, FIRST)
    taken = await claim_now(db, clock)
    assert taken.claimed_by == RIVAL.id
    assert taken.fence > held.fence
    assert taken.takeover is None


async def test_the_holder_refuses_and_nobody_asks_again_at_once(
    db: Database, claims: Claims, clock: Clock
) -> None:
    await claims.claim(EVENT, FIRST, SAM)
    await claims.ask_takeover(EVENT, FIRST, RIVAL)
    await claims.refuse_takeover(EVENT, FIRST, SAM)
    clock.passes(REFUSAL_TIME + 1)
    await claims.settle_takeover(EVENT, FIRST)
    assert (await claim_now(db, clock)).claimed_by == SAM.id
    problem = await refused("takeover-refused", claims.ask_takeover(EVENT, FIRST, RIVAL))
    assert int(problem.headers["Retry-After"]) > 0
    clock.passes(ASK_AGAIN_AFTER)
    asked, _ = await claims.ask_takeover(EVENT, FIRST, RIVAL)
    assert asked.takeover is not None


async def test_a_stranger_cannot_refuse_for_the_holder(claims: Claims) -> None:
    await claims.claim(EVENT, FIRST, SAM)
    await claims.ask_takeover(EVENT, FIRST, RIVAL)
    await refused("no-takeover", claims.refuse_takeover(EVENT, FIRST, OWNER))


async def test_a_free_match_is_taken_over_at_once(claims: Claims) -> None:
    claim, mine = await claims.ask_takeover(EVENT, FIRST, RIVAL)
    assert mine
    assert claim.claimed_by == RIVAL.id


async def test_a_takeover_that_is_due_counts_even_before_it_is_written(
    claims: Claims, clock: Clock
) -> None:
    await claims.claim(EVENT, FIRST, SAM)
    await claims.ask_takeover(EVENT, FIRST, RIVAL)
    clock.passes(REFUSAL_TIME)
    await refused("claimed-by-other", claims.claim(EVENT, FIRST, SAM))
    again, taken = await claims.claim(EVENT, FIRST, RIVAL)
    assert again.claimed_by == RIVAL.id
    assert not taken


async def test_every_change_rings_with_a_new_seq(claims: Claims, bell: Bell) -> None:
    await claims.claim(EVENT, FIRST, SAM)
    await claims.release(EVENT, FIRST, SAM)
    seqs = [seq for event_id, seq in bell.rings if event_id == EVENT]
    assert seqs == sorted(set(seqs))
    assert len(seqs) == 2


async def test_a_refused_claim_changes_and_rings_nothing(claims: Claims, bell: Bell) -> None:
    await claims.claim(EVENT, FIRST, SAM)
    before = list(bell.rings)
    await refused("claimed-by-other", claims.claim(EVENT, FIRST, RIVAL))
    await refused("not-found", claims.claim(EVENT, 424242, RIVAL))
    assert bell.rings == before


async def test_an_event_may_keep_scoring_to_its_organizer(
    db: Database, bell: Bell, clock: Clock
) -> None:
    await build_world(db, scoring_policy="members")
    claims = Claims(db, bell)
    await refused("not-a-scorer", claims.claim(EVENT, FIRST, SAM))
    claim, _ = await claims.claim(EVENT, FIRST, OWNER)
    assert claim.claimed_by == OWNER.id
