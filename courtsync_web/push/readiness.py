"""What the sender needs to know of a batch: whose devices, whose quiet, which words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.events.models import Event, Match
from courtsync_web.events.names import names_of
from courtsync_web.push.ledger import JobKey
from courtsync_web.push.models import PushJob, PushPreference, PushSubscription
from courtsync_web.push.overtaken import Sayings, sayings_of
from courtsync_web.push.still_wanted import unwanted
from courtsync_web.push.subscriptions import signed_in
from courtsync_web.push.words import MatchFacts, Speaker


@dataclass(slots=True)
class Batch:
    """Claimed jobs with everything around them, read in one moment."""

    jobs: Sequence[PushJob]
    devices: dict[str, list[PushSubscription]]
    """By person."""
    preferences: dict[str, PushPreference]
    speakers: dict[str, Speaker]
    """By event."""
    sayings: Sayings
    """What stands, or is to stand, where these jobs would be shown."""
    unwanted: set[JobKey]
    """Those that nobody wants any more."""


async def batch_of(session: AsyncSession, jobs: Sequence[PushJob], now: int) -> Batch:
    people = sorted({job.user_id for job in jobs})
    devices: dict[str, list[PushSubscription]] = defaultdict(list)
    for one in await session.exec(
        select(PushSubscription).where(col(PushSubscription.user_id).in_(people), signed_in())
    ):
        devices[one.user_id].append(one)
    preferences = await session.exec(
        select(PushPreference).where(col(PushPreference.user_id).in_(people))
    )
    wanted: dict[str, set[int]] = defaultdict(set)
    for job in jobs:
        if job.event_id:
            wanted[job.event_id] |= {job.match_id, job.occasion}  # a clash names a second match
    speakers = {
        event_id: await speaker_of(session, event_id, sorted(matches), now)
        for event_id, matches in sorted(wanted.items())
    }
    return Batch(
        jobs,
        devices,
        {one.user_id: one for one in preferences},
        speakers,
        await sayings_of(session, jobs),
        await unwanted(session, jobs, now),
    )


async def speaker_of(
    session: AsyncSession, event_id: str, matches: Sequence[int], now: int
) -> Speaker:
    event = await session.get(Event, event_id)
    columns: list[Any] = [getattr(Match, one.name) for one in fields(MatchFacts)]
    rows: Any = await session.exec(
        select(col(Match.match_id), *columns).where(
            col(Match.event_id) == event_id, col(Match.match_id).in_(matches)
        )
    )
    return Speaker(
        event_id=event_id,
        event_name=event.name if event else "",
        zone=event.timezone if event else "UTC",
        names=await names_of(session, event_id),
        matches={row[0]: MatchFacts(*row[1:]) for row in rows},
        now=now,
    )
