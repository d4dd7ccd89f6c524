"""Matches that nobody can watch both. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

SLOT = 3_600_000
"""How long a match takes that the schedule gives no end."""


@dataclass(frozen=True, slots=True)
class Span:
    """When a match is on, as instants; ``ends_at`` is no longer part of it."""

    match_id: int
    starts_at: int
    ends_at: int


def span_of(match_id: int, starts_at: int | None, ends_at: int | None) -> Span | None:
    """None for a match without a time: it clashes with nothing yet."""
    if starts_at is None:
        return None
    return Span(match_id, starts_at, starts_at + SLOT if ends_at is None else ends_at)


def clashes(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Pairs that overlap, the one that starts first first; one that ends as another starts does
    not."""
    found: list[tuple[int, int]] = []
    running: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.starts_at, one.match_id)):
        running = [one for one in running if one.ends_at > span.starts_at]
        found += [(one.match_id, span.match_id) for one in running]
        running.append(span)
    return found
