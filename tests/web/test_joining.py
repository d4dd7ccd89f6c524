"""Joined modules do what they did apart, and what cannot be joined is refused."""

import re
import shutil
import subprocess

import pytest

from courtsync_web.web.assets import is_script, parts_of_others
from courtsync_web.web.joining import NotJoinable, join
from courtsync_web.web.places import HOME, STATIC
from courtsync_web.web.pwa import WORKER

FILES = {
    path.relative_to(HOME).as_posix(): path.read_bytes()
    for path in (*STATIC.rglob("*.js"), HOME / WORKER)
}
ENTRIES = sorted(path for path in FILES.keys() - parts_of_others(FILES) if is_script(path))
NODE = shutil.which("node")


def run(script: str) -> list[str]:
    """What a script prints, as a classic one."""
    assert NODE is not None
    done = subprocess.run([NODE, "-"], input=script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_each_module_runs_once_in_the_order_of_a_browser_and_sees_what_it_names() -> None:
    modules = {
        "a.js": """
import { two as second, step } from "./in/b.js";
import * as all from "./c.js";
import "./d.js";
export { three } from "./c.js";
/** import { never } from "./comment.js"; */
const text = `import { x } from "./y.js"`;
console.log("a", second, step(2), Object.keys(all).sort().join(), all.default_, text.length);
console.log(typeof this, (function () { return this === undefined; })());
""",
        "in/b.js": """
import { three } from "../c.js";
console.log("b");
export const two = three - 1;
export async function later() {}
export function step(n) { return n + two; }
""",
        "c.js": """
console.log("c");
const kept = 4;
export class Counter {}
export const three = 3;
export {
  kept as default_,
};
""",
        "d.js": 'console.log("d");\n',
    }
    said = run(join("a.js", modules.__getitem__))
    assert said == ["c", "b", "d", "a 2 4 Counter,default_,three 4 26", "undefined true"]


def test_it_leaves_no_name_behind_and_needs_no_module() -> None:
    script = join("a.js", {"a.js": "export const a = 1;\n"}.__getitem__)
    assert script.startswith('(()=>{"use strict";')
    assert script.rstrip().endswith("})();")
    assert not re.search(r"\bexport\b", script)


@pytest.mark.parametrize(
    "strange",
    [
        "export default 3;",
        "export let changing = 1;",
        'export * from "./b.js";',
        'import b from "./b.js";',
        'import { b } from "library";',
        "console.log(import.meta.url);",
        'const b = () => import("./b.js");',
        "await fetch('/');",
        'import { b as "c" } from "./b.js";',
    ],
)
def test_what_it_does_not_understand_is_refused(strange: str) -> None:
    with pytest.raises(NotJoinable):
        join("a.js", {"a.js": strange, "b.js": "export const b = 1;"}.__getitem__)


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
@pytest.mark.parametrize("entry", ENTRIES)
def test_every_script_of_ours_can_be_joined_and_is_valid(entry: str) -> None:
    assert NODE is not None
    script = join(entry, lambda path: FILES[path].decode())
    done = subprocess.run(
        [NODE, "--check", "-"], input=script, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
