"""The form of the notifications page, read into what the API takes."""

from collections.abc import Mapping

import msgspec

from courtsync_web.errors import Problem
from courtsync_web.push.documents import PreferencesIn, TeamChoices
from courtsync_web.push.kinds import CHOSEN

TEAM = "team:"
"""A team's fields are called ``team:<event>:<id>:bell`` and ``team:<event>:<id>:<kind>``."""
YES_OR_NO = {"on": True, "off": False}


def preferences_from(form: Mapping[str, str]) -> PreferencesIn:
    """Everything on the form. Raises 422 for what cannot be."""
    matches = form.get("lead") == "matches"
    wanted = {
        "kinds": {kind.name: f"kind:{kind.name}" in form for kind in CHOSEN},
        "lead": {
            "minutes": number(form.get("minutes", "")),
            "matches": number(form.get("matches", "")) if matches else None,
        },
        "quietHours": quiet_from(form),
        "teams": [msgspec.to_builtins(team) for team in teams_from(form)],
        "mutedEvents": [name.removeprefix("mute:") for name in form if name.startswith("mute:")],
    }
    try:
        return msgspec.convert(wanted, PreferencesIn)
    except msgspec.ValidationError:
        raise Problem(
            422, "validation", "Give 1 to 120 minutes, 0 to 5 matches, and times such as 22:00."
        ) from None


def number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() else text


def quiet_from(form: Mapping[str, str]) -> dict[str, str] | None:
    if "quiet" not in form:
        return None
    return {
        "from": form.get("from", ""),
        "to": form.get("to", ""),
        "timezone": form.get("timezone", ""),
    }


def teams_from(form: Mapping[str, str]) -> list[TeamChoices]:
    """What differs for a team: a bell that is off, kinds that are not as for all."""
    teams: dict[tuple[str, str], TeamChoices] = {}
    for name, value in form.items():
        parts = name.split(":")
        if not name.startswith(TEAM) or len(parts) != 4:
            continue
        _, event_id, team_id, what = parts
        if not team_id.lstrip("-").isdigit():
            continue
        team = teams.setdefault((event_id, team_id), TeamChoices(event_id, int(team_id), kinds={}))
        if what == "bell":
            team.bell = value != "off"
        elif value in YES_OR_NO:
            team.kinds[what] = YES_OR_NO[value]
    return [team for team in teams.values() if team.kinds or not team.bell]
