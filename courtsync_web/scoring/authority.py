"""By which claim an update speaks: the present one, or one its author held when it happened."""

from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.errors import Problem
from courtsync_web.scoring.evidence import Evidence, too_late_claim
from courtsync_web.scoring.lease import holder_at, takeover_is_due
from courtsync_web.scoring.models import Hold, ScoreUpdate
from courtsync_web.scoring.sheet import Lease, Table
from courtsync_web.scoring.verdicts import Deed


@dataclass(frozen=True, slots=True)
class Authority:
    """A claim under which an update counts. ``claim`` none: it has ended since."""

    fence: int
    begins: int
    ends: int
    claim: Lease | None = None
    late: bool = False
    """It was made when the match had passed to somebody else: kept, but it never counts."""
    refused_claim: str | None = None
    """Made under a claim that came too late: under its id everything of that log is kept."""

    def clamp(self, happened_at: int | None, now: int) -> int:
        """The update's time, never outside the claim it was made under nor in the future."""
        if happened_at is None:
            return now
        return max(self.begins, min(happened_at, self.ends, now))

    def log(self, device_id: str | None) -> str | None:
        """Under which name a losing update is kept together with those made beside it."""
        if self.refused_claim is not None:
            return self.refused_claim
        return f"{device_id}/{self.fence}" if device_id else None


async def authority_over(
    session: AsyncSession, table: Table, person: Person, deed: Deed, evidence: Evidence, now: int
) -> Authority:
    """The claim that makes this update count; refuses where there is none."""
    if evidence.refused_claim is not None:
        return too_late(evidence.refused_claim, now)
    claim = table.claim
    held = claim is not None and speaks_for(claim, person, evidence.fence, now)
    if held and claim is not None and evidence.fence in (None, claim.fence):
        return Authority(claim.fence, claim.claimed_at, now, claim)
    holds = await holds_of(session, table, person, evidence.fence)
    if held and evidence.fence is not None:  # an older claim of who holds it again
        begins = holds[0].claimed_at if holds else now
        late = await scored_since(session, table, person, evidence.fence)
        return Authority(evidence.fence, begins, now, claim, late)
    for hold in holds:
        if evidence.at is not None and hold.claimed_at <= evidence.at <= hold.expires_at:
            return Authority(hold.fence, hold.claimed_at, hold.expires_at)
    if evidence.fence is not None and holds:
        return Authority(evidence.fence, holds[0].claimed_at, now, late=True)
    if evidence.fence is None and (refused := await too_late_claim(session, deed, person)):
        return too_late(refused, now)
    raise Problem(403, "claim-required", "Claim this match first: only its scorer may change it.")


def too_late(claim_id: str, now: int) -> Authority:
    """Of a log that was begun without network while somebody else had the match."""
    return Authority(0, 0, now, late=True, refused_claim=claim_id)


def speaks_for(claim: Lease, person: Person, fence: int | None, now: int) -> bool:
    """Whether the claim is the person's: it holds, or ran out and nobody has had it since.

    A lease that ran out unnoticed, in a hall without network, is taken up again by what was
    made under it: the fence proves that no other hand was between.
    """
    if takeover_is_due(claim, now):
        return False
    if holder_at(claim, now) == person.id:
        return True
    return claim.holder_id == person.id and claim.fence == fence


async def holds_of(
    session: AsyncSession, table: Table, person: Person, fence: int | None
) -> list[Hold]:
    """The claims this person has held on the match, newest first; ``fence`` names one."""
    wanted = [
        col(Hold.event_id) == table.event_id,
        col(Hold.match_id) == table.match_id,
        col(Hold.holder_id) == person.id,
    ]
    if fence is not None:
        wanted.append(col(Hold.fence) == fence)
    found = await session.exec(select(Hold).where(*wanted).order_by(col(Hold.fence).desc()))
    return list(found)


async def scored_since(session: AsyncSession, table: Table, person: Person, fence: int) -> bool:
    """Has somebody else kept the score under a later claim?"""
    found = await session.exec(
        select(col(ScoreUpdate.id))
        .where(
            col(ScoreUpdate.event_id) == table.event_id,
            col(ScoreUpdate.match_id) == table.match_id,
            col(ScoreUpdate.fence) > fence,
            or_(col(ScoreUpdate.author_id) != person.id, col(ScoreUpdate.author_id).is_(None)),
        )
        .limit(1)
    )
    return found.first() is not None
