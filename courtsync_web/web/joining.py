"""Modules joined into one script: fewer requests for a page, and a classic script for the worker.

Every module becomes a function that is called once, in the order in which a browser would run
them, and answers what it exports::

    const $m0=(function(){ … return{step}; })();      // rules.js
    const $m1=(function(){ const{step}=$m0; … })();   // pad.js: import { step } from "./rules.js"

It knows the plain style our modules are written in, with ``import`` and ``export`` at the
beginning of a line, and refuses everything else rather than guess. No kept library does this
without Node, which ``make run`` must not need.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from rjsmin import jsmin

NAMED = r"\{(?P<names>[^{}]*)\}"
PLACE = r"""["'](?P<place>\.{1,2}/[^"']+)["'];?[ \t]*$"""
IMPORT = re.compile(
    rf"^import\s+(?:(?:{NAMED}|\*\s+as\s+(?P<all>\w+))\s*from\s+)?{PLACE}", re.MULTILINE
)
EXPORT_FROM = re.compile(rf"^export\s+{NAMED}\s*from\s+{PLACE}", re.MULTILINE)
EXPORT_LIST = re.compile(rf"^export\s+{NAMED};?[ \t]*$", re.MULTILINE)
EXPORT = re.compile(
    r"^export\s+(?P<what>(?:async\s+)?function\*?|class|const)\s+(?P<name>[\w$]+)", re.MULTILINE
)
LEFT_OVER = re.compile(r"^(?:import|export)\b.*|^.*\bimport\.meta\b.*|^await\b.*", re.MULTILINE)
DYNAMIC = re.compile(r"(?<![\w.])import\s*\(")
PAIR = re.compile(r"^([\w$]+)(?:\s+as\s+([\w$]+))?$")


class NotJoinable(ValueError):
    """A module says something that this does not understand."""


def join(entry: str, read: Callable[[str], str]) -> str:
    """The script ``entry`` with everything it imports. ``read`` gives the text of a path.

    The result is a strict script of its own that leaves no name behind.
    """
    joined = Joined(read)
    joined.add(entry)
    script: str = jsmin('(()=>{"use strict";\n' + "\n".join(joined.parts) + "\n})();\n")
    return script


def imports_of(path: str, text: str) -> set[str]:
    """The paths of the modules that the module ``path`` names."""
    return {
        beside(path, found["place"])
        for pattern in (IMPORT, EXPORT_FROM)
        for found in pattern.finditer(text)
    }


@dataclass
class Joined:
    """The modules so far, each after those it needs."""

    read: Callable[[str], str]
    parts: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    """Path of a module → the name under which its exports stand."""
    open: list[str] = field(default_factory=list)

    def add(self, path: str) -> str:
        """Put a module in, once, and tell under which name its exports stand."""
        if path not in self.places:
            if path in self.open:
                raise NotJoinable(f"Modules import each other: {' → '.join([*self.open, path])}")
            self.open.append(path)
            text = self.rewritten(path, self.read(path))
            self.open.pop()
            self.places[path] = name = f"$m{len(self.places)}"
            self.parts.append(f"const {name}=(function(){{\n{text}\n}})();")
        return self.places[path]

    def rewritten(self, path: str, text: str) -> str:
        """The body of a module as that of a function which answers its exports."""
        offered: dict[str, str] = {}

        def imported(found: re.Match[str]) -> str:
            module = self.add(beside(path, found["place"]))
            if found["all"]:
                return f"const {found['all']}={module};"
            if found["names"] is None:
                return ""
            taken = ",".join(f"{theirs}:{ours}" for theirs, ours in pairs(path, found["names"]))
            return f"const {{{taken}}}={module};"

        def passed_on(found: re.Match[str]) -> str:
            module = self.add(beside(path, found["place"]))
            offered.update(
                (ours, f"{module}.{theirs}") for theirs, ours in pairs(path, found["names"])
            )
            return ""

        def listed(found: re.Match[str]) -> str:
            offered.update((theirs, ours) for ours, theirs in pairs(path, found["names"]))
            return ""

        def declared(found: re.Match[str]) -> str:
            offered[found["name"]] = found["name"]
            return f"{found['what']} {found['name']}"

        for pattern, instead in (
            (IMPORT, imported), (EXPORT_FROM, passed_on), (EXPORT_LIST, listed), (EXPORT, declared),
        ):  # fmt: skip
            text = pattern.sub(instead, text)
        refuse_the_rest(path, text)
        answer = ",".join(f"{theirs}:{ours}" for theirs, ours in offered.items())
        return f"{text}\nreturn{{{answer}}};" if answer else text


def pairs(path: str, names: str) -> list[tuple[str, str]]:
    """``a, b as c`` → ``[("a", "a"), ("b", "c")]``."""
    found = []
    for name in filter(None, (name.strip() for name in names.split(","))):
        pair = PAIR.match(name)
        if pair is None:
            raise NotJoinable(f"{path}: {name!r} is no name to import or export.")
        found.append((pair[1], pair[2] or pair[1]))
    return found


def beside(path: str, reference: str) -> str:
    """The path of a module that ``path`` names by ``reference``."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), reference))


def refuse_the_rest(path: str, text: str) -> None:
    """What is still there of modules after the rewriting was not understood."""
    if strange := LEFT_OVER.search(text):
        raise NotJoinable(f"{path} cannot be joined: {strange[0].strip()}")
    if DYNAMIC.search(jsmin(text)):
        raise NotJoinable(f"{path} cannot be joined: it imports while it runs.")
