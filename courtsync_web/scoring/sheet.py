"""The score sheet of one batch: what it finds, read once, and what it leaves, written once.

A score update is the commonest write by far. Here its statements are Core statements that
are built once, each sent once for the whole batch; between the reading and the writing
everything happens in memory.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel, col

from courtsync_web.events.formats_in_force import PLACES, joined_to_formats, wire_format
from courtsync_web.events.models import Event, Match
from courtsync_web.scoring.models import Claim, Conflict, Hold, Score, ScoreUpdate
from courtsync_web.scoring.updates import ScoreDocument
from courtsync_web.scoring.verdicts import ADD_VERDICT, Deed, Known, known_again, known_verdicts


@dataclass(slots=True)
class Lease:
    """A match's claim, as ``lease.py`` reads and changes it."""

    event_id: str
    match_id: int
    holder_id: str | None
    claimed_at: int
    expires_at: int
    fence: int
    asked_by_id: str | None
    asked_until: int | None
    refused_until: int | None
    seq: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The score that stands, as far as an update is judged by it."""

    status: str
    sets: list[Any]
    revision: int
    fence: int | None
    changed_at: int
    author_id: str | None


@dataclass(slots=True)
class Table:
    """A scorer's table: one match, the score that stands and who keeps it."""

    event_id: str
    match_id: int
    court_id: int | None
    format: dict[str, Any]
    score: Standing | None
    claim: Lease | None
    last_deed: Deed | None = None
    """By which the score came to stand, if this very batch brought it."""
    shown: ScoreDocument | None = None
    """The score that stands as it is answered, once it has been asked for."""


def columns(model: type[SQLModel], shape: type[Any]) -> list[Any]:
    """The columns that fill ``shape``, under names of their own: several tables have a ``seq``."""
    table = rows_of(model)
    return [table.c[name].label(f"{table.name}_{name}") for name in shape.__dataclass_fields__]


def rows_of(model: type[SQLModel]) -> Any:
    """The table behind a model: these statements never meet a session."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


OF_SCORE, OF_CLAIM = columns(Score, Standing), columns(Claim, Lease)
MATCHES = (
    joined_to_formats(
        select(col(Match.match_id), col(Match.court_id), *PLACES, *OF_SCORE, *OF_CLAIM)
        .select_from(Match)
        .outerjoin(
            Score,
            and_(
                col(Score.event_id) == col(Match.event_id),
                col(Score.match_id) == col(Match.match_id),
            ),
        )
        .outerjoin(
            Claim,
            and_(
                col(Claim.event_id) == col(Match.event_id),
                col(Claim.match_id) == col(Match.match_id),
            ),
        )
    )
).where(
    col(Match.event_id) == bindparam("of_event"),
    col(Match.match_id).in_(bindparam("of_matches", expanding=True)),
)


def change(model: type[SQLModel], key: Sequence[str], names: Iterable[str]) -> Any:
    """An UPDATE of one row, whose key comes with the values as ``key_…``."""
    table = rows_of(model)
    this_one = (table.c[name] == bindparam(f"key_{name}") for name in key)
    return update(table).where(*this_one).values({name: bindparam(name) for name in names})


OF_MATCH = ("event_id", "match_id")
MOVE_EVENT = change(Event, ("id",), ("seq",))
ADD_SCORE = insert(rows_of(Score))
CHANGE_SCORE = change(
    Score, OF_MATCH, [name for name in Score.model_fields if name not in OF_MATCH]
)
ADD_HISTORY = insert(rows_of(ScoreUpdate))
OF_LEASE = ("expires_at", "asked_by_id", "asked_until", "refused_until", "seq")
CHANGE_CLAIM = change(Claim, OF_MATCH, OF_LEASE)
CHANGE_HOLD = change(Hold, (*OF_MATCH, "fence"), ("expires_at",))
ADD_CONFLICT = insert(rows_of(Conflict))
Rows = list[dict[str, Any]]


@dataclass
class Sheet:
    """Everything a batch of updates needs to know of one event's matches."""

    event_id: str
    seq: int
    """The event's number as the batch found it, then that of the batch's last change."""
    tables: dict[int, Table] = field(default_factory=dict)
    verdicts: dict[str, Known] = field(default_factory=dict)
    _scores: dict[int, tuple[bool, dict[str, Any]]] = field(default_factory=dict)
    _history: Rows = field(default_factory=list)
    _answers: Rows = field(default_factory=list)
    _conflicts: Rows = field(default_factory=list)
    _leases: dict[int, Lease] = field(default_factory=dict)

    async def read(
        self, connection: AsyncConnection, matches: Iterable[int], ids: Collection[str]
    ) -> None:
        """Find the matches and the earlier verdicts. The event is locked already."""
        wanted = list(set(matches))

        given = {"of_event": self.event_id, "of_matches": wanted}
        for row in (await connection.execute(MATCHES, given)).all():
            self.tables[row[0]] = table_of(self.event_id, tuple(row))
        self.verdicts |= await known_verdicts(connection, ids)

    def keep(self, table: Table, score: dict[str, Any], history: dict[str, Any]) -> None:
        """A new state of a match, under the next number."""
        is_new = table.score is None
        if table.match_id in self._scores:
            is_new = self._scores[table.match_id][0]
        self._scores[table.match_id] = is_new, score
        self._history.append(history)
        table.score = Standing(*(score[name] for name in Standing.__dataclass_fields__))

    def keep_conflict(self, conflict: dict[str, Any]) -> None:
        """An update that lost."""
        self._conflicts.append(conflict)

    def keep_lease(self, lease: Lease) -> None:
        """A claim that this batch has changed."""
        self._leases[lease.match_id] = lease

    def remember(self, verdict: dict[str, Any]) -> None:
        """What was answered about an id; asked again, also within the batch, it is the same."""
        self._answers.append(verdict)
        self.verdicts[verdict["update_id"]] = known_again(verdict)

    async def write(self, connection: AsyncConnection) -> None:
        """Write what has been kept since the last time."""
        await connection.run_sync(self._write)

    def _write(self, sync: Connection) -> None:
        if self._history:
            sync.execute(MOVE_EVENT, {"key_id": self.event_id, "seq": self.seq})
        fresh = [row for is_new, row in self._scores.values() if is_new]
        changed = [keyed_row(row, *OF_MATCH) for is_new, row in self._scores.values() if not is_new]
        leases = list(self._leases.values())
        for statement, rows in (
            (ADD_SCORE, fresh),
            (CHANGE_SCORE, changed),
            (ADD_HISTORY, self._history),
            (CHANGE_CLAIM, [claim_row(one) for one in leases]),
            (CHANGE_HOLD, [hold_row(one) for one in leases]),
            (ADD_CONFLICT, self._conflicts),
            (ADD_VERDICT, self._answers),
        ):
            if rows:
                sync.execute(statement, rows)
        self._scores.clear()
        self._history.clear()
        self._conflicts.clear()
        self._answers.clear()
        self._leases.clear()


def table_of(event_id: str, row: tuple[Any, ...]) -> Table:
    """One row of :data:`MATCHES`."""
    score = row[2 + len(PLACES) :][: len(OF_SCORE)]
    claim = row[2 + len(PLACES) + len(OF_SCORE) :]
    return Table(
        event_id,
        row[0],
        row[1],
        wire_format(*row[2 : 2 + len(PLACES)]),
        Standing(*score) if score[0] is not None else None,
        Lease(*claim) if claim[0] is not None else None,
    )


def keyed_row(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """A row whose key goes into the WHERE."""
    return {(f"key_{name}" if name in names else name): value for name, value in row.items()}


def claim_row(lease: Lease) -> dict[str, Any]:
    key = {"key_event_id": lease.event_id, "key_match_id": lease.match_id}
    return key | {name: getattr(lease, name) for name in OF_LEASE}


def hold_row(lease: Lease) -> dict[str, Any]:
    key = {"key_event_id": lease.event_id, "key_match_id": lease.match_id}
    return key | {"key_fence": lease.fence, "expires_at": lease.expires_at}
