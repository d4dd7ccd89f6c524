"""Crews as they are stored."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from courtsync_web.events.models import EVENT_ID, event_key, own_key
from courtsync_web.organizing.models import HASH, KEY_ID, belongs_to_event, instant

ID = 32
NAME = 60


class Crew(SQLModel, table=True):
    """Some photographers at one event."""

    __tablename__ = "crew"
    __table_args__ = (UniqueConstraint("code_hash"),)

    id: str = Field(primary_key=True, max_length=ID)
    event_id: str = belongs_to_event()
    name: str = Field(max_length=NAME)
    link_id: str | None = Field(default=None, max_length=ID)
    """What the link's code follows from (``organizing/links.py``); none: nobody can join."""
    code_hash: str | None = Field(default=None, max_length=HASH)
    key_id: str | None = Field(default=None, max_length=KEY_ID)
    created_at: int = instant()


class CrewMember(SQLModel, table=True):
    """Somebody in a crew. The key says it: of one crew at an event."""

    __tablename__ = "crew_member"

    event_id: str = event_key()
    user_id: str = Field(
        sa_column=Column(String(ID), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    )
    crew_id: str = Field(
        sa_column=Column(
            String(ID), ForeignKey("crew.id", ondelete="CASCADE"), nullable=False, index=True
        )
    )
    joined_at: int = instant()


class CrewMatch(SQLModel, table=True):
    """Who of a crew has a match. The key says it: one of them. It goes with the member."""

    __tablename__ = "crew_match"
    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "user_id"],
            ["crew_member.event_id", "crew_member.user_id"],
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
    )

    crew_id: str = Field(
        sa_column=Column(String(ID), ForeignKey("crew.id", ondelete="CASCADE"), primary_key=True)
    )
    match_id: int = own_key()
    event_id: str = Field(sa_column=Column(String(EVENT_ID), nullable=False))
    user_id: str = Field(
        sa_column=Column(String(ID), ForeignKey("person.id", ondelete="CASCADE"), nullable=False)
    )
    taken_at: int = Field(sa_column=Column(BigInteger, nullable=False))
