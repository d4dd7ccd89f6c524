"""What takes comments out of our scripts does not understand templates inside templates."""

from pathlib import Path

import pytest
from rjsmin import jsmin

from courtsync_web.web.places import STATIC

MODULES = sorted([*(STATIC / "js").rglob("*.js"), *(STATIC / "vendor/idb").glob("*.js")])


def nested_template(script: str) -> bool:
    """Does a template literal hold another one inside its ``${…}``?"""
    depth: list[str] = []
    previous = ""
    for character in script:
        if character == "`" and previous != "\\":
            if depth and depth[-1] == "`":
                depth.pop()
            elif "`" in depth:
                return True
            else:
                depth.append("`")
        elif character == "{" and depth and (depth[-1] == "{" or previous == "$"):
            depth.append("{")
        elif character == "}" and depth and depth[-1] == "{":
            depth.pop()
        previous = character
    return False


def test_the_fault_is_real_and_seen() -> None:
    script = "const words = `a ${b ? `, c d` : ``} e  f`;"
    assert nested_template(script)
    assert ", c d" not in jsmin(script) or "e  f" not in jsmin(script)
    assert not nested_template("const words = `a ${b} e  f`; const more = `${ {a: 1}.a } x`;")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_no_script_of_ours_runs_into_it(module: Path) -> None:
    assert not nested_template(jsmin(module.read_text()))
