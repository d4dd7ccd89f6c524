"""Questions about one set and about the sum of sets; all pure, all answered by the format."""

from typing import Literal, cast

from courtsync_web.volleyball.match_format import Format

Team = Literal[1, 2]
Pair = tuple[int, int]
"""A number for team 1 and one for team 2."""


def other(team: Team) -> Team:
    return 2 if team == 1 else 1


def is_decider(f: Format, n: int) -> bool:
    """Set number `n` (from 1) is the one with rules of its own."""
    return f.has_decider and n == f.sets_max


def target_of(f: Format, n: int) -> int:
    """Points to reach in set number `n`."""
    return cast(int, f.target_decider) if is_decider(f, n) else f.target


def win_by_of(f: Format, n: int) -> int:
    return cast(int, f.win_by_decider) if is_decider(f, n) else f.win_by


def cap_of(f: Format, n: int) -> int | None:
    """Points that win the set by any margin; None without a cap."""
    return f.cap_decider if is_decider(f, n) else f.cap


def start_of(f: Format, n: int) -> int:
    """Points each team has before the first rally."""
    return cast(int, f.start_decider) if is_decider(f, n) else f.start


def set_over(f: Format, n: int, a: int, b: int) -> bool:
    """The set ends at `a`–`b`: the target with the margin, or the cap with any."""
    hi, lo = max(a, b), min(a, b)
    cap = cap_of(f, n)
    if cap is not None and hi >= cap and hi > lo:
        return True
    return hi >= target_of(f, n) and hi - lo >= win_by_of(f, n)


def set_winner(f: Format, n: int, a: int, b: int) -> Team | None:
    """Who has won the set by the rules; None while it goes on."""
    return ahead(a, b) if set_over(f, n, a, b) else None


def ahead(a: int, b: int) -> Team | None:
    return None if a == b else 1 if a > b else 2


def why_over(f: Format, n: int, a: int, b: int) -> str | None:
    """Why the set ends at this score, for people who expected it to go on; None while it does."""
    if not set_over(f, n, a, b):
        return None
    hi, lo, win_by = max(a, b), min(a, b), win_by_of(f, n)
    if hi < target_of(f, n) or hi - lo < win_by:
        return f"{hi}–{lo} ends here: cap {cap_of(f, n)}"
    margin = "" if win_by == 1 else f", {win_by} ahead"
    return f"{hi}–{lo} ends here: {target_of(f, n)} reached{margin}"


def points_to_win(f: Format, n: int, own: int, theirs: int) -> int:
    """The points with which a team that has `own` wins the set against `theirs`."""
    points = max(own, target_of(f, n))
    while not (points > theirs and set_over(f, n, points, theirs)):
        points += 1
    return points


def match_over(f: Format, sets_won: Pair, sets_played: int) -> bool:
    """Decided, or, where every set is played, all of them are."""
    if f.sets_to_win is None:
        return sets_played >= f.sets_max
    return max(sets_won) >= f.sets_to_win


def first_server(f: Format, n: int, previous: Team | None) -> Team | None:
    """Who begins set `n`, given who began the one before; None: unknown, or a toss decides."""
    by_toss = n == 1 or (f.first_serve == "toss_decider" and is_decider(f, n))
    return None if by_toss or previous is None else other(previous)
