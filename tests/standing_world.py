"""One event, and one of each kind of person it may meet, signed in.

Everything is written straight into the database: what is asked about is who may do what, not
how one comes to be somebody.
"""

import re
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts import tokens
from courtsync_web.accounts.models import ResetLink, User
from courtsync_web.accounts.people import CourtPass, Person
from courtsync_web.accounts.sessions import SignIn, start_session
from courtsync_web.accounts.tokens import Keys
from courtsync_web.clock import now_ms
from courtsync_web.coverage.crew.actions import open_link
from courtsync_web.coverage.crew.models import Crew, CrewMember
from courtsync_web.coverage.models import PlannedMatch
from courtsync_web.db import Database
from courtsync_web.events.models import Court, Division, Event, Team
from courtsync_web.organizing.codes import new_code
from courtsync_web.organizing.invitations import new_invitation
from courtsync_web.organizing.links import Door, code_for
from courtsync_web.organizing.models import CourtSignIn, Member
from courtsync_web.scoring.actions import record_updates
from courtsync_web.scoring.models import Claim, Conflict
from courtsync_web.scoring.updates import ScoreUpdateIn, SetScore
from courtsync_web.sharing.links import Kind, new_link
from courtsync_web.volleyball.formats import format_to_wire, read_format
from tests.world import Bell, match

PEOPLE = ("guest", "spectator", "coach", "media", "rival", "owner", "court")
"""Coach and media are members of the event; the rival organizes another one; the court's
volunteer came by the code of the first match's court and holds that match's claim."""
ROLES = {"coach": "coach", "media": "media", "rival": "organizer", "owner": "organizer"}
MATCH = -101
HOUR = 3_600_000
PLAN_LINKS = (Kind.PLAN, Kind.CALENDAR)
NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class StandingWorld:
    """Names of what is there, for addresses and bodies, and everybody's sign-in."""

    event_id: str
    parts: dict[str, str]
    reset: str
    people: dict[str, SignIn]

    def of(self, path: str) -> dict[str, str]:
        """The parts for a route; ``{code}`` means another thing behind each door."""
        door = re.match(r"/(?:f/)?([cip])/", path)
        return self.parts | {"code": self.parts[door[1]] if door else ""}

    def email(self, name: str) -> str:
        return email_of(self.event_id, name)


def email_of(event_id: str, name: str) -> str:
    return f"{name}@{event_id}.example.org"


async def build_standing(
    db: Database, keys: Keys, *, visibility: str, password_hash: str, texts: str | None = None
) -> StandingWorld:
    """A new event of this ``visibility``; ``texts`` stands for every name in it."""
    event_id, now = f"e{next(NUMBERS)}", now_ms()
    async with db.write() as tx:
        people = await everybody(tx.session, keys, event_id, password_hash, now, texts)
        await the_event(tx.session, event_id, visibility, people["owner"].person.id, now, texts)
        await another_event(tx.session, event_id, people["rival"].person.id, now)
        for name in ("coach", "media"):
            user_id = people[name].person.id
            tx.session.add(Member(event_id=event_id, user_id=user_id, role=name, added_at=now))
        code, invitation = await doors(tx.session, keys, event_id, people["court"], now)
        crew = await a_crew(tx.session, keys, event_id, people["media"], now)
        shared = await links(tx.session, keys, event_id, people["media"], now)
        secret = tokens.token_hash(event_id)
        tx.session.add(
            ResetLink(
                token_hash=tokens.token_hash(secret), user_id=people["media"].person.id,
                created_at=now, expires_at=now + HOUR,
            )
        )  # fmt: skip
        conflict = await a_claim_and_a_conflict(tx.session, event_id, people, now)
    volunteer = replace(people["court"].person, court=CourtPass(event_id, -1))
    await a_score(db, event_id, volunteer)
    async with db.write() as tx:  # scoring would have refused it
        claim = await tx.session.get(Claim, (event_id, MATCH))
        assert claim
        claim.asked_by_id, claim.asked_until = people["coach"].person.id, now + HOUR
        tx.session.add(claim)
    parts = {
        "event_id": event_id, "match_id": str(MATCH), "team_id": "1", "court_id": "-1",
        "conflict_id": str(conflict), "user_id": people["media"].person.id, "code_id": code[0],
        "invitation_id": invitation[0], "c": code[1], "i": invitation[1],
        "p": shared[0], "file": f"{shared[1]}.ics", "kind": "plan",
        "crew": crew,
    }  # fmt: skip
    return StandingWorld(event_id, parts, secret, people)


async def everybody(
    session: AsyncSession, keys: Keys, event_id: str, password_hash: str, now: int, text: str | None
) -> dict[str, SignIn]:
    """Each of ``PEOPLE`` with a device; guests have no address and no password."""
    people = {}
    for name in PEOPLE:
        has_account = name not in ("guest", "court")
        user = User(
            id=tokens.token_hash(event_id + name)[:32],
            email=email_of(event_id, name) if has_account else None,
            password_hash=password_hash if has_account else None,
            display_name=text or name,
            role=ROLES.get(name, "spectator"),
            created_at=now,
        )
        session.add(user)
        await session.flush()
        people[name] = await start_session(session, keys, user, device=text or name, now=now)
    return people


async def the_event(
    session: AsyncSession, event_id: str, visibility: str, owner_id: str, now: int, text: str | None
) -> None:
    """Two teams, one court, one match, which is on now."""
    session.add(
        Event(
            id=event_id, name=text or "Cup", location=text or "Hall", timezone="America/Chicago",
            start_date="2026-01-31", end_date="2026-02-01", owner_id=owner_id,
            visibility=visibility, scoring_policy="members" if visibility == "private" else "open",
            format=dict(format_to_wire(read_format("usav-junior-bo3"))),
            created_at=now, updated_at=now,
        )
    )  # fmt: skip
    await session.flush()
    session.add(Division(event_id=event_id, division_id=15, name=text or "15 Open"))
    session.add(Court(event_id=event_id, court_id=-1, name=text or "Court 1", position=1))
    for number in (1, 2):
        name = text or f"Team {number}"
        session.add(Team(event_id=event_id, team_id=number, name=name, division_id=15))
    first = match(MATCH, -1, 1, 2)
    first.event_id = event_id
    session.add(first)
    await session.flush()


async def another_event(session: AsyncSession, event_id: str, owner_id: str, now: int) -> None:
    session.add(
        Event(
            id=f"{event_id}-rival", name="Another", timezone="America/Chicago", owner_id=owner_id,
            start_date="2026-01-31", end_date="2026-02-01", created_at=now, updated_at=now,
        )
    )  # fmt: skip
    await session.flush()


async def doors(
    session: AsyncSession, keys: Keys, event_id: str, volunteer: SignIn, now: int
) -> tuple[tuple[str, str], tuple[str, str]]:
    """A court's code, by which the volunteer came, and an invitation: each its id and code."""
    code = new_code(keys, event_id, -1, now, now + HOUR)
    invitation = new_invitation(keys, event_id, "scorer", None, now)
    session.add_all([code, invitation])
    await session.flush()
    assert volunteer.person.session_id
    session.add(
        CourtSignIn(session_id=volunteer.person.session_id, code_id=code.id, signed_in_at=now)
    )
    scanned = code_for(keys, code.key_id, Door.COURT, code.id)
    opened = code_for(keys, invitation.key_id, Door.INVITATION, invitation.id)
    assert scanned
    assert opened
    return (code.id, scanned), (invitation.id, opened)


async def links(
    session: AsyncSession, keys: Keys, event_id: str, giver: SignIn, now: int
) -> tuple[str, str]:
    """Codes of links that somebody gave out: to a plan, and to its calendar."""
    rows = [new_link(keys, giver.person.id, event_id, kind, now) for kind in PLAN_LINKS]
    planned = PlannedMatch(
        user_id=giver.person.id, event_id=event_id, match_id=MATCH, planned=True, changed_at=now
    )
    session.add_all([*rows, planned])
    await session.flush()
    plan, calendar = (code_for(keys, row.key_id, Door.SHARED, row.id) for row in rows)
    assert plan
    assert calendar
    return plan, calendar


async def a_crew(
    session: AsyncSession, keys: Keys, event_id: str, photographer: SignIn, now: int
) -> str:
    """A crew with one photographer in it; the code by which others join."""
    crew = Crew(
        id=tokens.token_hash(event_id)[:32], event_id=event_id, name="Photo", created_at=now
    )
    open_link(crew, keys)
    session.add(crew)
    await session.flush()
    session.add(
        CrewMember(
            event_id=event_id, user_id=photographer.person.id, crew_id=crew.id, joined_at=now
        )
    )
    await session.flush()
    code = code_for(keys, crew.key_id or "", Door.CREW, crew.link_id or "")
    assert code
    return code


async def a_claim_and_a_conflict(
    session: AsyncSession, event_id: str, people: dict[str, SignIn], now: int
) -> int:
    """The volunteer holds the match; one update has lost."""
    session.add(
        Claim(
            event_id=event_id, match_id=MATCH, holder_id=people["court"].person.id,
            claimed_at=now - 1000, expires_at=now + HOUR, fence=1, seq=1,
        )
    )  # fmt: skip
    body = {"matchId": MATCH, "sets": [], "status": "in-progress", "action": "point"}
    lost: dict[str, Any] = body | {"sets": [{"setNumber": 1, "team1Score": 2, "team2Score": 0}]}
    conflict = Conflict(
        event_id=event_id, match_id=MATCH, author_id=people["court"].person.id, body=lost,
        reason="older", won_revision=1, happened_at=now, arrived_at=now,
    )  # fmt: skip
    session.add(conflict)
    await session.flush()
    assert conflict.id
    return conflict.id


async def a_score(db: Database, event_id: str, holder: Person) -> None:
    update = ScoreUpdateIn(MATCH, [SetScore(1, 1, 0)], "in-progress")
    [outcome] = await record_updates(db, Bell(), holder, event_id, [update])
    assert outcome.problem is None, outcome
