"""After the peace: what must be true, whatever has happened (PITFALLS' invariants).

Reminders shown exactly once are push's own tests' business. That clients leave nothing behind
(8) is looked at once they have gone (``run.left_behind``).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from courtsync_web.volleyball.check import check_score
from courtsync_web.volleyball.formats import DEFAULT, PRESETS
from tests.chaos.phones import Made, Phone

EXACT_WITHIN = 60_000
"""Milliseconds: a run takes seconds, a wrong clock is an hour wrong."""


@dataclass
class Seen:
    """What the server shows in the end, and what a spectator saw meanwhile."""

    history: list[dict[str, Any]]
    conflicts: list[dict[str, Any]]
    score: dict[str, Any] | None
    snapshot: dict[str, Any] | None
    watched: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """By spectator, all that they were shown."""


def faults(phones: list[Phone], seen: dict[int, Seen], broken: list[str]) -> list[str]:
    """Every broken promise, in words."""
    found = [f"an error of the server's own: {one}" for one in broken]
    for match_id, one in seen.items():
        there = [phone for phone in phones if phone.match_id == match_id]
        for check in (once, order, fences, ages, views, monotonic, volleyball):
            found += check(there, one)
    for phone in phones:
        found += nothing_lost(phone, seen[phone.match_id])
    return found


def once(phones: list[Phone], seen: Seen) -> Iterator[str]:
    """(1) What was acknowledged is there exactly once, and nothing is there that nobody did."""
    counts: dict[str, int] = {}
    for item in seen.history:
        if item["updateId"] is not None:
            counts[item["updateId"]] = counts.get(item["updateId"], 0) + 1
    made = {op_id for phone in phones for op_id in phone.made}
    yield from (f"{op_id} counted {n} times" for op_id, n in counts.items() if n != 1)
    yield from (f"{op_id} was never made" for op_id in counts if op_id not in made)


def nothing_lost(phone: Phone, seen: Seen) -> Iterator[str]:
    """(2) Each op is acknowledged, or still waits, or is shown as refused."""
    there = {item["updateId"] for item in seen.history}
    kept = [item["update"]["updateId"] for item in seen.conflicts]
    for op_id, made in phone.made.items():
        said = phone.box.verdicts.get(op_id)
        if said is None:
            where = "still waits" if op_id in phone.box.waiting else "is lost"
            yield f"{phone.name}: {made.op['kind']} {op_id} {where}"
        elif made.op["kind"] == "score":
            if said == "applied" and op_id not in there:
                yield f"{phone.name}: acknowledged {op_id} is not there"
            if said == "conflict" and kept.count(op_id) != 1:
                yield f"{phone.name}: lost {op_id} is kept {kept.count(op_id)} times"
            if said != "applied" and op_id in there:
                yield f"{phone.name}: {said} {op_id} counts all the same"
        if said == "rejected" and op_id not in phone.attention:
            yield f"{phone.name}: nobody is told that {op_id} was refused"


def made_by(phones: list[Phone]) -> dict[str, tuple[Phone, Made]]:
    return {op_id: (phone, made) for phone in phones for op_id, made in phone.made.items()}


def order(phones: list[Phone], seen: Seen) -> Iterator[str]:
    """(3) Each phone's deeds count in the order in which they were done."""
    known = made_by(phones)
    for phone in phones:
        counted = [
            known[item["updateId"]][1].op["deviceSeq"]
            for item in seen.history
            if item["updateId"] in phone.made
        ]
        if counted != sorted(counted):
            yield f"{phone.name}: counted in the order {counted}"


def fences(phones: list[Phone], seen: Seen) -> Iterator[str]:
    """A former holder never comes after the present one, nor a claim that was refused."""
    known = made_by(phones)
    highest, holder = 0, ""
    for item in seen.history:
        if item["updateId"] not in known:
            continue
        phone, made = known[item["updateId"]]
        fence = made.fence or phone.fences.get(made.claim_id or "")
        if fence is None:
            yield f"{phone.name}: {item['updateId']} counts without a claim"
        elif fence < highest and phone.name != holder:
            yield f"{phone.name}: under fence {fence} after {holder} under {highest}"
        else:
            highest, holder = fence, phone.name


def ages(phones: list[Phone], seen: Seen) -> Iterator[str]:
    """Times are by age: a clock that is an hour wrong makes no difference."""
    known = made_by(phones)
    for item in seen.history:
        if item["updateId"] in known:
            phone, made = known[item["updateId"]]
            wrong = abs(item["at"] - made.at)
            if made.exact and wrong > EXACT_WITHIN:
                yield f"{phone.name}: {item['updateId']} is {wrong / 1000:.0f} s off"


def views(_: list[Phone], seen: Seen) -> Iterator[str]:
    """(4) Every view is the fold of the log: the last state of the history."""
    last = seen.history[-1] if seen.history else None
    shown = {"the API": seen.score, "the stream": seen.snapshot}
    shown |= {name: states[-1] for name, states in seen.watched.items() if states}
    for name, score in shown.items():
        if (last is None) != (score is None):
            yield f"{name} shows {score}, the log ends with {last}"
        elif last is not None and score is not None:
            for part in ("revision", "seq", "sets", "status"):
                if last[part] != score[part]:
                    yield f"{name} shows {part} {score[part]}, the log {last[part]}"


def monotonic(_: list[Phone], seen: Seen) -> Iterator[str]:
    """(5) A reader never goes back, and never saw what the log does not have."""
    states = {item["revision"]: item["sets"] for item in seen.history}
    for name, watched in seen.watched.items():
        for former, later in pairwise(watched):
            if later["revision"] < former["revision"]:
                yield f"{name} went back from {former['revision']} to {later['revision']}"
        for one in watched:
            if states.get(one["revision"]) != one["sets"]:
                yield f"{name} saw {one['sets']} as revision {one['revision']}, which never was"


def volleyball(_: list[Phone], seen: Seen) -> Iterator[str]:
    """(6) Every state is possible volleyball."""
    for item in seen.history:
        sets = [(one["setNumber"], one["team1Score"], one["team2Score"]) for one in item["sets"]]
        checked = check_score(PRESETS[DEFAULT], sets, item["status"], None)
        yield from (f"revision {item['revision']}: {error.detail}" for error in checked.errors)
