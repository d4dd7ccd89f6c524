"""Reading scores, claims and histories as documents."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.models import User
from courtsync_web.events.formats_in_force import PLACES, joined_to_formats, wire_format
from courtsync_web.events.models import Match
from courtsync_web.scoring.models import Claim, Conflict, Score, ScoreUpdate
from courtsync_web.scoring.updates import (
    ClaimDocument,
    ConflictDocument,
    History,
    HistoryItem,
    ScoreDocument,
    SetScore,
    Takeover,
)


def with_formats() -> Any:
    """``score`` with every place its match's format may be written, and its author's name."""
    statement = select_columns(Score, *PLACES, col(User.display_name)).join(
        Match,
        and_(
            col(Match.event_id) == col(Score.event_id), col(Match.match_id) == col(Score.match_id)
        ),
    )
    return joined_to_formats(statement).outerjoin(User, col(User.id) == col(Score.author_id))


async def scores_of(
    session: AsyncSession,
    event_id: str,
    *,
    since: int = 0,
    team_id: int | None = None,
    division_id: int | None = None,
    matches: Collection[int] | None = None,
) -> list[ScoreDocument]:
    """The scores of an event, in the order they changed; narrowed if asked."""
    wanted: list[ColumnElement[bool]] = [col(Score.event_id) == event_id]
    if since:
        wanted.append(col(Score.seq) > since)
    if team_id is not None:
        wanted.append((col(Match.team1_id) == team_id) | (col(Match.team2_id) == team_id))
    if division_id is not None:
        wanted.append(col(Match.division_id) == division_id)
    if matches is not None:
        wanted.append(col(Score.match_id).in_(matches))
    rows = await session.exec(with_formats().where(*wanted).order_by(col(Score.seq)))
    return [score_document(score, author, formats) for score, *formats, author in rows]


async def score_of(session: AsyncSession, event_id: str, match_id: int) -> ScoreDocument | None:
    """The score of one match; none if nothing was scored yet."""
    found = await scores_of(session, event_id, matches=(match_id,))
    return found[0] if found else None


def score_document(score: Score, author: str | None, formats: Sequence[Any]) -> ScoreDocument:
    return document_of(
        {name: getattr(score, name) for name in Score.model_fields}, author, wire_format(*formats)
    )


def document_of(
    score: Mapping[str, Any], author: str | None, format_: dict[str, Any]
) -> ScoreDocument:
    """A row of ``score`` as everyone sees it."""
    return ScoreDocument(
        event_id=score["event_id"],
        match_id=score["match_id"],
        status=score["status"],
        sets=sets_of(score["sets"]),
        revision=score["revision"],
        seq=score["seq"],
        last_updated=score["changed_at"],
        last_updated_by=author,
        provenance=score["provenance"],
        format=format_,
        sets_won=(score["sets_won1"], score["sets_won2"]),
        winner=score["winner"],
        outcome=score["outcome"],
        serving=score["serving"],
        timeouts=score["timeouts"],
        warnings=score["warnings"],
    )


def sets_of(stored: list[Any]) -> list[SetScore]:
    """Stored ``[team1, team2, completedAt]`` rows as documents, numbered from 1."""
    return [
        SetScore(set_number=number, team1_score=team1, team2_score=team2, completed_at=completed)
        for number, (team1, team2, completed) in enumerate(stored, start=1)
    ]


async def history_of(
    session: AsyncSession, event_id: str, match_id: int, *, limit: int, offset: int
) -> History:
    """A match's accepted updates, oldest first."""
    of_match = (
        col(ScoreUpdate.event_id) == event_id,
        col(ScoreUpdate.match_id) == match_id,
    )
    total = (await session.exec(select(func.count()).where(*of_match))).one()
    rows = await session.exec(
        select(ScoreUpdate, col(User.display_name))
        .outerjoin(User, col(User.id) == col(ScoreUpdate.author_id))
        .where(*of_match)
        .order_by(col(ScoreUpdate.revision))
        .limit(limit)
        .offset(offset)
    )
    items = [history_item(update, author) for update, author in rows]
    return History(items=items, total=total, limit=limit, offset=offset)


def history_item(update: ScoreUpdate, author: str | None) -> HistoryItem:
    state = update.state
    return HistoryItem(
        revision=update.revision,
        seq=update.seq,
        action=update.action,
        team=update.detail.get("team"),
        reason=update.detail.get("reason"),
        author=author,
        at=update.happened_at,
        update_id=update.update_id,
        status=state["status"],
        sets=sets_of(state["sets"]),
        serving=state["serving"],
        timeouts=state["timeouts"],
        outcome=state["outcome"],
    )


async def claims_of(
    session: AsyncSession,
    event_id: str,
    now: int,
    *,
    since: int | None = None,
    matches: Collection[int] | None = None,
) -> list[ClaimDocument]:
    """Claims that hold now; with ``since`` also those that changed hands or ended after it."""
    wanted: list[ColumnElement[bool]] = [col(Claim.event_id) == event_id]
    if since is None:
        wanted += [col(Claim.holder_id).is_not(None), col(Claim.expires_at) > now]
    else:
        wanted.append(col(Claim.seq) > since)
    if matches is not None:
        wanted.append(col(Claim.match_id).in_(matches))
    asker = aliased(User)
    rows = (
        await session.exec(
            select(Claim, col(User.display_name), col(asker.display_name))
            .outerjoin(User, col(User.id) == col(Claim.holder_id))
            .outerjoin(asker, col(asker.id) == col(Claim.asked_by_id))
            .where(*wanted)
            .order_by(col(Claim.seq))
        )
    ).all()
    return [claim_document(claim, holder, asker, now) for claim, holder, asker in rows]


async def claim_of(session: AsyncSession, event_id: str, match_id: int, now: int) -> ClaimDocument:
    """Who keeps the score of a match, or that nobody does."""
    found = await claims_of(session, event_id, now, since=-1, matches=(match_id,))
    return found[0] if found else ClaimDocument(event_id=event_id, match_id=match_id, claimed=False)


def claim_document(claim: Claim, holder: str | None, asker: str | None, now: int) -> ClaimDocument:
    if claim.holder_id is None or claim.expires_at <= now:
        return ClaimDocument(
            event_id=claim.event_id,
            match_id=claim.match_id,
            claimed=False,
            fence=claim.fence,
            seq=claim.seq,
        )
    asked = claim.asked_by_id is not None and claim.asked_until is not None
    return ClaimDocument(
        event_id=claim.event_id,
        match_id=claim.match_id,
        claimed=True,
        claimed_by=claim.holder_id,
        claimed_by_name=holder,
        claimed_at=claim.claimed_at,
        expires_at=claim.expires_at,
        fence=claim.fence,
        seq=claim.seq,
        takeover=Takeover(
            by=claim.asked_by_id or "", by_name=asker or "", until=claim.asked_until or 0
        )
        if asked
        else None,
    )


MOST_CONFLICTS = 20_000
"""Many whole matches kept without network; a flood of them must not fill the memory."""


async def conflicts_of(
    session: AsyncSession, event_id: str, *, author_id: str | None
) -> list[ConflictDocument]:
    """Updates that lost, newest first; ``author_id`` narrows to one person's."""
    wanted = [col(Conflict.event_id) == event_id]
    if author_id is not None:
        wanted.append(col(Conflict.author_id) == author_id)
    rows = await session.exec(
        select(Conflict, col(User.display_name))
        .outerjoin(User, col(User.id) == col(Conflict.author_id))
        .where(*wanted)
        .order_by(col(Conflict.id).desc())
        .limit(MOST_CONFLICTS)
    )
    return [conflict_document(conflict, author) for conflict, author in rows]


def conflict_document(conflict: Conflict, author: str | None) -> ConflictDocument:
    return ConflictDocument(
        id=conflict.id or 0,
        match_id=conflict.match_id,
        reason=conflict.reason,
        author=author,
        happened_at=conflict.happened_at,
        arrived_at=conflict.arrived_at,
        won_revision=conflict.won_revision,
        restored_at=conflict.restored_at,
        set_aside_at=conflict.set_aside_at,
        log=conflict.log,
        update=conflict.body,
    )
