"""What is a person's: every column of the schema that names one.

Three things follow from this one list: what a guest takes along into an account, what the
export holds, and what is without a name when the person is erased (the database sets the
column to NULL, or deletes the row). A test fails for a column that is not in it.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, select, update
from sqlalchemy.orm import QueryableAttribute
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.models import ResetLink, Session, User
from courtsync_web.accounts.traces import nameless
from courtsync_web.coverage.crew.models import CrewMatch, CrewMember
from courtsync_web.coverage.models import PlannedMatch, PlanSetting, ShotMatch
from courtsync_web.events.models import Event
from courtsync_web.following.models import Follow
from courtsync_web.organizing.models import CourtCode, CourtSignIn, Member
from courtsync_web.push.models import (
    PushBell,
    PushChoice,
    PushJob,
    PushMute,
    PushPreference,
    PushSubscription,
)
from courtsync_web.scoring.models import Claim, Conflict, Hold, Score, ScoreUpdate, Verdict
from courtsync_web.sharing.models import SharedLink

SECRET = {
    *("password_hash", "token_hash", "previous_hash", "body_hash", "code_hash"),
    # Whoever has these can push to a browser, or prove that they were pushed to.
    *("endpoint", "endpoint_hash", "p256dh", "auth", "token"),
}
"""Columns that no export shows."""
REMEMBERED = {"answer", "problem"}
"""Columns with documents that may name whoever kept the score instead."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """Rows whose ``column`` names a person; ``name`` is what the export calls them."""

    name: str
    table: type[SQLModel]
    column: str
    moves: bool = True
    """Whether it goes along from a guest to an account."""
    latest: str | None = None
    """The column that says which of two rows with the same key is the later choice."""

    @property
    def whose(self) -> QueryableAttribute[Any]:
        attribute: QueryableAttribute[Any] = getattr(self.table, self.column)
        return attribute

    @property
    def is_one_each(self) -> bool:
        """Whether the key names the person: each has such a row at most once."""
        return self.column in self.rows.primary_key.columns

    @property
    def rows(self) -> Table:
        """The table itself."""
        rows: Table = SQLModel.metadata.tables[str(self.table.__tablename__)]
        return rows


BELONGINGS = (
    Belonging("devices", Session, "user_id", moves=False),
    Belonging("resetLinks", ResetLink, "user_id", moves=False),
    Belonging("events", Event, "owner_id"),
    Belonging("memberships", Member, "user_id"),
    Belonging("pushSubscriptions", PushSubscription, "user_id", moves=False),
    Belonging("pushPreferences", PushPreference, "user_id"),
    Belonging("pushChoices", PushChoice, "user_id"),
    Belonging("pushBells", PushBell, "user_id"),
    Belonging("pushMutes", PushMute, "user_id"),
    Belonging("pushes", PushJob, "user_id"),
    Belonging("scores", Score, "author_id"),
    Belonging("scoreUpdates", ScoreUpdate, "author_id"),
    Belonging("claims", Claim, "holder_id"),
    Belonging("takeoversAskedFor", Claim, "asked_by_id"),
    Belonging("claimsHeld", Hold, "holder_id"),
    Belonging("verdicts", Verdict, "author_id"),
    Belonging("conflicts", Conflict, "author_id"),
    Belonging("followedTeams", Follow, "user_id", latest="changed_at"),
    Belonging("coveragePlans", PlannedMatch, "user_id", latest="changed_at"),
    Belonging("crews", CrewMember, "user_id"),
    # It goes along with the membership, by the key between them.
    Belonging("crewMatches", CrewMatch, "user_id"),
    Belonging("matchesShot", ShotMatch, "user_id", latest="changed_at"),
    Belonging("planSettings", PlanSetting, "user_id", latest="changed_at"),
    Belonging("sharedLinks", SharedLink, "user_id", latest="created_at"),
)

PERSONS = {belonging.column for belonging in BELONGINGS}


async def move(session: AsyncSession, guest_id: str, account_id: str) -> None:
    """Give everything of a guest to an account, inside the caller's write transaction.

    Where a row may exist only once for each person and both have it, the later choice stands;
    where that cannot be said, the account's own.
    """
    for belonging in BELONGINGS:
        if not belonging.moves:
            continue
        if belonging.latest:
            outdone = has_twin(belonging, guest_id, later=True)
            await session.exec(
                delete(belonging.table).where(belonging.whose == account_id, outdone)
            )
        if belonging.is_one_each:
            doubled = has_twin(belonging, account_id)
            await session.exec(delete(belonging.table).where(belonging.whose == guest_id, doubled))
        await session.exec(
            update(belonging.table)
            .where(belonging.whose == guest_id)
            .values({belonging.column: account_id})
        )


def has_twin(belonging: Belonging, person_id: str, *, later: bool = False) -> ColumnElement[bool]:
    """Whether that person has a row with the same key; ``later``: chosen after it."""
    rows = belonging.rows
    theirs = rows.alias("theirs")
    same = [theirs.c[one.name] == one for one in rows.primary_key if one.name != belonging.column]
    if later and belonging.latest:
        same.append(theirs.c[belonging.latest] > rows.c[belonging.latest])
    return exists(
        select(1).select_from(theirs).where(theirs.c[belonging.column] == person_id, *same)
    )


async def everything_about(session: AsyncSession, user: User) -> dict[str, Any]:
    """All that is held about a person, and of nobody else, as plain data with camelCase names."""
    held: dict[str, Any] = {"person": plain(user.model_dump(), user.id)}
    for belonging in BELONGINGS:
        rows = await session.exec(select(belonging.rows).where(belonging.whose == user.id))  # type: ignore[call-overload]  # a Core select
        held[belonging.name] = [plain(dict(row), user.id) for row in rows.mappings()]
    held["courtSignIns"] = await court_sign_ins(session, user.id)
    return held


async def court_sign_ins(session: AsyncSession, person_id: str) -> list[dict[str, Any]]:
    """Which courts' codes the person has scanned, and when; they end with the session."""
    rows = await session.exec(
        select(CourtCode.event_id, CourtCode.court_id, CourtSignIn.signed_in_at)  # type: ignore[call-overload]  # a Core select
        .join(CourtCode, col(CourtCode.id) == col(CourtSignIn.code_id))
        .join(Session, col(Session.id) == col(CourtSignIn.session_id))
        .where(col(Session.user_id) == person_id)
        .order_by(col(CourtSignIn.signed_in_at))
    )
    return [
        {"eventId": event_id, "courtId": court_id, "signedInAt": at}
        for event_id, court_id, at in rows
    ]


async def events_owned(session: AsyncSession, person_id: str) -> list[tuple[str, str]]:
    """Ids and names of the events that a person owns."""
    rows = await session.exec(
        select(col(Event.id), col(Event.name))  # type: ignore[call-overload]  # a Core select
        .where(col(Event.owner_id) == person_id)
        .order_by(col(Event.start_date), col(Event.id))
    )
    return [(event_id, name) for event_id, name in rows]


def plain(row: dict[str, Any], mine: str) -> dict[str, Any]:
    """A row without what is secret, and without what names somebody other than ``mine``."""
    theirs = {name for name in row.keys() & PERSONS if row[name] != mine}
    row = row | {name: nameless(row[name]) for name in row.keys() & REMEMBERED}
    return {camel(name): value for name, value in row.items() if name not in SECRET | theirs}


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
