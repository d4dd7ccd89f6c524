"""Ops as former versions of the phone's program wrote them, made into today's.

A phone may have kept an op for a day, or be drained by a service worker that is two versions
old. Each step makes one schema's op into the next one's; what it does not know stays, and is
refused by name like any other unknown field.
"""

from collections.abc import Callable
from typing import Any

from courtsync_web.sync.wire import SCHEMA

Raw = dict[str, Any]


def from_bare_update(op: Raw) -> Raw:
    """1: the body of ``POST …/scores`` with its event, from before there was an outbox."""
    body = {name: value for name, value in op.items() if name != "eventId"}
    return {"id": op.get("updateId"), "eventId": op.get("eventId"), "body": body}


def from_outbox_entry(op: Raw) -> Raw:
    """2: an entry of the outbox as it lies in IndexedDB; its place is the phone's count."""
    body = op.get("body")
    flat = dict(body) if isinstance(body, dict) else {}
    claimed = flat.pop("updateId", op.get("id"))
    return {
        **flat,
        "id": op.get("id") or claimed,
        "deviceSeq": op.get("place"),
        "kind": "score",
        "eventId": op.get("eventId"),
    }


STEPS: dict[int, Callable[[Raw], Raw]] = {1: from_bare_update, 2: from_outbox_entry}
"""By schema: how its op becomes the next one's."""


def upgraded(op: Raw, schema: int) -> Raw:
    """An op in today's shape. Its own ``schema`` counts before the batch's."""
    own = op.get("schema", schema)
    op = {name: value for name, value in op.items() if name != "schema"}
    if isinstance(own, bool) or not isinstance(own, int):
        return op
    for step in range(own, SCHEMA):
        op = STEPS[step](op) if step in STEPS else op
    return op
