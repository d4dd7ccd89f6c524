"""The words that go over the wire: what a scorer sends, what everyone sees."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

INT64 = 2**63 - 1
Id = Annotated[int, Meta(ge=-INT64 - 1, le=INT64)]
Instant = Annotated[int, Meta(ge=0, le=INT64)]
"""Unix milliseconds."""
Points = Annotated[int, Meta(ge=-INT64, le=INT64)]
"""Checked by the rules, which name the set: not by the decoder."""
TeamSlot = Literal[1, 2]
Status = Literal["not-started", "in-progress", "completed"]
Outcome = Literal[
    "undecided",
    "first-won",
    "second-won",
    "split",
    "first-forfeits",
    "second-forfeits",
    "first-retires",
    "second-retires",
]
Action = Literal[
    "point",
    "undo",
    "timeout",
    "set-start",
    "toss",
    "ends-changed",
    "card",
    "delay",
    "correction",
    "forfeit",
    "retire",
    "final-score",
    "sign-off",
    "reopen",
]
UUID = Annotated[
    str,
    Meta(
        pattern="^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$(?!\\n)"
    ),
]


class Camel(Struct, rename="camel", kw_only=True):
    """camelCase outside, snake_case inside."""


class SetScore(Camel, forbid_unknown_fields=True):
    """Points of one set; ``completed_at`` once it is over."""

    set_number: Annotated[int, Meta(ge=1, le=9)]
    team1_score: Points
    team2_score: Points
    completed_at: Instant | None = None


class ScoreUpdateIn(Camel, forbid_unknown_fields=True):
    """``POST …/scores``: an action together with the state after it.

    ``update_id`` is minted once on the device; ``last_updated`` is the device's own clock;
    ``base_revision`` the revision the scorer saw; ``fence`` the claim's number.
    """

    match_id: Id
    sets: Annotated[list[SetScore], Meta(max_length=9)]
    status: Status
    update_id: UUID | None = None
    last_updated: Instant | None = None
    base_revision: Annotated[int, Meta(ge=0, le=INT64)] | None = None
    fence: Annotated[int, Meta(ge=0, le=INT64)] | None = None
    action: Action | None = None
    team: TeamSlot | None = None
    serving: TeamSlot | None = None
    timeouts: (
        Annotated[list[Annotated[int, Meta(ge=0, le=99)]], Meta(min_length=2, max_length=2)] | None
    ) = None
    outcome: Outcome | None = None
    reason: Annotated[str, Meta(max_length=200, pattern="^[^\\x00]*$")] | None = None


class ScoreDocument(Camel):
    """The score of a match, as everyone sees it."""

    event_id: str
    match_id: int
    status: str
    sets: list[SetScore]
    revision: int
    seq: int
    last_updated: int
    last_updated_by: str | None
    provenance: str
    format: dict[str, Any]
    sets_won: tuple[int, int]
    winner: int | None
    outcome: str
    serving: int | None
    timeouts: list[int]
    warnings: list[str]


class HistoryItem(Camel):
    """One accepted update: who did what, when, and the state after it."""

    revision: int
    seq: int
    action: str
    team: int | None
    reason: str | None
    author: str | None
    at: int
    update_id: str | None
    status: str
    sets: list[SetScore]
    serving: int | None
    timeouts: list[int]
    outcome: str


class History(Camel):
    """A page of a match's history, newest last."""

    items: list[HistoryItem]
    total: int
    limit: int
    offset: int


class Takeover(Camel):
    """Someone asks the holder for the claim; unrefused, they have it at ``until``."""

    by: str
    by_name: str
    until: int


class ClaimDocument(Camel):
    """Who keeps the score of a match. ``claimed`` false: nobody does."""

    event_id: str
    match_id: int
    claimed: bool
    claimed_by: str | None = None
    claimed_by_name: str | None = None
    claimed_at: int | None = None
    expires_at: int | None = None
    fence: int = 0
    seq: int = 0
    takeover: Takeover | None = None


class ClaimIn(Camel, forbid_unknown_fields=True):
    """``POST …/claims/{matchId}``; the body may be absent."""

    expires_at: Instant | UnsetType = UNSET


class ConflictDocument(Camel):
    """An update that lost against a later one, whole."""

    id: int
    match_id: int
    reason: str
    author: str | None
    happened_at: int
    arrived_at: int
    won_revision: int
    restored_at: int | None
    set_aside_at: int | None
    """When the organizer looked at it and kept what stood."""
    log: str | None
    """Those of one match and author with the same are one log, in the order of their ids."""
    update: dict[str, Any]


def encoded(document: Struct) -> bytes:
    """A document as JSON in UTF-8."""
    return msgspec.json.encode(document)
