"""The real thing in a process of its own: ``courtsync serve`` on a free port."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import httpx

from courtsync_web.web.assets import build_assets
from courtsync_web.web.places import STATIC
from tests.servers.ports import free_port

STARTS_WITHIN = 60.0
ENDS_WITHIN = 10.0
"""Seconds from SIGTERM to the end, whatever streams are open, on a machine with other work."""


@dataclass
class Server:
    """A running server: its address, its folder, and what it printed."""

    process: subprocess.Popen[bytes]
    url: str
    data_dir: Path
    log: Path

    def said(self) -> str:
        """Everything it printed so far."""
        return self.log.read_text(errors="replace")

    def stop(self) -> None:
        """SIGTERM; it must end by itself, in time, with exit code 0."""
        self.process.terminate()
        try:
            code = self.process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(
                f"the server did not end within {ENDS_WITHIN} s of SIGTERM:\n{self.said()}"
            ) from None
        assert code == 0, f"the server ended with {code}:\n{self.said()}"

    def kill(self) -> None:
        """SIGKILL: the power is gone."""
        self.process.kill()
        self.process.wait()


def start_server(
    data_dir: Path,
    *options: str,
    port: int | None = None,
    environment: dict[str, str] | None = None,
    python: str | Path = sys.executable,
    cwd: Path | None = None,
    module: str = "courtsync_web",
) -> Server:
    """Start the server on ``data_dir`` and return when ``/readyz`` says yes."""
    port = port or free_port()
    log = data_dir / "server.log"
    data_dir.mkdir(parents=True, exist_ok=True)
    assets = data_dir / "assets"
    if python == sys.executable and not assets.exists():
        assets.symlink_to(built_assets())
    with log.open("ab") as output:
        process = subprocess.Popen(
            [python, "-m", module, "serve", "--port", str(port), *options],
            env=clean_environment() | {"COURTSYNC_DATA_DIR": str(data_dir)} | (environment or {}),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(process, f"http://127.0.0.1:{port}", data_dir, log)
    try:
        wait_until_ready(server)
    except BaseException:
        server.kill()
        raise
    return server


@cache
def built_assets() -> Path:
    """The static files as they are served, built once for all servers of this process."""
    folder = Path(tempfile.mkdtemp(prefix="courtsync-assets-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    build_assets(STATIC, folder)
    return folder


def run_command(
    data_dir: Path, *arguments: str, database_url: str = "", cwd: Path | None = None
) -> str:
    """What ``courtsync`` with these arguments prints; it must succeed."""
    data_dir.mkdir(parents=True, exist_ok=True)
    ours = {"COURTSYNC_DATA_DIR": str(data_dir), "COURTSYNC_DATABASE_URL": database_url}
    done = subprocess.run(
        [sys.executable, "-m", "courtsync_web", *arguments],
        env=clean_environment() | ours,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"courtsync {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
    return done.stdout


def wait_until_ready(server: Server) -> None:
    """Ask ``/readyz`` until it answers 200; tell what the server said if it never does."""
    deadline = time.monotonic() + STARTS_WITHIN
    # One client: to make one costs more than to ask, and would slow down what is waited for.
    with httpx.Client(timeout=2) as asking:
        while time.monotonic() < deadline:
            if server.process.poll() is not None:
                raise AssertionError(f"the server ended at once:\n{server.said()}")
            with suppress(httpx.TransportError):
                if asking.get(f"{server.url}/readyz").status_code == 200:
                    return
            with suppress(subprocess.TimeoutExpired):
                server.process.wait(0.02)  # its end, or the next look
    raise AssertionError(f"the server was not ready after {STARTS_WITHIN} s:\n{server.said()}")


def clean_environment() -> dict[str, str]:
    """This process's environment without settings of ours: tests start from the defaults."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COURTSYNC_")}
