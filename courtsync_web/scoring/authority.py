"""By which claim an update speaks: the present one, or one its author held when it happened."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.errors import Problem
from courtsync_web.scoring.lease import holder_at, takeover_is_due
from courtsync_web.scoring.models import Hold
from courtsync_web.scoring.sheet import Lease, Table


@dataclass(frozen=True, slots=True)
class Authority:
    """A claim under which an update counts. ``claim`` none: it has ended since."""

    fence: int
    begins: int
    ends: int
    claim: Lease | None

    def clamp(self, happened_at: int | None, now: int) -> int:
        """The update's time, never outside the claim it was made under nor in the future."""
        if happened_at is None:
            return now
        return max(self.begins, min(happened_at, self.ends, now))


async def authority_over(
    session: AsyncSession,
    table: Table,
    person: Person,
    fence: int | None,
    happened_at: int | None,
    now: int,
) -> Authority:
    """The claim that makes this update count; refuses where there is none."""
    claim = table.claim
    if claim is not None and holder_at(claim, now) == person.id and not takeover_is_due(claim, now):
        return Authority(claim.fence, claim.claimed_at, now, claim)
    if happened_at is not None:
        for hold in await holds_of(session, table, person, fence):
            if hold.claimed_at <= happened_at <= hold.expires_at:
                return Authority(hold.fence, hold.claimed_at, hold.expires_at, None)
    raise Problem(403, "claim-required", "Claim this match first: only its scorer may change it.")


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
