"""``courtsync demo`` and ``courtsync simulate`` against a real server."""

import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.servers.app import Server, clean_environment, run_command


@pytest.fixture
def demo_server(server: Server) -> Server:
    """A server whose database got the demo while it ran."""
    assert "matches=476 teams=96 courts=24" in run_command(server.data_dir, "demo")
    return server


def scorers(server: Server) -> subprocess.Popen[str]:
    options = ["--url", server.url, "--speed", "300", "--courts", "4", "--seconds", "0"]
    return subprocess.Popen(
        [sys.executable, "-m", "courtsync_web", "simulate", "demo", *options],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_scorers_play_the_demo_and_end_cleanly_when_told(demo_server: Server) -> None:
    running = scorers(demo_server)
    assert running.stdout is not None
    try:
        said = [next(running.stdout) for _ in range(4)]
        running.send_signal(signal.SIGTERM)
        rest = running.communicate(timeout=20)[0]
    finally:
        running.kill()
    assert all(line.endswith(" keeps score\n") for line in said)
    assert running.returncode == 0
    assert "guests=4" in rest.splitlines()[-1]
    claims = httpx.get(f"{demo_server.url}/api/events/demo/claims").json()
    assert [claim for claim in claims if claim["claimed"]] == []


def test_an_unknown_event_ends_with_one_clear_line(server: Server, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "courtsync_web", "simulate", "nowhere", "--url", server.url],
        env=clean_environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "courtsync: there is no event nowhere here\n"
