"""Followed teams on the wire."""

from msgspec import Struct


class FollowedTeam(Struct, rename="camel"):
    """A team that the person follows, with the names to show it by."""

    event_id: str
    team_id: int
    name: str
    event_name: str
    followed_at: int


class FollowList(Struct, rename="camel"):
    """All teams a person follows, over all events. ``updatedAt`` is null before the first."""

    teams: list[FollowedTeam]
    updated_at: int | None
