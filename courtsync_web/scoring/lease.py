"""A claim is a lease with a fence, not a lock.

Pure: what a claim is at an instant, and what becomes of it. The fence rises at every change
of hands and never falls, so a late message from a former holder is recognised as such.
"""

from typing import Protocol

from courtsync_web.scoring.models import Claim, Hold

LEASE = 10 * 60_000
"""Milliseconds a claim lasts unless it is renewed; scoring renews it."""
LONGEST = 4 * 60 * 60_000
"""Milliseconds a claim may be asked for: a long match, and no forgotten one for a day."""
REFUSAL_TIME = 15_000
"""Milliseconds the holder has to refuse a takeover."""
ASK_AGAIN_AFTER = 60_000
"""Milliseconds after a refusal in which nobody may ask again."""


class Held(Protocol):
    """A claim, as a row of its table or as a score sheet has it."""

    holder_id: str | None
    expires_at: int
    asked_by_id: str | None
    asked_until: int | None


def holder_at(claim: Held | None, now: int) -> str | None:
    """Who holds the claim at ``now``; an unrefused takeover has happened when its time is up."""
    if claim is None or claim.holder_id is None:
        return None
    if takeover_is_due(claim, now):
        return claim.asked_by_id
    return claim.holder_id if claim.expires_at > now else None


def takeover_is_due(claim: Held, now: int) -> bool:
    """Has somebody asked, and has the holder let the time to refuse pass?"""
    return claim.asked_by_id is not None and (claim.asked_until or 0) <= now


def give(claim: Claim, person_id: str, now: int, expires_at: int) -> Hold:
    """Hand the claim to a person under a new fence."""
    claim.fence += 1
    claim.holder_id = person_id
    claim.claimed_at = now
    claim.expires_at = expires_at
    forget_asking(claim)
    claim.refused_until = None
    return Hold(
        event_id=claim.event_id,
        match_id=claim.match_id,
        fence=claim.fence,
        holder_id=person_id,
        claimed_at=now,
        expires_at=expires_at,
    )


def free(claim: Claim) -> None:
    """End the claim; its fence stays."""
    claim.holder_id = None
    forget_asking(claim)


def forget_asking(claim: Held) -> None:
    claim.asked_by_id = None
    claim.asked_until = None
