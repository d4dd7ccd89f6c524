"""One golden vector: a match, what must come of it, and what must not."""

from typing import Any

from courtsync_web.volleyball.formats import format_to_wire, read_format
from tests.vectors.notation import sets_of, steps

Vector = dict[str, Any]


def case(
    name: str,
    format_: str | dict[str, object],
    script: str,
    *,
    moments: str | None = None,
    **expected: Any,
) -> Vector:
    """A match in the short hand of `notation`; `expected` are fields of the state (camelCase).

    `sets` is written as `"25-20* 3-2"`; fields that are not named are not looked at. With
    `moments`, ends and technical time-outs are due exactly where the script says so: in
    `"all"` of it, or in the `"last set"`.
    """
    f = read_format(format_)
    starts = [
        f.start_decider if f.has_decider and n == f.sets_max else f.start
        for n in range(1, f.sets_max + 1)
    ]
    if "sets" in expected:
        expected["sets"] = sets_of(expected["sets"])
    vector: Vector = {
        "name": name,
        "format": format_ if isinstance(format_, str) else format_to_wire(f),
        "actions": steps(script, [start or 0 for start in starts]),
    }
    if moments is not None:
        vector["moments"] = moments
    return vector | {"state": expected}


def asks(name: str, format_: str, script: str, **answers: Any) -> Vector:
    """Questions about the state after a match; `setPoint=[False, True]` is for teams 1 and 2."""
    return case(name, format_, script) | {"answers": answers}


def question(name: str, format_: str, ask: str, *args: object, answer: object) -> Vector:
    """A question about numbers alone: `ask` is its name in rules.js."""
    return {"name": name, "format": format_, "ask": ask, "args": list(args), "answer": answer}
