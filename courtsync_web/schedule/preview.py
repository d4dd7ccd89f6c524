"""What an import would do, or did, in a form people and programs read."""

from collections.abc import Mapping
from typing import Any

import msgspec

from courtsync_web.schedule.draft import Draft
from courtsync_web.schedule.plan import Fields, Plan
from courtsync_web.schedule.rows import MODELS, Row

PLURALS = {
    "division": "divisions",
    "club": "clubs",
    "team": "teams",
    "court": "courts",
    "stage": "stages",
    "match": "matches",
}
POSITION = "position"
"""A place in order follows from names: a change of it alone is no news."""


class Named(msgspec.Struct, rename="camel", frozen=True):
    """One thing of a schedule."""

    id: int
    name: str


class Change(msgspec.Struct, rename="camel", frozen=True):
    """One thing whose facts change: ``fields`` maps each to ``{from, to}``."""

    id: int
    name: str
    fields: dict[str, dict[str, Any]]


class Preview(msgspec.Struct, rename="camel", frozen=True):
    """Added, changed and removed, by kind (``matches``, ``teams``, …); empty kinds are left out.

    ``vanished`` matches left the schedule but are kept, for they have a score or a claim;
    ``returned`` ones are back. ``event`` holds the changed facts of the event itself.
    """

    event_id: str
    is_new: bool
    event: dict[str, dict[str, Any]]
    added: dict[str, list[Named]]
    changed: dict[str, list[Change]]
    removed: dict[str, list[Named]]
    vanished: list[Named]
    returned: list[Named]
    counts: dict[str, int]
    notes: list[str]


def preview_of(plan: Plan, draft: Draft, event_id: str) -> Preview:
    """A plan as people read it."""
    titles = Titles(plan)
    added, changed, removed = {}, {}, {}
    for kind in MODELS:
        one, name = plan.kinds[kind], PLURALS[kind]
        added[name] = titles.of_all(kind, one.added)
        removed[name] = titles.of_all(kind, one.removed)
        changed[name] = [
            Change(number, titles.of(kind, plan.wanted[kind][number]), told)
            for number, fields in one.changed.items()
            if (told := spoken(fields))  # a row that is not wanted only changes its place
        ]
    back = {
        number: plan.wanted["match"][number]
        for number, fields in plan.kinds["match"].changed.items()
        if "vanished_at" in fields
    }
    return Preview(
        event_id=event_id,
        is_new=plan.is_new,
        event=spoken(plan.event),
        added={name: items for name, items in added.items() if items},
        changed={name: items for name, items in changed.items() if items},
        removed={name: items for name, items in removed.items() if items},
        vanished=titles.of_all("match", plan.vanished),
        returned=titles.of_all("match", back),
        counts=draft.counts(),
        notes=list(draft.notes),
    )


class Titles:
    """What people call the rows of a plan: a match by its pool, its name and who plays."""

    def __init__(self, plan: Plan) -> None:
        self._stages = plan.stored["stage"] | plan.wanted["stage"]
        self._teams = plan.stored["team"] | plan.wanted["team"]

    def of_all(self, kind: str, rows: Mapping[int, Row]) -> list[Named]:
        return [Named(number, self.of(kind, row)) for number, row in rows.items()]

    def of(self, kind: str, row: Row) -> str:
        if kind == "stage":
            return joined(row["round"], row["name"])
        return self._match(row) if kind == "match" else str(row["name"])

    def _match(self, row: Row) -> str:
        stage = self._stages.get(row["stage_id"] or 0, {"round": "", "name": ""})
        sides = " – ".join(self._side(row, side) for side in ("team1", "team2"))
        where = joined(stage["round"], stage["name"], row["name"])
        return f"{where}: {sides}" if where else sides

    def _side(self, row: Row, side: str) -> str:
        team = self._teams.get(row[f"{side}_id"] or 0)
        return str(team["name"] if team else row[f"{side}_text"]) or "to be decided"


def joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def spoken(fields: Fields) -> dict[str, dict[str, Any]]:
    """Changed columns in the wire's spelling."""
    return {
        camel(name): {"from": before, "to": after}
        for name, (before, after) in fields.items()
        if name != POSITION
    }


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
