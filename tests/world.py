"""A small named world: one event, two courts, four teams, a scorer, and those around them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from courtsync_web.accounts.models import User
from courtsync_web.accounts.people import Person
from courtsync_web.clock import wall_to_ms
from courtsync_web.db import Database
from courtsync_web.events.models import Court, Division, Event, Match, Team
from courtsync_web.live.bus import Bus
from courtsync_web.volleyball.formats import format_to_wire, read_format

ZONE = "America/Chicago"
EVENT = "lakeside"
FIRST, SECOND = -101, -102
"""Two matches on two courts at the same time."""


@dataclass
class Bell(Bus):
    """A bus that remembers who rang."""

    rings: list[tuple[str, int]] = field(default_factory=list)

    def ring(self, event_id: str, seq: int) -> None:
        self.rings.append((event_id, seq))

    def listen(self, ring: Any) -> None:
        raise AssertionError("nobody listens in this world")


def person(name: str, role: str = "spectator") -> Person:
    """A person whose id is their name, padded as ids are."""
    return Person(
        id=name.lower().ljust(32, "0"), display_name=name, role=role, email=f"{name}@example.org"
    )


SAM = person("Sam")
RIVAL = person("Rival")
COACH = person("Coach", "coach")
OWNER = person("Owner", "organizer")


async def build_world(db: Database, *, format_: str = "usav-junior-bo3", **event: Any) -> None:
    """Write the event and its people; ``event`` overrides columns of the event."""
    async with db.write() as tx:
        for someone in (SAM, RIVAL, COACH, OWNER):
            tx.session.add(
                User(
                    id=someone.id,
                    email=someone.email,
                    display_name=someone.display_name,
                    role=someone.role,
                    created_at=0,
                )
            )
        await tx.session.flush()
        columns: dict[str, Any] = {
            "id": EVENT,
            "name": "Lakeside Winter Classic",
            "timezone": ZONE,
            "start_date": "2026-01-31",
            "end_date": "2026-02-01",
            "owner_id": OWNER.id,
            "format": dict(format_to_wire(read_format(format_))),
            "created_at": 0,
            "updated_at": 0,
        }
        tx.session.add(Event(**(columns | event)))
        await tx.session.flush()
        event_id = columns["id"]
        tx.session.add(Division(event_id=event_id, division_id=15, name="15 Open"))
        for number, name in enumerate(("Harbor 15 Gold", "Falcon 15 Blue", "Bay 15", "Elm 15"), 1):
            tx.session.add(Team(event_id=event_id, team_id=number, name=name, division_id=15))
        for number in (1, 2):
            tx.session.add(
                Court(event_id=event_id, court_id=-number, name=f"Court {number}", position=number)
            )
        tx.session.add_all([match(FIRST, -1, 1, 2), match(SECOND, -2, 3, 4)])


def match(match_id: int, court_id: int, team1_id: int, team2_id: int) -> Match:
    start = wall_to_ms(datetime.fromisoformat("2026-01-31T08:00"), ZONE)
    return Match(
        event_id=EVENT,
        match_id=match_id,
        name=f"Match {-match_id}",
        division_id=15,
        court_id=court_id,
        team1_id=team1_id,
        team2_id=team2_id,
        day="2026-01-31",
        starts_at=start,
        ends_at=start + 3_600_000,
    )
