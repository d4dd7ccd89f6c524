"""Which jobs of a batch say what is no longer so: on the phone something newer stands there.

All that is said of a match shares a tag, so whatever is sent last stays. A push that had to be
tried again, or that waited, must not take the place of a newer one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.push.kinds import (
    ALWAYS,
    CONFLICT,
    MATCH_FINAL,
    MATCH_MOVED,
    MATCH_SOON,
    MOVED_FROM,
    SET_WON,
)
from courtsync_web.push.ledger import JobKey, key_of
from courtsync_web.push.models import PushJob
from courtsync_web.push.words import BESIDE, is_of_many

COURSE = (MATCH_SOON.name, MATCH_MOVED.name, SET_WON.name, MATCH_FINAL.name)
"""What happens in one moment happens in this order."""
Place = tuple[str, str, int, str]
"""Person, event, match, and the end of the tag."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One job as far as others must know of it."""

    key: JobKey
    order: tuple[int, int, int]
    kind: str
    waits: bool
    """Nobody has had it yet."""
    expected: int | None
    """The start that it tells."""


Sayings = dict[Place, list[Saying]]


async def sayings_of(session: AsyncSession, jobs: Iterable[PushJob]) -> Sayings:
    """All that was or is to be said at the places of these jobs."""
    wanted = sorted({(one.user_id, one.event_id, one.match_id) for one in jobs if has_place(one)})
    found: Sayings = defaultdict(list)
    if wanted:
        place = tuple_(col(PushJob.user_id), col(PushJob.event_id), col(PushJob.match_id))
        statement: Any = select(PushJob).where(place.in_(wanted), col(PushJob.state) != "dropped")
        for one in await session.exec(statement):
            if has_place(one):
                found[place_of(one)].append(saying(one))
    return found


def has_place(job: PushJob) -> bool:
    """Clashes of one match are of different pairs, many moves stand by themselves, and what was
    asked for is always said."""
    return job.kind not in ALWAYS and job.kind != CONFLICT.name and not is_of_many(job)


def place_of(job: PushJob) -> Place:
    return job.user_id, job.event_id, job.match_id, BESIDE.get(job.kind, "")


def saying(job: PushJob) -> Saying:
    rank = COURSE.index(job.kind) if job.kind in COURSE else 0
    return Saying(
        key=key_of(job),
        order=(job.created_at, rank, job.occasion),
        kind=job.kind,
        waits=job.state in ("due", "sending") and not job.delivered,
        expected=job.facts.get("expected"),
    )


def is_overtaken(job: PushJob, sayings: Sayings) -> bool:
    """Whether something newer stands in its place, or, of a start that has moved, whether its
    reminder is still to come and will say the newest itself."""
    mine, others = saying(job), others_of(job, sayings)
    newer = [one for one in others if one.order > mine.order]
    if job.kind not in MOVED_FROM:
        return any(one.kind not in MOVED_FROM for one in newer)
    reminder = MOVED_FROM[job.kind]
    return bool(newer) or any(one.kind == reminder and one.waits for one in others)


def newest_start(job: PushJob, sayings: Sayings) -> int | None:
    """The start that was found since a reminder was written; none: as it says itself."""
    since = saying(job).order
    moved = [
        one for one in others_of(job, sayings)
        if MOVED_FROM.get(one.kind) == job.kind and one.order > since
    ]  # fmt: skip
    return max(moved, key=lambda one: one.order).expected if moved else None


def others_of(job: PushJob, sayings: Sayings) -> Sequence[Saying]:
    if not has_place(job):
        return ()
    return [one for one in sayings.get(place_of(job), ()) if one.key != key_of(job)]
