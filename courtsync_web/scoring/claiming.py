"""What becomes of a match's claim inside an open write transaction."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import to_utc
from courtsync_web.db import Transaction
from courtsync_web.errors import FieldError, Problem
from courtsync_web.events.actions import lock_event
from courtsync_web.happenings import MatchCalled
from courtsync_web.scoring.lease import (
    LEASE,
    LONGEST,
    free,
    give,
    holder_at,
    takeover_is_due,
)
from courtsync_web.scoring.models import Claim, Hold, Score, ScoreUpdate
from courtsync_web.scoring.queries import claim_of
from courtsync_web.scoring.scorers import Ruled, match_for_scoring, match_in, runs
from courtsync_web.scoring.updates import ClaimDocument


@dataclass(frozen=True, slots=True)
class Made:
    """A claim that was made without network: when, and the revision of the score seen then."""

    at: int
    seen: int | None


async def take_claim(
    tx: Transaction,
    event: Ruled,
    match_id: int,
    person: Person,
    now: int,
    until: int,
    made: Made | None = None,
) -> tuple[Claim, bool]:
    """Give a free match's claim to a person, or extend the one they hold. True: it is new.

    One that was ``made`` earlier counts from then. Raises 409 ``claimed-by-other`` where
    somebody else holds it, and ``scored-meanwhile`` where somebody else has kept the score
    since it was made: then there are two scores, and people decide.
    """
    session = tx.session
    await match_for_scoring(session, event, match_id, person)
    claim = await locked_claim(session, event.id, match_id, now)
    holder = holder_at(claim, now)
    if holder not in (None, person.id):
        raise claimed_by_other(await claim_of(session, event.id, match_id, now))
    if holder is not None:
        await renew(session, claim, until)
        return claim, False
    if made is not None and await scored_by_others(session, claim, person, made):
        raise Problem(409, "scored-meanwhile", "Somebody else has kept this score meanwhile.")
    begins = now if made is None else max(made.at, await last_end(session, claim))
    session.add(give(claim, person.id, min(begins, now), until))
    await call(tx, claim, now)
    return claim, True


async def call(tx: Transaction, claim: Claim, now: int) -> None:
    """Somebody is at the table of a match that has not begun."""
    if await tx.session.get(Score, (claim.event_id, claim.match_id)) is None:
        await tx.tell(MatchCalled(event_id=claim.event_id, match_id=claim.match_id, at=now))


async def scored_by_others(session: AsyncSession, claim: Claim, person: Person, made: Made) -> bool:
    """Has anybody else changed the score since the revision that was seen, or since then?"""
    since: ColumnElement[bool] = (
        col(ScoreUpdate.happened_at) > made.at
        if made.seen is None
        else col(ScoreUpdate.revision) > made.seen
    )
    theirs = or_(col(ScoreUpdate.author_id) != person.id, col(ScoreUpdate.author_id).is_(None))
    found = await session.exec(
        select(col(ScoreUpdate.id)).where(*of_match(ScoreUpdate, claim), since, theirs).limit(1)
    )
    return found.first() is not None


async def last_end(session: AsyncSession, claim: Claim) -> int:
    """When the last claim of the match ended; 0 if it never had one."""
    ends = select(col(Hold.expires_at)).where(*of_match(Hold, claim))
    found = await session.exec(ends.order_by(col(Hold.expires_at).desc()).limit(1))
    return found.first() or 0


def of_match(
    table: type[Hold] | type[ScoreUpdate], claim: Claim
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(table.event_id) == claim.event_id, col(table.match_id) == claim.match_id


async def let_go(
    session: AsyncSession,
    event: Ruled,
    match_id: int,
    person: Person,
    now: int,
    fence: int | None = None,
) -> Claim | None:
    """End a claim one holds; the event's organizer may end anybody's. None: it was free.

    ``fence`` means that claim of one's own and no later one: if it has ended, all is well.
    """
    await match_in(session, event.id, match_id)
    claim = await locked_claim(session, event.id, match_id, now)
    holder = holder_at(claim, now)
    if holder != person.id and await was_theirs(session, claim, person, fence):
        if claim.holder_id != person.id:
            return None
        holder = person.id  # it ran out, and nobody has had it since
    if holder != person.id and not runs(event, person):
        raise Problem(403, "claim-required", "You do not keep the score of this match.")
    if holder is None:
        return None
    await end_hold(session, claim, now)
    free(claim)
    return claim


async def was_theirs(
    session: AsyncSession, claim: Claim, person: Person, fence: int | None
) -> bool:
    if fence is None:
        return False
    hold = await session.get(Hold, (claim.event_id, claim.match_id, fence))
    return hold is not None and hold.holder_id == person.id


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
