"""An event's people and codes on the wire."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

MemberRole = Literal["scorer", "coach", "media", "organizer"]
PoolCriterion = Literal["match-percentage", "head-to-head", "set-percentage", "point-ratio"]
Instant = Annotated[int, Meta(ge=0, le=2**53)]
Court = Annotated[int, Meta(ge=-(2**63 - 1), le=2**63 - 1)]


class EventChange(Struct, rename="camel", forbid_unknown_fields=True):
    """What to change about an event; what is left out stays."""

    scoring_policy: Literal["open", "members", "codes"] | UnsetType = UNSET
    visibility: Literal["public", "unlisted", "private"] | UnsetType = UNSET
    name: Annotated[str, Meta(min_length=1, max_length=200)] | UnsetType = UNSET
    location: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    pool_criteria: Annotated[list[PoolCriterion], Meta(min_length=1, max_length=4)] | UnsetType = (
        UNSET
    )


class MemberEntry(Struct, rename="camel", forbid_unknown_fields=True):
    """Whom to take in. Without an address, or without an account behind it: by invitation."""

    role: MemberRole
    email: Annotated[str, Meta(max_length=320, examples=["jo@example.org"])] | None = None


class InvitationDocument(Struct, rename="camel"):
    """A link that makes whoever accepts it first a member.

    ``link`` is null once it can no longer be shown.
    """

    id: str
    link: str | None
    expires_at: int


class MemberDocument(Struct, rename="camel", kw_only=True):
    """Somebody who works at the event, or is invited to: then ``invitation`` is set.

    ``email`` is what the organizer typed, never what the person's account says.
    """

    user_id: str | None = None
    display_name: str | None = None
    role: str
    email: str | None
    added_at: int
    invitation: InvitationDocument | None = None


class Acceptance(Struct, rename="camel", forbid_unknown_fields=True):
    """The code of an invitation's link."""

    code: Annotated[str, Meta(max_length=64)]


class MembershipDocument(Struct, rename="camel"):
    """What one now is, and where."""

    event_id: str
    event_name: str
    role: str


class CourtCodeEntry(Struct, rename="camel", forbid_unknown_fields=True):
    """For which court, and until when; by default until a day after the event."""

    court_id: Court
    expires_at: Instant | UnsetType = UNSET


class Scan(Struct, rename="camel"):
    """Somebody who came by a code: under which name, when, and how much they scored."""

    name: str
    at: int
    updates: int


class CourtCodeDocument(Struct, rename="camel", kw_only=True):
    """A court's code. ``code`` and ``link`` are null where it is no longer good or showable."""

    id: str
    court_id: int
    court_name: str
    code: str | None
    link: str | None
    created_at: int
    expires_at: int
    revoked_at: int | None
    scans: list[Scan]


class CourtArrival(Struct, rename="camel", forbid_unknown_fields=True):
    """A scanned code, and how the volunteer wants to be called."""

    code: Annotated[str, Meta(max_length=64)]
    display_name: Annotated[str, Meta(min_length=1, max_length=200, examples=["Robin"])]
