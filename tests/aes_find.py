"""Finding things in AES-shaped answers: matches and plays wherever they appear."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.aes_shapes import Json

Answers = dict[str, Any]


def sheet_matches(answers: Answers) -> Iterator[Json]:
    """Every match of every pool sheet."""
    for name, answer in answers.items():
        if name.startswith("poolsheet_"):
            yield from answer["Matches"]


def tree_matches(answers: Answers) -> Iterator[Json]:
    """Every match in a bracket tree; shared ones as often as the trees repeat them."""
    for node in _nodes(answers):
        yield node["Match"]


def grid_matches(answers: Answers) -> Iterator[Json]:
    for name, answer in answers.items():
        if name.startswith("courts_"):
            for court in answer["CourtSchedules"]:
                yield from court["CourtMatches"]


def dated_matches(answers: Answers, match_id: int | None = None) -> list[Json]:
    """Matches of sheets and trees (ISO times), all or every copy of one. Never empty."""
    found = [*sheet_matches(answers), *tree_matches(answers)]
    found = [match for match in found if match_id in (None, match["MatchId"])]
    assert found, f"no match {match_id}"
    return found


def plays(answers: Answers, play_id: int) -> list[Json]:
    """Every appearance of a play: meta, listing, sheet. Never empty."""
    found = []
    for name, answer in answers.items():
        listed = answer if isinstance(answer, list) else []
        if name.startswith("plays"):
            listed = answer["Plays"]
        if name.startswith("poolsheet_"):
            listed = [answer["Pool"]]
        found += [play for play in listed if play.get("PlayId") == play_id]
    assert found, f"no play {play_id}"
    return found


def _nodes(answers: Answers) -> Iterator[Json]:
    for name, answer in answers.items():
        if name.startswith("brackets_"):
            for play in answer:
                yield from below(play["Roots"])


def below(nodes: list[Json | None]) -> Iterator[Json]:
    for node in nodes:
        if node is not None:
            yield node
            yield from below([node["TopSource"], node["BottomSource"]])


def reword(value: Any, change: Callable[[str, str], str], key: str = "") -> Any:
    """The same JSON with every text rewritten in place; ``change`` gets key and text."""
    if isinstance(value, str):
        return change(key, value)
    if isinstance(value, list):
        value[:] = [reword(one, change, key) for one in value]
    elif isinstance(value, dict):
        value.update({k: reword(one, change, k) for k, one in value.items()})
    return value
