"""What an import would do, or did, in a form people and programs read."""

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
    added, changed, removed = {}, {}, {}
    for kind in MODELS:
        one, name = plan.kinds[kind], PLURALS[kind]
        added[name] = [named(number, row) for number, row in one.added.items()]
        removed[name] = [named(number, row) for number, row in one.removed.items()]
        changed[name] = [
            Change(number, title(plan.wanted[kind][number]), told)
            for number, fields in one.changed.items()
            if (told := spoken(fields))  # a row that is not wanted only changes its place
        ]
    return Preview(
        event_id=event_id,
        is_new=plan.is_new,
        event=spoken(plan.event),
        added={name: items for name, items in added.items() if items},
        changed={name: items for name, items in changed.items() if items},
        removed={name: items for name, items in removed.items() if items},
        vanished=[named(number, row) for number, row in plan.vanished.items()],
        returned=[
            named(number, plan.wanted["match"][number])
            for number, fields in plan.kinds["match"].changed.items()
            if "vanished_at" in fields
        ],
        counts=draft.counts(),
        notes=list(draft.notes),
    )


def named(number: int, row: Row) -> Named:
    return Named(number, title(row))


def title(row: Row) -> str:
    """A row's name; a match without one goes by who plays."""
    if "team1_text" in row and not row["name"]:
        return f"Match {row['match_id']}"
    return f"{row['round']} {row['name']}".strip() if "round" in row else str(row["name"])


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
