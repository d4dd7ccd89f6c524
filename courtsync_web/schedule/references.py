"""Ids inside a schedule document: each given once, and each that is used also given."""

from collections.abc import Iterable

from courtsync_web.errors import FieldError
from courtsync_web.schedule.wire import ScheduleDocument

OWN = {
    "clubs": "club_id",
    "divisions": "division_id",
    "courts": "court_id",
    "teams": "team_id",
    "stages": "stage_id",
    "matches": "match_id",
}
USES = {
    "teams": {"club_id": "clubs", "division_id": "divisions"},
    "stages": {"division_id": "divisions"},
    "matches": {
        "division_id": "divisions",
        "stage_id": "stages",
        "court_id": "courts",
        "team1_id": "teams",
        "team2_id": "teams",
        "work_team_id": "teams",
    },
}
CAMEL = {
    name: "".join(part.capitalize() if turn else part for turn, part in enumerate(name.split("_")))
    for name in {*OWN.values(), *(column for uses in USES.values() for column in uses)}
}


class References:
    """All ids of one document."""

    def __init__(self, document: ScheduleDocument, problems: list[FieldError]) -> None:
        self._document = document
        self._problems = problems
        self._known = {name: set(self._ids(name, column)) for name, column in OWN.items()}

    def check(self) -> None:
        """Add every double id, every unknown one, and every match of a team against itself."""
        for name, column in OWN.items():
            self._once(name, column)
        for name, uses in USES.items():
            for index, item in enumerate(getattr(self._document, name)):
                for column, target in uses.items():
                    self._there(getattr(item, column), target, f"/{name}/{index}/{CAMEL[column]}")
        for index, match in enumerate(self._document.matches):
            if match.team1_id is not None and match.team1_id == match.team2_id:
                self._refuse(f"/matches/{index}/team2Id", "is the same team as team1Id")

    def _ids(self, name: str, column: str) -> Iterable[int | None]:
        return (getattr(item, column) for item in getattr(self._document, name))

    def _once(self, name: str, column: str) -> None:
        first: dict[int, int] = {}
        for index, number in enumerate(self._ids(name, column)):
            if number is not None and first.setdefault(number, index) != index:
                where = f"/{name}/{first[number]}"
                self._refuse(
                    f"/{name}/{index}/{CAMEL[column]}", f"{number} is given at {where} too"
                )

    def _there(self, number: int | None, target: str, at: str) -> None:
        if number is not None and number not in self._known[target]:
            self._refuse(at, f"{number} is not among the {target}")

    def _refuse(self, at: str, words: str) -> None:
        self._problems.append(FieldError(at, words))
