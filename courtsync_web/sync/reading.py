"""Ops as they are read: each by itself, so that a bad one spoils nothing but itself."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec.structs import replace

from courtsync_web.errors import Problem
from courtsync_web.scoring.updates import UUID
from courtsync_web.scoring.verdicts import Deed, hash_of
from courtsync_web.sync.upgrades import upgraded
from courtsync_web.sync.wire import SCHEMA, AboutMatch, Op, ScoreOp, SyncIn
from courtsync_web.web.faults import fault_of
from courtsync_web.web.strict_request import named

ID = re.compile(UUID.__metadata__[0].pattern)  # type: ignore[attr-defined]  # of Annotated
LONGEST_ECHO = 64
Place = tuple[str, int | None]
"""An event, and one of its matches; no match: what a person chose there."""


@dataclass(frozen=True, slots=True)
class Given:
    """One op as it came. ``op`` none: it cannot be read, and ``fault`` says why."""

    id: str | None
    """As it was given, to be named in the answer."""
    deed: Deed | None
    """None: it has no id under which a verdict could be remembered."""
    op: Op | None = None
    fault: Problem | None = None

    @property
    def place(self) -> Place | None:
        """What it is about: a match, or the person's own choices at an event."""
        if self.op is None:
            return None
        about = self.op.match_id if isinstance(self.op, AboutMatch) else None
        return self.op.event_id, about


def read_ops(batch: SyncIn) -> list[Given]:
    """Every op of a batch, readable or not."""
    schema = SCHEMA if batch.schema is None else batch.schema
    return [read_op(raw, batch.device_id, schema) for raw in batch.ops]


def read_op(raw: Any, device_id: str, schema: int) -> Given:
    """One op, if need be brought up from a former version's shape."""
    told = upgraded(raw, schema) if isinstance(raw, dict) else raw
    try:
        op: Op = msgspec.convert(told, Op)
    except msgspec.ValidationError as error:
        return unreadable(told, raw, str(error))
    return Given(op.id, deed_of(op, device_id), op)


def deed_of(op: Op, device_id: str) -> Deed:
    """What the verdict on it will be remembered by. The phone's count is no part of the deed."""
    kind = str(op.__struct_config__.tag)
    body = op.update() if isinstance(op, ScoreOp) else replace(op, device_seq=None)
    return Deed(
        id=op.id,
        event_id=op.event_id,
        match_id=op.match_id if isinstance(op, AboutMatch) else None,
        body_hash=hash_of(op.event_id, body),
        kind=kind,
        device_id=device_id,
        device_seq=op.device_seq,
        claim_id=op.claim_id if isinstance(op, AboutMatch) else None,
    )


def unreadable(told: Any, raw: Any, why: str) -> Given:
    """An op that is no op: refused under its id, if it has one that can be read."""
    fault = Problem(422, "validation", "This cannot be read.", [fault_of(named(why))])
    given = told.get("id") if isinstance(told, dict) else None
    if not isinstance(given, str):
        return Given(None, None, fault=fault)
    if not ID.fullmatch(given):
        return Given(given[:LONGEST_ECHO], None, fault=fault)
    body_hash = hashlib.sha256(msgspec.json.encode(raw)).hexdigest()
    return Given(given, Deed(given, None, None, body_hash, kind="unread"), fault=fault)
