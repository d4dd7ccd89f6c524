"""The shape of a schedule document: its types, with every fault of them told."""

import msgspec

from courtsync_web.errors import FieldError
from courtsync_web.schedule.draft import BadSchedule
from courtsync_web.schedule.limits import MOST_ROWS, too_many_rows
from courtsync_web.schedule.taken import faults, taken
from courtsync_web.schedule.wire import (
    ClubIn,
    CourtIn,
    DivisionIn,
    MatchIn,
    ScheduleDocument,
    StageIn,
    TeamIn,
)

LISTS: dict[str, type[msgspec.Struct]] = {
    "clubs": ClubIn,
    "divisions": DivisionIn,
    "courts": CourtIn,
    "teams": TeamIn,
    "stages": StageIn,
    "matches": MatchIn,
}


def decoded(text: bytes | str) -> object:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BadSchedule([FieldError("", f"This is not JSON: {error}")]) from None


def checked_shape(raw: object) -> ScheduleDocument:
    """The document in its types; else every fault, in the facts and in each item of each list."""
    try:
        document = msgspec.convert(raw, ScheduleDocument)
    except (msgspec.ValidationError, RecursionError):
        raise BadSchedule(all_faults(raw)) from None
    if len(document.matches) > MOST_ROWS:
        raise BadSchedule([FieldError("/matches", too_many_rows(len(document.matches)))])
    return document


def all_faults(raw: object) -> list[FieldError]:
    lists = raw if isinstance(raw, dict) else {}
    facts = {name: value for name, value in lists.items() if name not in LISTS}
    problems = faults(facts if isinstance(raw, dict) else raw, ScheduleDocument, "")
    for name, struct in LISTS.items():
        items = lists.get(name, [])
        if not isinstance(items, list):
            problems.append(FieldError(f"/{name}", "must be a list"))
        elif len(items) > MOST_ROWS:
            problems.append(FieldError(f"/{name}", too_many_rows(len(items))))
        else:
            for index, item in enumerate(items):
                taken(item, struct, f"/{name}/{index}", problems)
    return problems
