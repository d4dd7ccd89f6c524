"""People and their sign-ins, as they are stored."""

from sqlalchemy import BigInteger, Column, ForeignKey, String
from sqlmodel import Field, SQLModel

USER_ID = 32
"""Length of a person's id: 128 random bits in hexadecimal, never guessable, never counted."""


class User(SQLModel, table=True):
    """A person. A guest is a person without an e-mail address."""

    __tablename__ = "person"

    id: str = Field(primary_key=True, max_length=USER_ID)
    email: str | None = Field(default=None, unique=True, max_length=254)
    """Lower-cased; shown to nobody but its owner."""
    password_hash: str | None = Field(default=None, max_length=255)
    display_name: str = Field(max_length=80)
    role: str = Field(max_length=16)
    """spectator, coach, media or organizer."""
    created_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    persona: str | None = Field(default=None, max_length=16)
    """As whom they look at the app (``PERSONAS``); none: as their role says. Grants nothing."""


class Session(SQLModel, table=True):
    """One sign-in on one device: the family of its rotating refresh tokens.

    Two generations may be good at once: a phone that lost the answer to a refresh still
    holds the former token, which stays good until its successor is first used.
    """

    __tablename__ = "session"

    id: str = Field(primary_key=True, max_length=USER_ID)
    user_id: str = Field(
        sa_column=Column(
            String(USER_ID), ForeignKey("person.id", ondelete="CASCADE"), index=True, nullable=False
        )
    )
    token_hash: str = Field(max_length=64, index=True)
    """SHA-256 of the newest refresh token."""
    previous_hash: str | None = Field(default=None, max_length=64, index=True)
    """SHA-256 of the one before it, until the newest is first used."""
    created_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    used_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    """When it last refreshed. Pages do so hourly while they are used (see ``staying``)."""
    revoked_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    device: str = Field(default="", max_length=200)
    """What the browser called itself, for the list of my devices."""


class ResetLink(SQLModel, table=True):
    """A link that sets a new password once. Only its secret's hash is kept."""

    __tablename__ = "reset_link"

    token_hash: str = Field(primary_key=True, max_length=64)
    """SHA-256 of the secret in the link."""
    user_id: str = Field(
        sa_column=Column(
            String(USER_ID), ForeignKey("person.id", ondelete="CASCADE"), index=True, nullable=False
        )
    )
    created_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    expires_at: int = Field(sa_column=Column(BigInteger, nullable=False))
