"""Match formats as people and programs write them: presets by id, published texts, JSON objects."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from typing import Any

from courtsync_web.volleyball.match_format import (
    DECIDER_ONLY,
    Format,
    FormatError,
    Mode,
    check,
    wire_name,
)
from courtsync_web.volleyball.presets import DEFAULT, PRESETS

__all__ = [
    "DEFAULT",
    "PRESETS",
    "Format",
    "FormatError",
    "check",
    "format_in_words",
    "format_to_wire",
    "read_format",
]

_SETS = r"(?:sets?|games?)?"
_BEST_OF = re.compile(
    rf"(?:best\s*(?:of\s*)?|(?P<need>\d)\s*(?:of|/)\s*)(?P<sets>\d)\s*{_SETS}\s*"
    r"to\s*(?P<target>\d{1,2})\s*(?:\(\s*(?P<decider>\d{1,2})\s*\))?",
    re.IGNORECASE,
)
_FIXED = re.compile(
    r"(?P<sets>\d)\s*(?:sets?|games?)\s*to\s*(?P<target>\d{1,2})\s*"
    r"(?:\(\s*(?P<last>\d{1,2})\s*\))?",
    re.IGNORECASE,
)
_FIELDS = {wire_name(field.name): field for field in fields(Format)}
_DERIVED = ("setsToWin", "drawAllowed", "label")


def read_format(value: str | Mapping[str, object]) -> Format:
    """The format meant by a preset id, a published text ("2 of 3 to 25(15)") or a JSON object.

    Raises FormatError, a ValueError that says which field is wrong and why.
    """
    if isinstance(value, str):
        preset = PRESETS.get(value.strip().lower())
        return preset if preset is not None else _read_text(value)
    if isinstance(value, Mapping):
        return _read_object(value)
    raise FormatError(
        "", "a format is a preset's id, a text such as “2 of 3 to 25(15)” or an object"
    )


def format_to_wire(f: Format) -> dict[str, object]:
    """The whole format as a JSON object, with what follows from it and its `label` in words."""
    wire: dict[str, object] = {name: getattr(f, field.name) for name, field in _FIELDS.items()}
    wire["setsToWin"] = f.sets_to_win
    wire["drawAllowed"] = f.draw_allowed
    wire["label"] = format_in_words(f)
    return wire


def format_in_words(f: Format) -> str:
    """As one would say it: "best of 3 to 25, decider to 15, no cap"."""
    words = [_sets_in_words(f)]
    if f.has_decider:
        words.append(f"decider to {f.target_decider}")
    if f.win_by != 2 or f.win_by_decider == 1:
        words.append(_with_decider(f, f"win by {f.win_by}", f.win_by, f.win_by_decider))
    cap = f"cap {f.cap}" if f.cap is not None else "no cap"
    words.append(_with_decider(f, cap, f.cap, f.cap_decider))
    if f.start or f.start_decider:
        start = f"from {f.start}–{f.start}"
        words.append(_with_decider(f, start, f.start, f.start_decider))
    return ", ".join(words)


def _sets_in_words(f: Format) -> str:
    if f.sets_max == 1:
        return f"1 set to {f.target}"
    if f.mode == "first_to":
        return f"best of {f.sets_max} to {f.target}"
    return f"all {f.sets_max} sets to {f.target}"


def _with_decider(f: Format, words: str, usual: int | None, decider: int | None) -> str:
    if not f.has_decider or usual == decider:
        return words
    return f"{words} (decider {'none' if decider is None else decider})"


def _read_text(text: str) -> Format:
    if best := _BEST_OF.fullmatch(text.strip()):
        sets, target = int(best["sets"]), int(best["target"])
        if best["need"] and int(best["need"]) != sets // 2 + 1:
            raise FormatError("setsMax", f"{best['need']} sets of {sets} decide no match")
        decider = int(best["decider"] or target) if sets > 1 else None
        return _plain("first_to", sets, target, decider, text)
    if fixed := _FIXED.fullmatch(text.strip()):
        sets, target = int(fixed["sets"]), int(fixed["target"])
        if fixed["last"] and int(fixed["last"]) != target:
            raise FormatError("target", "sets that are all played have one target")
        return _plain("first_to" if sets == 1 else "play_all", sets, target, None, text)
    raise FormatError("", f"“{text[:80]}” is no known format; try “2 of 3 to 25(15)”")


def _plain(mode: Mode, sets: int, target: int, decider: int | None, text: str) -> Format:
    """A format of which only sets and targets are known; the rest is the default format's."""
    to = f"{target}-{decider}" if decider else str(target)
    usual = PRESETS[DEFAULT]
    return replace(
        usual,
        id=f"{'best-of' if mode == 'first_to' and sets > 1 else 'play'}-{sets}-to-{to}",
        sets_max=sets,
        mode=mode,
        target=target,
        target_decider=decider,
        win_by_decider=usual.win_by_decider if decider else None,
        start_decider=usual.start_decider if decider else None,
        first_serve="toss_decider" if decider else "alternate",
        forfeit_score=f"{target}-0",
        note=f"Published as “{' '.join(text.split())}”.",
    )


def _read_object(wire: Mapping[str, object]) -> Format:
    for name in wire:
        if name not in _FIELDS and name not in _DERIVED:
            raise FormatError(str(name), "there is no such parameter")
    values = {
        field.name: _typed(name, wire[name]) for name, field in _FIELDS.items() if name in wire
    }
    for needed in ("setsMax", "mode", "target"):
        if _FIELDS[needed].name not in values:
            raise FormatError(needed, "is missing")
    f = Format(**(_defaults(values) | values))
    for name, derived in (("setsToWin", f.sets_to_win), ("drawAllowed", f.draw_allowed)):
        if name in wire and wire[name] != derived:
            raise FormatError(name, f"follows from mode and setsMax: {str(derived).lower()}")
    return f


def _defaults(given: Mapping[str, Any]) -> dict[str, Any]:
    """A decider that is not described follows the other sets; a forfeit costs the target."""
    found: dict[str, Any] = {"id": "custom", "forfeit_score": f"{given['target']}-0"}
    if given["mode"] == "first_to" and given["sets_max"] > 1:
        for field in ("target", "win_by", "start", "ends_every"):
            usual = next(one.default for one in fields(Format) if one.name == field)
            found[f"{field}_decider"] = given.get(field, None if usual is MISSING else usual)
        found["first_serve"] = "toss_decider"
    return found


_OPTIONAL = (*DECIDER_ONLY, "cap", "ends_at_single", "ends_every", "technical_timeout",
             "forfeit_score")  # fmt: skip
_TEXTS = ("id", "mode", "first_serve", "timeouts_per", "technical_timeout", "forfeit_score", "note")
_SWITCHES = ("ends_between_sets", "timeout_can_end_early")


def _typed(name: str, value: object) -> object:
    """The value, if it has the parameter's type (JSON: a switch is not a number)."""
    field = _FIELDS[name].name
    if value is None and field in _OPTIONAL:
        return None
    wanted = str if field in _TEXTS else bool if field in _SWITCHES else int
    if type(value) is not wanted:
        words = {str: "a text", bool: "true or false", int: "a whole number"}[wanted]
        raise FormatError(name, f"must be {words}")
    return value
