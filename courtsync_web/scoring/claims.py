"""Claiming a match, renewing, releasing, and taking over politely."""

import asyncio

from sqlmodel import col, select

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database, Transaction
from courtsync_web.errors import Problem
from courtsync_web.events.actions import lock_event, next_seq
from courtsync_web.events.queries import event_for
from courtsync_web.live.bus import Bus
from courtsync_web.scoring.claiming import (
    hand_over,
    lease_end,
    let_go,
    locked_claim,
    renew,
    stored_claim,
    take_claim,
)
from courtsync_web.scoring.lease import (
    ASK_AGAIN_AFTER,
    LEASE,
    REFUSAL_TIME,
    forget_asking,
    give,
    holder_at,
    takeover_is_due,
)
from courtsync_web.scoring.models import Claim
from courtsync_web.scoring.queries import claim_of
from courtsync_web.scoring.scorers import match_for_scoring, match_in
from courtsync_web.scoring.updates import ClaimDocument

LOOK_EVERY = 2.0
"""Seconds between looks for takeovers that nobody has settled."""


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
            claim, taken = await take_claim(tx, event, match_id, person, now, until)
            await self.announce(tx, claim)
            return await claim_of(tx.session, event_id, match_id, now), taken

    async def release(self, event_id: str, match_id: int, person: Person) -> None:
        """Let go of a claim one holds; the event's organizer may end anybody's."""
        now = now_ms()
        async with self.db.write() as tx:
            event = await event_for(tx.session, event_id, person)
            claim = await let_go(tx.session, event, match_id, person, now)
            if claim is not None:
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

    async def look_after_takeovers(self) -> None:
        """A background task: settles what is due and nobody has settled, because whoever took
        the question has stopped since."""
        while True:
            async with self.db.read() as session:
                asked = (
                    await session.exec(
                        select(Claim).where(
                            col(Claim.asked_by_id).is_not(None), col(Claim.asked_until) <= now_ms()
                        )
                    )
                ).all()
            for claim in asked:
                await self.settle_takeover(claim.event_id, claim.match_id)
            await asyncio.sleep(LOOK_EVERY)

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

    async def announce(self, tx: Transaction, claim: Claim) -> None:
        claim.seq = await next_seq(tx.session, claim.event_id)
        tx.session.add(claim)
        await tx.session.flush()
        tx.after_commit(lambda: self.bus.ring(claim.event_id, claim.seq))


def refuse_if_just_refused(claim: Claim, now: int) -> None:
    if claim.refused_until is not None and claim.refused_until > now:
        wait = -(-(claim.refused_until - now) // 1000)
        raise Problem(
            409,
            "takeover-refused",
            "The scorer has just refused. Ask again in a minute.",
            headers={"Retry-After": str(wait)},
        )
