"""The words of ``POST /api/sync`` (docs/protocol.md)."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType, field

from courtsync_web.coverage.documents import Aim, Matches, PlanChanges, PlanDocument
from courtsync_web.coverage.stays import Stay
from courtsync_web.scoring.updates import (
    INT64,
    UUID,
    Camel,
    ClaimDocument,
    Id,
    Instant,
    ScoreDocument,
    ScoreUpdateIn,
)

MOST_OPS = 100
LARGEST_BATCH = 512 * 1024
"""Bytes. A hundred deeds of a best-of-five are a tenth of it."""
VERSION = 1
"""``v`` of every answer: by it a phone tells our 200 from a captive portal's."""
SCHEMA = 3
"""The shape of the ops below; ``upgrades.py`` knows the ones before."""

Count = Annotated[int, Meta(ge=0, le=INT64)]
DeviceId = Annotated[str, Meta(pattern="^[A-Za-z0-9._:-]{1,64}$")]
EventIdIn = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{1,64}$")]


class SyncIn(Camel, forbid_unknown_fields=True):
    """A batch: what one device did, in its order. The ops are decoded one by one.

    ``sent_at`` is the device's clock at this attempt; ``user_id`` says whose outbox it is.
    """

    device_id: DeviceId
    sent_at: Instant
    ops: Annotated[list[Any], Meta(max_length=MOST_OPS)]
    user_id: Annotated[str, Meta(max_length=64)] | None = None
    schema: Count | None = None
    v: Count | None = None


class AnyOp(Camel, forbid_unknown_fields=True):
    """What every op brings but a score, whose other fields are the single call's."""

    id: UUID
    device_seq: Count | None
    """None: from a client that did not count yet."""
    event_id: EventIdIn
    last_updated: Instant | None = None


class MatchOp(AnyOp, kw_only=True, forbid_unknown_fields=True):
    """What every op about a match's claim brings."""

    match_id: Id
    fence: Count | None = None
    claim_id: UUID | None = None


class ScoreOp(
    ScoreUpdateIn, kw_only=True, tag_field="kind", tag="score", forbid_unknown_fields=True
):
    """What was done and the score after it, as ``POST …/scores`` takes it."""

    id: UUID
    device_seq: Count | None
    event_id: EventIdIn
    claim_id: UUID | None = None

    def update(self) -> ScoreUpdateIn:
        """The same as the single call would bring it."""
        fields = {name: getattr(self, name) for name in ScoreUpdateIn.__struct_fields__}
        return ScoreUpdateIn(**(fields | {"update_id": self.id}))


class ClaimOp(MatchOp, kw_only=True, tag_field="kind", tag="claim", forbid_unknown_fields=True):
    """Somebody sat down at the table, perhaps without network. ``base_revision``: what they saw."""

    expires_at: Instant | UnsetType = UNSET
    base_revision: Count | None = None


class ReleaseOp(MatchOp, kw_only=True, tag_field="kind", tag="release", forbid_unknown_fields=True):
    """Somebody got up from the table."""


class PlanOp(AnyOp, kw_only=True, tag_field="kind", tag="plan", forbid_unknown_fields=True):
    """What was put into the coverage plan and taken out, ticked off and set, or how all of the
    matches shall be.

    What came later is left out where it is not said, so that an op of an older client is still
    the same one by its hash.
    """

    added: Matches = field(default_factory=list)
    removed: Matches = field(default_factory=list)
    selected_matches: Matches | None = None
    shot: Matches | UnsetType = UNSET
    unshot: Matches | UnsetType = UNSET
    stay: Stay | UnsetType = UNSET
    aim: Aim | UnsetType = UNSET

    def changes(self) -> PlanChanges:
        """The same without the frame of an op."""
        told = {name: getattr(self, name) for name in PlanChanges.__struct_fields__}
        return PlanChanges(**{name: said for name, said in told.items() if said is not UNSET})


class FollowOp(AnyOp, kw_only=True, tag_field="kind", tag="follow", forbid_unknown_fields=True):
    """A team was chosen to be followed, or no longer."""

    team_id: Id
    following: bool


AboutMatch = ScoreOp | ClaimOp | ReleaseOp
Op = AboutMatch | PlanOp | FollowOp


class SyncResult(Camel, omit_defaults=True):
    """The verdict on one op. ``outcome``: applied, duplicate, conflict, rejected or retry."""

    id: str | None
    outcome: str
    problem: dict[str, Any] | None = None
    score: ScoreDocument | None = None
    claim: ClaimDocument | None = None
    plan: PlanDocument | None = None


class SyncOut(Camel):
    """One verdict per op, in the order of the ops."""

    results: list[SyncResult]
    server_time: int
    v: int = VERSION
