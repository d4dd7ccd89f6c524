"""The wheel carries everything: installed into an empty environment, it serves."""

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import httpx
import pytest

from tests.servers.app import clean_environment, start_server

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that has the wheel, and what it requires, and no more."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder / "dist", REPOSITORY)
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    interpreter = folder / "venv" / "bin" / "python"
    run(interpreter, "-m", "pip", "install", "--quiet", "--no-compile", wheel)
    return interpreter


def run(*command: str | Path) -> None:
    """Run a command outside the repository; it must succeed."""
    done = subprocess.run(
        command, cwd=os.sep, env=clean_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}:\n{done.stdout}{done.stderr}"


@pytest.mark.timeout(300)
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


def test_the_wheel_brings_its_command(python: Path) -> None:
    run(python.parent / "courtsync", "--help")
    run(python, "-m", "courtsync_web", "--help")
