"""Links that somebody gave out, each of which can be withdrawn by itself."""

from sqlalchemy import BigInteger, Column, ForeignKey, String
from sqlmodel import Field, SQLModel

from courtsync_web.accounts.models import USER_ID
from courtsync_web.events.models import EVENT_ID

KIND = 8
HASH, KEY_ID = 64, 8


class SharedLink(SQLModel, table=True):
    """An address that needs no sign-in. Withdrawn, the row is gone and the address leads nowhere.

    A person has at most one of each kind for an event. Of the code only the hash is stored; it
    follows from ``id`` and one of our keys (``organizing/links.py``), so it can be shown again.
    """

    __tablename__ = "shared_link"

    user_id: str = Field(
        sa_column=Column(
            String(USER_ID), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
        )
    )
    event_id: str = Field(
        sa_column=Column(
            String(EVENT_ID),
            ForeignKey("event.id", ondelete="CASCADE"),
            primary_key=True,
            index=True,
        )
    )
    kind: str = Field(primary_key=True, max_length=KIND)
    """plan, calendar or event: see ``links.Kind``."""
    id: str = Field(max_length=USER_ID)
    code_hash: str = Field(max_length=HASH, unique=True)
    key_id: str = Field(max_length=KEY_ID)
    created_at: int = Field(sa_column=Column(BigInteger, nullable=False))
