"""Who wants to be told: followers of a team, those whose match's bell is on, planners.

Conditions are written once, for SQL: a happening's jobs are one ``INSERT … SELECT``, however many
people follow a team.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    String,
    and_,
    cast,
    false,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.coverage.models import PlannedMatch
from courtsync_web.following.models import Follow
from courtsync_web.organizing.standing import let_in
from courtsync_web.push.jobs import inserting, row
from courtsync_web.push.kinds import EVERY_KIND, MATCH_SOON, SAME_OCCASION, Kind
from courtsync_web.push.models import PushBell, PushChoice, PushJob, PushMute, PushSubscription
from courtsync_web.push.preferences import EVERYWHERE, NO_TEAM
from courtsync_web.push.subscriptions import signed_in


def followers(event_id: str, teams: Iterable[int | None]) -> Any:
    """``user_id, team_id, reason`` of everyone who follows one of the teams."""
    known = [team for team in teams if team is not None]
    return select(
        col(Follow.user_id).label("user_id"),
        col(Follow.team_id).label("team_id"),
        literal("team").label("reason"),
    ).where(col(Follow.event_id) == event_id, col(Follow.team_id).in_(known), col(Follow.following))


def ringers(event_id: str, match_id: int) -> Any:
    """Those whose bell of the match is on."""
    return select(
        col(PushBell.user_id).label("user_id"),
        cast(null(), BigInteger).label("team_id"),
        literal("match").label("reason"),
    ).where(col(PushBell.event_id) == event_id, col(PushBell.match_id) == match_id)


def planners(event_id: str, match_id: int) -> Any:
    """Those who plan to cover the match."""
    return select(
        col(PlannedMatch.user_id).label("user_id"),
        cast(null(), BigInteger).label("team_id"),
        literal("plan").label("reason"),
    ).where(
        col(PlannedMatch.event_id) == event_id,
        col(PlannedMatch.match_id) == match_id,
        col(PlannedMatch.planned),
    )


def wants(kind: Kind, event_id: Any, user_id: Any, team_id: Any) -> Any:
    """Whether somebody wants this kind, may see the event, can be reached, and has not muted the
    event or team."""

    def choice(event: Any, team: Any, name: str) -> Any:
        return (
            select(col(PushChoice.wanted))
            .where(
                col(PushChoice.user_id) == user_id,
                col(PushChoice.event_id) == event,
                col(PushChoice.team_id) == team,
                col(PushChoice.kind) == name,
            )
            .scalar_subquery()
        )

    return and_(
        func.coalesce(choice(event_id, team_id, EVERY_KIND), literal(True, Boolean)),
        func.coalesce(
            choice(event_id, team_id, kind.name),
            choice(EVERYWHERE, NO_TEAM, kind.name),
            literal(kind.default, Boolean),
        ),
        let_in(event_id, user_id),
        ~select(1)
        .where(col(PushMute.user_id) == user_id, col(PushMute.event_id) == event_id)
        .exists(),
        select(1)
        .where(
            col(PushSubscription.user_id) == user_id,
            col(PushSubscription.active_at).is_not(None),
            signed_in(),
        )
        .exists(),
    )


def reminded(user_id: Any, event_id: str, match_id: int, starts_at: int) -> Any:
    """Whether somebody was reminded of a match, at this printed start or one close to it."""
    return (
        select(1)
        .where(
            col(PushJob.user_id) == user_id,
            col(PushJob.event_id) == event_id,
            col(PushJob.match_id) == match_id,
            col(PushJob.kind) == MATCH_SOON.name,
            col(PushJob.occasion) > starts_at - SAME_OCCASION,
            col(PushJob.occasion) < starts_at + SAME_OCCASION,
        )
        .exists()
    )


async def tell(
    session: AsyncSession,
    kind: Kind,
    people: Iterable[Any],
    *,
    event_id: str,
    match_id: int,
    occasion: int,
    now: int,
    expires_at: int,
    facts: Mapping[str, Any],
    unless: Callable[[Any], Any] = lambda _user_id: false(),
) -> None:
    """One job for everyone among ``people`` (selects of this module) who wants it; of several
    reasons the first counts. ``unless``: by person, a reason to spare them."""
    ranked = [
        select(one.subquery(), literal(rank).label("rank")) for rank, one in enumerate(people)
    ]
    all_ = union_all(*ranked).subquery()
    fixed = row(
        "", kind.name, event_id=event_id, match_id=match_id, occasion=occasion, reason="",
        due_at=now, expires_at=expires_at, now=now, facts=dict(facts),
    )  # fmt: skip
    from_people = {name: all_.c[name] for name in ("user_id", "team_id", "reason")}
    columns = {name: from_people.get(name, constant(value)) for name, value in fixed.items()}
    connection = await session.connection()
    chosen = (
        select(*columns.values())
        .where(wants(kind, event_id, all_.c.user_id, all_.c.team_id), ~unless(all_.c.user_id))
        .order_by(all_.c.rank)
    )
    await connection.execute(
        inserting(connection.dialect.name)
        .from_select(list(columns), chosen)
        .on_conflict_do_nothing()
    )


def constant(value: Any) -> Any:
    """A column that is the same for everybody, typed as both databases need it."""
    if isinstance(value, dict | list):
        return literal(value, JSON)
    if isinstance(value, str):
        return literal(value, String)
    return cast(null(), BigInteger) if value is None else literal(value, BigInteger)
