"""Crews on the wire. People are told by the name they chose, and by nothing else."""

from typing import Annotated

from msgspec import Meta, Struct

from courtsync_web.coverage.crew.models import NAME


class CrewIn(Struct, rename="camel", forbid_unknown_fields=True):
    """A new crew."""

    name: Annotated[str, Meta(max_length=NAME)] = ""


class JoinIn(Struct, rename="camel", forbid_unknown_fields=True):
    """The code of a crew's link, as it was opened or typed."""

    code: Annotated[str, Meta(max_length=64)]


class TakeIn(Struct, rename="camel", forbid_unknown_fields=True):
    """``takeOver``: also if another of the crew has the match."""

    take_over: bool = False


class CrewMemberDocument(Struct, rename="camel"):
    """Somebody of my crew, and how many matches they have."""

    display_name: str
    me: bool
    matches: int


class CrewMatchDocument(Struct, rename="camel"):
    """Who of my crew has a match."""

    match_id: int
    photographer: str
    mine: bool


class CrewDocument(Struct, rename="camel"):
    """My crew at an event. Without one ``name`` is null and nobody is in it. Whoever opens
    ``link`` can join; null: nobody can at present."""

    event_id: str
    name: str | None
    members: list[CrewMemberDocument]
    matches: list[CrewMatchDocument]
    link: str | None
