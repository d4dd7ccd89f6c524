"""Who works at an event: its members, those invited, and the codes that hang at its courts."""

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, String
from sqlmodel import Field, SQLModel

from courtsync_web.accounts.models import USER_ID
from courtsync_web.events.models import EVENT_ID

MEMBER_ROLE = 16
KEY_ID = 8
HASH = 64


def belongs_to_event(*, primary: bool = False) -> Any:
    """The event a row goes with: the row goes when the event goes."""
    return Field(
        sa_column=Column(
            String(EVENT_ID),
            ForeignKey("event.id", ondelete="CASCADE"),
            primary_key=primary,
            nullable=False,
            index=not primary,
        )
    )


def instant(*, optional: bool = False) -> Any:
    """Unix milliseconds."""
    column = Column(BigInteger, nullable=optional)
    return Field(default=None, sa_column=column) if optional else Field(sa_column=column)


class Member(SQLModel, table=True):
    """A person the organizer works with at one event. The owner needs no row."""

    __tablename__ = "member"

    event_id: str = belongs_to_event(primary=True)
    user_id: str = Field(
        sa_column=Column(
            String(USER_ID),
            ForeignKey("person.id", ondelete="CASCADE"),
            primary_key=True,
            index=True,
        )
    )
    role: str = Field(max_length=MEMBER_ROLE)
    """organizer, scorer, coach or media."""
    typed_as: str | None = Field(default=None, max_length=254)
    """The address as the organizer typed it; none: they came by a link that named nobody."""
    added_at: int = instant()


class Invitation(SQLModel, table=True):
    """A link that makes whoever opens it first, and accepts, a member. It is gone then."""

    __tablename__ = "invitation"

    id: str = Field(primary_key=True, max_length=USER_ID)
    event_id: str = belongs_to_event()
    role: str = Field(max_length=MEMBER_ROLE)
    typed_as: str | None = Field(default=None, max_length=254)
    code_hash: str = Field(max_length=HASH, unique=True)
    key_id: str = Field(max_length=KEY_ID)
    """Which of our keys the link follows from; see ``links``."""
    created_at: int = instant()
    expires_at: int = instant()


class CourtCode(SQLModel, table=True):
    """A link that hangs at a court. Who opens it may keep the score of that court's matches."""

    __tablename__ = "court_code"

    id: str = Field(primary_key=True, max_length=USER_ID)
    event_id: str = belongs_to_event()
    court_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    """Not a foreign key: a court that leaves the schedule must not set its scorers free."""
    code_hash: str = Field(max_length=HASH, unique=True)
    key_id: str = Field(max_length=KEY_ID)
    created_at: int = instant()
    expires_at: int = instant()
    revoked_at: int | None = instant(optional=True)


class CourtSignIn(SQLModel, table=True):
    """A session that was begun by a court's code, and is limited to that court."""

    __tablename__ = "court_sign_in"

    session_id: str = Field(
        sa_column=Column(
            String(USER_ID), ForeignKey("session.id", ondelete="CASCADE"), primary_key=True
        )
    )
    code_id: str = Field(
        sa_column=Column(
            String(USER_ID),
            ForeignKey("court_code.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        )
    )
    signed_in_at: int = instant()
