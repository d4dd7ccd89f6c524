"""What is about to happen or due at one moment of a match: pure questions about states."""

from courtsync_web.volleyball.match_format import Format
from courtsync_web.volleyball.sets import Team, is_decider, match_over, set_over
from courtsync_web.volleyball.state import SetScore, State


def set_point(f: Format, state: State, team: Team) -> bool:
    """The team's next point ends the set."""
    now = state.current
    if now.completed or state.status == "completed":
        return False
    return set_over(f, now.set_number, *_after_point(now, team))


def match_point(f: Format, state: State, team: Team) -> bool:
    """The team's next point ends the match and wins it."""
    if not set_point(f, state, team):
        return False
    ours, theirs = state.sets_won if team == 1 else state.sets_won[::-1]
    won = (ours + 1, theirs)
    return match_over(f, won, len(state.sets)) and won[0] > won[1]


def ends_change_due(f: Format, before: State, after: State) -> bool:
    """The step from one state to the next makes the teams change ends.

    Between sets where the format says so (before a decider with a toss, the toss decides), in a
    decider or single set when the leader gets there, on the beach every few points of the sum.
    """
    if after.status == "completed":
        return False
    now = after.current
    if after.set_ended:
        return not before.set_ended and _ends_before_next_set(f, after)
    if now.set_number != before.current.set_number:
        return False
    decider = is_decider(f, now.set_number)
    at = f.ends_at_decider if decider else f.ends_at_single
    every = f.ends_every_decider if decider else f.ends_every
    if at is not None and _leader(before.current) < at <= _leader(now):
        return True
    return every is not None and _sum(before.current) // every < _sum(now) // every


def technical_timeout_due(f: Format, before: State, after: State) -> bool:
    """The step from one state to the next calls for the technical time-out; never in a decider."""
    was, now = before.current, after.current
    if now.completed or now.set_number != was.set_number or is_decider(f, now.set_number):
        return False
    if f.technical_timeout == "sum-21":
        return _sum(was) < 21 <= _sum(now)
    if f.technical_timeout == "leading-8-16":
        return any(_leader(was) < at <= _leader(now) for at in (8, 16))
    return False


def _ends_before_next_set(f: Format, state: State) -> bool:
    upcoming = state.current.set_number + 1
    if upcoming > f.sets_max or match_over(f, state.sets_won, len(state.sets)):
        return False
    by_toss = f.first_serve == "toss_decider" and is_decider(f, upcoming)
    return f.ends_between_sets and not by_toss


def _after_point(now: SetScore, team: Team) -> tuple[int, int]:
    return (now.team1_score + (team == 1), now.team2_score + (team == 2))


def _leader(score: SetScore) -> int:
    return max(score.points)


def _sum(score: SetScore) -> int:
    return sum(score.points)
