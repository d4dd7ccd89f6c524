"""Static files under content-hashed names, compressed once, then served for ever.

``build_assets`` copies ``static/`` into the data directory: every file gets its hash into
its name (``pad.js`` → ``pad.3f2a91c07d1e.js``), a script that no other imports is joined with
all that it imports (the others are not served alone), style sheets that name pictures are
rewritten to those names, and text is stored compressed beside itself. So a changed leaf renames
all that depend on it and an ``immutable`` copy can never be stale. The library behind
``static_files`` does the rest: 304, HEAD, ranges, the compressed variant that fits.
"""

import gzip
import hashlib
import json
import posixpath
import re
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import brotli
import rcssmin
import rjsmin

from courtsync_web.web import joining
from courtsync_web.web.joining import imports_of, join

PREFIX = "/static/"
COMPRESSED = frozenset({".js", ".css", ".svg", ".json", ".webmanifest"})
CSS_URL = re.compile(r"""(url\(\s*|@import\s+)(["']?)(\.{1,2}/[^"')]+)\2""")
LIBRARIES = "vendor/"
"""Served as they came, unless a script of ours has one joined in."""
OF_THE_WORKER = "js/worker/"
"""Joined into /service-worker.js (``pwa``), not served alone."""
DRAFT = ".draft"
AN_HOUR = 3600
NEVER_SERVED = frozenset({".md", ".ts", ".ttf"})


@dataclass(frozen=True, slots=True)
class Assets:
    """Where the built files lie, and under which name each source file is served."""

    folder: Path
    names: dict[str, str]

    def url(self, path: str) -> str:
        """Address of a file: ``css/base.css`` → ``/static/css/base.<hash>.css``."""
        return PREFIX + self.names[path]


def build_assets(source: Path, target: Path) -> Assets:
    """Build ``source`` into ``target/<hash of everything>``; a finished build is reused.

    What a build of the same sources was called lies beside it: most starts only read that.
    """
    files = {
        path.relative_to(source).as_posix(): path.read_bytes()
        for path in sorted(source.rglob("*"))
        if path.is_file() and path.suffix not in NEVER_SERVED
    }
    known = target / f"{fingerprint(files)}.json"
    if finished := build_known_as(known):
        return finished
    build = Build(files)
    for path in sorted(files.keys() - parts_of_others(files)):
        if not path.startswith(OF_THE_WORKER):
            build.name_of(path)
    whole = hashlib.sha256("".join(sorted(build.names.values())).encode()).hexdigest()[:16]
    folder = target / whole
    if not folder.is_dir():
        write_out(build, folder)
        remove_former(target, keep=whole)
    assets = Assets(folder, build.names)
    remember(known, assets)
    return assets


def fingerprint(files: Mapping[str, bytes]) -> str:
    """A hash of what goes into a build: the files, and what rewrites them."""
    whole = hashlib.sha256(f"{rjsmin.__version__} {rcssmin.__version__}".encode())
    for module in (__file__, joining.__file__):
        whole.update(Path(module).read_bytes())
    for path, body in files.items():
        whole.update(f"{path} {len(body)} ".encode() + body)
    return whole.hexdigest()[:16]


def build_known_as(known: Path) -> Assets | None:
    """The build that was remembered there, if it is still there itself."""
    try:
        told = json.loads(known.read_text())
    except (OSError, ValueError):
        return None
    folder = known.parent / told["folder"]
    return Assets(folder, told["names"]) if folder.is_dir() else None


def remember(known: Path, assets: Assets) -> None:
    """Whole or not at all, like the build itself."""
    draft = known.with_suffix(f".{token_hex(4)}{DRAFT}")
    draft.write_text(json.dumps({"folder": assets.folder.name, "names": assets.names}))
    draft.rename(known)


def parts_of_others(files: Mapping[str, bytes]) -> set[str]:
    """The scripts of ours that another imports: they travel inside it."""
    return {
        part
        for path, body in files.items()
        if is_script(path)
        for part in imports_of(path, body.decode())
        if not part.startswith(LIBRARIES)
    }


def is_script(path: str) -> bool:
    """Whether it is a module of ours."""
    return path.endswith(".js") and not path.startswith(LIBRARIES)


class Build:
    """Names and rewritten bodies of all files, worked out leaves first."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.names: dict[str, str] = {}
        self.bodies: dict[str, bytes] = {}
        self._open: list[str] = []

    def name_of(self, path: str) -> str:
        """The hashed name of ``path``, after those of everything it refers to."""
        if path not in self.names:
            if path in self._open:
                raise ValueError(f"Static files import each other: {' → '.join(self._open)}")
            self._open.append(path)
            body = self.rewritten(path)
            self._open.pop()
            stem, suffix = posixpath.splitext(path)
            self.bodies[path] = body
            self.names[path] = f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}{suffix}"
        return self.names[path]

    def rewritten(self, path: str) -> bytes:
        """The file as it is served."""
        if is_script(path):
            return join(path, self.text_of).encode()
        if path.endswith(".css") and not path.startswith(LIBRARIES):
            style = rcssmin.cssmin(self.text_of(path))
            return CSS_URL.sub(lambda found: self.renamed(path, found), style).encode()
        return self.files[path]

    def text_of(self, path: str) -> str:
        """The source of a text."""
        if path not in self.files:
            raise ValueError(f"static/{self._open[-1]} refers to {path}, which is not there.")
        return self.files[path].decode()

    def renamed(self, path: str, found: re.Match[str]) -> str:
        """A style sheet's reference, by the hashed name of what it refers to."""
        before, quote, reference = found.groups()
        named = posixpath.normpath(posixpath.join(posixpath.dirname(path), reference))
        if named not in self.files:
            raise ValueError(f"static/{path} refers to {reference}, which is not there.")
        hashed = posixpath.relpath(self.name_of(named), posixpath.dirname(path))
        return f"{before}{quote}{hashed if hashed.startswith('.') else './' + hashed}{quote}"


def write_out(build: Build, folder: Path) -> None:
    """Write a build where another process sees it whole or not at all."""
    draft = folder.with_name(f"{folder.name}.{token_hex(4)}{DRAFT}")
    for path, name in build.names.items():
        place = draft / name
        place.parent.mkdir(parents=True, exist_ok=True)
        body = build.bodies[path]
        place.write_bytes(body)
        if place.suffix in COMPRESSED:
            place.with_name(place.name + ".gz").write_bytes(gzip.compress(body, 9, mtime=0))
            place.with_name(place.name + ".br").write_bytes(brotli.compress(body))
    try:
        draft.rename(folder)
    except OSError:  # another process finished the same build first
        shutil.rmtree(draft, ignore_errors=True)


def remove_former(target: Path, *, keep: str) -> None:
    """Keep this build and the newest one before it: pages loaded a minute ago still ask.

    What a process that was killed left half done goes too, once nobody can be at it any more.
    """
    others = [folder for folder in target.iterdir() if folder.is_dir() and folder.name != keep]
    former = sorted(
        (folder for folder in others if folder.suffix != DRAFT), key=changed_at, reverse=True
    )
    abandoned = (
        folder
        for folder in others
        if folder.suffix == DRAFT and time.time() - changed_at(folder) > AN_HOUR
    )
    for folder in [*former[1:], *abandoned]:
        shutil.rmtree(folder, ignore_errors=True)
    for known in target.glob("*.json"):
        if build_known_as(known) is None:
            known.unlink(missing_ok=True)


def changed_at(folder: Path) -> float:
    """When; of a draft that is a finished build by now: now."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return time.time()
