"""Finding again what a source without ids has named before.

A table's rows may come in another order, at other times, with "Winner of M1" turned into a
team: the same division, team, court, pool and match must still be the ones that are stored.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from courtsync_web.schedule.draft import Draft
from courtsync_web.schedule.numbers import digest
from courtsync_web.schedule.reunite import reunited
from courtsync_web.schedule.rows import Row, Rows
from courtsync_web.schedule.words import folded

T = TypeVar("T")
Renumbered = dict[int, int]
"""Derived id → the id to use instead."""


def adopted(draft: Draft, stored: Rows, zone: str) -> Draft:
    """The draft with stored ids in place of those it had to make from names."""
    if not draft.derived or not any(stored.values()):
        return draft
    return Adoption(draft, stored, zone).draft()


class Adoption:
    """One draft looking for its stored self."""

    def __init__(self, draft: Draft, stored: Rows, zone: str) -> None:
        self._draft = draft
        self._stored = stored
        self._zone = zone

    def draft(self) -> Draft:
        """Divisions first, for teams and pools are told apart by them; matches last."""
        draft = self._with_divisions(self._draft)
        draft = self._with_teams_and_courts(draft)
        draft = self._with_stages(draft)
        return self._with_matches(draft)

    def _with_divisions(self, draft: Draft) -> Draft:
        new = self._by_name("division", ((one.division_id, one.name) for one in draft.divisions))
        return replace(
            draft,
            divisions=tuple(moved(one, new, "division_id") for one in draft.divisions),
            teams=tuple(moved(one, new, "division_id") for one in draft.teams),
            stages=tuple(moved(one, new, "division_id") for one in draft.stages),
            matches=tuple(moved(one, new, "division_id") for one in draft.matches),
        )

    def _with_teams_and_courts(self, draft: Draft) -> Draft:
        courts = self._by_name("court", ((one.court_id, one.name) for one in draft.courts))
        teams = self._found(
            "team",
            ((one.team_id, (folded(one.name), one.division_id)) for one in draft.teams),
            lambda row: (folded(row["name"]), row["division_id"]),
        )
        sides = ("team1", "team2", "work_team")
        matches = [
            replace(one, **{name: moved(getattr(one, name), teams, "team_id") for name in sides})
            for one in draft.matches
        ]
        return replace(
            draft,
            teams=tuple(moved(one, teams, "team_id") for one in draft.teams),
            courts=tuple(moved(one, courts, "court_id") for one in draft.courts),
            matches=tuple(moved(one, courts, "court_id") for one in matches),
        )

    def _with_stages(self, draft: Draft) -> Draft:
        new = self._found(
            "stage",
            (
                (one.stage_id, (one.division_id, folded(one.round), folded(one.name)))
                for one in draft.stages
            ),
            lambda row: (row["division_id"], folded(row["round"]), folded(row["name"])),
        )
        return replace(
            draft,
            stages=tuple(moved(one, new, "stage_id") for one in draft.stages),
            matches=tuple(moved(one, new, "stage_id") for one in draft.matches),
        )

    def _with_matches(self, draft: Draft) -> Draft:
        derived = [one for one in draft.matches if ("match", one.match_id) in draft.derived]
        given = {one.match_id for one in draft.matches} - {one.match_id for one in derived}
        left = {number: row for number, row in self._stored["match"].items() if number not in given}
        found = {number: number for number in given} | reunited(derived, left, self._zone)
        waiting = [one.match_id for one in derived if one.match_id not in found]
        new = found | self._fresh("match", waiting, set(found.values()))
        return replace(
            draft,
            matches=tuple(moved(one, new, "match_id") for one in draft.matches),
            results=tuple(moved(one, new, "match_id") for one in draft.results),
        )

    def _by_name(self, kind: str, named: Iterable[tuple[int, str]]) -> Renumbered:
        keyed = ((number, folded(name)) for number, name in named)
        return self._found(kind, keyed, lambda row: folded(row["name"]))

    def _found(
        self,
        kind: str,
        keyed: Iterable[tuple[int, Hashable]],
        key_of_row: Callable[[Row], Hashable],
    ) -> Renumbered:
        """Derived ids by the stored row of the same key, where exactly one has it."""
        stored: dict[Hashable, list[int]] = defaultdict(list)
        for number, row in self._stored[kind].items():
            stored[key_of_row(row)].append(number)
        found: Renumbered = {}
        used: set[int] = set()
        waiting: list[int] = []
        for number, key in keyed:
            same = stored.get(key, [])
            if (kind, number) not in self._draft.derived or number in same:
                found[number] = number
            elif len(same) == 1 and same[0] not in used:
                found[number] = same[0]
            else:
                waiting.append(number)
                continue
            used.add(found[number])
        return found | self._fresh(kind, waiting, used)

    def _fresh(self, kind: str, numbers: Iterable[int], used: set[int]) -> Renumbered:
        """Ids for what is new: as derived, unless something else is stored under that id."""
        taken = used | set(self._stored[kind])
        found: Renumbered = {}
        for number in numbers:
            fresh = number
            while fresh in taken:
                fresh = digest(kind, str(fresh))
            taken.add(fresh)
            found[number] = fresh
        return found


def moved(one: T, numbers: Renumbered, field: str) -> T:
    """The same thing with one of its ids renumbered; an id of none stays none."""
    number = getattr(one, field)
    new = numbers.get(number, number)
    return one if new == number else replace(one, **{field: new})  # type: ignore[type-var]
