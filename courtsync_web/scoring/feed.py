"""What the live side tells about scores, claims and the schedule."""

from collections.abc import Collection

import msgspec
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.clock import now_ms
from courtsync_web.db import Database
from courtsync_web.events.models import Event, Match
from courtsync_web.live.feed import Change, News, Wish
from courtsync_web.scoring.queries import claims_of, scores_of
from courtsync_web.scoring.updates import encoded

FEW = 500
"""Matches named one by one in a question; for more, all of the event are asked for."""


class EventFeed:
    """The live feed of every event, read from the database."""

    def __init__(self, db: Database) -> None:
        self.db = db

    async def news(self, event_id: str, since: int) -> News:
        """The newest state of every score, claim and schedule that changed after ``since``."""
        async with self.db.read() as session:
            seq, schedule_seq = await seqs_of(session, event_id)
            if seq <= since:
                return News(seq, [])
            scores = await scores_of(session, event_id, since=since)
            claims = await claims_of(session, event_id, now_ms(), since=since)
            moved = {one.match_id for one in scores} | {one.match_id for one in claims}
            courts = await courts_of(session, event_id, moved)
        changes = [
            Change(doc.seq, "score-update", doc.match_id, encoded(doc), courts.get(doc.match_id))
            for doc in scores
        ] + [
            Change(doc.seq, "claim-update", doc.match_id, encoded(doc), courts.get(doc.match_id))
            for doc in claims
        ]
        if schedule_seq > since:
            document = msgspec.json.encode({"eventId": event_id, "seq": schedule_seq})
            changes.append(Change(schedule_seq, "schedule-update", None, document))
        return News(seq, sorted(changes, key=lambda change: change.seq))

    async def snapshot(self, event_id: str, wish: Wish) -> tuple[int, bytes]:
        """All scores and claims of one moment: the first message of a stream."""
        async with self.db.read() as session:
            seq, _ = await seqs_of(session, event_id)
            matches = await matches_of(session, event_id, wish)
            scores = await scores_of(session, event_id, matches=matches)
            claims = await claims_of(session, event_id, now_ms(), matches=matches)
        document = {
            "eventId": event_id,
            "seq": seq,
            "serverTime": now_ms(),
            "scores": scores,
            "claims": claims,
        }
        return seq, msgspec.json.encode(document)


async def seqs_of(session: AsyncSession, event_id: str) -> tuple[int, int]:
    row = (
        await session.exec(
            select(col(Event.seq), col(Event.schedule_seq)).where(col(Event.id) == event_id)
        )
    ).first()
    return (row[0], row[1]) if row else (0, 0)


async def courts_of(
    session: AsyncSession, event_id: str, matches: Collection[int]
) -> dict[int, int | None]:
    """On which court each of these matches is."""
    wanted = [col(Match.event_id) == event_id]
    if len(matches) <= FEW:
        wanted.append(col(Match.match_id).in_(matches))
    rows = await session.exec(select(col(Match.match_id), col(Match.court_id)).where(*wanted))
    return dict(rows.all())


async def matches_of(session: AsyncSession, event_id: str, wish: Wish) -> set[int] | None:
    """Which matches a reader asks for; none: all."""
    if not wish.is_narrow:
        return None
    found = set(wish.matches or ())
    if wish.courts:
        on_court = col(Match.event_id) == event_id, col(Match.court_id).in_(wish.courts)
        found |= set(await session.exec(select(col(Match.match_id)).where(*on_court)))
    return found
