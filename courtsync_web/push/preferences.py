"""What a person wants to hear, how early, and when not."""

from collections.abc import Iterable, Iterator

from msgspec import UNSET
from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from courtsync_web.accounts.people import Person
from courtsync_web.clock import now_ms
from courtsync_web.db import Database, Transaction
from courtsync_web.errors import FieldError, Problem, not_found
from courtsync_web.events.models import Event, Match, Team
from courtsync_web.events.queries import event_for
from courtsync_web.following.actions import last_choice, merge_follow
from courtsync_web.following.models import Follow
from courtsync_web.push.documents import (
    Lead,
    MatchBell,
    Preferences,
    PreferencesIn,
    QuietHours,
    TeamChoices,
)
from courtsync_web.push.kinds import CHOSEN, EVERY_KIND, LEAD_MINUTES
from courtsync_web.push.models import PushBell, PushChoice, PushMute, PushPreference
from courtsync_web.push.zones import zones

EVERYWHERE = ""
NO_TEAM = 0
NAMES = {kind.name for kind in CHOSEN}


async def preferences_of(session: AsyncSession, user_id: str) -> Preferences:
    """Everything chosen, with the defaults where nothing was."""
    row = await session.get(PushPreference, user_id)
    choices = list(await session.exec(select(PushChoice).where(PushChoice.user_id == user_id)))
    bells = await session.exec(select(PushBell).where(PushBell.user_id == user_id))
    mutes = await session.exec(select(PushMute).where(PushMute.user_id == user_id))
    general = {one.kind: one.wanted for one in choices if one.event_id == EVERYWHERE}
    return Preferences(
        kinds={kind.name: general.get(kind.name, kind.default) for kind in CHOSEN},
        lead=Lead(row.lead_minutes, row.lead_matches) if row else Lead(LEAD_MINUTES),
        quiet_hours=quiet_hours_of(row),
        teams=team_choices(one for one in choices if one.event_id != EVERYWHERE),
        matches=[MatchBell(one.event_id, one.match_id) for one in bells],
        muted_events=[one.event_id for one in mutes],
    )


def quiet_hours_of(row: PushPreference | None) -> QuietHours | None:
    """None, too, for hours of no length, which may be stored from when they were taken."""
    if row is None or row.quiet_from is None or row.quiet_to is None:
        return None
    if row.quiet_from == row.quiet_to:
        return None
    return QuietHours(clock(row.quiet_from), clock(row.quiet_to), row.timezone)


def team_choices(rows: Iterable[PushChoice]) -> list[TeamChoices]:
    teams: dict[tuple[str, int], TeamChoices] = {}
    for one in rows:
        key = (one.event_id, one.team_id)
        team = teams.setdefault(key, TeamChoices(one.event_id, one.team_id, kinds={}))
        if one.kind == EVERY_KIND:
            team.bell = one.wanted
        else:
            team.kinds[one.kind] = one.wanted
    return list(teams.values())


async def change_preferences(db: Database, person: Person, given: PreferencesIn) -> Preferences:
    """Change what is given. Raises 422 ``validation``, and 404 for events one may not see.

    What one has chosen already is no question any more: it may be given again, whatever has
    become of its event.
    """
    refuse_nonsense(given)
    async with db.write() as tx:
        return await change(tx, person, given)


async def change(tx: Transaction, person: Person, given: PreferencesIn) -> Preferences:
    """As ``change_preferences``, within a transaction, once it is no nonsense."""
    if given.kinds is not UNSET:
        await choose(tx.session, person.id, EVERYWHERE, NO_TEAM, given.kinds)
    if given.lead is not UNSET or given.quiet_hours is not UNSET:
        await keep_times(tx.session, person.id, given)
    if given.teams is not UNSET:
        await replace_teams(tx, person, given.teams)
    if given.matches is not UNSET:
        await replace_bells(tx, person, given.matches)
    if given.muted_events is not UNSET:
        await replace_mutes(tx, person, given.muted_events)
    return await preferences_of(tx.session, person.id)


def refuse_nonsense(given: PreferencesIn) -> None:
    kinds = dict(given.kinds) if given.kinds is not UNSET else {}
    unknown = {f"/kinds/{name}" for name in kinds.keys() - NAMES}
    for index, team in enumerate(given.teams if given.teams is not UNSET else []):
        unknown |= {f"/teams/{index}/kinds/{name}" for name in team.kinds.keys() - NAMES}
    errors = [FieldError(pointer, "There is no such kind.") for pointer in sorted(unknown)]
    if isinstance(given.quiet_hours, QuietHours):
        errors += hours_faults(given.quiet_hours)
    if errors:
        raise Problem(422, "validation", "Some of this cannot be used.", errors)


def hours_faults(quiet: QuietHours) -> Iterator[FieldError]:
    """Why quiet hours cannot be kept."""
    if quiet.from_ == quiet.to:
        yield FieldError("/quietHours/to", "From and to are the same: that is never quiet.")
    if quiet.timezone not in zones():
        known = "There is no time zone of that name. Choose one such as America/Chicago."
        yield FieldError("/quietHours/timezone", known)


async def choose(
    session: AsyncSession, user_id: str, event_id: str, team_id: int, kinds: dict[str, bool]
) -> None:
    for kind, wanted in kinds.items():
        await session.merge(
            PushChoice(
                user_id=user_id, event_id=event_id, team_id=team_id, kind=kind, wanted=wanted
            )
        )
    await session.flush()


async def keep_times(session: AsyncSession, user_id: str, given: PreferencesIn) -> None:
    row = await session.get(PushPreference, user_id) or PushPreference(
        user_id=user_id, lead_minutes=LEAD_MINUTES
    )
    if given.lead is not UNSET:
        row.lead_minutes, row.lead_matches = given.lead.minutes, given.lead.matches
    if given.quiet_hours is None:
        row.quiet_from = row.quiet_to = None
    elif given.quiet_hours is not UNSET:
        quiet = given.quiet_hours
        row.quiet_from, row.quiet_to = minute(quiet.from_), minute(quiet.to)
        row.timezone = quiet.timezone
    session.add(row)
    await session.flush()


async def replace_teams(tx: Transaction, person: Person, teams: list[TeamChoices]) -> None:
    mine = (col(PushChoice.user_id) == person.id, col(PushChoice.event_id) != EVERYWHERE)
    held = set(await tx.session.exec(select(col(PushChoice.event_id)).where(*mine)))
    for event_id in sorted({team.event_id for team in teams} - held):
        await event_for(tx.session, event_id, person)
    await tx.session.exec(delete(PushChoice).where(*mine))
    for team in teams:
        kinds = team.kinds | ({} if team.bell else {EVERY_KIND: False})
        await choose(tx.session, person.id, team.event_id, team.team_id, kinds)


async def replace_bells(tx: Transaction, person: Person, matches: list[MatchBell]) -> None:
    mine = await tx.session.exec(select(PushBell).where(col(PushBell.user_id) == person.id))
    held = {(one.event_id, one.match_id): one for one in mine}
    wanted = {(one.event_id, one.match_id) for one in matches}
    for key in held.keys() - wanted:
        await tx.session.delete(held[key])
    for event_id, match_id in sorted(wanted - held.keys()):
        await match_for(tx.session, person, event_id, match_id)
        await keep_bell(tx.session, person.id, event_id, match_id)


async def replace_mutes(tx: Transaction, person: Person, events: list[str]) -> None:
    mine = await tx.session.exec(select(PushMute).where(col(PushMute.user_id) == person.id))
    held = {one.event_id: one for one in mine}
    for event_id in held.keys() - set(events):
        await tx.session.delete(held[event_id])
    for event_id in sorted(set(events) - held.keys()):
        event = await event_for(tx.session, event_id, person)
        tx.session.add(PushMute(user_id=person.id, event_id=event.id))
    await tx.session.flush()


async def match_for(session: AsyncSession, person: Person, event_id: str, match_id: int) -> Event:
    """The event of a match that is there. Raises 404."""
    event = await event_for(session, event_id, person)
    if await session.get(Match, (event.id, match_id)) is None:
        raise not_found("match")
    return event


async def ring_team(db: Database, person: Person, event_id: str, team_id: int, *, on: bool) -> None:
    """Turn a team's bell on or off; on, the team is followed too. Raises 404."""
    async with db.write() as tx:
        event = await event_for(tx.session, event_id, person)
        if await tx.session.get(Team, (event.id, team_id)) is None:
            raise not_found("team")
        if on:
            at = max(now_ms(), await last_choice(tx.session, person.id, event.id) + 1)
            await merge_follow(tx, person, event, team_id, following=True, at=at)
        await choose(tx.session, person.id, event.id, team_id, {EVERY_KIND: on})


async def ring_match(
    db: Database, person: Person, event_id: str, match_id: int, *, on: bool
) -> None:
    """Turn a match's bell on or off. Raises 404."""
    async with db.write() as tx:
        event = await match_for(tx.session, person, event_id, match_id)
        if on:
            await keep_bell(tx.session, person.id, event.id, match_id)
        else:
            await tx.session.exec(
                delete(PushBell).where(
                    col(PushBell.user_id) == person.id,
                    col(PushBell.event_id) == event.id,
                    col(PushBell.match_id) == match_id,
                )
            )


async def keep_bell(session: AsyncSession, user_id: str, event_id: str, match_id: int) -> None:
    await session.merge(PushBell(user_id=user_id, event_id=event_id, match_id=match_id))
    await session.flush()


async def match_bell(session: AsyncSession, person: Person, event_id: str, match_id: int) -> bool:
    """Whether a match's bell is on. Raises 404."""
    event = await event_for(session, event_id, person)
    return await session.get(PushBell, (person.id, event.id, match_id)) is not None


async def team_bell(session: AsyncSession, person: Person, event_id: str, team_id: int) -> bool:
    """Whether a team's bell is on: it is followed, and not stilled. Raises 404."""
    event = await event_for(session, event_id, person)
    follow = await session.get(Follow, (person.id, event.id, team_id))
    choice = await session.get(PushChoice, (person.id, event.id, team_id, EVERY_KIND))
    return bool(follow and follow.following) and (choice is None or choice.wanted)


async def is_muted(session: AsyncSession, person: Person, event_id: str) -> bool:
    """Whether nothing of an event comes, whichever bells are on."""
    return await session.get(PushMute, (person.id, event_id)) is not None


def clock(minute_of_day: int) -> str:
    return f"{minute_of_day // 60:02}:{minute_of_day % 60:02}"


def minute(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
