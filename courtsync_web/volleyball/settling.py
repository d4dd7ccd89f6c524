"""What follows from the sets of a match: who has won what, and whether it is over."""

from dataclasses import replace

from courtsync_web.volleyball.match_format import Format
from courtsync_web.volleyball.moments import ends_change_due
from courtsync_web.volleyball.refusals import RuleBroken
from courtsync_web.volleyball.sets import Pair, ahead, match_over
from courtsync_web.volleyball.state import WINNERS, WON, Outcome, SetScore, State, sets_won


def standing(state: State) -> None:
    """Refuse what makes no sense once the match is over."""
    if state.status == "completed":
        raise RuleBroken("signed-off" if state.signed_off else "match-over")


def settled(f: Format, state: State) -> State:
    """The state whose derived fields agree with its sets.

    A forfeit or a retirement stays what it was, whatever is corrected in its sets.
    """
    won = sets_won(state.sets)
    if state.status == "completed" and state.outcome.endswith(("forfeits", "retires")):
        return replace(state, sets_won=won)
    ended = state.current.completed
    if ended and match_over(f, won, len(state.sets)):
        return ended_as(replace(state, sets_won=won), outcome_of(f, won))
    return replace(
        state,
        status="in-progress",
        sets_won=won,
        set_ended=ended,
        winner=None,
        outcome="undecided",
    )


def ended_as(state: State, outcome: Outcome) -> State:
    """The match completed with this outcome."""
    return replace(
        state,
        status="completed",
        sets_won=sets_won(state.sets),
        set_ended=False,
        ends_due=False,
        outcome=outcome,
        winner=WINNERS[outcome],
    )


def outcome_of(f: Format, won: Pair) -> Outcome:
    """The outcome of a match that its sets have ended."""
    team = ahead(*won)
    if team is not None:
        return WON[team]
    return "split" if f.draw_allowed else "undecided"


def decided_before_last(f: Format, sets: tuple[SetScore, ...]) -> bool:
    """A set was begun although the match was decided before it (only where that ends it)."""
    return f.sets_to_win is not None and max(sets_won(sets[:-1])) >= f.sets_to_win


def with_ends(f: Format, before: State, after: State) -> State:
    """Whether the teams should change ends now: until they did, or the set is over."""
    still = before.ends_due and before.set_ended == after.set_ended
    due = after.status != "completed" and (still or ends_change_due(f, before, after))
    return replace(after, ends_due=due)
