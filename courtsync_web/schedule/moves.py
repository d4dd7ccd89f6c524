"""Which matches a plan moves, in time or to another court, or takes out of the schedule."""

from collections.abc import Iterator

from courtsync_web.happenings import Move
from courtsync_web.schedule.plan import Plan

FACTS = {"starts_at", "court_id"}


def moves_of(plan: Plan) -> tuple[Move, ...]:
    """Every move of a match that was there before; a match that comes back has not moved."""
    return (*moved(plan), *gone(plan))


def moved(plan: Plan) -> Iterator[Move]:
    for match_id, fields in plan.kinds["match"].changed.items():
        if FACTS & fields.keys():
            before = plan.stored["match"][match_id]
            after = before | {name: value for name, (_, value) in fields.items()}
            yield Move(
                match_id=match_id,
                starts_before=before["starts_at"],
                starts_at=after["starts_at"],
                court_before=before["court_id"],
                court_id=after["court_id"],
            )


def gone(plan: Plan) -> Iterator[Move]:
    for match_id, row in (plan.kinds["match"].removed | plan.vanished).items():
        if row["vanished_at"] is None:
            yield Move(
                match_id=match_id,
                starts_before=row["starts_at"],
                starts_at=None,
                court_before=row["court_id"],
                court_id=row["court_id"],
                gone=True,
            )
