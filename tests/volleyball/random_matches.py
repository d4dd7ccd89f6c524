"""Random formats and random matches, sensible and not."""

from typing import Any

from hypothesis import strategies as st

from courtsync_web.volleyball.formats import PRESETS, Format, read_format

Action = dict[str, Any]
teams = st.sampled_from([1, 2])
slips = st.sampled_from([None, 0, 3, True, "1", [1]])
points_of_set = st.integers(-1, 101) | st.sampled_from([14, 15, 24, 25, 26, 27])
scores = st.lists(points_of_set, min_size=2, max_size=2)


@st.composite
def custom_formats(draw: st.DrawFn) -> Format:
    """Any format that is possible, small targets more often: matches then come to their end."""
    mode, sets = draw(
        st.sampled_from([("first_to", 1), ("first_to", 3), ("first_to", 5)])
        | st.tuples(st.just("play_all"), st.sampled_from([1, 2, 3, 5]))
    )
    wire: dict[str, Any] = {"mode": mode, "setsMax": sets, "id": "random"}
    kinds = ["", "Decider"] if mode == "first_to" and sets > 1 else [""]
    for kind in kinds:
        target = draw(st.integers(2, 9) | st.sampled_from([15, 21, 25]))
        wire[f"target{kind}"] = target
        wire[f"winBy{kind}"] = draw(st.sampled_from([1, 2]))
        wire[f"cap{kind}"] = draw(st.none() | st.integers(target, target + 5))
        wire[f"start{kind}"] = draw(st.integers(0, min(4, target - 1)))
        wire[f"endsEvery{kind}"] = draw(st.none() | st.integers(1, 7))
    if len(kinds) == 2:
        wire["endsAtDecider"] = draw(st.none() | st.integers(1, wire["targetDecider"] - 1))
    if sets == 1:
        wire["endsAtSingle"] = draw(st.none() | st.integers(1, wire["target"] - 1))
    wire["endsBetweenSets"] = draw(st.booleans())
    wire["firstServe"] = draw(st.sampled_from(["alternate", "toss_decider"]))
    wire["timeouts"] = draw(st.integers(0, 2))
    wire["timeoutsPer"] = draw(st.sampled_from(["set", "match"]))
    wire["technicalTimeout"] = draw(st.sampled_from([None, "leading-8-16", "sum-21"]))
    wire["forfeitScore"] = draw(st.sampled_from([None, f"{wire['target']}-0"]))
    return read_format(wire)


formats = st.sampled_from(list(PRESETS.values())) | custom_formats()


def one(**fields: Any) -> st.SearchStrategy[list[Action]]:
    """A single action; a field is a value or a strategy for it."""
    drawn = {k: v if isinstance(v, st.SearchStrategy) else st.just(v) for k, v in fields.items()}
    return st.fixed_dictionaries(drawn).map(lambda action: [action])


rallies = st.builds(
    lambda team, times: [{"type": "point", "team": team}] * times, teams, st.integers(1, 26)
)
turns = st.builds(
    lambda team, times: [{"type": "point", "team": t} for t in (team, 3 - team)] * times,
    teams,
    st.integers(1, 26),
)
won_sets = st.builds(
    lambda team, start: [*[{"type": "point", "team": team}] * 27, *start],
    teams,
    st.just([{"type": "set-start"}]) | st.just([]),
)
next_set = one(type="set-start", serving=st.none() | teams)
calm = (
    one(type="timeout", team=teams)
    | one(type="toss", serving=teams, swapped=st.none() | st.booleans())
    | one(type="ends-changed")
    | one(type="card", team=teams, color=st.sampled_from(["yellow", "red"]))
    | one(type="delay", team=teams)
    | next_set
)
undos = st.builds(
    lambda times: [{"type": "undo"}] * times, st.integers(1, 3) | st.sampled_from([28, 29, 60])
)
repairs = (
    one(
        type="correction",
        set=st.integers(0, 4),
        team1=points_of_set,
        team2=points_of_set,
        completed=st.none() | st.booleans(),
        serving=st.none() | teams,
    )
    | one(type="forfeit", team=teams)
    | one(type="retire", team=teams)
    | one(
        type="final-score",
        sets=st.lists(scores, max_size=6),
        outcome=st.none() | st.sampled_from(["first-won", "split", "second-retires", "drawn"]),
    )
    | one(type="sign-off")
    | one(type="reopen", reason=st.sampled_from(["a slip", " "]))
)
nonsense = (
    one(type=st.sampled_from(["point", "timeout", "delay", "forfeit", "retire"]), team=slips)
    | one(type="toss", serving=slips, swapped=slips)
    | one(type="set-start", serving=slips, swapped=slips)
    | one(type="card", team=teams, color=slips)
    | one(type="correction", set=slips, team1=slips, team2=slips)
    | one(type="final-score", sets=st.lists(st.lists(slips, max_size=3), max_size=3) | slips)
    | one(type=slips)
)

played = rallies | turns | won_sets | won_sets | next_set | calm | calm
anything = played | won_sets | won_sets | turns | undos | repairs | nonsense


def matches(parts: st.SearchStrategy[list[Action]]) -> st.SearchStrategy[list[Action]]:
    """Actions in a row, made of such parts."""
    return st.lists(parts, max_size=16).map(lambda found: [one for part in found for one in part])
