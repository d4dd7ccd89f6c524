"""What the Coverage page's script has to know of an event to paint a changed plan by itself.

Lists in place of objects: a large tournament has two thousand matches. The script's side is
``static/js/coverage/facts.js``.
"""

from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from courtsync_web.coverage.matches import Planable
from courtsync_web.events.names import Names
from courtsync_web.events.walking import Walks, place_of


def facts_of(
    names: Names, matches: Iterable[Planable], walks: Walks, followed: Collection[int]
) -> str:
    """JSON that may stand in a page: no ``<`` in it ends a tag."""
    told = {
        "walks": [[*sorted(halls), minutes] for halls, minutes in walks.items() if len(halls) == 2],
        "courts": {
            key: [name, hall, label, place_of(name).number]
            for key, (name, _, hall, label) in names.courts.items()
        },
        "divisions": names.divisions,
        "teams": names.teams,
        "followed": sorted(followed),
        "matches": [line(match) for match in matches],
    }
    return msgspec.json.encode(told).decode().replace("<", "\\u003c")


def line(match: Planable) -> list[Any]:
    """One match; the sides only where a team is not known, the expected times only where they
    differ from the printed one."""
    known = match.pair[0] is not None and match.pair[1] is not None
    expected = (match.start, match.earliest, match.latest)
    as_printed = expected == (match.printed,) * 3
    return [
        match.match_id,
        match.court_id,
        match.division_id,
        match.pair,
        None if known else match.sides,
        match.day,
        match.printed,
        None if as_printed else expected,
        match.end,
        match.status,
    ]
