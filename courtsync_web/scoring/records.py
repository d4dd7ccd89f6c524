"""Appending one accepted update to a match: history, newest state, nothing else."""

from dataclasses import dataclass, field
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.scoring.models import Score, ScoreUpdate
from courtsync_web.volleyball.check import Checked


@dataclass(frozen=True, slots=True)
class Accepted:
    """An update that has passed every check, as it will be kept.

    ``sets`` are ``[team1, team2, completedAt]`` rows; ``happened_at`` is server time.
    """

    match_id: int
    status: str
    sets: list[list[int | None]]
    serving: int | None
    timeouts: list[int]
    checked: Checked
    action: str
    happened_at: int
    arrived_at: int
    provenance: str
    author_id: str | None
    detail: dict[str, Any] = field(default_factory=dict)
    update_id: str | None = None
    base_revision: int | None = None
    fence: int | None = None

    def state(self) -> dict[str, Any]:
        """The score after it, as the history keeps it."""
        return {
            "status": self.status,
            "sets": self.sets,
            "serving": self.serving,
            "timeouts": self.timeouts,
            "outcome": self.checked.outcome,
        }


async def append(
    session: AsyncSession, event_id: str, former: Score | None, accepted: Accepted, seq: int
) -> Score:
    """Write the history row and the newest state; ``former`` is the state before, if any."""
    score = new_score(event_id, accepted, seq)
    if former is not None:
        score.revision = former.revision + 1
        score = former.sqlmodel_update(score.model_dump())
    session.add(score)
    session.add(history_row(event_id, score.revision, seq, accepted))
    await session.flush()
    return score


def new_score(event_id: str, accepted: Accepted, seq: int) -> Score:
    """The newest state as a row: revision 1, until a former one says more."""
    team1, team2 = accepted.checked.sets_won
    return Score(
        event_id=event_id,
        match_id=accepted.match_id,
        status=accepted.status,
        sets=accepted.sets,
        sets_won1=team1,
        sets_won2=team2,
        winner=accepted.checked.winner,
        outcome=accepted.checked.outcome,
        serving=accepted.serving,
        timeouts=accepted.timeouts,
        warnings=list(accepted.checked.warnings),
        provenance=accepted.provenance,
        revision=1,
        fence=accepted.fence,
        seq=seq,
        changed_at=accepted.happened_at,
        author_id=accepted.author_id,
    )


def history_row(event_id: str, revision: int, seq: int, accepted: Accepted) -> ScoreUpdate:
    return ScoreUpdate(
        event_id=event_id,
        match_id=accepted.match_id,
        revision=revision,
        seq=seq,
        update_id=accepted.update_id,
        base_revision=accepted.base_revision,
        fence=accepted.fence,
        action=accepted.action,
        detail=accepted.detail,
        state=accepted.state(),
        author_id=accepted.author_id,
        happened_at=accepted.happened_at,
        arrived_at=accepted.arrived_at,
    )
