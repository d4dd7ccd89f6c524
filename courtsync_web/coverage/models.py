"""Coverage plans as they are stored: one row for each match that was ever chosen or shot."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String
from sqlmodel import Field, SQLModel

from courtsync_web.events.models import event_key, own_key


class PlannedMatch(SQLModel, table=True):
    """Whether a match is in a person's plan, and since when.

    Kept for each match, so that what two devices add and remove apart from each other comes
    together. A match that the schedule drops keeps its place, should it come back.
    """

    __tablename__ = "planned_match"
    __table_args__ = (Index("planned_by_match", "event_id", "match_id"),)

    user_id: str = Field(
        sa_column=Column(String(32), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    )
    event_id: str = event_key()
    match_id: int = own_key()
    planned: bool = Field(sa_column=Column(Boolean, nullable=False))
    """What was last chosen; once it is no, the row remains (``latest.py``)."""
    changed_at: int = Field(sa_column=Column(BigInteger, nullable=False))


class ShotMatch(SQLModel, table=True):
    """Whether a person has shot a match, and since when they say so.

    Beside the plan and not in its row: one phone ticks what another puts off, and neither
    choice is to hide the other.
    """

    __tablename__ = "shot_match"

    user_id: str = Field(
        sa_column=Column(String(32), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    )
    event_id: str = event_key()
    match_id: int = own_key()
    shot: bool = Field(sa_column=Column(Boolean, nullable=False))
    changed_at: int = Field(sa_column=Column(BigInteger, nullable=False))


class PlanSetting(SQLModel, table=True):
    """How a person means to cover an event."""

    __tablename__ = "plan_setting"

    user_id: str = Field(
        sa_column=Column(String(32), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    )
    event_id: str = event_key()
    stay: str = Field(max_length=8)
    """How long at each match (``stays.py``)."""
    aim: str = Field(max_length=24)
    """Whom to cover: ``followed`` (all teams where none is followed), ``all``, or a club's id."""
    changed_at: int = Field(sa_column=Column(BigInteger, nullable=False))
