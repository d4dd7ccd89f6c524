"""Subscriptions and preferences on the wire."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from courtsync_web.push.models import ENDPOINT

Endpoint = Annotated[str, Meta(max_length=2 * ENDPOINT)]
"""At most 1024 characters; the schema is wider so that the refusal can be in human words."""
EventKey = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{1,64}$")]
Id = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
Clock = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["22:00"])]


class PushKey(Struct, rename="camel"):
    """The key a browser subscribes with."""

    public_key: str


class SubscriptionKeys(Struct, forbid_unknown_fields=True):
    """A browser's keys, in base64url."""

    p256dh: Annotated[str, Meta(max_length=200)]
    auth: Annotated[str, Meta(max_length=100)]


class SubscriptionIn(Struct, rename="camel", forbid_unknown_fields=True):
    """What ``PushSubscription.toJSON()`` says, and whether somebody asked for it just now."""

    endpoint: Endpoint
    keys: SubscriptionKeys
    expiration_time: float | None = None
    """Browsers say it; none of them means it."""
    renew: bool = False
    """The browser offers by itself what was turned on once: nobody has tapped."""
    replaces: Endpoint | None = None
    """The endpoint it had before, where the browser has a new one."""


class EndpointIn(Struct, forbid_unknown_fields=True):
    """Which subscription."""

    endpoint: Endpoint


class ActivationIn(Struct, forbid_unknown_fields=True):
    """The token that came by push."""

    token: Annotated[str, Meta(max_length=100)]


class SubscriptionDocument(Struct, rename="camel"):
    """One of my devices that may be pushed to. Times in Unix milliseconds."""

    id: str
    device: str
    service: str
    """Host of its push service."""
    active: bool
    """Proven by the token that came by push."""
    created_at: int
    last_delivered_at: int | None
    current: bool
    """The sign-in that asks."""


class SubscriptionList(Struct):
    """My devices that may be pushed to."""

    items: list[SubscriptionDocument]


class Lead(Struct, forbid_unknown_fields=True):
    """How early: minutes before the match or, where given, matches ahead on the court."""

    minutes: Annotated[int, Meta(ge=1, le=120)] = 15
    matches: Annotated[int, Meta(ge=0, le=5)] | None = None


class QuietHours(Struct, rename={"from_": "from"}, forbid_unknown_fields=True):
    """Nothing is sent from ``from`` to ``to`` (``HH:MM``) in the person's own zone."""

    from_: Clock
    to: Clock
    timezone: Annotated[str, Meta(max_length=64)]


class TeamChoices(Struct, rename="camel", forbid_unknown_fields=True):
    """What differs for one team. ``bell`` false: nothing about it, whatever else is said."""

    event_id: EventKey
    team_id: Id
    bell: bool = True
    kinds: dict[str, bool] = {}


class MatchBell(Struct, rename="camel", forbid_unknown_fields=True):
    """A match whose bell is on."""

    event_id: EventKey
    match_id: Id


class Preferences(Struct, rename="camel"):
    """Everything a person has chosen about pushes."""

    kinds: dict[str, bool]
    lead: Lead
    quiet_hours: QuietHours | None
    teams: list[TeamChoices]
    matches: list[MatchBell]
    muted_events: list[str]


class PreferencesIn(Struct, rename="camel", forbid_unknown_fields=True):
    """What to change; what is left out stays. A list that is given replaces the former."""

    kinds: dict[str, bool] | UnsetType = UNSET
    lead: Lead | UnsetType = UNSET
    quiet_hours: QuietHours | UnsetType | None = UNSET
    teams: Annotated[list[TeamChoices], Meta(max_length=500)] | UnsetType = UNSET
    matches: Annotated[list[MatchBell], Meta(max_length=500)] | UnsetType = UNSET
    muted_events: Annotated[list[EventKey], Meta(max_length=200)] | UnsetType = UNSET


class BellDocument(Struct):
    """Whether a bell is on."""

    on: bool
    muted: bool
    """The whole event is: nothing comes, on or not."""


class TestDocument(Struct, rename="camel"):
    """A test is on its way to so many devices."""

    devices: int
    last_delivered_at: int | None
