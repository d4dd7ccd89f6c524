"""Reading an action's fields; anything out of shape is a `bad-action`."""

from collections.abc import Mapping

from courtsync_web.volleyball.refusals import RuleBroken
from courtsync_web.volleyball.sets import Team


def team_of(action: Mapping[str, object], field: str = "team") -> Team:
    team = optional_team(action, field)
    if team is None:
        raise RuleBroken("bad-action")
    return team


def optional_team(action: Mapping[str, object], field: str) -> Team | None:
    value = action.get(field)
    if value is None:
        return None
    match whole(action, field):
        case 1:
            return 1
        case 2:
            return 2
    raise RuleBroken("bad-action")


def whole(action: Mapping[str, object], field: str) -> int:
    value = action.get(field)
    # JSON's true is no number, though Python's True is one.
    if not isinstance(value, int) or isinstance(value, bool):
        raise RuleBroken("bad-action")
    return value


def boolean(action: Mapping[str, object], field: str) -> bool | None:
    value = action.get(field)
    if value is not None and not isinstance(value, bool):
        raise RuleBroken("bad-action")
    return value


def pairs(action: Mapping[str, object], field: str) -> list[tuple[int, int]]:
    """Set scores as `[[25, 20], [25, 18]]`."""
    value = action.get(field)
    if not isinstance(value, list):
        raise RuleBroken("bad-action")
    return [_pair(item) for item in value]


def _pair(item: object) -> tuple[int, int]:
    if not isinstance(item, list) or len(item) != 2:
        raise RuleBroken("bad-action")
    both = {"a": item[0], "b": item[1]}
    return (whole(both, "a"), whole(both, "b"))
