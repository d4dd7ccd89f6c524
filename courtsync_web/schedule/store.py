"""A plan's rows, written in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from courtsync_web.schedule.plan import Kind, Plan
from courtsync_web.schedule.rows import MODELS, Row, key_of, table_of, table_of_event

BATCH = 500
"""Ids in one statement: far below every database's limit on parameters."""


async def claim_event(
    connection: AsyncConnection, event_id: str, owner_id: str | None, now: int
) -> bool:
    """Make the event's row if there is none; True if this made it.

    Two imports of a new event at once: one makes it, the other then finds it.
    """
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = {
        "id": event_id,
        "name": "",
        "timezone": "UTC",
        "location": "",
        "start_date": "",
        "end_date": "",
        "visibility": "private",
        "scoring_policy": "open",
        "owner_id": owner_id,
        "source": "json",
        "seq": 0,
        "schedule_seq": 0,
        "created_at": now,
        "updated_at": now,
    }
    table = table_of_event()
    made = dialect.insert(table).values(row).on_conflict_do_nothing().returning(table.c.id)
    return (await connection.execute(made)).first() is not None


async def change_event(connection: AsyncConnection, event_id: str, facts: Row) -> None:
    table = table_of_event()
    await connection.execute(update(table).where(table.c.id == event_id).values(facts))


async def execute(connection: AsyncConnection, event_id: str, plan: Plan, now: int) -> None:
    """Write everything but the event's own row."""
    for kind in MODELS:
        await add(connection, event_id, kind, plan.kinds[kind])
        await change(connection, event_id, kind, plan.kinds[kind])
    for kind in reversed(MODELS):
        await remove(connection, event_id, kind, plan.kinds[kind])
    await mark_vanished(connection, event_id, list(plan.vanished), now)


async def add(connection: AsyncConnection, event_id: str, kind: str, plan: Kind) -> None:
    if plan.added:
        rows = [{"event_id": event_id, **row} for row in plan.added.values()]
        await connection.execute(insert(table_of(kind)), rows)


async def change(connection: AsyncConnection, event_id: str, kind: str, plan: Kind) -> None:
    """Rows that change in the same columns go in one statement."""
    alike: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for number, fields in plan.changed.items():
        values = {f"new_{name}": after for name, (_, after) in fields.items()}
        alike[tuple(sorted(fields))].append({"its_id": number, **values})
    table = table_of(kind)
    for columns, rows in alike.items():
        statement = (
            update(table)
            .where(table.c.event_id == event_id, table.c[key_of(kind)] == bindparam("its_id"))
            .values({name: bindparam(f"new_{name}") for name in columns})
        )
        await connection.execute(statement, rows)


async def remove(connection: AsyncConnection, event_id: str, kind: str, plan: Kind) -> None:
    table = table_of(kind)
    for some in batches(list(plan.removed)):
        await connection.execute(
            delete(table).where(table.c.event_id == event_id, table.c[key_of(kind)].in_(some))
        )


async def mark_vanished(
    connection: AsyncConnection, event_id: str, matches: Sequence[int], now: int
) -> None:
    table = table_of("match")
    for some in batches(matches):
        await connection.execute(
            update(table)
            .where(table.c.event_id == event_id, table.c.match_id.in_(some))
            .values(vanished_at=now)
        )


def batches(numbers: Sequence[int]) -> Iterator[Iterable[int]]:
    for start in range(0, len(numbers), BATCH):
        yield numbers[start : start + BATCH]
