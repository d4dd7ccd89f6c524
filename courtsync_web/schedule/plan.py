"""What an import would do: the difference between what is wanted and what is stored. Pure."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Any

from courtsync_web.schedule.draft import Draft, Unread
from courtsync_web.schedule.places import orders
from courtsync_web.schedule.rows import MODELS, Row, Rows

Fields = dict[str, tuple[Any, Any]]
"""Changed columns, each with what it is now and what it becomes."""

SIDES = ("team1", "team2")
LISTED = ("division", "club", "team", "court")
"""What a schedule lists beside its matches."""
TABLE = {
    "division": ("code", "color", "format"),
    "team": ("code", "club_id", "division_id"),
    "court": ("video_link",),
    "stage": ("kind", "format", "finished", "ranks"),
    "match": ("name", "format"),
}
UNTOLD: dict[str, dict[str, tuple[str, ...]]] = {
    "csv": TABLE,
    "xlsx": TABLE,
    "aes": {
        "division": ("code", "color", "format"),
        "team": ("code", "club_id", "division_id"),
        "court": ("video_link",),
        "stage": ("format", "ranks"),
        "match": ("format",),
    },
}
"""By source, the columns in which a blank means "not said"."""
REFERENCES = {
    "division": ("division_id",),
    "stage": ("stage_id",),
    "court": ("court_id",),
    "team": ("team1_id", "team2_id", "work_team_id"),
}
"""By which columns a match refers to what."""


@dataclass(slots=True)
class Kind:
    """The plan for one kind of thing, by id."""

    added: dict[int, Row] = field(default_factory=dict)
    changed: dict[int, Fields] = field(default_factory=dict)
    removed: dict[int, Row] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """The plan for a whole event.

    ``vanished``: matches that leave the schedule and stay stored, for they have a score or a
    claim. A match that comes back is a change of its ``vanished_at``.
    """

    event: Fields
    is_new: bool
    kinds: dict[str, Kind]
    vanished: dict[int, Row]
    stored: Rows
    wanted: Rows

    @property
    def empty(self) -> bool:
        """Nothing would change."""
        return not (
            self.is_new
            or self.event
            or self.vanished
            or any(one.added or one.changed or one.removed for one in self.kinds.values())
        )


def plan_for(
    draft: Draft,
    *,
    event: Fields,
    is_new: bool,
    wanted: Rows,
    stored: Rows,
    precious: Container[int],
    incomplete: bool = False,
) -> Plan:
    """Compare. ``event``: its changed facts; ``precious``: matches that may not be deleted.

    ``incomplete``: the source does not list teams, clubs, divisions and courts by themselves,
    so none of them is removed for not being mentioned.
    """
    keep_untold(wanted, stored, draft.event.source)
    if draft.event.source == "aes":
        keep_known_sides(draft, wanted, stored)
    for stage in wanted["stage"].values():
        stage["kind"] = stage["kind"] or "pool"
    kinds = {kind: compared(wanted[kind], stored[kind]) for kind in MODELS}
    matches = kinds["match"]
    matches.removed = {
        number: row
        for number, row in matches.removed.items()
        if not is_unread(row, draft.unread) and row["vanished_at"] is None
    }
    vanished = {number: row for number, row in matches.removed.items() if number in precious}
    for number in vanished:
        del matches.removed[number]
    spare(kinds, stored, wanted, draft.unread)
    if incomplete or draft.unread != Unread():
        for kind in LISTED:
            kinds[kind].removed = {}
    give_places(kinds, stored, wanted)
    return Plan(event, is_new, kinds, vanished, stored, wanted)


def compared(wanted: dict[int, Row], stored: dict[int, Row]) -> Kind:
    plan = Kind(removed={number: row for number, row in stored.items() if number not in wanted})
    for number, row in wanted.items():
        before = stored.get(number)
        if before is None:
            plan.added[number] = row
        elif fields := differing(before, row):
            plan.changed[number] = fields
    return plan


def differing(before: Row, after: Row) -> Fields:
    """The columns of ``after`` that differ."""
    return {name: (before[name], value) for name, value in after.items() if before[name] != value}


def keep_untold(wanted: Rows, stored: Rows, source: str) -> None:
    """What the source leaves blank, because it cannot or no longer say, stays as it is known.

    A table knows no clubs and no formats, AES no video links of ours. A schedule document
    says everything, so a blank in it is meant.
    """
    for kind, columns in UNTOLD.get(source, {}).items():
        for number, row in wanted[kind].items():
            before = stored[kind].get(number, {})
            for column in columns:
                row[column] = row[column] or before.get(column, row[column])


def keep_known_sides(draft: Draft, wanted: Rows, stored: Rows) -> None:
    """A team once known is not replaced by nothing: AES empties its brackets after the event."""
    for match in draft.matches:
        before = stored["match"].get(match.match_id)
        for name, side in zip(SIDES, (match.team1, match.team2), strict=True):
            if before and (side.blank or side.inferred):
                columns = (f"{name}_id", f"{name}_text")
                wanted["match"][match.match_id] |= {one: before[one] for one in columns}


def is_unread(row: Row, unread: Unread) -> bool:
    """Does a stored match or stage belong to what the source would not give this time?"""
    return (
        unread.everything
        or row["division_id"] in unread.divisions
        or row["stage_id"] in unread.stages
    )


def spare(kinds: dict[str, Kind], stored: Rows, wanted: Rows, unread: Unread) -> None:
    """Take back the removal of whatever a match that stays refers to, or was not read."""
    staying = remaining(kinds, stored, wanted, "match")
    stages = kinds["stage"].removed
    kinds["stage"].removed = {
        number: row for number, row in stages.items() if not is_unread(row, unread)
    }
    for kind, columns in REFERENCES.items():
        for number in referred(staying, columns):
            kinds[kind].removed.pop(number, None)
    for kind, column in (("team", "club_id"), ("team", "division_id"), ("stage", "division_id")):
        for number in referred(remaining(kinds, stored, wanted, kind), (column,)):
            kinds[column.removesuffix("_id")].removed.pop(number, None)


def give_places(kinds: dict[str, Kind], stored: Rows, wanted: Rows) -> None:
    """Number what has a place among its like, over all that will be stored."""
    for kind, order in orders(remaining(kinds, stored, wanted, "match")).items():
        rows = remaining(kinds, stored, wanted, kind)
        for position, (number, row) in enumerate(
            sorted(rows.items(), key=lambda entry: order(entry[1]))
        ):
            before = stored[kind].get(number)
            if before is None:
                row["position"] = position
            elif before["position"] != position:
                change = kinds[kind].changed.setdefault(number, {})
                change["position"] = before["position"], position


def remaining(kinds: dict[str, Kind], stored: Rows, wanted: Rows, kind: str) -> dict[int, Row]:
    """All rows of a kind that will be stored afterwards."""
    gone = kinds[kind].removed
    return {
        number: row for number, row in (stored[kind] | wanted[kind]).items() if number not in gone
    }


def referred(rows: dict[int, Row], columns: tuple[str, ...]) -> Iterator[int]:
    """Every id that the rows hold in these columns."""
    for row in rows.values():
        for column in columns:
            if row[column] is not None:
                yield row[column]
