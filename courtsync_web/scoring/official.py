"""Results that the tournament desk has published: official scores, with history."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.db import Transaction
from courtsync_web.events.formats_in_force import formats_of
from courtsync_web.events.models import Match
from courtsync_web.happenings import Happening
from courtsync_web.scoring.models import Conflict, Score, ScoreUpdate
from courtsync_web.scoring.records import (
    Accepted,
    append,
    happenings_of,
    history_row,
    score_row,
)
from courtsync_web.volleyball.check import Checked, check_score
from courtsync_web.volleyball.formats import Format
from courtsync_web.volleyball.state import Outcome

Result = tuple[int, Sequence[tuple[int, int]], str]
"""``(match_id, sets, outcome)``; outcome "" means: as the sets say."""


STILL_RUNNING = 3 * 60 * 60_000
"""Milliseconds after its printed end in which a match may still be running."""


async def record_official_results(
    tx: Transaction, event_id: str, results: Iterable[Result], seq: int, now: int
) -> int:
    """Record published results under the change ``seq``; returns how many were new.

    A result that stands already changes nothing. A score that people keep is left alone:
    where the desk disagrees with a finished one, the desk's becomes a conflict to settle.
    """
    session = tx.session
    formats = await formats_of(session, event_id)
    ends = await ends_of(session, event_id)
    standing = {
        score.match_id: score
        for score in await session.exec(select(Score).where(col(Score.event_id) == event_id))
    }
    fresh: list[Accepted] = []
    news: list[Happening] = []
    changed = 0
    for match_id, sets, outcome in results:
        over = (ends.get(match_id) or now) < now - STILL_RUNNING
        accepted = official(formats[match_id], match_id, sets, outcome, now, over=over)
        former = standing.get(match_id)
        if former is None:
            fresh.append(accepted)
            news += [] if over else happenings_of(event_id, None, accepted)
        elif former.author_id is None and former.fence is None:
            if same_result(former, accepted):
                continue
            await append(tx, event_id, former, accepted, seq)
            changed += 1
        elif former.status == "completed" and not same_result(former, accepted):
            await keep_disagreement(session, former, accepted, now)
    await insert_all(session, event_id, fresh, seq)
    for happening in news:
        await tx.tell(happening)
    return len(fresh) + changed


async def ends_of(session: AsyncSession, event_id: str) -> dict[int, int | None]:
    """When each match of an event is printed to end."""
    statement = select(col(Match.match_id), col(Match.ends_at))
    found = await session.exec(statement.where(col(Match.event_id) == event_id))
    return dict(found.all())


def official(
    format_: Format,
    match_id: int,
    sets: Sequence[tuple[int, int]],
    outcome: str,
    now: int,
    *,
    over: bool = False,
) -> Accepted:
    """A published result as an update.

    Sets that leave the match open mean that it still runs, unless its time is ``over``.
    """
    numbered = [(number, a, b) for number, (a, b) in enumerate(sets, start=1)]
    running = check_score(format_, numbered, "in-progress")
    open_ = not outcome and sets and not running.errors and running.status_ok and not over
    status = "in-progress" if open_ else "completed"
    checked = check_score(format_, numbered, status, outcome or None)
    if checked.errors:
        checked = taken_as_printed(numbered, [error.detail for error in checked.errors])
    return Accepted(
        match_id=match_id,
        status=status,
        sets=[
            [a, b, now if over else None] for (a, b), over in zip(sets, checked.over, strict=True)
        ],
        serving=None,
        timeouts=[0, 0],
        checked=checked,
        action="final-score",
        happened_at=now,
        arrived_at=now,
        provenance="official",
        author_id=None,
    )


def taken_as_printed(sets: Sequence[tuple[int, int, int]], why: list[str]) -> Checked:
    """A result the rules cannot explain: kept as the desk has it, and flagged."""
    won = (sum(a > b for _, a, b in sets), sum(b > a for _, a, b in sets))
    winner = None if won[0] == won[1] else 1 if won[0] > won[1] else 2
    words: tuple[Outcome, ...] = ("split", "first-won", "second-won")
    return Checked(
        warnings=tuple(why),
        over=(True,) * len(sets),
        sets_won=won,
        winner=winner,  # type: ignore[arg-type]  # 1, 2 or none
        outcome=words[winner or 0],
        status_ok=False,
    )


def same_result(score: Score, accepted: Accepted) -> bool:
    return (
        score.status == accepted.status
        and score.outcome == accepted.checked.outcome
        and [row[:2] for row in score.sets] == [row[:2] for row in accepted.sets]
    )


async def keep_disagreement(
    session: AsyncSession, score: Score, accepted: Accepted, now: int
) -> None:
    """The desk published another result than the scorer's: kept, once, for the organizer."""
    body = msgspec.to_builtins(
        {
            "matchId": score.match_id,
            "status": "completed",
            "sets": [
                {"setNumber": number, "team1Score": row[0], "team2Score": row[1]}
                for number, row in enumerate(accepted.sets, start=1)
            ],
            "outcome": accepted.checked.outcome,
        }
    )
    known = await session.exec(
        select(Conflict).where(
            col(Conflict.event_id) == score.event_id,
            col(Conflict.match_id) == score.match_id,
            col(Conflict.reason) == "official",
        )
    )
    if any(conflict.body == body for conflict in known):
        return
    session.add(
        Conflict(
            event_id=score.event_id,
            match_id=score.match_id,
            author_id=None,
            body=body,
            reason="official",
            won_revision=score.revision,
            happened_at=now,
            arrived_at=now,
        )
    )


async def insert_all(
    session: AsyncSession, event_id: str, fresh: Sequence[Accepted], seq: int
) -> None:
    """First scores of many matches, in two statements."""
    if not fresh:
        return
    await session.exec(
        insert(Score),
        params=[score_row(event_id, 1, seq, accepted) for accepted in fresh],
    )
    await session.exec(
        insert(ScoreUpdate),
        params=[history_row(event_id, 1, seq, accepted) for accepted in fresh],
    )
