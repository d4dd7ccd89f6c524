"""Words that stand for a team until it is known: "Winner of Match 6", "1st-P5", "TBD"."""

import re
from dataclasses import dataclass
from typing import Literal

from courtsync_web.schedule.words import folded

FEEDER = re.compile(r"(winner|loser)\s+(?:of\s+)?(.+)", re.IGNORECASE)
PLACE = re.compile(
    r"(\d+)(?:st|nd|rd|th)"
    r"(?:\s*-\s*|\s+(?:place\s+)?(?:of|in)\s+|\s+(?=(?:pool|group|bracket|[pr]\d)\b|r\d))(.+)",
    re.IGNORECASE,
)
"""``1st-P5``, ``2nd of Pool 3``, ``1st R1 P9``; but ``1st Coast 15`` is a team."""
OPEN = frozenset({"tbd", "tba", "to be determined", "to be announced", "bye", "?"})


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Who will stand here: a match's winner or loser, a place in a play, or nobody knows."""

    kind: Literal["winner", "loser", "place", "open"]
    target: str
    rank: int | None = None


def placeholder(text: str) -> Placeholder | None:
    """The placeholder in a text; none when it reads like a team's name."""
    text = text.strip()
    if found := FEEDER.fullmatch(text):
        return Placeholder(
            "winner" if found.group(1).lower() == "winner" else "loser", found.group(2)
        )
    if found := PLACE.fullmatch(text):
        return Placeholder("place", found.group(2), int(found.group(1)))
    return Placeholder("open", text) if folded(text) in OPEN else None
