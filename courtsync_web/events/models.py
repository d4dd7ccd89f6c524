"""An event and everything its schedule names, as stored.

``eventId`` is an opaque text; all other ids are 64-bit integers of either sign and unique
within their event only (AES reuses its negative numbers from event to event), so every key
starts with the event.
"""

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String
from sqlalchemy.types import JSON
from sqlmodel import Field, SQLModel

EVENT_ID = 64


def event_key() -> Any:
    """The first half of every key in an event."""
    return Field(
        sa_column=Column(
            String(EVENT_ID), ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
        )
    )


def own_key() -> Any:
    """The second half: the id the schedule gave."""
    return Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


def big(*, index: bool = False) -> Any:
    """An optional 64-bit integer: another row's id in the same event, or an instant."""
    return Field(default=None, sa_column=Column(BigInteger, index=index))


class Event(SQLModel, table=True):
    """A tournament."""

    __tablename__ = "event"

    id: str = Field(primary_key=True, max_length=EVENT_ID)
    name: str = Field(max_length=200)
    timezone: str = Field(max_length=64)
    """IANA name of the venue's zone; every printed time is in it."""
    location: str = Field(default="", max_length=200)
    start_date: str = Field(max_length=10)
    """First day at the venue, ISO."""
    end_date: str = Field(max_length=10)
    visibility: str = Field(default="public", max_length=8)
    """public, unlisted (who has the address may look) or private (owner and members)."""
    scoring_policy: str = Field(default="open", max_length=8)
    """open, members or codes: who may claim a match."""
    pool_criteria: str = Field(default="", max_length=80)
    """How pools are ranked (``standings.criteria_of``); empty: the usual way."""
    owner_id: str | None = Field(
        sa_column=Column(String(32), ForeignKey("person.id", ondelete="SET NULL"), index=True)
    )
    source: str = Field(default="json", max_length=8)
    """Where the schedule comes from: json, csv, xlsx, aes or demo."""
    format: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    """Format of matches for which nothing nearer says another; none: the default preset."""
    seq: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    """Number of the latest accepted change in this event; handed out in commit order."""
    schedule_seq: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    """``seq`` of the latest change of the schedule itself."""
    created_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    updated_at: int = Field(sa_column=Column(BigInteger, nullable=False))


class Division(SQLModel, table=True):
    """An age and level group."""

    __tablename__ = "division"

    event_id: str = event_key()
    division_id: int = own_key()
    name: str = Field(max_length=120)
    code: str = Field(default="", max_length=120)
    """Short name by which other divisions' texts refer to it (AES ``CodeAlias``)."""
    color: str | None = Field(default=None, max_length=7)
    format: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    position: int = 0


class Club(SQLModel, table=True):
    """A club: the owner of several teams."""

    __tablename__ = "club"

    event_id: str = event_key()
    club_id: int = own_key()
    name: str = Field(max_length=160)


class Team(SQLModel, table=True):
    """A team entered in a division."""

    __tablename__ = "team"

    event_id: str = event_key()
    team_id: int = own_key()
    name: str = Field(max_length=160)
    code: str = Field(default="", max_length=40)
    club_id: int | None = big(index=True)
    division_id: int | None = big(index=True)


class Court(SQLModel, table=True):
    """A court; ``position`` is its place in human order (2 before 10)."""

    __tablename__ = "court"

    event_id: str = event_key()
    court_id: int = own_key()
    name: str = Field(max_length=80)
    video_link: str = Field(default="", max_length=500)
    position: int = 0


class Stage(SQLModel, table=True):
    """A pool or a bracket: the matches that are ranked, or played out, together."""

    __tablename__ = "stage"

    event_id: str = event_key()
    stage_id: int = own_key()
    division_id: int | None = big(index=True)
    round: str = Field(default="", max_length=120)
    name: str = Field(default="", max_length=120)
    """As printed: ``Pool 3``, ``Gold Bracket``."""
    kind: str = Field(default="pool", max_length=8)
    """pool or bracket."""
    format: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    finished: bool = False
    """The desk has ranked it."""
    ranks: list[Any] | None = Field(default=None, sa_column=Column(JSON))
    """The desk's own order, as ``[[teamId, rank], …]``; none while it is open."""
    position: int = 0


class Match(SQLModel, table=True):
    """One match of the schedule. Its score lives in ``scoring``."""

    __tablename__ = "match"
    __table_args__ = (
        Index("match_by_start", "event_id", "starts_at"),
        Index("match_by_day", "event_id", "day"),
        Index("match_by_team1", "event_id", "team1_id"),
        Index("match_by_team2", "event_id", "team2_id"),
        Index("match_by_work_team", "event_id", "work_team_id"),
        Index("match_by_court", "event_id", "court_id"),
    )

    event_id: str = event_key()
    match_id: int = own_key()
    name: str = Field(default="", max_length=80)
    """Short name inside its stage: ``M3``, ``Match 3``."""
    division_id: int | None = big()
    stage_id: int | None = big()
    court_id: int | None = big()
    team1_id: int | None = big()
    team2_id: int | None = big()
    work_team_id: int | None = big()
    team1_text: str = Field(default="", max_length=200)
    """What the schedule prints where no team is known yet: ``Winner of Match 6``."""
    team2_text: str = Field(default="", max_length=200)
    work_team_text: str = Field(default="", max_length=200)
    day: str | None = Field(default=None, max_length=10)
    """Venue day, ISO; none while no time is set ("to follow")."""
    starts_at: int | None = big()
    ends_at: int | None = big()
    format: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    """This match's own format, where it differs from its stage's."""
    vanished_at: int | None = big()
    """Since when the schedule no longer names it; kept because it has a score or a claim."""


class Walk(SQLModel, table=True):
    """How many minutes it takes to walk between two halls of an event, either way."""

    __tablename__ = "walk"

    event_id: str = event_key()
    hall: str = Field(primary_key=True, max_length=80)
    other: str = Field(primary_key=True, max_length=80)
    """The one that comes later in the alphabet."""
    minutes: int


class DroppedMatch(SQLModel, table=True):
    """A match that the schedule had and no longer has: calendars call it off rather than leave
    an old entry standing. Should it come back, its row goes."""

    __tablename__ = "dropped_match"

    event_id: str = event_key()
    match_id: int = own_key()
    team1_id: int | None = big()
    team2_id: int | None = big()
    work_team_id: int | None = big()
    title: str = Field(max_length=400)
    """Who would have played, in words: the teams may have gone with the match."""
    place: str = Field(default="", max_length=80)
    starts_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    ends_at: int | None = big()
