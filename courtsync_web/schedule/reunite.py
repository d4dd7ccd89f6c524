"""Which stored match a row without an id is: first by who meets where, then by court and time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from courtsync_web.schedule.draft import DraftMatch, Side
from courtsync_web.schedule.rows import Row, instant
from courtsync_web.schedule.words import folded

Who = int | str
Meeting = tuple[int | None, int | None, Who, Who]
"""Division, stage, and the two sides in order: the wrong way round would turn a score around."""


def reunited(matches: Iterable[DraftMatch], stored: dict[int, Row], zone: str) -> dict[int, int]:
    """Draft id → stored id, for every match that is found again.

    1. The same two sides in the same pool: those at the same time first, then the n-th meeting
       with the n-th. 2. The same pool, court and start, where a placeholder became a team.
    """
    found: dict[int, int] = {}
    by_meeting: dict[Meeting, list[DraftMatch]] = defaultdict(list)
    for match in matches:
        by_meeting[meeting_of(match)].append(match)
    stored_meetings: dict[Meeting, list[int]] = defaultdict(list)
    for number, row in sorted(stored.items(), key=still_there_first):
        stored_meetings[stored_meeting(row)].append(number)
    for meeting, ours in by_meeting.items():
        found |= dict(paired(ours, stored_meetings.get(meeting, []), stored, zone))
    left = [one for group in by_meeting.values() for one in group if one.match_id not in found]
    claimed = set(found.values())
    unclaimed = {number: row for number, row in stored.items() if number not in claimed}
    return found | dict(in_the_same_place(left, unclaimed, zone))


def paired(
    ours: list[DraftMatch], theirs: list[int], stored: dict[int, Row], zone: str
) -> Iterator[tuple[int, int]]:
    """Meetings of the same two sides with each other: same start first, then in order."""
    at: dict[int | None, list[int]] = defaultdict(list)
    for number in reversed(theirs):
        at[stored[number]["starts_at"]].append(number)
    used: set[int] = set()
    later = []
    for match in sorted(ours, key=order):
        same = at[instant(match.start, zone)]
        if same:
            used.add(same[-1])
            yield match.match_id, same.pop()
        else:
            later.append(match)
    waiting = (number for number in theirs if number not in used)
    for match, number in zip(later, waiting, strict=False):
        yield match.match_id, number


def in_the_same_place(
    ours: Iterable[DraftMatch], stored: dict[int, Row], zone: str
) -> Iterator[tuple[int, int]]:
    """Matches whose sides have come to be known since they were stored."""
    places: dict[object, list[int]] = defaultdict(list)
    for number, row in stored.items():
        place = row["division_id"], row["stage_id"], row["court_id"], row["starts_at"]
        places[place].append(number)
    for match in ours:
        start = instant(match.start, zone)
        here = places.get((match.division_id, match.stage_id, match.court_id, start), [])
        if start is not None and len(here) == 1 and came_true(match, stored[here[0]]):
            yield match.match_id, here.pop()


def came_true(match: DraftMatch, row: Row) -> bool:
    """Each side is the stored one, or the stored one was only words."""
    return all(
        row[f"{side}_id"] is None or row[f"{side}_id"] == ours.team_id
        for side, ours in (("team1", match.team1), ("team2", match.team2))
    )


def meeting_of(match: DraftMatch) -> Meeting:
    return match.division_id, match.stage_id, who(match.team1), who(match.team2)


def who(side: Side) -> Who:
    return side.team_id if side.team_id is not None else folded(side.text)


def stored_meeting(row: Row) -> Meeting:
    first = row["team1_id"] if row["team1_id"] is not None else folded(row["team1_text"])
    second = row["team2_id"] if row["team2_id"] is not None else folded(row["team2_text"])
    return row["division_id"], row["stage_id"], first, second


def order(match: DraftMatch) -> tuple[bool, str, int]:
    """By time, those without one last."""
    return match.start is None, str(match.start), match.match_id


def still_there_first(entry: tuple[int, Row]) -> tuple[bool, bool, int, int]:
    """Stored matches in order of play, those that vanished from the schedule last."""
    number, row = entry
    start = row["starts_at"]
    return row["vanished_at"] is not None, start is None, start or 0, number
