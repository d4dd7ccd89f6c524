"""What happens while a match is played: points, sets, time-outs, sanctions, corrections."""

from collections.abc import Mapping
from dataclasses import replace

from courtsync_web.volleyball.fields import boolean, optional_team, team_of, whole
from courtsync_web.volleyball.match_format import MOST_POINTS, Format
from courtsync_web.volleyball.refusals import RuleBroken
from courtsync_web.volleyball.sets import Pair, Team, first_server, match_over, other, set_over
from courtsync_web.volleyball.settling import decided_before_last, settled, standing, with_ends
from courtsync_web.volleyball.state import SetScore, State, fresh_set

Action = Mapping[str, object]


def point(f: Format, state: State, action: Action) -> State:
    """A rally won."""
    return _award(f, state, team_of(action))


def _award(f: Format, state: State, team: Team) -> State:
    """A rally won or a point given: the point, the serve, and whatever ends by it."""
    now = _in_play(state)
    a, b = now.team1_score + (team == 1), now.team2_score + (team == 2)
    if max(a, b) > MOST_POINTS:
        raise RuleBroken("score-range")
    scored = SetScore(now.set_number, a, b, set_over(f, now.set_number, a, b))
    after = replace(state, sets=(*state.sets[:-1], scored), serving=team)
    return with_ends(f, state, settled(f, after))


def _in_play(state: State) -> SetScore:
    """The current set, if points can be made in it."""
    standing(state)
    if state.set_ended:
        raise RuleBroken("set-ended")
    return state.current


def set_start(f: Format, state: State, action: Action) -> State:
    """The ended set is confirmed and the next begins; before the match, set 1 does."""
    serving, swapped = optional_team(action, "serving"), _swapped(state, action)
    standing(state)
    if state.status == "not-started":
        serving = serving or state.serving
        return replace(
            state, status="in-progress", serving=serving, served_first=serving, swapped=swapped
        )
    if not state.set_ended:
        raise RuleBroken("set-in-play")
    if match_over(f, state.sets_won, len(state.sets)):
        raise RuleBroken("match-decided")
    n = state.current.set_number + 1
    if n > f.sets_max:
        raise RuleBroken("no-more-sets")
    serving = serving or first_server(f, n, state.served_first)
    return replace(
        state,
        sets=(*state.sets, fresh_set(f, n)),
        set_ended=False,
        serving=serving,
        served_first=serving,
        swapped=swapped,
        ends_due=False,
        timeouts=state.timeouts if f.timeouts_per == "match" else (0, 0),
    )


def toss(f: Format, state: State, action: Action) -> State:
    """Who serves first and who stands where, before the first point of a set."""
    serving, swapped = team_of(action, "serving"), _swapped(state, action)
    now = _in_play(state)
    if now != fresh_set(f, now.set_number):
        raise RuleBroken("toss-too-late")
    return replace(state, serving=serving, served_first=serving, swapped=swapped)


def _swapped(state: State, action: Action) -> bool:
    given = boolean(action, "swapped")
    return state.swapped if given is None else given


def timeout(f: Format, state: State, action: Action) -> State:
    """A time-out, counted; how long it lasts is not the rules' business."""
    team = team_of(action)
    _in_play(state)
    if state.status == "not-started":
        raise RuleBroken("not-started")
    if state.timeouts[team - 1] >= f.timeouts:
        raise RuleBroken("no-timeouts")
    return replace(state, timeouts=_one_more(state.timeouts, team))


def ends_changed(_f: Format, state: State, _action: Action) -> State:
    """The teams changed ends."""
    standing(state)
    return replace(state, swapped=not state.swapped, ends_due=False)


def card(f: Format, state: State, action: Action) -> State:
    """Yellow changes nothing; red is point and serve for the other team."""
    team = team_of(action)
    if action.get("color") not in ("yellow", "red"):
        raise RuleBroken("bad-action")
    standing(state)
    if action["color"] == "yellow":
        return replace(state, yellow_cards=_one_more(state.yellow_cards, team))
    shown = replace(state, red_cards=_one_more(state.red_cards, team))
    return _award(f, shown, other(team))


def delay(f: Format, state: State, action: Action) -> State:
    """A team's first delay is a warning, every further one costs point and serve."""
    team = team_of(action)
    standing(state)
    shown = replace(state, delays=_one_more(state.delays, team))
    return _award(f, shown, other(team)) if state.delays[team - 1] else shown


def _one_more(pair: Pair, team: Team) -> Pair:
    return (pair[0] + (team == 1), pair[1] + (team == 2))


def correction(f: Format, state: State, action: Action) -> State:
    """A set's score as it should be; the current set is over if the rules say so, or if told."""
    n, a, b = whole(action, "set"), whole(action, "team1"), whole(action, "team2")
    serving, completed = optional_team(action, "serving"), boolean(action, "completed")
    if state.signed_off:
        raise RuleBroken("signed-off")
    if not 1 <= n <= len(state.sets):
        raise RuleBroken("set-not-begun")
    if not (0 <= a <= MOST_POINTS and 0 <= b <= MOST_POINTS):
        raise RuleBroken("score-range")
    over = n < len(state.sets) or completed is True or set_over(f, n, a, b)
    sets = (*state.sets[: n - 1], SetScore(n, a, b, over), *state.sets[n:])
    if decided_before_last(f, sets):
        raise RuleBroken("set-after-decided")
    after = replace(state, sets=sets, serving=serving or state.serving)
    return with_ends(f, state, settled(f, after))
