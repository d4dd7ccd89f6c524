"""Faults that Litestar and msgspec find, told as we tell ours: where, and what."""

import re
from typing import Any

from courtsync_web.errors import FieldError

ABOUT_ONE_FIELD = re.compile(r"Object (missing required|contains unknown) field `([^`]+)`(.*)")
SAID = {"missing required": "is required", "contains unknown": "is not a field here"}
PLACE = re.compile(r" - at `\$\.?([^`]*)`")
WHOLE_BODY = "data"
"""Litestar's name for the body itself; its pointer is the empty one."""


def fault_of(item: dict[str, Any]) -> FieldError:
    """One entry of a ``ValidationException`` as a bad field. The input is never echoed."""
    key, message = str(item.get("key", "")), str(item.get("message", ""))
    if key == WHOLE_BODY and message == f"'{WHOLE_BODY}'":
        return FieldError("", "A JSON body is needed.")
    parent = pointer_of("" if key == WHOLE_BODY else key)
    if found := ABOUT_ONE_FIELD.match(message):
        what, name, rest = found.groups()
        place = PLACE.match(rest)
        return FieldError(f"{parent}{pointer_of(place[1]) if place else ''}/{name}", SAID[what])
    return FieldError(parent, message)


def pointer_of(key: str) -> str:
    """``sets[0].team1Score`` → ``/sets/0/team1Score``; a parameter's own name in camelCase."""
    path = key.replace("[", ".").replace("]", "").strip(".")
    return "".join(f"/{camel(part)}" for part in path.split(".") if part)


def camel(name: str) -> str:
    """``team_id`` → ``teamId``."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
