"""What was said about the ids that phones made: asked again, the server says the same."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

import courtsync_web.scoring.models  # noqa: F401  # it makes the table
from courtsync_web.accounts.people import Person
from courtsync_web.errors import FieldError, Problem
from courtsync_web.events.formats_in_force import wire_formats_of
from courtsync_web.scoring.updates import ScoreDocument


@dataclass(frozen=True, slots=True)
class Deed:
    """What a phone did, as far as its verdict names it. ``device_id`` none: a single call."""

    id: str
    event_id: str | None
    match_id: int | None
    body_hash: str
    kind: str = "score"
    device_id: str | None = None
    device_seq: int | None = None
    claim_id: str | None = None
    """The claim op under which it was made, while the phone did not know the fence yet."""


def hash_of(event_id: str, body: Struct) -> str:
    """What was sent, in one line: the same id must always come with the same body."""
    return hashlib.sha256(event_id.encode() + msgspec.json.encode(body)).hexdigest()


@dataclass(frozen=True, slots=True)
class Known:
    """An earlier verdict about one id. ``answer`` is a document, or the JSON of one."""

    update_id: str
    event_id: str | None
    match_id: int | None
    kind: str
    author_id: str | None
    body_hash: str
    outcome: str
    problem: dict[str, Any] | None
    answer: Any


VERDICT: Any = SQLModel.metadata.tables["verdict"]
"""The table itself: these statements never meet a session."""
OF_IDS = select(*(VERDICT.c[name] for name in Known.__dataclass_fields__)).where(
    VERDICT.c.update_id.in_(bindparam("of_ids", expanding=True))
)
OF_NUMBERS = select(VERDICT.c.device_seq).where(
    VERDICT.c.device_id == bindparam("of_device"),
    VERDICT.c.device_seq.in_(bindparam("of_numbers", expanding=True)),
)
ADD_VERDICT = insert(VERDICT)


async def known_verdicts(connection: AsyncConnection, ids: Collection[str]) -> dict[str, Known]:
    """What was said about these ids before, to whomever; by the id in lower case."""
    if not ids:
        return {}
    wanted = [one.lower() for one in ids]
    rows = (await connection.execute(OF_IDS, {"of_ids": wanted})).all()
    return {row[0]: Known(*row) for row in rows}


async def numbers_used(
    connection: AsyncConnection, device_id: str, numbers: Collection[int]
) -> set[int]:
    """To which of these numbers the phone has counted before."""
    given = {"of_device": device_id, "of_numbers": list(numbers)}
    return {row[0] for row in (await connection.execute(OF_NUMBERS, given)).all()}


def refuse_other_use(known: Known, person: Person, body_hash: str) -> None:
    """Raises 409 ``id-reused`` if the id came before with another body, or from another person."""
    if known.body_hash != body_hash or known.author_id != person.id:
        raise Problem(409, "id-reused", "This id was used for something else.")


def verdict_row(
    deed: Deed,
    person: Person,
    now: int,
    outcome: str,
    *,
    problem: dict[str, Any] | None = None,
    answer: Struct | None = None,
) -> dict[str, Any]:
    """What is said about a deed, column by column: kept in the transaction that does it."""
    return {
        "update_id": deed.id.lower(),
        "event_id": deed.event_id,
        "match_id": deed.match_id,
        "kind": deed.kind,
        "author_id": person.id,
        "device_id": deed.device_id,
        "device_seq": deed.device_seq,
        "body_hash": deed.body_hash,
        "outcome": outcome,
        "problem": problem,
        "answer": answer,
        "created_at": now,
    }


def known_again(verdict: dict[str, Any]) -> Known:
    """A verdict as it will be found: the same batch may ask for it again."""
    return Known(*(verdict[name] for name in Known.__dataclass_fields__))


def problem_from(document: dict[str, Any]) -> Problem:
    """A refusal as it was told before."""
    known = {"type", "title", "status", "detail", "code", "errors"}
    return Problem(
        document["status"],
        document["code"],
        document["detail"],
        [FieldError(**error) for error in document.get("errors", [])],
        {name: value for name, value in document.items() if name not in known},
    )


async def score_again(session: AsyncSession, known: Known) -> ScoreDocument | None:
    """The score that was answered then, with its match's format."""
    if known.answer is None or known.event_id is None or known.match_id is None:
        return None
    formats = await wire_formats_of(session, known.event_id, (known.match_id,))
    told = msgspec.to_builtins(known.answer) | {"format": formats.get(known.match_id, {})}
    return msgspec.convert(told, ScoreDocument)
