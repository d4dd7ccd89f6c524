"""AES's bracket trees and what follows a play: nodes, roots, next-round assignments."""

from typing import Any

from courtsync_web.demo.world import Match, Play, Source
from tests.aes_shapes import Json, Shapes


def bracket(shapes: Shapes, play: Play) -> Json:
    """A bracket with its roots: the final first, then the placement matches.

    Of two brackets one repeats the feeding matches under each placement match
    (``Reversed``), the other leaves out where losers come from: AES does both.
    """
    roots = _roots(shapes, play)
    repeats = play.play_id % 2 == 0
    nodes = [_node(shapes, roots[0], depth=_depth(shapes, roots[0]), repeats=repeats)]
    for number, match in enumerate(roots[1:], 1):
        y = 3.0 if repeats else 9.0 * (number + 1)
        node = _node(shapes, match, depth=1.0, repeats=repeats, losers=repeats, y=y)
        nodes.append(node | {"Reversed": repeats})
    return {
        "Roots": nodes,
        "PlayType": 1,
        "BracketNotes": "",
        "FutureRoundMatches": placements(shapes, roots),
        "ExtraWorkAssignments": None,
    } | shapes.play(play)


def _roots(shapes: Shapes, play: Play) -> list[Match]:
    matches = shapes.tournament.matches_of[play.play_id]
    fed = {side.of for m in matches for side in (m.first, m.second) if side.kind == "winner"}
    final = shapes.tournament.match[play.final or 0]
    feeders = {final.first.of, final.second.of}

    def place(match: Match) -> tuple[bool, bool, int]:
        third = {match.first.of, match.second.of} == feeders
        return match is not final, not third, match.number

    return sorted((m for m in matches if m is final or m.match_id not in fed), key=place)


def _source(shapes: Shapes, match: Match, side: Source, *, losers: bool) -> Match | None:
    if side.kind == "winner" or (losers and side.kind == "loser"):
        fed_by = shapes.tournament.match[side.of]
        return fed_by if fed_by.play_id == match.play_id else None
    return None


def _depth(shapes: Shapes, match: Match) -> float:
    sources = [_source(shapes, match, side, losers=False) for side in (match.first, match.second)]
    return max((1 + _depth(shapes, source) for source in sources if source), default=0.0)


def _leaf(shapes: Shapes, match: Match, x: float, y: float, *, capped: bool) -> Json:
    return {
        "Key": 0,
        "X": x,
        "Y": y,
        "Reversed": False,
        "DoubleCapped": capped,
        "Match": shapes.bracket_match(match),
        "TopSource": None,
        "BottomSource": None,
    }


def _node(
    shapes: Shapes, match: Match, *, depth: float, repeats: bool, losers: bool = False, y: float = 3
) -> Json:
    sources = [_source(shapes, match, side, losers=losers) for side in (match.first, match.second)]
    node = _leaf(shapes, match, depth, y, capped=repeats and not any(sources))
    for key, source, shift in zip(("TopSource", "BottomSource"), sources, (-3, 6), strict=True):
        if source is not None:
            node[key] = _node(
                shapes, source, depth=depth - 1, repeats=repeats, losers=losers, y=y + shift
            )
    return node


def placements(shapes: Shapes, roots: list[Match]) -> list[Json]:
    """Where a bracket's teams finish: 1 and 2 from the final, 3 and 4 from the next root, …"""
    rows = []
    for number, match in enumerate(roots):
        for add, kind in enumerate(("winner", "loser"), 1):
            source = Source("winner" if kind == "winner" else "loser", match.match_id)
            rows.append(_future(shapes, 2 * number + add, source))
    return rows


def pool_futures(shapes: Shapes, play: Play) -> list[Json]:
    """Where each place of a pool plays next."""
    places = range(1, len(play.entrants) + 1)
    return [_future(shapes, place, Source("place", play.play_id, place)) for place in places]


def _future(shapes: Shapes, rank: int, source: Source) -> Json:
    team = shapes.progress.team(source)
    words = shapes.tournament.words(source)
    playing = [m for m in shapes.tournament.matches if source in (m.first, m.second)]
    working = [m for m in shapes.tournament.matches if source == m.work]
    follows = shapes.tournament.play[playing[0].play_id] if playing else None
    return {
        "RankText": f"{rank} - {shapes.tournament.team_text(team) if team else words}",
        "Match": _appointment(shapes, playing),
        "WorkMatch": _appointment(shapes, working),
        "Play": shapes.play(follows) if follows else None,
        "WorkTeamAssignmentDecided": True,
        "NextPendingReseed": False,
    }


def _appointment(shapes: Shapes, matches: list[Match]) -> Json | None:
    return appointment(shapes, matches[0]) if matches else None


def appointment(shapes: Shapes, match: Match) -> Json:
    """A match as advancement lists have it: number, court and time only."""
    slot: dict[str, Any] = shapes.pool_match(match)
    keys = ("MatchId", "Court", "ScheduledStartDateTime", "ScheduledEndDateTime")
    return {key: slot[key] for key in keys}
