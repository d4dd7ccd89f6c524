"""Who stands before whom: divisions and courts in human order, stages by their first match."""

from collections.abc import Callable, Mapping
from typing import Any

from courtsync_web.schedule.rows import Row
from courtsync_web.schedule.words import human_order

TO_FOLLOW = 2**63
"""Where stages stand whose matches have no time yet: after all others."""

Order = Callable[[Row], Any]


def orders(matches: Mapping[int, Row]) -> dict[str, Order]:
    """By kind, the sort key of its rows; ``matches`` are those that will be stored."""
    first: dict[int | None, int] = {}
    for match in matches.values():
        start = TO_FOLLOW if match["starts_at"] is None else match["starts_at"]
        first[match["stage_id"]] = min(start, first.get(match["stage_id"], TO_FOLLOW))

    def by_name(row: Row) -> Any:
        return human_order(row["name"])

    def by_first_match(row: Row) -> Any:
        number = row["stage_id"]
        names = human_order(row["round"]), human_order(row["name"])
        return first.get(number, TO_FOLLOW), *names, number

    return {"division": by_name, "court": by_name, "stage": by_first_match}
