"""The Harbor Classic: a small tournament by name, stored as rows, for tests that read it.

Two days in Los Angeles. Day one: Pool 1 (four teams, two matches decided, one running).
Day two: a bracket match between "Winner of Match 6" and a known team, and one to follow.
"""

from datetime import datetime
from typing import Any

from sqlmodel import SQLModel

from courtsync_web.clock import wall_to_ms
from courtsync_web.db import Database
from courtsync_web.events.models import Club, Court, Division, Event, Match, Stage, Team
from courtsync_web.scoring.models import Score

HARBOR = "harbor-classic_1"
ZONE = "America/Los_Angeles"
FALCON, GULL, HERON, IBIS = -101, -102, -103, -104
TIDE_CLUB, CLIFF_CLUB = 7, 8
GIRLS_14, GIRLS_15 = 14, 15
COURT_2, COURT_10 = 2, 10
POOL, GOLD = 91, 92
OPENER, SECOND, THIRD, FINAL, LATER = 1, 2, 3, 4, -5
ONE_SET = {"id": "one-set"}
TO_15 = {"id": "beach-pool2-15"}


def event(event_id: str = HARBOR, **facts: Any) -> Event:
    """An event's own row."""
    return Event(
        id=event_id,
        **{
            "name": "Harbor Classic",
            "timezone": ZONE,
            "location": "Harbor Hall",
            "start_date": "2026-01-31",
            "end_date": "2026-02-01",
            "owner_id": None,
            "seq": 12,
            "schedule_seq": 3,
            "created_at": 1,
            "updated_at": 2,
        }
        | facts,
    )


def wall(text: str) -> int:
    return wall_to_ms(datetime.fromisoformat(text), ZONE)


def match(match_id: int, start: str | None, **facts: Any) -> Match:
    """A match of an hour; no ``start``: to follow."""
    begins = wall(start) if start else None
    return Match(
        event_id=HARBOR,
        match_id=match_id,
        day=start[:10] if start else None,
        starts_at=begins,
        ends_at=begins + 3_600_000 if begins else None,
        **{"division_id": GIRLS_14, "stage_id": POOL} | facts,
    )


def score(match_id: int, status: str, winner: int | None, *sets: tuple[int, int]) -> Score:
    """A match's score."""
    return Score(
        event_id=HARBOR,
        match_id=match_id,
        status=status,
        sets=[[one, two, 5] for one, two in sets],
        winner=winner,
        timeouts=[0, 0],
        warnings=[],
        provenance="official",
        revision=1,
        seq=1,
        changed_at=5,
        author_id=None,
    )


def parts() -> list[list[SQLModel]]:
    """Everything under the event, in the order in which it may be stored."""
    of: dict[str, Any] = {"event_id": HARBOR}
    return [
        [
            Division(**of, division_id=GIRLS_14, name="14 Girls", color="#DF5F9F", position=0),
            Division(**of, division_id=GIRLS_15, name="15 Girls", format=TO_15, position=1),
            Club(**of, club_id=TIDE_CLUB, name="Tide"),
            Club(**of, club_id=CLIFF_CLUB, name="Cliff"),
            Court(**of, court_id=COURT_10, name="Court 10", position=1),
            Court(**of, court_id=COURT_2, name="Court 2", position=0, video_link="https://v.example"),
            Team(**of, team_id=FALCON, name="Falcon 14", club_id=TIDE_CLUB, division_id=GIRLS_14),
            Team(**of, team_id=GULL, name="Gull 14", club_id=TIDE_CLUB, division_id=GIRLS_14),
            Team(**of, team_id=HERON, name="Heron 14", club_id=CLIFF_CLUB, division_id=GIRLS_14),
            Team(**of, team_id=IBIS, name="Ibis 14", code="g14ibis", division_id=GIRLS_14),
            Stage(**of, stage_id=POOL, division_id=GIRLS_14, round="Round 1", name="Pool 1"),
            Stage(**of, stage_id=GOLD, division_id=GIRLS_14, name="Gold", kind="bracket",
                  format=ONE_SET, position=1),
        ],
        [
            match(SECOND, "2026-01-31T08:00:00", team1_id=HERON, team2_id=IBIS, court_id=COURT_10),
            match(OPENER, "2026-01-31T08:00:00", team1_id=FALCON, team2_id=GULL, court_id=COURT_2,
                  work_team_id=IBIS, name="M1"),
            match(THIRD, "2026-01-31T09:00:00", team1_id=GULL, team2_id=HERON, court_id=COURT_2),
            match(FINAL, "2026-02-01T08:00:00", team1_text="Winner of Match 6", team2_id=FALCON,
                  stage_id=GOLD, court_id=COURT_2),
            match(LATER, None, division_id=GIRLS_15, stage_id=None, team1_text="A", team2_text="B",
                  vanished_at=9),
        ],
        [
            score(OPENER, "completed", 1, (25, 20), (25, 18)),
            score(SECOND, "completed", 2, (20, 25), (25, 20), (10, 15)),
            score(THIRD, "in-progress", None, (12, 3)),
        ],
    ]  # fmt: skip


async def store_harbor(db: Database, **facts: Any) -> None:
    """Store the whole tournament."""
    async with db.write() as tx:
        tx.session.add(event(**facts))
        await tx.session.flush()
        for part in parts():
            tx.session.add_all(part)
            await tx.session.flush()
