"""The form of the notifications page: filled from what is chosen, and read into what the API takes.

Of what is listed by event, the form says each that it showed: ``team:<event>:<id>:bell`` and
``team:<event>:<id>:<kind>``, ``bell:<event>:<match>`` and ``mute:<event>``, on or off. What it did
not show stays as it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from courtsync_web.errors import FieldError, Problem
from courtsync_web.numbers import whole_number
from courtsync_web.push.documents import Preferences, PreferencesIn, QuietHours
from courtsync_web.push.kinds import CHOSEN, EVERY_KIND
from courtsync_web.push.preferences import hours_faults
from courtsync_web.push.shown import Shown

LISTED = re.compile(
    r"(?P<list>team|bell|mute):(?P<event>[A-Za-z0-9_-]{1,64})(?::(?P<id>[^:]+))?(?::(?P<what>\w+))?"
)
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
YES_OR_NO = {"on": True, "off": False}
FIELDS = {
    "/lead/minutes": "minutes",
    "/lead/matches": "ahead",
    "/quietHours/from": "from",
    "/quietHours/to": "to",
    "/quietHours/timezone": "timezone",
}
"""The form's fields by what refusals call them, in the order of the page."""
RANGES = {"minutes": (1, 120), "ahead": (0, 5)}
FROM, TO = "22:00", "07:00"
"""Quiet hours that are proposed."""
AHEAD = 1


def filled_with(chosen: Preferences) -> dict[str, str]:
    """The form as it would be sent with nothing changed."""
    lead, hours = chosen.lead, chosen.quiet_hours
    filled = {f"kind:{name}": "on" for name, wanted in chosen.kinds.items() if wanted}
    filled |= {
        "lead": "minutes" if lead.matches is None else "matches",
        "minutes": str(lead.minutes),
        "ahead": str(AHEAD if lead.matches is None else lead.matches),
        "from": hours.from_ if hours else FROM,
        "to": hours.to if hours else TO,
        "timezone": hours.timezone if hours else "",
    }
    if hours:
        filled["quiet"] = "on"
    for team in chosen.teams:
        field = f"team:{team.event_id}:{team.team_id}:"
        filled |= {field + kind: "on" if wanted else "off" for kind, wanted in team.kinds.items()}
        filled[field + "bell"] = "on" if team.bell else "off"
    return filled | {f"mute:{event_id}": "on" for event_id in chosen.muted_events}


def preferences_from(form: Mapping[str, str]) -> tuple[PreferencesIn, Shown]:
    """What is chosen on the form, and of what. Raises 422 for what cannot be."""
    hours = hours_from(form)
    if faults := [*lead_faults(form), *clock_faults(hours)]:
        raise Problem(422, "validation", "Some of this cannot be used.", faults)
    shown, teams, mutes = listed_on(form)
    wanted = {
        "kinds": {kind.name: f"kind:{kind.name}" in form for kind in CHOSEN},
        "lead": lead_from(form),
        "quietHours": hours,
        "teams": teams,
        "mutedEvents": mutes,
    }
    try:
        return msgspec.convert(wanted, PreferencesIn), shown
    except msgspec.ValidationError:
        raise out_of_date() from None


def lead_from(form: Mapping[str, str]) -> dict[str, int | None]:
    ahead = form.get("lead") == "matches"
    return {
        "minutes": number(form, "minutes"),
        "matches": number(form, "ahead") if ahead else None,
    }


def lead_faults(form: Mapping[str, str]) -> Iterator[FieldError]:
    if number(form, "minutes") is None:
        yield FieldError("/lead/minutes", "Give whole minutes from 1 to 120.")
    if form.get("lead") == "matches" and number(form, "ahead") is None:
        yield FieldError("/lead/matches", "Give 0 to 5 matches.")


def number(form: Mapping[str, str], name: str) -> int | None:
    return whole_number(form.get(name, "").strip(), *RANGES[name])


def hours_from(form: Mapping[str, str]) -> dict[str, str] | None:
    if "quiet" not in form:
        return None
    return {name: form.get(name, "").strip() for name in ("from", "to", "timezone")}


def clock_faults(hours: Mapping[str, str] | None) -> Iterator[FieldError]:
    if hours is None:
        return
    for name in ("from", "to"):
        if not CLOCK.fullmatch(hours[name]):
            yield FieldError(f"/quietHours/{name}", "Give a time such as 22:00.")
    yield from hours_faults(QuietHours(hours["from"], hours["to"], hours["timezone"]))


def listed_on(
    form: Mapping[str, str],
) -> tuple[Shown, list[dict[str, Any]], list[str]]:
    """What the form showed; of it what differs for a team, and the events that are muted."""
    shown, mutes = Shown(), []
    teams: dict[tuple[str, int], dict[str, bool]] = defaultdict(dict)
    for name, value in form.items():
        if not name.startswith(("team:", "bell:", "mute:")):
            continue
        which, event_id, number, what = parts_of(name)
        if which == "mute":
            shown.events.add(event_id)
            mutes += [event_id] if value == "on" else []
        elif which == "bell" and value == "off":
            shown.stilled.add((event_id, number))
        elif which == "team":
            kind = EVERY_KIND if what == "bell" else what
            shown.teams[event_id, number].add(kind)
            if value in YES_OR_NO:
                teams[event_id, number][kind] = YES_OR_NO[value]
    return shown, [differing(*key, kinds) for key, kinds in teams.items()], mutes


def parts_of(name: str) -> tuple[str, str, int, str]:
    """List, event, id of the team or match (0: none) and kind. Raises 422."""
    found = LISTED.fullmatch(name)
    number = whole_number(found["id"] or "0") if found else None
    if found is None or number is None or found["what"] == EVERY_KIND:
        raise out_of_date()
    return found["list"], found["event"], number, found["what"] or ""


def differing(event_id: str, team_id: int, kinds: dict[str, bool]) -> dict[str, Any]:
    bell = kinds.pop(EVERY_KIND, True)
    return {"eventId": event_id, "teamId": team_id, "bell": bell, "kinds": kinds}


def out_of_date() -> Problem:
    """For names that no page of ours has: of an older one, or made up."""
    return Problem(422, "validation", "This page is out of date. Load it again.")
