"""Followed teams as they are stored."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String
from sqlmodel import Field, SQLModel

from courtsync_web.events.models import event_key, own_key


class Follow(SQLModel, table=True):
    """Whether a person follows a team. A team that the schedule drops keeps its followers, and
    has them again should it come back; so no key ties the two."""

    __tablename__ = "follow"
    __table_args__ = (Index("follow_by_team", "event_id", "team_id"),)

    user_id: str = Field(
        sa_column=Column(String(32), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    )
    event_id: str = event_key()
    team_id: int = own_key()
    following: bool = Field(sa_column=Column(Boolean, nullable=False))
    """What was last chosen; once it is no, the row remains (``latest.py``)."""
    changed_at: int = Field(sa_column=Column(BigInteger, nullable=False))
