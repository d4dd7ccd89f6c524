"""The wheel carries everything: installed into an empty environment, it serves."""

import os
import re
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import httpx
import pytest
from packaging.requirements import Requirement

from tests.servers.app import clean_environment, start_server

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that has the wheel, and what it requires, and no more."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation",
        "--outdir", folder / "dist", REPOSITORY,
    )  # fmt: skip
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    interpreter = folder / "venv" / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", interpreter)
    run(*pip, "install", "--quiet", "--no-compile", "--no-deps", "--no-index", wheel)
    (packages,) = (folder / "venv").glob("lib/python*/site-packages")
    (ours,) = metadata.distributions(name="courtsync", path=[str(packages)])
    for required in requirements(ours):
        lend(required, packages)
    return interpreter


def requirements(of: metadata.Distribution) -> Iterator[metadata.Distribution]:
    """What it says it needs, and what that needs, as it is installed for these tests."""
    asked: set[tuple[str, str]] = set()
    waiting = list(needs(of, extra=""))
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) not in asked:
            asked.add((name, extra))
            found = metadata.distribution(name)
            waiting += needs(found, extra)
            yield found


def needs(of: metadata.Distribution, extra: str) -> Iterator[tuple[str, str]]:
    """Names and extras of what it needs here, with this extra of its own."""
    for requirement in map(Requirement, of.requires or ()):
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield from ((requirement.name, wanted) for wanted in ("", *requirement.extras))


def lend(installed: metadata.Distribution, to: Path) -> None:
    """Its files, by links: to fetch and unpack them anew would take a minute."""
    for top in {file.parts[0] for file in installed.files or ()} - {"..", "__pycache__"}:
        place = to / top
        if not place.exists():
            place.symlink_to(Path(str(installed.locate_file(top))))


def run(*command: str | Path) -> None:
    """Run a command outside the repository; it must succeed."""
    done = subprocess.run(
        command, cwd=os.sep, env=clean_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}:\n{done.stdout}{done.stderr}"


def test_an_installed_wheel_serves_pages_static_files_and_the_worker(
    python: Path, tmp_path: Path
) -> None:
    server = start_server(tmp_path / "data", python=python, cwd=tmp_path)
    try:
        page = httpx.get(server.url)
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")
        styles = re.search(r'href="(/static/[^"]+\.css)"', page.text)
        assert styles, "the page names its style sheet"
        assert httpx.get(server.url + styles[1]).status_code == 200
        worker = httpx.get(f"{server.url}/service-worker.js")
        assert worker.status_code == 200
        assert worker.text.startswith("self.SHELL=")
        for part in ("fetch", "sync", "push", "notificationclick"):
            assert f'addEventListener("{part}"' in worker.text
    finally:
        server.stop()


def test_nothing_is_there_that_it_does_not_require(python: Path) -> None:
    for stranger in ("pytest", "playwright", "hypothesis"):
        with pytest.raises(AssertionError, match="No module named"):
            run(python, "-c", f"import {stranger}")


def test_the_wheel_brings_its_command(python: Path) -> None:
    run(python.parent / "courtsync", "--help")
    run(python, "-m", "courtsync_web", "--help")
