"""Verdicts in the words of the answer, fresh or told again."""

import msgspec
from msgspec import Struct
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.coverage.documents import PlanDocument
from courtsync_web.errors import Problem
from courtsync_web.scoring.judgement import without_format
from courtsync_web.scoring.recorder import Outcome
from courtsync_web.scoring.updates import ClaimDocument
from courtsync_web.scoring.verdicts import Known, refuse_other_use, score_again
from courtsync_web.sync.reading import Given
from courtsync_web.sync.wire import SyncResult


def of_score(given_id: str, outcome: Outcome) -> SyncResult:
    """The verdict on a score."""
    problem = outcome.problem.document() if outcome.problem else None
    return SyncResult(given_id, outcome.outcome, problem=problem, score=outcome.score)


def put_off(given: Given, problem: Problem) -> SyncResult:
    """Nothing happened; the same op may be sent again."""
    return SyncResult(given.id, "retry", problem=problem.document())


def kept_answer(result: SyncResult) -> Struct | None:
    """What of an answer is remembered; its kind says which document it is.

    Not who just asks for a claim: that is over in seconds, and would name them for ever.
    """
    if result.claim:
        return msgspec.structs.replace(result.claim, takeover=None)
    return result.plan or without_format(result.score)


async def retold(session: AsyncSession, person: Person, given: Given, known: Known) -> SyncResult:
    """The same id once more: the same answer, unless it now says something else."""
    assert given.deed is not None
    try:
        refuse_other_use(known, person, given.deed.body_hash)
    except Problem as problem:
        return SyncResult(given.id, "rejected", problem=problem.document())
    outcome = "duplicate" if known.outcome == "applied" else known.outcome
    result = SyncResult(given.id, outcome, problem=known.problem)
    if known.kind == "score":
        result.score = await score_again(session, known)
    elif known.answer is not None:
        told = msgspec.to_builtins(known.answer)
        if known.kind == "plan":
            result.plan = msgspec.convert(told, PlanDocument)
        else:
            result.claim = msgspec.convert(told, ClaimDocument)
    return result
