"""Which format a match is played by: its own, else its stage's, division's, event's."""

import json
from functools import lru_cache
from typing import Any

from courtsync_web.scoring.formats import DEFAULT, PRESETS, Format, format_to_wire, read_format

Stored = dict[str, Any] | None
"""A format as the tables keep it: the whole wire object."""

DEFAULT_WIRE: dict[str, Any] = dict(format_to_wire(PRESETS[DEFAULT]))


def wire_format(match: Stored, stage: Stored, division: Stored, event: Stored) -> dict[str, Any]:
    """The format in force, as it goes over the wire."""
    return match or stage or division or event or DEFAULT_WIRE


def read_stored(wire: dict[str, Any]) -> Format:
    """A stored format for the rules; an event has a handful, so each is read once."""
    return read_text(json.dumps(wire, sort_keys=True))


@lru_cache(maxsize=512)
def read_text(text: str) -> Format:
    return read_format(json.loads(text))
