"""Claiming a match, renewing, releasing, and taking over politely."""

import asyncio

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms, to_utc
from courtsync_web.db import Database, Transaction
from courtsync_web.errors import FieldError, Problem
from courtsync_web.events.actions import lock_event, next_seq
from courtsync_web.events.queries import event_for
from courtsync_web.happenings import MatchCalled
from courtsync_web.live.bus import Bus
from courtsync_web.scoring.lease import (
    ASK_AGAIN_AFTER,
    LEASE,
    LONGEST,
    REFUSAL_TIME,
    forget_asking,
    free,
    give,
    holder_at,
    takeover_is_due,
)
from courtsync_web.scoring.models import Claim, Hold, Score
from courtsync_web.scoring.queries import claim_of
from courtsync_web.scoring.scorers import match_for_scoring, match_in, runs
from courtsync_web.scoring.updates import ClaimDocument


class Claims:
    """The writes to claims. ``door`` and ``bus`` are the application's."""

    def __init__(self, db: Database, bus: Bus) -> None:
        self.db = db
        self.bus = bus
        self._settling: set[asyncio.Task[None]] = set()

    async def claim(
        self, event_id: str, match_id: int, person: Person, expires_at: int | None = None
    ) -> tuple[ClaimDocument, bool]:
        """Claim a match, or extend the claim one holds. True: it changed hands."""
        now = now_ms()
        until = lease_end(expires_at, now)
        async with self.db.write() as tx:
            event = await event_for(tx.session, event_id, person)
            await match_for_scoring(tx.session, event, match_id, person)
            claim = await locked_claim(tx.session, event_id, match_id, now)
            holder = holder_at(claim, now)
            if holder not in (None, person.id):
                document = await claim_of(tx.session, event_id, match_id, now)
                raise claimed_by_other(document)
            taken = holder is None
            if taken:
                tx.session.add(give(claim, person.id, now, until))
                await self.call(tx, claim, now)
            else:
                await renew(tx.session, claim, until)
            await self.announce(tx, claim)
            return await claim_of(tx.session, event_id, match_id, now), taken

    async def release(self, event_id: str, match_id: int, person: Person) -> None:
        """Let go of a claim one holds; the event's organizer may end anybody's."""
        now = now_ms()
        async with self.db.write() as tx:
            event = await event_for(tx.session, event_id, person)
            await match_in(tx.session, event_id, match_id)
            claim = await locked_claim(tx.session, event_id, match_id, now)
            holder = holder_at(claim, now)
            if holder != person.id and not runs(event, person):
                raise Problem(403, "claim-required", "You do not keep the score of this match.")
            if holder is not None:
                await end_hold(tx.session, claim, now)
                free(claim)
                await self.announce(tx, claim)

    async def ask_takeover(
        self, event_id: str, match_id: int, person: Person
    ) -> tuple[ClaimDocument, bool]:
        """Ask the holder for the claim. True: it is the asker's now."""
        now = now_ms()
        async with self.db.write() as tx:
            event = await event_for(tx.session, event_id, person)
            await match_for_scoring(tx.session, event, match_id, person)
            claim = await locked_claim(tx.session, event_id, match_id, now)
            holder = holder_at(claim, now)
            if holder is None:
                tx.session.add(give(claim, person.id, now, now + LEASE))
            elif holder != person.id and claim.asked_by_id is None:
                refuse_if_just_refused(claim, now)
                claim.asked_by_id = person.id
                claim.asked_until = now + REFUSAL_TIME
            elif claim.asked_by_id not in (None, person.id):
                raise Problem(409, "takeover-asked", "Somebody else has just asked to take over.")
            await self.announce(tx, claim)
            document = await claim_of(tx.session, event_id, match_id, now)
        if document.takeover is not None:
            self.settle_in(document.takeover.until - now, event_id, match_id)
        return document, document.claimed_by == person.id

    async def refuse_takeover(self, event_id: str, match_id: int, person: Person) -> None:
        """The holder keeps the claim, or the asker withdraws."""
        now = now_ms()
        async with self.db.write() as tx:
            await event_for(tx.session, event_id, person)
            await match_in(tx.session, event_id, match_id)
            claim = await locked_claim(tx.session, event_id, match_id, now)
            if claim.asked_by_id is None or person.id not in (claim.holder_id, claim.asked_by_id):
                raise Problem(403, "no-takeover", "There is no takeover for you to refuse.")
            if person.id == claim.holder_id:
                claim.refused_until = now + ASK_AGAIN_AFTER
                await renew(tx.session, claim, now + LEASE)
            forget_asking(claim)
            await self.announce(tx, claim)

    def settle_in(self, milliseconds: int, event_id: str, match_id: int) -> None:
        """Hand over when the time to refuse is up, even if nobody asks about it then."""

        async def settle() -> None:
            await asyncio.sleep(max(0, milliseconds) / 1000)
            await self.settle_takeover(event_id, match_id)

        task = asyncio.create_task(settle())
        self._settling.add(task)
        task.add_done_callback(self._settling.discard)

    async def settle_all(self) -> None:
        """At start: takeovers that were asked for before the last stop."""
        async with self.db.read() as session:
            asked = (
                await session.exec(select(Claim).where(col(Claim.asked_by_id).is_not(None)))
            ).all()
        for claim in asked:
            self.settle_in((claim.asked_until or 0) - now_ms(), claim.event_id, claim.match_id)

    def close(self) -> None:
        """Stop waiting; whoever starts next settles what is due."""
        for task in self._settling:
            task.cancel()

    async def settle_takeover(self, event_id: str, match_id: int) -> None:
        """Hand over a claim whose holder has let the time to refuse pass."""
        now = now_ms()
        async with self.db.write() as tx:
            await lock_event(tx.session, event_id)
            claim = await stored_claim(tx.session, event_id, match_id)
            if claim is not None and takeover_is_due(claim, now):
                await hand_over(tx.session, claim, now)
                await self.announce(tx, claim)

    async def call(self, tx: Transaction, claim: Claim, now: int) -> None:
        """Somebody is at the table of a match that has not begun."""
        if await tx.session.get(Score, (claim.event_id, claim.match_id)) is None:
            await tx.tell(MatchCalled(event_id=claim.event_id, match_id=claim.match_id, at=now))

    async def announce(self, tx: Transaction, claim: Claim) -> None:
        claim.seq = await next_seq(tx.session, claim.event_id)
        tx.session.add(claim)
        await tx.session.flush()
        tx.after_commit(lambda: self.bus.ring(claim.event_id, claim.seq))


async def stored_claim(session: AsyncSession, event_id: str, match_id: int) -> Claim | None:
    """The row of a match's claim; none if it was never claimed."""
    found = await session.exec(
        select(Claim).where(col(Claim.event_id) == event_id, col(Claim.match_id) == match_id)
    )
    return found.first()


async def locked_claim(session: AsyncSession, event_id: str, match_id: int, now: int) -> Claim:
    """The match's claim as it is at ``now``: a takeover that is due has happened."""
    await lock_event(session, event_id)  # no two change hands at once
    claim = await stored_claim(session, event_id, match_id)
    if claim is None:
        return Claim(
            event_id=event_id, match_id=match_id, fence=0, claimed_at=now, expires_at=now, seq=0
        )
    if takeover_is_due(claim, now):
        await hand_over(session, claim, now)
    return claim


async def hand_over(session: AsyncSession, claim: Claim, now: int) -> None:
    assert claim.asked_by_id is not None
    await end_hold(session, claim, now)
    session.add(give(claim, claim.asked_by_id, now, now + LEASE))


async def renew(session: AsyncSession, claim: Claim, until: int) -> None:
    """Extend a claim, never shorten it."""
    claim.expires_at = max(claim.expires_at, until)
    hold = await session.get(Hold, (claim.event_id, claim.match_id, claim.fence))
    if hold is not None:
        hold.expires_at = claim.expires_at


async def end_hold(session: AsyncSession, claim: Claim, now: int) -> None:
    hold = await session.get(Hold, (claim.event_id, claim.match_id, claim.fence))
    if hold is not None:
        hold.expires_at = min(hold.expires_at, now)


def lease_end(asked: int | None, now: int) -> int:
    """When a claim made now ends: as asked, within reason, else after the usual lease."""
    if asked is None:
        return now + LEASE
    if asked <= now:
        raise Problem(
            422,
            "validation",
            "A claim cannot end before it begins.",
            [FieldError("/expiresAt", "lies in the past")],
        )
    return min(asked, now + LONGEST)


def claimed_by_other(document: ClaimDocument) -> Problem:
    until = to_utc(document.expires_at or 0).strftime("%H:%M UTC")
    return Problem(
        409,
        "claimed-by-other",
        f"{document.claimed_by_name} keeps the score of this match until {until}.",
        extra={
            "claimedBy": document.claimed_by,
            "claimedByName": document.claimed_by_name,
            "expiresAt": document.expires_at,
        },
    )


def refuse_if_just_refused(claim: Claim, now: int) -> None:
    if claim.refused_until is not None and claim.refused_until > now:
        wait = -(-(claim.refused_until - now) // 1000)
        raise Problem(
            409,
            "takeover-refused",
            "The scorer has just refused. Ask again in a minute.",
            headers={"Retry-After": str(wait)},
        )
