"""Rows for the ledger: made in the transaction that causes them, once each."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.push.kinds import ACTIVATE, TEST
from courtsync_web.push.models import PushJob, PushSubscription

Row = dict[str, Any]
BATCH = 400
"""Rows in one statement: below every database's limit on parameters."""


def row(
    user_id: str,
    kind: str,
    *,
    event_id: str = "",
    match_id: int = 0,
    occasion: int,
    reason: str,
    due_at: int,
    expires_at: int,
    now: int,
    **more: Any,
) -> Row:
    """One job as its columns; ``more``: ``team_id``, ``facts``, ``subscription_id``."""
    return {
        "user_id": user_id,
        "event_id": event_id,
        "match_id": match_id,
        "kind": kind,
        "occasion": occasion,
        "state": "due",
        "why_dropped": "",
        "reason": reason,
        "team_id": None,
        "subscription_id": None,
        "facts": {},
        "due_at": due_at,
        "expires_at": expires_at,
        "claimed_until": None,
        "attempts": 0,
        "delivered": [],
        "title": "",
        "body": "",
        "url": "",
        "created_at": now,
        "sent_at": None,
    } | more


def activation(subscription: PushSubscription, now: int) -> Row:
    """The push that proves a subscription."""
    return row(
        subscription.user_id,
        ACTIVATE.name,
        occasion=secrets.randbits(62),  # two devices may ask in one millisecond
        reason="self",
        due_at=now,
        expires_at=now + ACTIVATE.useful,
        now=now,
        subscription_id=subscription.id,
    )


def self_test(user_id: str, now: int) -> Row:
    """The push a person sends to themselves."""
    return row(
        user_id,
        TEST.name,
        occasion=now,
        reason="self",
        due_at=now,
        expires_at=now + TEST.useful,
        now=now,
    )


async def due(session: AsyncSession, *rows: Row) -> int:
    """Write jobs that are not there yet; how many were new."""
    return await insert_new(session, rows)


async def insert_new(session: AsyncSession, rows: Sequence[Row]) -> int:
    connection = await session.connection()
    made = 0
    for start in range(0, len(rows), BATCH):
        statement = inserting(connection.dialect.name).values(list(rows[start : start + BATCH]))
        done = await connection.execute(statement.on_conflict_do_nothing())
        made += done.rowcount
    return made


def inserting(dialect: str, model: type[SQLModel] = PushJob) -> Any:
    """An ``INSERT`` into the ledger, or another table of push, that knows ``ON CONFLICT``."""
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)
