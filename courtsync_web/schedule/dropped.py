"""Matches that leave the schedule are remembered, so that calendars can call them off."""

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from courtsync_web.schedule.plan import Plan
from courtsync_web.schedule.rows import Row
from courtsync_web.schedule.store import batches
from courtsync_web.tables import metadata

SIDES = ("team1_id", "team2_id", "work_team_id")


async def remember_dropped(connection: AsyncConnection, event_id: str, plan: Plan) -> None:
    """Those that the plan deletes and that had a time; one that comes back is forgotten."""
    table = metadata.tables["dropped_match"]
    matches = plan.kinds["match"]
    for some in batches([*matches.added, *matches.removed]):
        await connection.execute(
            delete(table).where(table.c.event_id == event_id, table.c.match_id.in_(some))
        )
    rows = [
        {"event_id": event_id, **dropped(plan, row)}
        for row in matches.removed.values()
        if row["starts_at"] is not None
    ]
    if rows:
        await connection.execute(insert(table), rows)


def dropped(plan: Plan, row: Row) -> Row:
    """Its teams and court may be gone with it, so they are named."""
    title = " – ".join(
        str(named(plan, "team", row[f"{side}_id"]) or row[f"{side}_text"] or "To be decided")
        for side in ("team1", "team2")
    )
    return {
        "match_id": row["match_id"],
        **{side: row[side] for side in SIDES},
        "title": title[:400],
        "place": named(plan, "court", row["court_id"]),
        "starts_at": row["starts_at"],
        "ends_at": row["ends_at"],
    }


def named(plan: Plan, kind: str, number: int | None) -> str:
    row = plan.stored[kind].get(number) if number is not None else None
    return str(row["name"]) if row else ""
