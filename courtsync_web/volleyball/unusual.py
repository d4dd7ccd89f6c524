"""Set scores that make one look twice, in words for the people at the table."""

from courtsync_web.volleyball.match_format import Format
from courtsync_web.volleyball.sets import cap_of, set_over, start_of, target_of, win_by_of
from courtsync_web.volleyball.state import SetScore


def odd_set(f: Format, score: SetScore) -> str | None:
    """What is odd about a set that is said to be complete; None if nothing is."""
    words = odd_points(f, score)
    n, (a, b) = score.set_number, score.points
    if words or set_over(f, n, a, b):
        return words
    if a == b:
        return f"{a}–{b} has no winner"
    if max(a, b) < target_of(f, n):
        return f"{a}–{b} is not a final score here (to {target_of(f, n)})"
    cap = cap_of(f, n)
    limit = "no cap" if cap is None else f"cap {cap}"
    return f"{a}–{b} is not a final score here (win by {win_by_of(f, n)}, {limit})"


def odd_points(f: Format, score: SetScore) -> str | None:
    """What is odd about a set's points whether it is complete or not; None if nothing is."""
    n, (a, b) = score.set_number, score.points
    cap, start = cap_of(f, n), start_of(f, n)
    if min(a, b) < start and (a, b) != (0, 0):
        return f"{a}–{b} is below the start at {start}–{start}"
    if cap is not None and max(a, b) > cap:
        return f"{a}–{b} is over the cap of {cap}"
    ended = _ended_at(f, n, max(a, b), min(a, b))
    if ended is not None and ended < max(a, b):
        hi, lo = (ended, b) if a > b else (a, ended)
        return f"{a}–{b} goes on after the set ended at {hi}–{lo}"
    return None


def _ended_at(f: Format, n: int, hi: int, lo: int) -> int | None:
    """The leader's points at which the set was over, with the other's points as they are."""
    return next((points for points in range(lo + 1, hi + 1) if set_over(f, n, points, lo)), None)
