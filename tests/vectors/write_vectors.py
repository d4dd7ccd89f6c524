"""Write the golden vectors as JSON: `python -m tests.vectors.write_vectors`.

What is expected comes from `by_hand_*` and from `table`, never from the engine; before writing,
every expectation is held against invariants of the game that need no engine either.
"""

import json
from pathlib import Path

from courtsync_web.volleyball.formats import PRESETS, format_to_wire, read_format
from tests.vectors import by_hand_play, by_hand_repairs, by_preset, questions
from tests.vectors.case import Vector

FOLDER = Path(__file__).parent
MADE_BY_HAND = ("correction", "final-score", "forfeit", "reopen")
"""Actions after which sets may be anything."""


def documents() -> dict[str, object]:
    """File name → what it holds."""
    return {
        "formats.json": {name: format_to_wire(f) for name, f in PRESETS.items()},
        "presets.json": list(by_preset.vectors()),
        "by_hand.json": [
            *by_hand_play.vectors(),
            *by_hand_repairs.vectors(),
            *questions.out_of_shape(),
        ],
        "questions.json": list(questions.vectors()),
    }


def text_of(document: object) -> str:
    """One vector a line: a change shows as the lines it changes."""
    if isinstance(document, list):
        lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in document)
        return f"[\n{lines}\n]\n"
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def assert_sane(vector: Vector) -> None:
    """What holds for every match, whatever the format."""
    f, state = read_format(vector["format"]), vector.get("state", {})
    sets, name = state.get("sets", []), vector["name"]
    by_hand = any(step.get("type") in MADE_BY_HAND for step in vector.get("actions", []))
    assert len(sets) <= f.sets_max, name
    assert all(one["completed"] for one in sets[:-1]), name
    for one in sets:
        decider = f.has_decider and one["setNumber"] == f.sets_max
        low = (f.start_decider if decider else f.start) or 0
        points = (one["team1Score"], one["team2Score"])
        assert by_hand or min(points) >= low, name
        if one["completed"] and not by_hand:
            target = (f.target_decider if decider else f.target) or 0
            cap = f.cap_decider if decider else f.cap
            win_by = (f.win_by_decider if decider else f.win_by) or 0
            assert max(points) >= target, name
            assert max(points) == cap or max(points) - min(points) >= win_by, name
    if "setsWon" in state and sets:
        ahead = [one["team1Score"] - one["team2Score"] for one in sets if one["completed"]]
        assert state["setsWon"] == [sum(d > 0 for d in ahead), sum(d < 0 for d in ahead)], name
    if state.get("status") != "completed" and "status" in state:
        assert state.get("winner") is None, name


def main() -> None:
    for name, document in documents().items():
        if isinstance(document, list):
            names = [vector["name"] for vector in document]
            assert len(set(names)) == len(names), "two vectors have the same name"
            for vector in document:
                assert_sane(vector)
        (FOLDER / name).write_text(text_of(document), encoding="utf-8")


if __name__ == "__main__":
    main()
