"""A stored schedule as files: our JSON document, a table, a calendar.

The document holds everything, so importing it again changes nothing. Matches that vanished
from the schedule are left out of all three.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.clock import venue
from courtsync_web.errors import not_found
from courtsync_web.schedule.rows import Row, Rows, stored_event, stored_rows
from courtsync_web.schedule.words import human_order
from courtsync_web.tables import metadata

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """One event as it is stored: its facts, its schedule, its finished scores."""

    event: Row
    rows: Rows
    results: dict[int, Row]

    def matches(self) -> list[Row]:
        """Matches in order of play; those without a time last."""
        courts = self.rows["court"]

        def order(row: Row) -> tuple[bool, int, int, int]:
            court = courts.get(row["court_id"] or 0, {"position": 0})
            return (
                row["starts_at"] is None,
                row["starts_at"] or 0,
                court["position"],
                row["match_id"],
            )

        listed = (row for row in self.rows["match"].values() if row["vanished_at"] is None)
        return sorted(listed, key=order)

    def wall(self, instant: int | None) -> str | None:
        """An instant on the clock of the venue."""
        if instant is None:
            return None
        return venue(instant, self.event["timezone"]).replace(tzinfo=None).isoformat()

    def name(self, kind: str, number: int | None) -> str:
        """The name of what an id refers to; empty for none."""
        row = self.rows[kind].get(number) if number is not None else None
        return str(row["name"]) if row else ""

    def side(self, match: Row, side: str) -> str:
        """The team in a place, or the words that stand for it."""
        return self.name("team", match[f"{side}_id"]) or match[f"{side}_text"]


async def stored(session: AsyncSession, event_id: str) -> Stored:
    """Read one event whole. Raises 404 where there is none."""
    connection = await session.connection()
    event = await stored_event(connection, event_id)
    if event is None:
        raise not_found("event")
    score = metadata.tables["score"]
    finished = await connection.execute(
        select(score.c.match_id, score.c.sets, score.c.outcome).where(
            score.c.event_id == event_id, score.c.status == "completed"
        )
    )
    rows = await stored_rows(connection, event_id)
    return Stored(event, rows, {row["match_id"]: dict(row) for row in finished.mappings()})


async def document(session: AsyncSession, event_id: str) -> Json:
    """The event as a schedule document (docs/importing.md)."""
    return document_of(await stored(session, event_id))


def document_of(event: Stored) -> Json:
    facts, rows = event.event, event.rows
    return filled(
        {
            "eventId": facts["id"],
            "name": facts["name"],
            "timezone": facts["timezone"],
            "location": facts["location"],
            "startDate": facts["start_date"],
            "endDate": facts["end_date"],
            "visibility": facts["visibility"],
            "format": facts["format"],
        }
    ) | {
        "clubs": [{"clubId": one["club_id"], "name": one["name"]} for one in by_name(rows["club"])],
        "divisions": [
            filled(
                {
                    "divisionId": one["division_id"],
                    "name": one["name"],
                    "code": one["code"],
                    "color": one["color"],
                    "format": one["format"],
                }
            )
            for one in by_position(rows["division"])
        ],
        "courts": [
            filled(
                {
                    "courtId": one["court_id"],
                    "name": one["name"],
                    "videoLink": one["video_link"],
                }
            )
            for one in by_position(rows["court"])
        ],
        "teams": [
            filled(
                {
                    "teamId": one["team_id"],
                    "name": one["name"],
                    "code": one["code"],
                    "clubId": one["club_id"],
                    "divisionId": one["division_id"],
                }
            )
            for one in by_name(rows["team"])
        ],
        "stages": [stage_of(one) for one in by_position(rows["stage"])],
        "matches": [match_of(event, one) for one in event.matches()],
    }


def stage_of(row: Row) -> Json:
    return filled(
        {
            "stageId": row["stage_id"],
            "divisionId": row["division_id"],
            "round": row["round"],
            "pool": row["name"],
            "kind": row["kind"],
            "format": row["format"],
            "finished": row["finished"] or None,
            "ranks": row["ranks"],
        }
    )


def match_of(event: Stored, row: Row) -> Json:
    stage = event.rows["stage"].get(row["stage_id"] or 0, {"round": "", "name": ""})
    result = event.results.get(row["match_id"])
    return filled(
        {
            "matchId": row["match_id"],
            "name": row["name"],
            "divisionId": row["division_id"],
            "stageId": row["stage_id"],
            "courtId": row["court_id"],
            "team1Id": row["team1_id"],
            "team2Id": row["team2_id"],
            "workTeamId": row["work_team_id"],
            "team1Text": row["team1_text"],
            "team2Text": row["team2_text"],
            "workTeamText": row["work_team_text"],
            "start": event.wall(row["starts_at"]),
            "end": event.wall(row["ends_at"]),
            "round": stage["round"],
            "pool": stage["name"],
            "format": row["format"],
            "result": result_of(result) if result else None,
        }
    )


def result_of(score: Row) -> Json:
    return {"sets": [list(one[:2]) for one in score["sets"]], "outcome": score["outcome"]}


def filled(fields: Json) -> Json:
    """Without the fields that say nothing."""
    return {name: value for name, value in fields.items() if value not in (None, "")}


def by_name(rows: dict[int, Row]) -> list[Row]:
    return sorted(rows.values(), key=lambda row: human_order(row["name"]))


def by_position(rows: dict[int, Row]) -> list[Row]:
    return sorted(rows.values(), key=lambda row: row["position"])
