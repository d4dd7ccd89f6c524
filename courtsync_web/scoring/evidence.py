"""What an update brings to show that its author kept the score when it was made."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.errors import Problem
from courtsync_web.scoring.models import ScoreUpdate, Verdict
from courtsync_web.scoring.sheet import Table
from courtsync_web.scoring.verdicts import Deed, Known, problem_from

TOO_LATE = ("claimed-by-other", "scored-meanwhile")
"""Why a claim made without network is refused although its maker may keep score: what was
scored under it is kept beside the score that stands."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """``fence``: the claim it names. ``at``: when it was made, by the server's clock."""

    fence: int | None
    at: int | None
    refused_claim: str | None = None
    """The claim op that came too late; what was made under it is one log."""


def evidence_of(
    deed: Deed, person: Person, fence: int | None, at: int | None, claim: Known | None
) -> Evidence:
    """What an update shows; ``claim`` is what was said about the claim op that it names.

    Raises 425 ``claim-unknown`` while that claim op has not arrived, and what it was refused
    with if its maker may not keep score at all.
    """
    if deed.claim_id is None:
        return Evidence(fence, at)
    if claim is None:
        raise Problem(425, "claim-unknown", "Send the claim first under which this was made.")
    its = (claim.author_id, claim.kind, claim.event_id, claim.match_id)
    if its != (person.id, "claim", deed.event_id, deed.match_id):
        raise Problem(403, "claim-required", "This was not made under a claim of this match.")
    if claim.outcome == "applied" and claim.answer:
        return Evidence(claim.answer["fence"], at)
    problem = problem_from(claim.problem or {})
    if problem.code not in TOO_LATE:
        raise problem
    return Evidence(None, at, claim.update_id)


async def too_late_claim(session: AsyncSession, deed: Deed, person: Person) -> str | None:
    """For a phone that names no claim: its last one on the match, if that came too late."""
    if deed.device_id is None:
        return None
    found = await session.exec(
        select(Verdict)
        .where(
            col(Verdict.author_id) == person.id,
            col(Verdict.device_id) == deed.device_id,
            col(Verdict.event_id) == deed.event_id,
            col(Verdict.match_id) == deed.match_id,
            col(Verdict.kind).in_(("claim", "release")),
        )
        .order_by(col(Verdict.created_at).desc(), col(Verdict.device_seq).desc())
        .limit(1)
    )
    last = found.first()
    if last is None or (last.problem or {}).get("code") not in TOO_LATE:
        return None
    return last.update_id


async def count_behind(
    session: AsyncSession, table: Table, device_id: str, person_id: str
) -> int | None:
    """To which number this phone had counted at the update whose score stands, if it was its."""
    if table.score is None or table.score.author_id != person_id:
        return None
    found = await session.exec(
        select(Verdict.device_seq)
        .join(ScoreUpdate, func.lower(col(ScoreUpdate.update_id)) == col(Verdict.update_id))
        .where(
            col(ScoreUpdate.event_id) == table.event_id,
            col(ScoreUpdate.match_id) == table.match_id,
            col(ScoreUpdate.revision) == table.score.revision,
            col(Verdict.device_id) == device_id,
        )
    )
    return found.first()
