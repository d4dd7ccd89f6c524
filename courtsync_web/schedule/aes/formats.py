"""The match format of a play: told in a pool's words, read off the set slots in a bracket."""

from collections.abc import Iterable

from courtsync_web.schedule.aes.results import sets_of, slots_of
from courtsync_web.schedule.aes.source import Json
from courtsync_web.schedule.draft import Wire
from courtsync_web.volleyball.formats import format_to_wire, read_format

USUAL = 3, True
"""Three slots, the last a decider: best of three, which is the default and needs no saying."""


def told_format(description: object) -> Wire | None:
    """``2 of 3 to 25(15)`` or ``3 Sets to 25`` as a format; none when it cannot be read."""
    if not isinstance(description, str) or not description.strip():
        return None
    try:
        return format_to_wire(read_format(description))
    except ValueError:
        return None


def seen_format(matches: Iterable[Json]) -> Wire | None:
    """The format that a bracket's set slots show, where it is not the usual best of three.

    Brackets carry no description, but every match has all its slots from the start and marks
    the deciding one. A third set played at 2–0 shows that all are played, whatever is marked.
    """
    shapes = {shape_of(match) for match in matches} - {(0, False)}
    if len(shapes) != 1 or shapes == {USUAL}:
        return None
    slots, decider = shapes.pop()
    if decider and slots in (3, 5):
        return told_format(f"{slots // 2 + 1} of {slots} to 25(15)")
    return told_format(f"{slots} Sets to 25" if slots > 1 else "1 Set to 25")


def shape_of(match: Json) -> tuple[int, bool]:
    """How many sets there may be, and whether the last one is a decider."""
    slots = slots_of(match)
    decider = bool(slots) and slots[-1].get("IsDecidingSet") is True
    return len(slots), decider and not played_on(sets_of(match), len(slots))


def played_on(sets: tuple[tuple[int, int], ...], slots: int) -> bool:
    """Was a set played after one team had already won enough of them?"""
    won = [0, 0]
    for first, second in sets:
        if max(won) > slots // 2:
            return True
        won[0] += first > second
        won[1] += second > first
    return False
