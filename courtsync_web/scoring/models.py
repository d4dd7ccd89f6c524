"""A match's score with its history, its claim, and the verdicts on what phones sent."""

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, ForeignKeyConstraint, Index, Integer, String
from sqlalchemy.types import JSON
from sqlmodel import Field, SQLModel

from courtsync_web.events.models import EVENT_ID, big


def match_key(name: str) -> tuple[Any, ...]:
    """The match a row belongs to: rows go when their match goes."""
    return (
        ForeignKeyConstraint(
            ["event_id", "match_id"],
            ["match.event_id", "match.match_id"],
            name=name,
            ondelete="CASCADE",
        ),
    )


def event_part(*, primary: bool) -> Any:
    return Field(sa_column=Column(String(EVENT_ID), primary_key=primary, nullable=False))


def match_part(*, primary: bool) -> Any:
    return Field(
        sa_column=Column(BigInteger, primary_key=primary, nullable=False, autoincrement=False)
    )


class Score(SQLModel, table=True):
    """The newest state of a match: what everyone sees."""

    __tablename__ = "score"
    __table_args__ = (*match_key("score_match"), Index("score_by_seq", "event_id", "seq"))

    event_id: str = event_part(primary=True)
    match_id: int = match_part(primary=True)
    status: str = Field(max_length=12)
    """not-started, in-progress or completed."""
    sets: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    """``[[team1, team2, completedAt|null], …]`` in order of play."""
    sets_won1: int = 0
    sets_won2: int = 0
    winner: int | None = None
    """1, 2, or none: undecided or split."""
    outcome: str = Field(default="undecided", max_length=16)
    serving: int | None = None
    timeouts: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    """Time-outs used in the running set, by team: ``[a, b]``."""
    warnings: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    provenance: str = Field(max_length=8)
    """official (the desk), team (someone who keeps score for the event) or fan."""
    revision: int = Field(sa_column=Column(BigInteger, nullable=False))
    """Accepted updates of this match, counted from 1."""
    fence: int | None = big()
    """Number of the claim under which it was last changed; none: by the desk."""
    seq: int = Field(sa_column=Column(BigInteger, nullable=False))
    changed_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    """When what it shows happened: arrival minus age."""
    author_id: str | None = Field(
        default=None, sa_column=Column(String(32), ForeignKey("person.id", ondelete="SET NULL"))
    )


class ScoreUpdate(SQLModel, table=True):
    """One accepted update: what the scorer did, and the state after it. Never changed."""

    __tablename__ = "score_update"
    __table_args__ = (
        *match_key("score_update_match"),
        Index("score_update_by_revision", "event_id", "match_id", "revision", unique=True),
    )

    id: int | None = Field(
        default=None,
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    )
    event_id: str = event_part(primary=False)
    match_id: int = match_part(primary=False)
    revision: int = Field(sa_column=Column(BigInteger, nullable=False))
    seq: int = Field(sa_column=Column(BigInteger, nullable=False))
    update_id: str | None = Field(default=None, max_length=36)
    base_revision: int | None = big()
    """Which revision the scorer saw when it happened."""
    fence: int | None = big()
    """Number of the claim it was made under."""
    action: str = Field(max_length=20)
    detail: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """What belongs to the action: ``{team, reason, …}``."""
    state: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """The score after it: status, sets, serving, timeouts, outcome, …"""
    author_id: str | None = Field(
        default=None,
        sa_column=Column(String(32), ForeignKey("person.id", ondelete="SET NULL"), index=True),
    )
    happened_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    arrived_at: int = Field(sa_column=Column(BigInteger, nullable=False))


class Claim(SQLModel, table=True):
    """Who keeps the score of a match: a lease with a fence.

    One row per match that was ever claimed. ``holder_id`` none: free. ``fence`` rises at
    every change of hands and is never reset, so a late message from a former holder shows.
    """

    __tablename__ = "claim"
    __table_args__ = (*match_key("claim_match"), Index("claim_by_seq", "event_id", "seq"))

    event_id: str = event_part(primary=True)
    match_id: int = match_part(primary=True)
    holder_id: str | None = Field(
        default=None,
        sa_column=Column(String(32), ForeignKey("person.id", ondelete="SET NULL"), index=True),
    )
    claimed_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    expires_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    fence: int = Field(sa_column=Column(BigInteger, nullable=False))
    asked_by_id: str | None = Field(
        default=None, sa_column=Column(String(32), ForeignKey("person.id", ondelete="SET NULL"))
    )
    """Who asks to take over; the holder may refuse until ``asked_until``."""
    asked_until: int | None = big()
    refused_until: int | None = big()
    """Until then nobody may ask again: the holder has just refused."""
    seq: int = Field(sa_column=Column(BigInteger, nullable=False))


class Hold(SQLModel, table=True):
    """Who held a match's claim under which fence: the claim's past.

    A score that was made while its author held the claim counts, even if it arrives after
    the claim has ended or has passed to somebody else.
    """

    __tablename__ = "hold"
    __table_args__ = (*match_key("hold_match"),)

    event_id: str = event_part(primary=True)
    match_id: int = match_part(primary=True)
    fence: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    holder_id: str | None = Field(
        default=None,
        sa_column=Column(String(32), ForeignKey("person.id", ondelete="SET NULL"), index=True),
    )
    claimed_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    expires_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    """When it ended, or will end unless renewed."""


class Verdict(SQLModel, table=True):
    """What the server said about one client-made id: asked again, it says the same."""

    __tablename__ = "verdict"
    __table_args__ = (Index("verdict_by_device", "device_id", "device_seq", unique=True),)

    update_id: str = Field(primary_key=True, max_length=36)
    """In lower case. Unique everywhere: a phone mints it once, whatever it is about."""
    event_id: str | None = Field(default=None, max_length=EVENT_ID)
    """None: what was sent could not be read."""
    match_id: int | None = big()
    kind: str = Field(default="score", max_length=8)
    """score, claim, release, plan or follow."""
    author_id: str | None = Field(
        default=None,
        sa_column=Column(String(32), ForeignKey("person.id", ondelete="SET NULL"), index=True),
    )
    device_id: str | None = Field(default=None, max_length=64)
    """Of the phone, if it came in a batch."""
    device_seq: int | None = big()
    """The phone's own count; none too where the number had been used before."""
    body_hash: str = Field(max_length=64)
    """SHA-256 of what was sent, so that the same id with another body is noticed."""
    outcome: str = Field(max_length=10)
    """applied, conflict or rejected."""
    problem: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    answer: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    """The document that was answered; a score without its format."""
    created_at: int = Field(sa_column=Column(BigInteger, nullable=False))


class Conflict(SQLModel, table=True):
    """An update that lost against a later one: kept whole, shown, restorable."""

    __tablename__ = "conflict"
    __table_args__ = (
        *match_key("conflict_match"),
        Index("conflict_by_match", "event_id", "match_id"),
    )

    id: int | None = Field(
        default=None,
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    )
    event_id: str = event_part(primary=False)
    match_id: int = match_part(primary=False)
    update_id: str | None = Field(default=None, max_length=36)
    author_id: str | None = Field(
        default=None,
        sa_column=Column(String(32), ForeignKey("person.id", ondelete="SET NULL"), index=True),
    )
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """The update as it was sent."""
    reason: str = Field(max_length=40)
    """Why it lost: ``older``, ``fenced``, ``late``, ``official``."""
    fence: int | None = big()
    log: str | None = Field(default=None, max_length=100)
    """What of one phone belongs together: made under the same claim. None: it stands alone."""
    won_revision: int = Field(sa_column=Column(BigInteger, nullable=False))
    happened_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    arrived_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    restored_at: int | None = big()
    set_aside_at: int | None = big()
    """What stood was kept, after a look."""
