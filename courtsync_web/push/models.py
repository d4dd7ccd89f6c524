"""Phones that may be pushed to, what their owners want to hear, and the ledger of pushes."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String
from sqlalchemy.types import JSON
from sqlmodel import Field, SQLModel

from courtsync_web.events.models import EVENT_ID, big, event_key, own_key

ENDPOINT = 1024
"""Bytes of an endpoint at most; those of the known services have some 200."""
KIND = 24


def person_key(*, primary: bool) -> Any:
    """The person a row belongs to; it goes when they go."""
    return Field(
        sa_column=Column(
            String(32),
            ForeignKey("person.id", ondelete="CASCADE"),
            primary_key=primary,
            nullable=False,
            index=not primary,
        )
    )


def any_event() -> Any:
    """Part of a key: an event, or nothing for all of them."""
    return Field(sa_column=Column(String(EVENT_ID), primary_key=True, nullable=False))


def instant() -> Any:
    return Field(sa_column=Column(BigInteger, nullable=False))


class PushSubscription(SQLModel, table=True):
    """One browser that asked to be pushed to. It is told nothing before it is proven.

    It belongs to a sign-in: signing out, here or from elsewhere, ends it.
    """

    __tablename__ = "push_subscription"

    id: str = Field(primary_key=True, max_length=32)
    user_id: str = person_key(primary=False)
    session_id: str | None = Field(
        default=None,
        sa_column=Column(String(32), ForeignKey("session.id", ondelete="CASCADE"), index=True),
    )
    endpoint: str = Field(max_length=ENDPOINT)
    """Whoever knows it can address this browser: it is never logged and never shown."""
    endpoint_hash: str = Field(max_length=64, unique=True)
    p256dh: str = Field(max_length=100)
    auth: str = Field(max_length=32)
    key_id: str = Field(max_length=16)
    """Which of our VAPID keys the browser was given."""
    device: str = Field(default="", max_length=200)
    token: str | None = Field(default=None, max_length=64)
    """Proves the subscription: it reaches the browser by push alone. None once it has come back."""
    created_at: int = instant()
    active_at: int | None = big()
    """Since when it is proven."""
    delivered_at: int | None = big()
    """When its push service last took a message."""


class PushRemoval(SQLModel, table=True):
    """A browser that its owner has removed: only their tap there brings it back.

    It outlives the subscription, because the browser still has its half and offers it again.
    """

    __tablename__ = "push_removal"

    endpoint_hash: str = Field(primary_key=True, max_length=64)
    removed_at: int = instant()


class PushPreference(SQLModel, table=True):
    """How early and when a person wants to be told. Without a row the defaults stand."""

    __tablename__ = "push_preference"

    user_id: str = person_key(primary=True)
    lead_minutes: int
    """How long before a match, where ``lead_matches`` says nothing."""
    lead_matches: int | None = None
    """How many matches ahead on the court."""
    quiet_from: int | None = None
    """Minute of the day from which nothing is sent; none: never quiet."""
    quiet_to: int | None = None
    timezone: str = Field(default="", max_length=64)
    """The person's own zone, for the quiet hours."""


class PushChoice(SQLModel, table=True):
    """Whether a person wants one kind of push: for everything, or for one team.

    ``event_id`` empty and ``team_id`` 0: everywhere. Kind ``all``: the bell of a team.
    """

    __tablename__ = "push_choice"

    user_id: str = person_key(primary=True)
    event_id: str = any_event()
    team_id: int = own_key()
    kind: str = Field(primary_key=True, max_length=KIND)
    wanted: bool = Field(sa_column=Column(Boolean, nullable=False))


class PushBell(SQLModel, table=True):
    """A person wants to be told about one match, whoever plays it."""

    __tablename__ = "push_bell"
    __table_args__ = (Index("push_bell_by_match", "event_id", "match_id"),)

    user_id: str = person_key(primary=True)
    event_id: str = event_key()
    match_id: int = own_key()


class PushMute(SQLModel, table=True):
    """A person wants to hear nothing of an event."""

    __tablename__ = "push_mute"

    user_id: str = person_key(primary=True)
    event_id: str = event_key()


class PushJob(SQLModel, table=True):
    """One thing one person is to be told, once: the ledger.

    Its key is what makes it once: person, match, kind and occasion. It is written in the
    transaction that causes it, claimed before it is sent, and kept as the list of what was sent.
    """

    __tablename__ = "push_job"
    __table_args__ = (
        Index("push_job_by_due", "state", "due_at"),
        Index("push_job_by_person", "user_id", "created_at"),
        Index("push_job_by_match", "event_id", "match_id"),
    )

    user_id: str = person_key(primary=True)
    event_id: str = any_event()
    match_id: int = own_key()
    """0 where it is about no match."""
    kind: str = Field(primary_key=True, max_length=KIND)
    occasion: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    """Which of its kind: for reminders the planned (printed) start in Unix milliseconds, for a
    set its number, for a change of the schedule its ``seq``."""
    state: str = Field(max_length=8)
    """due, sending, sent, or dropped."""
    why_dropped: str = Field(default="", max_length=16)
    """late, quiet, nobody (no device), refused, too-large, unplanned, unwanted (turned off, or
    the event is no longer open to them) or replaced (by newer news of the match)."""
    reason: str = Field(max_length=8)
    """Why this person: team, match (its bell), plan, or self (they asked)."""
    team_id: int | None = big()
    """The team that they follow."""
    subscription_id: str | None = Field(default=None, max_length=32)
    """The only device it is for; none: all of the person's."""
    facts: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """What the words need beyond what the event's tables say at the time of sending."""
    due_at: int = instant()
    expires_at: int = instant()
    """From then on it is useless, and is dropped."""
    claimed_until: int | None = big()
    """A sender has it until then; if it is not settled by then, the sender has died."""
    attempts: int = 0
    delivered: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    """Ids of the devices whose push service has taken it: no attempt goes there again."""
    title: str = Field(default="", max_length=200)
    body: str = Field(default="", max_length=400)
    url: str = Field(default="", max_length=200)
    """As it was sent, once it was."""
    created_at: int = instant()
    sent_at: int | None = big()


class PushTurn(SQLModel, table=True):
    """Which process does the rounds at present, so that several do not do the same work."""

    __tablename__ = "push_turn"

    name: str = Field(primary_key=True, max_length=24)
    holder: str = Field(max_length=32)
    until: int = instant()
