"""What AES says about how a match ended."""

from courtsync_web.schedule.aes.source import Json
from courtsync_web.schedule.draft import DraftResult

OUTCOMES = {
    1: "first-won",
    2: "second-won",
    3: "split",
    4: "first-forfeits",
    5: "second-forfeits",
}
"""``TypeOfOutcome``; 0 is undecided."""
MOST = 99
"""Points beyond this are no volleyball score but a slip of the keyboard; the set is left out."""


def result_of(match: Json) -> DraftResult | None:
    """The published result; none while nothing is published.

    A match was played when there is an outcome, a winner's flag or a set with numbers: each
    has been seen without the others. Odd sets (25–25, 24–22) are kept: they happen.
    """
    outcome = outcome_of(match)
    sets = sets_of(match)
    if outcome == "undecided" and not sets:
        return None
    return DraftResult(match["MatchId"], sets, outcome)


def outcome_of(match: Json) -> str:
    """By the outcome's code, else by the winner's flag."""
    code = match.get("TypeOfOutcome")
    if isinstance(code, int) and code in OUTCOMES:
        return OUTCOMES[code]
    first, second = match.get("FirstTeamWon") is True, match.get("SecondTeamWon") is True
    if first != second:
        return "first-won" if first else "second-won"
    return "undecided"


def sets_of(match: Json) -> tuple[tuple[int, int], ...]:
    """Points by set, first team first, unplayed slots left out.

    The numbers count; ``ScoreText`` is written from the winner's side and is not read.
    """
    sets = []
    for slot in slots_of(match):
        first, second = slot.get("FirstTeamScore"), slot.get("SecondTeamScore")
        if is_points(first) or is_points(second):
            sets.append((points(first), points(second)))
    while sets and sets[-1] == (0, 0):
        sets.pop()
    return tuple(sets)


def slots_of(match: Json) -> list[Json]:
    """All set slots, played or not: a best of three has three from the start."""
    slots = match.get("Sets")
    return [one for one in slots if isinstance(one, dict)] if isinstance(slots, list) else []


def is_points(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def points(value: object) -> int:
    return value if isinstance(value, int) and is_points(value) else 0
