"""What AES prints where a team belongs: team texts with region and seed, or placeholders."""

import re
from dataclasses import dataclass
from typing import Literal

from courtsync_web.schedule.words import folded, tidy

SUFFIX = re.compile(r"\s*\(([^()]*)\)\s*$")
SEED = re.compile(r"\s*\(\d+\)\s*$")
REGION = re.compile(r"[A-Z]{2}")
FEEDER = re.compile(r"(winner|loser)\s+(?:of\s+)?(.+)", re.IGNORECASE)
PLACE = re.compile(r"(\d+)(?:st|nd|rd|th)[\s-]+(.+)", re.IGNORECASE)
NOBODY = ("no work team", "none", "-")
INTERNAL = "asc_slot://"
TEXT = 200


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Who will stand here: a match's winner or loser, or a place in a play.

    ``target`` is the match or play as printed, without seed or division suffix; compare it
    by :func:`reference`, because AES spaces the same name in different ways.
    """

    kind: Literal["winner", "loser", "place"]
    target: str
    rank: int | None = None


def placeholder(text: str) -> Placeholder | None:
    """The placeholder in a text; none when it reads like a team's name."""
    bare = team_name(text)
    if found := FEEDER.fullmatch(bare):
        kind: Literal["winner", "loser"] = (
            "winner" if found.group(1).lower() == "winner" else "loser"
        )
        return Placeholder(kind, found.group(2))
    if found := PLACE.fullmatch(bare):
        return Placeholder("place", found.group(2), int(found.group(1)))
    return None


def team_name(text: str) -> str:
    """A text without its trailing ``(NC)``, ``(12)`` and ``(16 Classic)``.

    The number is a seed in one event and a rank in another, and changes from day to day.
    """
    bare = tidy(text, TEXT)
    while (shorter := SUFFIX.sub("", bare)) != bare and shorter:
        bare = shorter
    return bare


def suffixes(text: str) -> list[str]:
    """The trailing bracketed parts, last one first."""
    parts = []
    bare = tidy(text, TEXT)
    while found := SUFFIX.search(bare):
        parts.append(found.group(1).strip())
        bare = bare[: found.start()]
    return parts


def region_of(text: str) -> str | None:
    """The two-letter region in a team's text."""
    return next((part for part in reversed(suffixes(text)) if REGION.fullmatch(part)), None)


def readable(text: object, own_alias: str = "") -> str:
    """A text as people should read it while no team is known.

    Seeds go (they change daily), so does the suffix that only repeats the own division; who
    is nobody ("No Work Team") or internal to AES (``asc_slot://…``) is an empty text.
    """
    shown = tidy(text, TEXT)
    if folded(shown) in NOBODY or shown.lower().startswith(INTERNAL):
        return ""
    shown = SEED.sub("", shown)
    last = SUFFIX.search(shown)
    if last and own_alias and folded(last.group(1)) == folded(own_alias):
        shown = shown[: last.start()]
    return shown


def reference(name: str) -> str:
    """A match's or play's complete short name, as it is compared: without any blanks."""
    return "".join(folded(name).split())
