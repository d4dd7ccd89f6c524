"""Rows that several devices of one person change, each on its own: the latest change stands.

A row says what somebody last chose (followed or not, planned or not) and when; it is never
deleted, so that an older choice arriving late from another phone is recognised as older.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

BATCH = 500
"""Rows in one statement: far below every database's limit on parameters."""


async def keep_latest(
    session: AsyncSession, model: type[SQLModel], rows: Sequence[dict[str, Any]]
) -> None:
    """Store ``rows`` of a table with a ``changed_at``, each unless what is there is as late.

    One statement, so two devices at once need no lock: whichever comes second compares.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    for first in range(0, len(rows), BATCH):
        made = dialect.insert(table).values(list(rows[first : first + BATCH]))
        new = made.excluded
        statement = made.on_conflict_do_update(
            index_elements=table.primary_key.columns,
            set_={one.name: new[one.name] for one in table.columns if not one.primary_key},
            where=table.c.changed_at < new.changed_at,
        )
        await session.exec(statement)
