"""Appending one accepted update to a match: history, newest state, and what it means."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from courtsync_web.db import Transaction
from courtsync_web.happenings import Happening, MatchFinal, MatchStarted, SetWon
from courtsync_web.scoring.models import Score, ScoreUpdate
from courtsync_web.scoring.sheet import Standing
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
    tx: Transaction, event_id: str, former: Score | None, accepted: Accepted, seq: int
) -> Score:
    """Write the history row and the newest state; ``former`` is the state before, if any."""
    told = list(happenings_of(event_id, former, accepted))
    revision = former.revision + 1 if former else 1
    row = score_row(event_id, revision, seq, accepted)
    score = former.sqlmodel_update(row) if former else Score(**row)
    tx.session.add(score)
    tx.session.add(ScoreUpdate(**history_row(event_id, revision, seq, accepted)))
    await tx.session.flush()
    for happening in told:
        await tx.tell(happening)
    return score


def score_row(event_id: str, revision: int, seq: int, accepted: Accepted) -> dict[str, Any]:
    """The newest state, column by column."""
    team1, team2 = accepted.checked.sets_won
    return {
        "event_id": event_id,
        "match_id": accepted.match_id,
        "status": accepted.status,
        "sets": accepted.sets,
        "sets_won1": team1,
        "sets_won2": team2,
        "winner": accepted.checked.winner,
        "outcome": accepted.checked.outcome,
        "serving": accepted.serving,
        "timeouts": accepted.timeouts,
        "warnings": list(accepted.checked.warnings),
        "provenance": accepted.provenance,
        "revision": revision,
        "fence": accepted.fence,
        "seq": seq,
        "changed_at": accepted.happened_at,
        "author_id": accepted.author_id,
    }


def history_row(event_id: str, revision: int, seq: int, accepted: Accepted) -> dict[str, Any]:
    """The update as the history keeps it, column by column."""
    return {
        "event_id": event_id,
        "match_id": accepted.match_id,
        "revision": revision,
        "seq": seq,
        "update_id": accepted.update_id,
        "base_revision": accepted.base_revision,
        "fence": accepted.fence,
        "action": accepted.action,
        "detail": accepted.detail,
        "state": accepted.state(),
        "author_id": accepted.author_id,
        "happened_at": accepted.happened_at,
        "arrived_at": accepted.arrived_at,
    }


def happenings_of(
    event_id: str, former: Score | Standing | None, accepted: Accepted
) -> Iterator[Happening]:
    """What has become true with ``accepted``. Corrections that open nothing tell nothing."""
    match_id, at = accepted.match_id, accepted.happened_at
    status = former.status if former else "not-started"
    if accepted.status == "completed":
        if status != "completed":
            yield MatchFinal(
                event_id=event_id,
                at=at,
                match_id=match_id,
                sets=tuple((row[0] or 0, row[1] or 0) for row in accepted.sets),
                sets_won=accepted.checked.sets_won,
                winner=accepted.checked.winner,
            )
        return
    if accepted.status == "in-progress" and status == "not-started":
        yield MatchStarted(event_id=event_id, at=at, match_id=match_id)
    before = ended(former.sets) if former else 0
    for number in range(before, ended(accepted.sets)):
        first, second, _ = accepted.sets[number]
        yield SetWon(
            event_id=event_id,
            at=at,
            match_id=match_id,
            number=number + 1,
            points=(first or 0, second or 0),
            sets_won=accepted.checked.sets_won,
        )


def ended(sets: list[list[int | None]]) -> int:
    """How many of these sets are over."""
    return sum(row[2] is not None for row in sets)
