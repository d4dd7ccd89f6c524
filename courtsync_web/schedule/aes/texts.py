"""What AES prints where a team belongs: a name with region and seed, or a placeholder."""

import re

from courtsync_web.schedule.words import folded, tidy

SUFFIX = re.compile(r"\s*\(([^()]*)\)\s*$")
SEED = re.compile(r"\s*\(\d+\)\s*$")
REGION = re.compile(r"[A-Z]{2}")
NOBODY = ("no work team", "none", "-")
INTERNAL = "asc_slot://"
TEXT = 200


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
