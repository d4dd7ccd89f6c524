"""Estimated starts in words, on cards and for whole courts."""

from collections.abc import Iterable, Mapping
from statistics import median

from courtsync_web.estimates.slots import MINUTE, Estimate
from courtsync_web.events.cards import Card, Moment
from courtsync_web.events.words import clock_time, count_of

WORTH_SAYING = 5 * MINUTE
"""A difference from the printed time below this is no news."""
ROUNDED = 5 * MINUTE
AHEAD = frozenset({"upcoming", "called"})


def expect(cards: Iterable[Card], estimates: Mapping[int, Estimate], moment: Moment) -> None:
    """Write onto cards of matches to come when they are expected, where that is news."""
    for card in cards:
        estimate = estimates.get(card.match_id)
        if estimate is None:
            continue
        card.expected_at = estimate.start
        if card.status in AHEAD:
            card.late_by = estimate.late_by
            if abs(estimate.late_by) >= WORTH_SAYING:
                card.est = band(estimate, moment)
        elif card.status == "live":
            card.late_by = estimate.late_by


def band(estimate: Estimate, moment: Moment) -> str:
    """``2:05–2:20 PM``: the band in steps of five minutes; one time where it is narrower."""
    first = estimate.earliest // ROUNDED * ROUNDED
    last = -(-estimate.latest // ROUNDED) * ROUNDED
    words = clock_time(last, moment.zone, moment.twelve)
    if last == first:
        return words
    begins = clock_time(first, moment.zone, moment.twelve)
    if begins[-2:] == words[-2:] and moment.twelve:
        begins = begins[:-3]
    return f"{begins}–{words}"


def running(late_by: int) -> str:
    """``running 12 min late``; empty where it is on time."""
    if abs(late_by) < WORTH_SAYING:
        return ""
    minutes = round(abs(late_by) / MINUTE)
    return f"running {minutes} min {'late' if late_by > 0 else 'early'}"


def running_together(cards: Iterable[Card]) -> str:
    """What a block of matches to come says of its courts: all late by about so much, or some."""
    shown = [card for card in cards if card.status in AHEAD and card.expected_at is not None]
    off = [card.late_by for card in shown if abs(card.late_by) >= WORTH_SAYING]
    if not off:
        return ""
    if 2 * len(off) > len(shown):
        return running(round(median(off)))
    late = sum(one > 0 for one in off)
    return f"{count_of(late, 'court')} late" if late else ""
