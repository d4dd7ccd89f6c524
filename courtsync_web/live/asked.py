"""What a stream's address asks for, read and refused in words."""

import re

from courtsync_web.errors import FieldError, Problem, not_found
from courtsync_web.live.feed import Wish
from courtsync_web.numbers import INT64, whole_number

EVENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
MOST_EVENTS = 20
"""Events on one stream: more than anybody follows on one weekend."""
MOST_NAMED = 500
"""Matches or courts in one wish; who wants more wants everything."""


def wish_of(matches: str | None, courts: str | None) -> Wish:
    """``?matches=1,2&courts=3``; absent or empty: not narrowed by it."""
    return Wish(
        numbers_in("matches", matches) if matches else None,
        numbers_in("courts", courts) if courts else None,
    )


def numbers_in(name: str, text: str) -> frozenset[int]:
    """The ids of a comma-separated list."""
    try:
        found = frozenset(int(part) for part in text.split(","))
    except ValueError:
        raise not_a_number(name) from None
    if any(abs(one) > INT64 for one in found):
        raise not_a_number(name)
    if len(found) > MOST_NAMED:
        raise refused(name, f"{name} takes at most {MOST_NAMED} ids.", "too many")
    return found


def seq_of(text: str) -> int | None:
    """``Last-Event-ID``: what a browser that reconnects by itself has seen."""
    if not text:
        return None
    seq = whole_number(text, 0)
    if seq is None:
        raise not_a_number("Last-Event-ID")
    return seq


def events_in(text: str) -> list[str]:
    """``?events=a,b``, each once."""
    found = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not found:
        raise refused("events", "events takes event ids, separated by commas.", "names no event")
    if len(found) > MOST_EVENTS:
        raise refused("events", f"One stream follows at most {MOST_EVENTS} events.", "too many")
    if not all(EVENT_ID.fullmatch(one) for one in found):
        raise not_found("event")
    return found


def seqs_of(text: str) -> dict[str, int]:
    """``a:12,b:7``: what a stream of several events has told (its ``Last-Event-ID``)."""
    found = {}
    for part in filter(None, text.split(",")):
        event_id, _, seq = part.strip().rpartition(":")
        if not EVENT_ID.fullmatch(event_id) or not (seq.isascii() and seq.isdecimal()):
            raise refused("since", "Last-Event-ID and since look like a:12,b:7 here.", "unreadable")
        told = whole_number(seq, 0)
        if told is None:
            raise not_a_number("since")
        found[event_id] = told
    return found


def not_a_number(name: str) -> Problem:
    return refused(name, f"{name} takes whole numbers.", "not a number")


def refused(name: str, detail: str, fault: str) -> Problem:
    return Problem(400, "validation", detail, [FieldError(f"/{name}", fault)])
