"""Choices that come from a page which shows some of them: the others stay as they are."""

from collections import defaultdict
from dataclasses import dataclass, field

from msgspec import UNSET
from msgspec.structs import replace

from courtsync_web.accounts.people import Person
from courtsync_web.db import Database
from courtsync_web.push.documents import MatchBell, Preferences, PreferencesIn, TeamChoices
from courtsync_web.push.kinds import EVERY_KIND
from courtsync_web.push.preferences import change, preferences_of, refuse_nonsense

Key = tuple[str, int]
"""An event, and a team or match of it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page showed."""

    teams: defaultdict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The kinds of each team, ``EVERY_KIND`` for its bell."""
    events: set[str] = field(default_factory=set)
    """Those that it offered to mute."""
    stilled: set[Key] = field(default_factory=set)
    """Matches whose bells were turned off there; it rings none."""


async def change_shown(
    db: Database, person: Person, given: PreferencesIn, shown: Shown
) -> Preferences:
    """Change what is given of what was shown. Raises as ``change_preferences`` does."""
    refuse_nonsense(given)
    async with db.write() as tx:
        held = await preferences_of(tx.session, person.id)
        return await change(tx, person, beside(given, held, shown))


def beside(given: PreferencesIn, held: Preferences, shown: Shown) -> PreferencesIn:
    """What is given of what was shown, beside what is held of what was not."""
    mutes = given.muted_events if given.muted_events is not UNSET else []
    return replace(
        given,
        teams=teams_beside(given.teams if given.teams is not UNSET else [], held.teams, shown),
        matches=[one for one in held.matches if key_of(one) not in shown.stilled],
        muted_events=[*mutes, *(one for one in held.muted_events if one not in shown.events)],
    )


def teams_beside(
    given: list[TeamChoices], held: list[TeamChoices], shown: Shown
) -> list[TeamChoices]:
    teams = {key_of(one): one for one in given}
    for one in held:
        was_shown = shown.teams.get(key_of(one), set())
        team = teams.setdefault(key_of(one), TeamChoices(one.event_id, one.team_id, kinds={}))
        team.kinds |= {kind: yes for kind, yes in one.kinds.items() if kind not in was_shown}
        if EVERY_KIND not in was_shown:
            team.bell = one.bell
    return list(teams.values())


def key_of(one: TeamChoices | MatchBell) -> Key:
    return one.event_id, one.team_id if isinstance(one, TeamChoices) else one.match_id
