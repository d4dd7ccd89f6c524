"""Names inside what was kept whole, which no key of the schema reaches: they go with their person.

An answer that is remembered, so that the same id is answered the same, tells who keeps score;
a sign-off carries the name that was typed under it. See ``leaving.py``.
"""

import secrets
from collections import defaultdict
from typing import Any

from sqlalchemy import String, cast, null, or_, tuple_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.scoring.models import Conflict, Hold, ScoreUpdate, Verdict

NAMES = ("lastUpdatedBy", "claimedBy", "claimedByName")
"""Fields of remembered documents that say who somebody is."""
SOMEBODY = "Somebody else keeps the score of this match."


async def answers_naming(session: AsyncSession, person_id: str) -> list[str]:
    """Ids of what others were answered at matches whose score this person kept.

    A look through all that is remembered: outside the write door, where nobody waits for it.
    """
    kept = set()
    for table, who in ((Hold, Hold.holder_id), (ScoreUpdate, ScoreUpdate.author_id)):
        places = select(table.event_id, table.match_id).where(col(who) == person_id).distinct()
        kept |= {tuple(place) for place in await session.exec(places)}
    if not kept:
        return []
    found = await session.exec(
        select(Verdict.update_id).where(
            tuple_(col(Verdict.event_id), col(Verdict.match_id)).in_(sorted(kept)),
            col(Verdict.outcome) != "applied",
            or_(col(Verdict.author_id) != person_id, col(Verdict.author_id).is_(None)),
        )
    )
    return list(found)


async def wipe(session: AsyncSession, person_id: str, answers: list[str]) -> None:
    """Inside the caller's write transaction, while rows still name the person.

    ``answers``: what :func:`answers_naming` found.
    """
    await session.exec(
        update(Verdict)
        .where(col(Verdict.author_id) == person_id)
        .values(problem=null(), answer=null(), device_id=None, device_seq=None)
    )
    for update_id in answers:
        verdict = await session.get_one(Verdict, update_id)
        verdict.answer = nameless(verdict.answer)
        verdict.problem = nameless(verdict.problem)
    await forget_words(session, ScoreUpdate, person_id)
    await forget_words(session, Conflict, person_id)
    await forget_phones(session, person_id)


def nameless(document: dict[str, Any] | None) -> dict[str, Any] | None:
    """A remembered document that no longer says who somebody is."""
    if document is None:
        return None
    left = document | {name: None for name in NAMES if name in document}
    return left | {"detail": SOMEBODY} if "claimedByName" in left and "detail" in left else left


async def forget_words(
    session: AsyncSession, table: type[ScoreUpdate | Conflict], person_id: str
) -> None:
    """What was typed beside a score: the name under a sign-off, why a match was reopened."""
    said: Any = getattr(table, "detail" if table is ScoreUpdate else "body")
    rows: Any = await session.exec(
        select(table).where(
            col(table.author_id) == person_id, cast(said, String).contains('"reason"')
        )
    )
    for row in rows:
        if isinstance(row, Conflict):
            row.body = wordless(row.body, row.body.get("action"))
        else:
            row.detail = wordless(row.detail, row.action)


async def forget_phones(session: AsyncSession, person_id: str) -> None:
    """What belongs together of what lost still does, under a name that says nothing."""
    theirs = await session.exec(
        select(Conflict).where(col(Conflict.author_id) == person_id, col(Conflict.log).is_not(None))
    )
    instead: dict[str | None, str] = defaultdict(lambda: secrets.token_hex(8))
    for conflict in theirs:
        conflict.log = instead[conflict.log]


def wordless(said: dict[str, Any], action: str | None) -> dict[str, Any]:
    """A card's reason is its colour, and stays."""
    return said if action == "card" else said | {"reason": None}
