"""Who at an event wants to be reminded of what: read at once, for the rounds."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.coverage.models import PlannedMatch
from courtsync_web.events.walking import Walks, walks_of
from courtsync_web.following.models import Follow
from courtsync_web.organizing.standing import let_in
from courtsync_web.push.kinds import EVERY_KIND, LEAD_MINUTES, Kind
from courtsync_web.push.models import (
    PushBell,
    PushChoice,
    PushMute,
    PushPreference,
    PushSubscription,
)
from courtsync_web.push.preferences import EVERYWHERE
from courtsync_web.push.subscriptions import signed_in


@dataclass(slots=True)
class Listener:
    """Somebody who can be reached, and how they want it."""

    lead_minutes: int = LEAD_MINUTES
    lead_matches: int | None = None
    choices: dict[tuple[str, int, str], bool] = field(default_factory=dict)

    def wants(self, kind: Kind, event_id: str, team_id: int | None) -> bool:
        general = self.choices.get((EVERYWHERE, 0, kind.name), kind.default)
        if team_id is None:
            return general
        rings = self.choices.get((event_id, team_id, EVERY_KIND), True)
        return rings and self.choices.get((event_id, team_id, kind.name), general)


@dataclass(slots=True)
class Interest:
    """By team, match and person: whom an event's matches concern."""

    listeners: dict[str, Listener]
    by_team: dict[int, list[str]]
    by_match: dict[int, list[str]]
    plans: dict[str, set[int]]
    walks: Walks


async def interest_of(session: AsyncSession, event_id: str) -> Interest:
    listeners = await listeners_of(session, event_id)
    by_team: dict[int, list[str]] = defaultdict(list)
    for user_id, team_id in await pairs(
        session, Follow.user_id, Follow.team_id,
        col(Follow.event_id) == event_id, col(Follow.following),
    ):  # fmt: skip
        by_team[team_id].append(user_id)
    by_match: dict[int, list[str]] = defaultdict(list)
    for user_id, match_id in await pairs(
        session, PushBell.user_id, PushBell.match_id, col(PushBell.event_id) == event_id
    ):
        by_match[match_id].append(user_id)
    plans: dict[str, set[int]] = defaultdict(set)
    for user_id, match_id in await pairs(
        session, PlannedMatch.user_id, PlannedMatch.match_id,
        col(PlannedMatch.event_id) == event_id, col(PlannedMatch.planned),
    ):  # fmt: skip
        plans[user_id].add(match_id)
    return Interest(listeners, by_team, by_match, plans, await walks_of(session, event_id))


async def pairs(
    session: AsyncSession, who: Any, what: Any, *conditions: Any
) -> list[tuple[str, int]]:
    statement: Any = (
        select(col(who), col(what)).where(*conditions, col(who).in_(reachable())).order_by(col(who))
    )
    return [(row[0], row[1]) for row in await session.exec(statement)]


def reachable() -> Any:
    """Ids of everybody with a proven device that is still signed in."""
    return select(col(PushSubscription.user_id)).where(
        col(PushSubscription.active_at).is_not(None), signed_in()
    )


async def listeners_of(session: AsyncSession, event_id: str) -> dict[str, Listener]:
    """Everybody who can be reached, may see the event and has not muted it."""
    statement: Any = (
        select(col(PushSubscription.user_id), PushPreference)
        .outerjoin(PushPreference, col(PushPreference.user_id) == col(PushSubscription.user_id))
        .where(
            col(PushSubscription.user_id).in_(reachable()),
            col(PushSubscription.user_id).not_in(
                select(col(PushMute.user_id)).where(col(PushMute.event_id) == event_id)
            ),
            let_in(event_id, col(PushSubscription.user_id)),
        )
    )
    listeners = {
        user_id: Listener(chosen.lead_minutes, chosen.lead_matches) if chosen else Listener()
        for user_id, chosen in await session.exec(statement)
    }
    choices: Any = select(PushChoice).where(
        col(PushChoice.event_id).in_((EVERYWHERE, event_id)),
        col(PushChoice.user_id).in_(reachable()),
    )
    for one in (await session.exec(choices)).scalars():
        if one.user_id in listeners:
            listeners[one.user_id].choices[one.event_id, one.team_id, one.kind] = one.wanted
    return listeners
