"""Taking a document in, with every fault of it told: msgspec by itself stops at the first."""

import re
from typing import Any, TypeVar

import msgspec

from courtsync_web.errors import FieldError

S = TypeVar("S", bound=msgspec.Struct)
AT = re.compile(r" - at `\$(.*)`$")
STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
PATTERNS = {
    "#[0-9A-Fa-f]{6}": "must be a colour such as #DF5F9F",
    "[A-Za-z0-9_-]": "may hold only letters, digits, - and _",
    r"\d{4}-\d{2}": "must be a day such as 2026-01-31",
    "x00": "must be one line of text, neither blank nor with control characters",
}


def taken(raw: object, struct: type[S], at: str, problems: list[FieldError]) -> S | None:
    """``raw`` as ``struct``; else none, and all its faults are added to ``problems``."""
    try:
        return msgspec.convert(raw, struct)
    except msgspec.ValidationError as error:
        found = faults(raw, struct, at)
        problems.extend(found or [fault(error, at)])
        return None


def faults(raw: object, struct: type[msgspec.Struct], at: str) -> list[FieldError]:
    """Every faulty field of one object, one by one."""
    if not isinstance(raw, dict):
        return [FieldError(at, "must be an object")]
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    found = [
        FieldError(f"{at}/{escaped(name)}", "is not a field that is known here")
        for name in raw
        if name not in fields
    ]
    for name, field in fields.items():
        if name not in raw:
            if field.required:
                found.append(FieldError(f"{at}/{name}", "is missing"))
            continue
        try:
            msgspec.convert(raw[name], field.type)
        except msgspec.ValidationError as error:
            found.append(fault(error, f"{at}/{name}"))
    return found


def fault(error: msgspec.ValidationError, at: str) -> FieldError:
    """msgspec's words with their place as a JSON pointer."""
    words = str(error)
    deeper = AT.search(words)
    if deeper:
        words = words[: deeper.start()]
        at += "".join(f"/{name or index}" for name, index in STEP.findall(deeper.group(1)))
    return FieldError(at, in_our_words(words))


def in_our_words(words: str) -> str:
    """A regular expression means nothing to people."""
    if "matching regex" in words:
        return next((ours for part, ours in PATTERNS.items() if part in words), words)
    return words.replace("`", "").replace("Expected", "must be", 1)


def escaped(name: Any) -> str:
    """A field's name inside a JSON pointer (RFC 6901)."""
    return str(name)[:80].replace("~", "~0").replace("/", "~1")
